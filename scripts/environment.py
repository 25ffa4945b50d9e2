"""Makes `.venv` able to run the program: shared libraries, pinned packages, the program itself.

Standard library only, because it runs before anything is installed:

    python3 scripts/environment.py run      # what the program needs
    python3 scripts/environment.py dev      # and what its tests and checks need
    python3 scripts/environment.py app      # and what packages it as an app

Each step leaves a stamp of what it was made from, written last, so a step that is done costs
nothing. One that was killed leaves the mark `unfinished`, and the next run starts from nothing.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / "unfinished"
OLDEST_PYTHON = (3, 11)
SETS = ("run", "dev", "app")
THIS_PYTHON = f"{sys.version} {sys.base_prefix}"

# What Qt loads on Linux besides its own wheel, and the Debian package that holds it. A missing
# xcb library aborts the process inside Qt, where Python cannot catch it: hence the look before.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
COMPILER = ("gcc", "libc6-dev", "libpython3-dev")
APT_INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends")
APT_QUIET = ("-qq", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=3")


class PreparationError(Exception):
    """The machine lacks something this script may not or cannot provide; the text says what."""


def prepare(wanted: str) -> None:
    """Make `.venv` hold the packages of `requirements/<wanted>.txt` and the program, editable."""
    if sys.version_info < OLDEST_PYTHON:
        raise PreparationError(
            "IndieArtist needs Python 3.11 or newer and this is "
            f"{sys.version.split()[0]}: name a newer one, as in 'make run PYTHON=python3.12'."
        )
    if sys.platform == "linux":
        provide_packages(find_missing_packages(LIBRARIES.items()))
        provide_compiler()
    discard_cut_short()
    make_venv()
    lock = ROOT / "requirements" / f"{wanted}.txt"
    once(
        wanted,
        lock.read_bytes(),
        f"Installing the packages of requirements/{lock.name} into .venv (once, a minute or two) …",
        pip_install("--require-hashes", "--requirement", str(lock)),
    )
    once(
        "program",
        program_source(),
        "Installing the program into .venv, editable …",
        pip_install("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)),
    )


def find_missing_packages(libraries: Iterable[tuple[str, str]]) -> list[str]:
    """Return the Debian packages of those shared libraries that do not load."""
    return [package for library, package in libraries if not loads(library)]


def loads(library: str) -> bool:
    """Say whether the dynamic linker finds the library and all that it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def provide_packages(packages: Sequence[str]) -> None:
    """Install Debian packages as root; as anyone else, say what to install and stop."""
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise PreparationError(
            "These system libraries are missing; install them and run the same command again: "
            f"sudo {' '.join(APT_INSTALL)} {' '.join(packages)}"
        )
    say(f"Installing system libraries: {' '.join(packages)} …")
    command = (*APT_INSTALL, *APT_QUIET, *packages)
    if run_quietly(command).returncode != 0:  # most often: no package lists yet, or old ones
        check(run_quietly(("apt-get", "update", *APT_QUIET)))
        check(run_quietly(command))


def provide_compiler() -> None:
    """Install what builds the compiled kernels, as root; without it their NumPy twins do."""
    headers = Path(sysconfig.get_path("include"), "Python.h")
    if (shutil.which("cc") and headers.is_file()) or is_done("program", program_source()):
        return
    try:
        provide_packages(COMPILER)
    except PreparationError:
        say(
            "There is no C compiler with Python's headers: measuring and mastering will take "
            f"longer. To have them, install {', '.join(COMPILER)} and run 'make clean' first."
        )


def program_source() -> bytes:
    """What the editable install is made from: the package's own build and its kernels."""
    kernels = sorted((ROOT / "indieartist" / "audio" / "kernels").glob("*.[ch]"))
    return b"".join(path.read_bytes() for path in (ROOT / "pyproject.toml", *kernels))


def discard_cut_short() -> None:
    """Remove a `.venv` whose making was killed, or that another Python than this one made."""
    if UNFINISHED.exists() or (stamp_path("venv").exists() and not is_done("venv", b"")):
        shutil.rmtree(VENV / "lib", ignore_errors=True)  # the stamps that vouch for it go after it
        shutil.rmtree(VENV)


def make_venv() -> None:
    """Create `.venv`, without pip where the system's own can fill it."""
    if not has_module("pip") and not has_module("ensurepip"):
        provide_packages(["python3-venv"])
    without_pip = ["--without-pip"] if has_module("pip") else []
    once(
        "venv",
        b"",
        "Making the environment in .venv …",
        (sys.executable, "-m", "venv", *without_pip, str(VENV)),
    )


def pip_install(*arguments: str) -> tuple[str, ...]:
    """Return the command that installs into `.venv`, by the system's pip or else by its own."""
    quietly = ("install", "--quiet", "--disable-pip-version-check", "--no-input", *arguments)
    if has_module("pip"):
        return (sys.executable, "-m", "pip", "--python", str(VENV_PYTHON), *quietly)
    return (str(VENV_PYTHON), "-m", "pip", *quietly)


def has_module(name: str) -> bool:
    """Say whether this Python has the module; Debian leaves out both pip and ensurepip."""
    return importlib.util.find_spec(name) is not None


def once(step: str, made_from: bytes, message: str, command: Sequence[str]) -> None:
    """Run the command unless it has run to its end with the same input before."""
    if is_done(step, made_from):
        return
    say(message)
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    done = run_quietly(command)
    if done.returncode >= 0:  # it came to its own end: pip leaves all as it was when it fails
        UNFINISHED.unlink()
    check(done)
    stamp_path(step).write_text(digest(made_from), encoding="ascii")


def is_done(step: str, made_from: bytes) -> bool:
    """Say whether the step's stamp is there and of this very input."""
    stamp = stamp_path(step)
    return stamp.is_file() and stamp.read_text(encoding="ascii") == digest(made_from)


def stamp_path(step: str) -> Path:
    """Return where the step leaves its stamp."""
    return VENV / f"{step}.stamp"


def digest(made_from: bytes) -> str:
    """Return the SHA-256 of a step's input and of this Python as hexadecimal text."""
    return hashlib.sha256(THIS_PYTHON.encode() + made_from).hexdigest()


def check(done: subprocess.CompletedProcess[str]) -> None:
    """When the command failed, show the end of what it said and stop."""
    if done.returncode != 0:
        last_lines = "\n".join(done.stdout.splitlines()[-15:])
        raise PreparationError(f"{last_lines}\nThis command failed: {' '.join(done.args)}")


def run_quietly(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run the command with no questions asked and its output kept, both streams together."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def say(message: str) -> None:
    """Tell the person what takes the time."""
    print(message, file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Prepare the set named on the command line; return the exit code."""
    if (
        Path(sys.prefix).resolve() == VENV
    ):  # an activated .venv cannot make itself: ask the Python behind it
        base = Path(sys.base_prefix, "bin", Path(sys.executable).name)
        return subprocess.run([base, __file__, *arguments], check=False).returncode
    if len(arguments) != 1 or arguments[0] not in SETS:
        say(f"Say which packages to install: python3 scripts/environment.py {'|'.join(SETS)}")
        return 2
    try:
        prepare(arguments[0])
    except PreparationError as problem:
        say(str(problem))
        return 2
    except KeyboardInterrupt:
        say("Stopped; the same command goes on from here.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

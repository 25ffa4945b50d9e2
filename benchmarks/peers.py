"""Installs the tools that the program is compared with: never needed by the program or its tests.

Run `python -m benchmarks.peers` to install them and see what is to be had here. The packages of
`requirements/peers.txt` go into `.cache/peers`, the rest comes from Debian.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.clock import CommandError, run_command
from benchmarks.rsgain import unpack_rsgain
from scripts.environment import PreparationError, provide_packages

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "peers"
LOCK = ROOT / "requirements" / "peers.txt"
JOBS = Path(__file__).with_name("peer_jobs.py")
LIBRARIES = ("pyebur128", "pyloudnorm", "matchering", "essentia", "librosa", "aubio")
DEBIAN = {"ffmpeg": "ffmpeg", "fpcalc": "libchromaprint-tools"}
LAST_FFMPEG = "newest ffmpeg"


class PeerError(Exception):
    """The peer is not to be had here; the text says why."""


@dataclass
class Peers:
    """The command that starts each peer, or why there is none; and the versions."""

    commands: dict[str, tuple[str, ...]] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def get_command(self, name: str, *arguments: str | Path) -> tuple[str, ...]:
        """Return the whole command. Raises PeerError with the reason when there is no such peer."""
        if name not in self.commands:
            raise PeerError(self.missing.get(name, f"{name} was not looked for."))
        return (*self.commands[name], *map(str, arguments))

    def add(self, name: str, provide: Callable[[], tuple[str, ...]]) -> None:
        """Take the peer up, or the reason why it is not to be had."""
        try:
            self.commands[name] = provide()
            self.versions[name] = read_version(self.commands[name])
        except (PeerError, PreparationError, CommandError, OSError) as problem:
            self.commands.pop(name, None)
            self.missing[name] = str(problem).splitlines()[-1] if str(problem) else name


def provide_peers() -> Peers:
    """Install what is missing, once, and say what there is."""
    peers = Peers()
    try:
        python = provide_environment()
    except PeerError as problem:
        peers.missing.update(dict.fromkeys((*LIBRARIES, LAST_FFMPEG), str(problem)))
    else:
        for name in LIBRARIES:
            peers.add(name, partial(tuple, (python, str(JOBS), name)))
        peers.add(LAST_FFMPEG, partial(bundled_ffmpeg, python))
    for name, package in DEBIAN.items():
        peers.add(name, partial(debian_tool, name, package))
    peers.add("rsgain", provide_rsgain)
    return peers


def provide_environment() -> str:
    """Return the Python that has the packages of `requirements/peers.txt`."""
    python, stamp = FOLDER / "bin" / "python", FOLDER / "peers.stamp"
    digest = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != digest:
        print("Installing the peers into .cache/peers (once) …", file=sys.stderr, flush=True)
        uv = str(Path(sys.executable).with_name("uv"))
        attempt([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(FOLDER)])
        install = [uv, "pip", "install", "--quiet", "--python", str(python), "--require-hashes"]
        attempt([*install, "--requirement", str(LOCK)])
        stamp.write_text(digest, encoding="ascii")
    return str(python)


def attempt(command: list[str]) -> None:
    """Run the command. Raises PeerError with the last it said."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
        )
    except OSError as error:
        raise PeerError(f"{command[0]} cannot be run: {error.strerror}") from error
    if done.returncode:
        last = [line.strip() for line in done.stderr.splitlines() if line.strip()][-1:]
        raise PeerError(f"the packages of requirements/{LOCK.name} do not install: {last}")


def bundled_ffmpeg(python: str) -> tuple[str, ...]:
    """Return the ffmpeg that the package imageio-ffmpeg brings."""
    asking = "import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())"
    return (run_command((python, "-c", asking))[1].strip(),)


def debian_tool(name: str, package: str) -> tuple[str, ...]:
    """Return the command of a program, installing its Debian package as root."""
    if not shutil.which(name):
        provide_packages([package])
    found = shutil.which(name)
    if not found:
        raise PeerError(f"{name} is not on this machine.")
    return (found,)


def provide_rsgain() -> tuple[str, ...]:
    """Return the command of rsgain: the machine's own, or one unpacked from Debian's next."""
    found = shutil.which("rsgain")
    command = (found,) if found else unpack_rsgain(FOLDER / "rsgain")
    if not command:
        raise PeerError("this Debian has no rsgain, and no newer one's can be fetched.")
    return command


def read_version(command: tuple[str, ...]) -> str:
    """Return the version that the peer says it is of, which also shows that it starts."""
    asking = {"ffmpeg": "-version", "fpcalc": "-version"}
    name = Path(command[-1]).name.split("-")[0]
    _, said, complained = run_command((*command, asking.get(name, "--version")))
    found = re.search(r"\d+\.\d[\w.]*", said + complained)
    if not found:
        raise PeerError(f"{name} does not say its version.")
    return found[0]


def main() -> None:
    """Install the peers and print what there is."""
    peers = provide_peers()
    for name, version in peers.versions.items():
        print(f"{name:16}{version}")
    for name, why in peers.missing.items():
        print(f"{name:16}not to be had here: {why}")


if __name__ == "__main__":
    main()

"""Unpacks rsgain with all it needs from the Debian after 12, which is the first to have it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

SUITE, NEXT_SUITE = "bookworm", "trixie"
SOURCES = Path("/etc/apt")
PROGRAM, LOADER, LIBRARIES = "usr/bin/rsgain", "ld-linux-x86-64.so.2", "usr/lib/x86_64-linux-gnu"


def unpack_rsgain(folder: Path) -> tuple[str, ...]:
    """Return rsgain's command, unpacked below the folder; () where it cannot be fetched.

    Nothing is installed: apt is shown an empty system, so that it fetches every library too, and
    the program is started by the C library's own loader that comes with it.
    """
    root = folder / "root"
    if not (root / PROGRAM).is_file():
        print("Fetching rsgain from the next Debian (once) …", file=sys.stderr, flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        if not (shutil.which("apt-get") and copy_sources(folder) and fetch(folder)):
            return ()
        for archive in sorted(folder.glob("cache/archives/*.deb")):
            run(["dpkg-deb", "--extract", str(archive), str(root)])
        shutil.rmtree(folder / "cache")
    libraries = root / LIBRARIES
    loader = (str(libraries / LOADER), "--library-path", str(libraries))
    return (*loader, str(root / PROGRAM)) if (root / PROGRAM).is_file() else ()


def copy_sources(folder: Path) -> bool:
    """Write the machine's own package sources, one Debian on; say whether there were any."""
    target = folder / "sources"
    for part in ("lists/partial", "cache/archives/partial", "sources", "root"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "status").touch()
    places = (SOURCES / "sources.list", *(SOURCES / "sources.list.d").glob("*"))
    for place in filter(Path.is_file, places):
        text = place.read_text(encoding="utf-8")
        moved = re.sub(rf"(?<![-\w]){SUITE}\b", NEXT_SUITE, text)
        if moved != text:
            (target / place.name).write_text(moved, encoding="utf-8")
    return any(target.iterdir())


def fetch(folder: Path) -> bool:
    """Let apt fetch rsgain's archive and those of all it depends on; say whether it could."""
    settings = {
        "Dir::Etc::sourcelist": "/dev/null",
        "Dir::Etc::sourceparts": folder / "sources",
        "Dir::State::lists": folder / "lists",
        "Dir::State::status": folder / "status",
        "Dir::Cache": folder / "cache",
    }
    apt = ["apt-get", "-qq", *(f"-o{key}={value}" for key, value in settings.items())]
    get = [*apt, "--yes", "--no-install-recommends", "--download-only", "install", "rsgain"]
    return run([*apt, "update"]) and run(get)


def run(command: list[str]) -> bool:
    """Run the command without a word; say whether it succeeded."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return done.returncode == 0

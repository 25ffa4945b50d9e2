"""Fetches the real song of `resources/song.toml` and mixes its stems to one bounce.

Needs apt's package lists but no root, because the package is unpacked and not installed. Prints
the bounce's path, title, artist and licence; exits 1 with one sentence when there is no song.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FACTS_PATH = ROOT / "resources" / "song.toml"
MIX_GAIN = 0.5  # -6 dB, the headroom that two full-scale stems need


class SongError(Exception):
    """The song cannot be had on this machine; the text says why."""


def read_facts() -> dict[str, Any]:
    """Return title, artist, licence, Debian package, stems and the bounce's place."""
    return tomllib.loads(FACTS_PATH.read_text(encoding="utf-8"))


def provide_bounce(facts: dict[str, Any]) -> Path:
    """Return the path of the bounce, fetching and mixing it when it is not there yet."""
    bounce_path = ROOT.joinpath(facts["bounce"])
    if not bounce_path.is_file():
        bounce_path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=bounce_path.parent) as folder:
            unpack_package(facts["package"], Path(folder))
            mix([Path(folder, stem) for stem in facts["stems"]], Path(folder, "mix.wav"))
            Path(folder, "mix.wav").replace(bounce_path)
    return bounce_path


def unpack_package(package: str, folder: Path) -> None:
    """Download the Debian package and unpack its files below the folder."""
    print(f"Fetching the song from Debian's {package} (once) …", file=sys.stderr, flush=True)
    if not downloads(package, folder) and os.geteuid() == 0:
        attempt(("apt-get", "update", "-qq"), folder)
        downloads(package, folder)
    archive = next(folder.glob("*.deb"), None)
    if archive is None or not attempt(("dpkg-deb", "--extract", str(archive), "."), folder):
        raise SongError(
            f"Debian's package {package} with the song cannot be fetched on this machine."
        )


def downloads(package: str, folder: Path) -> bool:
    """Say whether apt could put the package's archive into the folder."""
    return attempt(("apt-get", "download", "-qq", "-o", "Acquire::Retries=3", package), folder)


def attempt(command: tuple[str, ...], folder: Path) -> bool:
    """Run the command in the folder without a word; say whether it succeeded."""
    try:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:  # no apt or dpkg here
        return False
    return done.returncode == 0


def mix(stem_paths: list[Path], bounce_path: Path) -> None:
    """Write the sum of equally long stems as a 24-bit WAV file."""
    import soundfile

    stems = [soundfile.read(path, dtype="float64", always_2d=True) for path in stem_paths]
    total = MIX_GAIN * sum(samples for samples, _ in stems)
    soundfile.write(bounce_path, total, stems[0][1], subtype="PCM_24")


def main() -> int:
    """Provide the bounce and print what it is; return the exit code."""
    facts = read_facts()
    try:
        bounce_path = provide_bounce(facts)
    except SongError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{bounce_path}\n{facts['title']} by {facts['artist']}. {facts['licence_text']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

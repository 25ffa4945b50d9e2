"""The library beside beets on the same files: `python -m benchmarks.library [--write] [--quick]`.

Some thousand small tagged files are imported by both, without looking anything up and without
copying, then searched from the command line; and 100,000 tracks are searched and sorted inside of
each. `--write` puts the table into docs/performance.md, `--quick` makes fewer files.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.bench import INDIEARTIST
from benchmarks.clock import Cost, Work, measure_command, read_load, run_command, take_turns
from benchmarks.peers import FOLDER, PeerError, provide_environment
from benchmarks.songs import artist_of, two_words

PAGE_PATH = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
START, END = "<!-- the library: benchmarks.library writes it -->", "<!-- the library ends -->"
RELEASES, TRACKS_EACH, QUICK_RELEASES, MANY = 200, 12, 10, 100_000
ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what was done, and what each of the two took for it."""

    what: str
    ours: Cost
    theirs: Cost
    inside: bool = False  # the clock on the wall, in a process that was there already

    def cells(self) -> tuple[str, ...]:
        """The row as it is written."""
        if self.inside:
            ours, theirs = self.ours.wall_s, self.theirs.wall_s
            shown = tuple(f"{seconds * 1000:.1f} ms" for seconds in (ours, theirs))
        else:
            ours, theirs = self.ours.cpu_s, self.theirs.cpu_s
            costs = ((ours, self.ours), (theirs, self.theirs))
            shown = tuple(f"{s:.2f} s, {c.peak_bytes / 1e6:.0f} MB" for s, c in costs)
        return (self.what, *shown, f"{theirs / ours:.1f}×")


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and write where that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.library", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--quick", action="store_true", help="few files, for a look")
    wanted = parser.parse_args(arguments)
    try:
        provide_environment()
    except PeerError as problem:
        print(f"beets is not to be had here: {problem}", file=sys.stderr)
        return 1
    made = measure(QUICK_RELEASES if wanted.quick else RELEASES, 2_000 if wanted.quick else MANY)
    print(made)
    if wanted.write:
        write_page(made)
    return 0


def measure(releases: int, many: int) -> str:
    """Import, search and sort with both; return the table."""
    load = read_load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder / "Music", releases)
        with beets_at_home(folder):
            version = beets_version()
            lines = [*import_lines(folder), *search_lines(folder), *inside_lines(folder, many)]
    files = releases * TRACKS_EACH
    said = f"Made {datetime.now(UTC):%Y-%m-%d %H:%M} UTC by `python -m benchmarks.library`"
    about = f"{said} on {os.cpu_count()} cores, load {load:.2f} before; {files} FLAC files, {many}"
    return f"{about} tracks inside; {version}.\n\n{markdown(lines)}"


def write_files(folder: Path, releases: int) -> None:
    """Small tagged files, twelve a release; only their tags differ."""
    import numpy as np
    import soundfile
    from mutagen.flac import FLAC

    chance = random.Random(1)
    model = folder.parent / "model.flac"
    soundfile.write(model, np.zeros((2_205, 2)), 44_100, "PCM_16")
    for number in range(1, releases + 1):
        home = folder / artist_of(number) / f"Release {number}"
        home.mkdir(parents=True)
        title = f"{two_words(chance)} {number}"
        for place in range(1, TRACKS_EACH + 1):
            path = home / f"{place:02} track.flac"
            shutil.copyfile(model, path)
            song = FLAC(path)
            song.update(_tags(number, place, title, chance))
            song.save()


def _tags(number: int, place: int, album: str, chance: random.Random) -> dict[str, str]:
    artist = artist_of(number)
    return {
        "title": f"{two_words(chance)} {place}",
        "artist": artist,
        "album": album,
        "albumartist": artist,
        "tracknumber": str(place),
        "date": f"20{number % 27:02}-03-04",
        "genre": "Indie",
        "label": f"Label {number % 9}",
        "catalognumber": f"CAT {number:04}",
        "isrc": f"GBAYE{number % 27:02}{(number * TRACKS_EACH + place) % 100_000:05}",
        "composer": f"Writer {number % 40}",
    }


@contextmanager
def beets_at_home(folder: Path) -> Iterator[None]:
    """A home for beets: no copies, no writing, nothing looked up."""
    home = folder / "beets"
    home.mkdir()
    lines = ("plugins: []", f"directory: {folder / 'Music'}", f"library: {home / 'library.db'}")
    quiet = "import: {copy: no, write: no, autotag: no, quiet: yes, timid: no}"
    (home / "config.yaml").write_text("\n".join((*lines, quiet)), encoding="utf-8")
    from benchmarks import clock

    clock.ENVIRONMENT["BEETSDIR"] = str(home)
    try:
        yield
    finally:
        del clock.ENVIRONMENT["BEETSDIR"]


def beet(*words: str | Path) -> list[str]:
    """beets' own command."""
    return [str(FOLDER / "bin" / "beet"), *map(str, words)]


def ours(library: Path, *words: str | Path) -> list[str]:
    """Our command on a library."""
    return [str(INDIEARTIST), "--library", str(library), *map(str, words)]


def import_lines(folder: Path) -> list[Line]:
    """Both import the same files into a new library, in turns; the last stays for what follows."""
    library, database = folder / "Library", folder / "beets" / "library.db"

    def take_ours() -> Cost:
        shutil.rmtree(library, ignore_errors=True)
        return measure_command(ours(library, "catalogue", "folder", folder / "Music"))

    def take_theirs() -> Cost:
        database.unlink(missing_ok=True)
        return measure_command(beet("import", "-A", "-C", "-W", "-q", folder / "Music"))

    costs = take_turns({"ours": take_ours, "theirs": take_theirs}, ROUNDS)
    return [Line("import of the tagged files, whole process", costs["ours"], costs["theirs"])]


def search_lines(folder: Path) -> list[Line]:
    """Searches from the command line, start-up included."""
    library = folder / "Library"
    pairs = {
        "start-up alone, whole process": (("--version",), ("version",)),
        "search for a word, whole process": (("find", "ember", "--most", "500"), ("ls", "ember")),
        "search for an ISRC, whole process": (
            ("find", "GBAYE0100013", "--json"),
            ("ls", "isrc:GBAYE0100013"),
        ),
    }
    lines = []
    for what, (mine, its) in pairs.items():
        turns: dict[str, Work] = {
            "ours": lambda mine=mine: measure_command(ours(library, *mine)),
            "theirs": lambda its=its: measure_command(beet(*its)),
        }
        costs = take_turns(turns, ROUNDS)
        lines.append(Line(what, costs["ours"], costs["theirs"]))
    return lines


def inside_lines(folder: Path, many: int) -> list[Line]:
    """What a list waits for, with many tracks, in a process that is there already."""
    mine = json.loads(run_command(_inside("ours", folder, many))[1])
    its = json.loads(run_command(_inside("theirs", folder, many))[1])
    return [
        Line(what, Cost(0, mine[what]), Cost(0, its[what]), inside=True)
        for what in mine
        if what in its
    ]


def _inside(who: str, folder: Path, many: int) -> list[str]:
    if who == "theirs":
        python, database = FOLDER / "bin" / "python", folder / "beets" / "library.db"
        return [str(python), "-m", "benchmarks.beets_inside", str(database), str(many)]
    return [sys.executable, "-m", "benchmarks.library_inside", str(folder / "Many"), str(many)]


def beets_version() -> str:
    """The version of beets, as it says it."""
    said = run_command(beet("version"))[1].splitlines()  # a new home is spoken of first
    return next(line for line in said if line.startswith("beets version"))


def markdown(lines: Sequence[Line]) -> str:
    """The rows as a table; a ratio above 1 is in our favour."""
    cells = [("what", "IndieArtist", "beets", "times less"), *(line.cells() for line in lines)]
    widths = [max(len(row[i]) for row in cells) for i in range(4)]
    rows = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)) + " |" for r in cells
    ]
    rows.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(rows)


def write_page(made: str) -> None:
    """Put the table into its section of the page."""
    page = PAGE_PATH.read_text(encoding="utf-8")
    before, _, rest = page.partition(START)
    after = rest.partition(END)[2]
    PAGE_PATH.write_text(f"{before}{START}\n\n{made}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

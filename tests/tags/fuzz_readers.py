"""Mutated files through a reader, one after the other: `fuzz_readers.py tags|riff COUNT SEED`.

Prints as JSON how many were read, refused and written, the slowest one and the highest memory; a
crash, a refusal without the file's name or a file that was changed ends it with a traceback.
"""

from __future__ import annotations

import json
import random
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from conftest import FORMATS, make  # type: ignore[import-not-found]  # noqa: E402
from memory import peak_memory_kib  # noqa: E402

from indieartist.audio.tags import read_tags, restore_tags, write_tags  # noqa: E402
from indieartist.domain.tags import Picture, TagSheet  # noqa: E402
from indieartist.errors import UserError  # noqa: E402

PICTURE = Picture.of(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
FULL = TagSheet(
    {
        **{key: ["Zoë 日本"] for key in ("title", "artist", "album", "producer", "work", "isrc")},
        **{key: ["Ana", "Bo"] for key in ("artists", "composer", "genre", "label", "mixer")},
        "performer": ["Ana (guitar)"],
        "date": ["2026-05-01"],
        "tracknumber": ["3"],
        "lyrics": ["One\nTwo"],
        "syncedlyrics": ["[00:01.00]One\n[00:02.00]Two"],
        "loudness": ["-14.02 LUFS"],
        "truepeak": ["-1.00 dBTP"],
    },
    PICTURE,
)
NEW = TagSheet({"title": ["After"], "comment": ["x" * 3000], "loudness": ["-9 LUFS"]})
EDGES = (0, 1, 0x7F, 0x7FFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
NAMES = (b"id3 ", b"LIST", b"INFO", b"bext", b"iXML", b"data", b"fmt ", b"ds64", b"ID3\3", b"ID3\4")
NEAR_BYTES = 6000
KINDS = {"tags": FORMATS, "riff": ("wav16.wav", "wav24.wav", "rf64.wav", "aiff.aiff")}
WRITES = {"tags": 40, "riff": 20}  # every how many is written too


def place(data: bytearray, chance: random.Random) -> int:
    """Mostly near the head or the tail, where the structure is."""
    size = max(len(data), 1)
    near = min(size, NEAR_BYTES)
    spots = (chance.randrange(near), size - 1 - chance.randrange(near), chance.randrange(size))
    return chance.choice(spots)


def flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 12)):
        data[place(data, chance)] = chance.randrange(256)


def number(data: bytearray, chance: random.Random) -> None:
    at, order = place(data, chance), chance.choice("<>")
    data[at : at + 4] = struct.pack(f"{order}I", chance.choice(EDGES))


def name(data: bytearray, chance: random.Random) -> None:
    at = place(data, chance)
    data[at : at + 4] = chance.choice(NAMES)


def truncate(data: bytearray, chance: random.Random) -> None:
    del data[place(data, chance) :]


def insert(data: bytearray, chance: random.Random) -> None:
    at = place(data, chance)
    data[at:at] = chance.randbytes(chance.choice([1, 2, 7, 300]))


def cut(data: bytearray, chance: random.Random) -> None:
    at = place(data, chance)
    del data[at : at + chance.choice([1, 2, 7, 300])]


def double(data: bytearray, chance: random.Random) -> None:
    at, length = place(data, chance), chance.choice([8, 64, 900, 5000])
    data[at:at] = data[at : at + length] * chance.choice([1, 1, 1, 40])


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(flip, flip, number, number, number, name),
    *(truncate, insert, cut, double),
)


def mutate(data: bytes, chance: random.Random) -> bytes:
    """The file with one to four things wrong with it."""
    broken = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4])):
        chance.choice(MUTATIONS)(broken, chance)
    return bytes(broken)


def samples(kind: str, folder: Path) -> list[tuple[str, bytes]]:
    """Each container bare, with every tag, and in ID3 2.3."""
    found = []
    for each in KINDS[kind]:
        path = folder / each
        make(path)
        found.append((each, path.read_bytes()))
        write_tags(path, FULL)
        found.append((each, path.read_bytes()))
        write_tags(path, FULL, id3_version=3)
        found.append((each, path.read_bytes()))
        path.unlink()
    return found


def try_out(path: Path, data: bytes, writes: bool) -> str:
    """Read one file, and write it too; what became of it."""
    path.write_bytes(data)
    outcome = "refused"
    try:
        read_tags(path)
        outcome = "read"
        if writes:
            shell = write_tags(path, NEW)
            outcome = "written"
            restore_tags(path, shell)
    except UserError as error:
        assert path.name in error.message, error.message
    assert path.read_bytes() == data, "the file was changed"
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    return outcome


def main(kind: str, count: int, seed: str) -> None:
    """Run `count` mutated files, and print the figures."""
    chance = random.Random(f"{kind} {seed}")
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    told = {"read": 0, "refused": 0, "written": 0}
    slowest_s = 0.0
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        originals = samples(kind, Path(folder))
        before_kib = peak_memory_kib()
        for turn in range(count):
            each, data = chance.choice(originals)
            path = Path(folder) / each
            started = time.perf_counter()
            told[try_out(path, mutate(data, chance), turn % WRITES[kind] == 0)] += 1
            slowest_s = max(slowest_s, time.perf_counter() - started)
            path.unlink()
    peak_kib = peak_memory_kib()
    grown = (peak_kib - before_kib) / 1024
    print(json.dumps({**told, "slowest_s": slowest_s, "peak_mib": peak_kib / 1024, "mib": grown}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])

"""Broken files of every container: read, written or refused, and never damaged.

The long runs are a process of their own, so that its memory is its own: `tags.test_tag_fuzz KIND
COUNT SEED` prints as JSON how many were read, refused and written, the slowest and the memory.
"""

from __future__ import annotations

import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from memory import peak_memory_kib
from tags.conftest import FORMATS, make

from indieartist.audio.tags import audio_digest, read_tags, restore_tags, write_tags
from indieartist.domain.tags import Picture, TagSheet
from indieartist.errors import UserError

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
NAMES += (b"NAME", b"AUTH", b"(c) ", b"ANNO", b"COMT", b"SSND", b"COMM")
NEAR_BYTES = 6000
KINDS = {
    "tags": FORMATS,
    "riff": ("wav16.wav", "wav24.wav", "rf64.wav"),
    "aiff": ("aiff.aiff", "texts.aiff"),
}
WRITES = {"tags": 40, "riff": 20, "aiff": 20}  # every how many is written too
LONGEST_S, MOST_MIB = 2.0, 500


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
    """Read one file, and write it too and take that back; what became of it."""
    path.write_bytes(data)
    outcome = "refused"
    try:
        read_tags(path)
        outcome = "read"
        if writes:
            digest, shell = audio_digest(path), write_tags(path, NEW)
            outcome = "written"
            assert audio_digest(path) == digest
            assert read_tags(path)["title"] == ("After",)
            restore_tags(path, shell)
    except UserError as error:
        assert path.name in error.message, error.message
    assert path.read_bytes() == data, "the file was changed"
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    return outcome


def fuzz(kind: str, count: int, seed: str) -> dict[str, float]:
    """Run `count` mutated files; how many were read, refused, written, and the worst."""
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
    return {**told, "slowest_s": slowest_s, "peak_mib": peak_kib / 1024, "mib": grown}


@pytest.fixture
def tagged(song: Path) -> bytes:
    write_tags(song, FULL)
    return song.read_bytes()


@pytest.mark.parametrize("cases", [50, pytest.param(400, marks=pytest.mark.real)])
def test_no_file_is_damaged(song: Path, original: bytes, tagged: bytes, cases: int) -> None:
    """Every broken file that can be read is written too, and its tags are taken back."""
    chance = random.Random(f"{song.name} {cases}")
    told = [
        try_out(song, mutate(chance.choice([original, tagged]), chance), writes=True)
        for _ in range(cases)
    ]
    assert "written" in told
    assert set(told) != {"written"}


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.real)])
@pytest.mark.parametrize("kind", KINDS)
def test_readers_neither_crash_nor_hang_nor_take_memory(kind: str, count: int) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "tags.test_tag_fuzz", kind, str(count), "seed"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    print(kind, told)
    assert told["read"] + told["refused"] + told["written"] == count
    assert min(told["read"], told["written"]) > 0
    assert told["refused"] > 0 or count < 1000  # few WAVs are too broken to be read
    assert told["slowest_s"] < LONGEST_S
    assert told["peak_mib"] < MOST_MIB


def test_nothing_but_noise(song: Path) -> None:
    chance = random.Random(7)
    for size in (0, 1, 3, 10, 27, 100, 5000):
        song.write_bytes(chance.randbytes(size))
        with pytest.raises(UserError):
            read_tags(song)


if __name__ == "__main__":
    print(json.dumps(fuzz(sys.argv[1], int(sys.argv[2]), sys.argv[3])))

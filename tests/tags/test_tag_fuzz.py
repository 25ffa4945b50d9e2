"""Some hundreds of broken files of every container: read, written or refused, and never damaged."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indieartist.audio.tags import audio_digest, read_tags, restore_tags, write_tags
from indieartist.domain.tags import Picture, TagSheet
from indieartist.errors import UserError

OLD = TagSheet(
    {"title": ["Before"], "artist": ["Ana", "Bo"], "performer": ["Ana (guitar)"], "date": ["2020"]}
)
NEW = TagSheet({"title": ["After"], "tracknumber": ["3"], "comment": ["x" * 5000], "artist": []})
EDGES = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\1", b"\x80\0\0\0")


def flip(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 8)):
        data[_place(data, rng)] = rng.randrange(256)


def extreme(data: bytearray, rng: random.Random) -> None:
    at = _place(data, rng)
    data[at : at + 4] = rng.choice(EDGES)


def truncate(data: bytearray, rng: random.Random) -> None:
    del data[_place(data, rng) :]


def insert(data: bytearray, rng: random.Random) -> None:
    at = _place(data, rng)
    data[at:at] = rng.randbytes(rng.choice([1, 2, 7, 300]))


def cut(data: bytearray, rng: random.Random) -> None:
    at = _place(data, rng)
    del data[at : at + rng.choice([1, 2, 7, 300])]


def double(data: bytearray, rng: random.Random) -> None:
    at, length = _place(data, rng), rng.choice([8, 64, 900])
    data[at:at] = data[at : at + length]


def _place(data: bytearray, rng: random.Random) -> int:
    """Mostly near the head or the tail, where the structure is."""
    size = max(len(data), 1)
    near = min(size, 3000)
    return rng.choice([rng.randrange(near), size - 1 - rng.randrange(near), rng.randrange(size)])


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(flip, flip, extreme, extreme),
    *(truncate, insert, cut, double),
)


def mutate(data: bytes, rng: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(rng.choice([1, 1, 2])):
        rng.choice(MUTATIONS)(broken, rng)
    return bytes(broken)


@pytest.fixture
def tagged(song: Path, png: bytes) -> bytes:
    write_tags(song, TagSheet(OLD.fields, Picture.of(png * 20)))
    return song.read_bytes()


def try_out(path: Path, data: bytes) -> bool:
    """Read, write and restore one broken file; whether the write went through."""
    path.write_bytes(data)
    try:
        read_tags(path)
        digest = audio_digest(path)
        shell = write_tags(path, NEW)
    except UserError as error:
        assert path.name in error.message
        assert path.read_bytes() == data
        return False
    finally:
        assert [found.name for found in path.parent.iterdir()] == [path.name]
    assert audio_digest(path) == digest
    assert read_tags(path)["title"] == ("After",)
    restore_tags(path, shell)
    assert path.read_bytes() == data
    return True


@pytest.mark.parametrize("cases", [50, pytest.param(400, marks=pytest.mark.real)])
def test_no_file_is_damaged(song: Path, original: bytes, tagged: bytes, cases: int) -> None:
    rng = random.Random(f"{song.name} {cases}")
    written = [try_out(song, mutate(rng.choice([original, tagged]), rng)) for _ in range(cases)]
    assert any(written)
    assert not all(written)


READERS = Path(__file__).with_name("fuzz_readers.py")
LONGEST_S, MOST_MIB = 2.0, 500


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.real)])
@pytest.mark.parametrize("kind", ["tags", "riff"])
def test_readers_neither_crash_nor_hang_nor_take_memory(kind: str, count: int) -> None:
    command = [sys.executable, str(READERS), kind, str(count), "seed"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["read"] + told["refused"] + told["written"] == count
    assert min(told["read"], told["refused"], told["written"]) > 0
    assert told["slowest_s"] < LONGEST_S
    assert told["peak_mib"] < MOST_MIB


def test_nothing_but_noise(song: Path) -> None:
    rng = random.Random(7)
    for size in (0, 1, 3, 10, 27, 100, 5000):
        song.write_bytes(rng.randbytes(size))
        with pytest.raises(UserError):
            read_tags(song)

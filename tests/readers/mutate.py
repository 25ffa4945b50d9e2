"""Breaking files the ways the wild and the hostile break them, each from a seed."""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
import zlib

NUMBERS = (
    b"\x00",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"-1",
    b"1e999",
    b"NaN",
    b"99999999999",
)
MARKUP = (
    b"<",
    b">",
    b"&",
    b'"',
    b"&#0;",
    b"&lol;",
    b"]]>",
    b"<a>" * 40,
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
)


def mutate(data: bytes, dice: random.Random) -> bytes:
    """One broken version of a file; packed ones are broken inside as often as outside."""
    if dice.random() < 0.6:
        try:
            return _mutate_inside(data, dice)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
            pass
    return mutate_bytes(data, dice)


def mutate_bytes(data: bytes, dice: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        place = dice.randrange(len(broken) + 1)
        match dice.randrange(8):
            case 0:
                broken[place : place + 1] = bytes([dice.randrange(256)])
            case 1:
                del broken[place : place + dice.choice((1, 2, 8, 64, 512))]
            case 2:
                broken[place:place] = broken[place : place + dice.choice((1, 8, 64, 512))]
            case 3:
                broken[place:place] = dice.choice(NUMBERS)
            case 4:
                broken[place:place] = dice.choice(MARKUP)
            case 5:
                del broken[place:]
            case _:
                _renumber(broken, place, dice)
    return bytes(broken)


def _renumber(broken: bytearray, place: int, dice: random.Random) -> None:
    """Put another number in the place of one: the form stays whole, its meaning does not."""
    if found := re.compile(rb"[-0-9.]+").search(broken, place):
        broken[slice(*found.span())] = dice.choice(NUMBERS[4:])


def _mutate_inside(data: bytes, dice: random.Random) -> bytes:
    if data[:2] == b"\x1f\x8b":
        return gzip.compress(mutate_bytes(gzip.decompress(data), dice), 1, mtime=0)
    if data[:2] != b"PK":
        return mutate_bytes(data, dice)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(target, "w") as broken:
        for name in packed.namelist():
            inside = packed.read(name)
            worth = name.endswith(".xml") and dice.random() < 0.8
            broken.writestr(name, mutate_bytes(inside, dice) if worth else inside)
    return target.getvalue()

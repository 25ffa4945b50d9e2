"""The typeface: Inter, from its installed package, with the system's fonts behind it."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

import fontpkg_inter
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase

# A machine may have an Inter of its own, in single weights, and Qt prefers it to the variable one
# that we bring. Under a name nobody else has, ours is found on every machine.
FAMILY = "Int3r"
_THEIRS, _OURS = "Inter".encode("utf-16-be"), FAMILY.encode("utf-16-be")
_FILE = "Inter[opsz,wght].ttf"


@lru_cache(maxsize=1)
def load() -> None:
    """Hand Inter to Qt, once; where the file is missing Qt keeps the system's typeface."""
    path = Path(fontpkg_inter.ROOT) / "files" / _FILE
    if path.is_file():
        QFontDatabase.addApplicationFontFromData(QByteArray(renamed(path.read_bytes())))


def renamed(font: bytes) -> bytes:
    """The same font under our family name: only its `name` table differs (OpenType 1.9)."""
    start, length = _find_table(font, b"name")
    names = font[start : start + length].replace(_THEIRS, _OURS)
    return font[:start] + names + font[start + length :]


def _find_table(font: bytes, tag: bytes) -> tuple[int, int]:
    """Where a table lies, by the directory at the font's beginning; (0, 0) where it has none."""
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        name, _checksum, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * number)
        if name == tag:
            return offset, length
    return 0, 0

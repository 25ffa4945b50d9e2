"""The bext chunk of a Broadcast Wave: its loudness fields, with all else in it as it was.

Source: EBU Tech 3285 v2, sections 2.3 and 2.4: fixed fields of 602 bytes and a coding history; a
loudness is a hundredfold in 16 bits, 0x7FFF where it is not known.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import Any

from indieartist.audio.tags.slots import Slot, UnfitError, Values
from indieartist.domain.tags import LOUDNESS_UNITS

FIXED_BYTES, VERSION_AT, LOUDNESS_AT = 602, 346, 412
DESCRIPTION_BYTES, ORIGINATOR = 256, b"IndieArtist"
UNKNOWN, MOST = 0x7FFF, 99.99
ORDER = ("loudness", "loudnessrange", "truepeak", "momentarymax", "shorttermmax")
FIGURE = re.compile(r"([+-]?\d{1,3}(?:\.\d{1,6})?)\s*([A-Za-z]*)", re.ASCII)


@dataclass(slots=True)
class Bext:
    """The chunk's bytes; empty where the file has none yet."""

    raw: bytearray = field(default_factory=bytearray)

    @property
    def version(self) -> int:
        """0, 1 or 2."""
        return int.from_bytes(self.raw[VERSION_AT : VERSION_AT + 2], "little")

    def begin(self, description: str) -> None:
        """Make room for loudness: a chunk if there is none, and version 2 with nothing known."""
        if not self.raw:
            named = description.encode("ascii", "replace")[:DESCRIPTION_BYTES]
            self.raw[:] = named.ljust(DESCRIPTION_BYTES, b"\0") + ORIGINATOR
        self.raw.extend(bytes(max(FIXED_BYTES - len(self.raw), 0)))
        if self.version < 2:
            struct.pack_into("<H", self.raw, VERSION_AT, 2)
            struct.pack_into("<5h", self.raw, LOUDNESS_AT, *[UNKNOWN] * 5)


@dataclass(frozen=True)
class Figure(Slot):
    """One loudness field as text with its unit."""

    key: str

    @property
    def _at(self) -> int:
        return LOUDNESS_AT + 2 * ORDER.index(self.key)

    def read(self, tags: Any) -> Values:
        """The figure, where the chunk is of version 2 and knows it."""
        if tags.version < 2 or len(tags.raw) < FIXED_BYTES:
            return ()
        (hundredfold,) = struct.unpack_from("<h", tags.raw, self._at)
        if abs(hundredfold) > MOST * 100:
            return ()
        return (f"{hundredfold / 100:.2f} {LOUDNESS_UNITS[self.key]}",)

    def write(self, tags: Any, values: Values) -> None:
        """Replace the figure; `begin` has made room for it."""
        if tags.version < 2 or len(tags.raw) < FIXED_BYTES:
            return
        hundredfold = round(_figure(self.key, values[0]) * 100) if values else UNKNOWN
        struct.pack_into("<h", tags.raw, self._at, hundredfold)

    def fit(self, values: Values) -> Values:
        """Two decimals, from -99.99 to 99.99."""
        return tuple(f"{_figure(self.key, v):.2f} {LOUDNESS_UNITS[self.key]}" for v in values)


def _figure(key: str, text: str) -> float:
    unit, match = LOUDNESS_UNITS[key], FIGURE.fullmatch(text)
    if match is None or match[2].casefold() not in ("", unit.casefold()):
        raise UnfitError(f"'{text}' is no figure like -14.02 {unit}")
    figure = round(float(match[1]), 2) + 0.0  # no minus before a zero
    if abs(figure) > MOST:
        raise UnfitError(f"'{text}' is not between -{MOST} and {MOST} {unit}")
    return figure

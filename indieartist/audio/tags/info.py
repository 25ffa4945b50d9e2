"""The LIST INFO chunk of a WAV: its items by name, text as UTF-8 with a Windows-1252 fallback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from indieartist.audio.tags.layout import MalformedError
from indieartist.audio.tags.slots import Slot, Values

SEPARATOR = "; "  # INFO holds one value per item
MAX_ITEMS = 10_000  # a few dozen names are in use

Items = dict[bytes, bytes]
"""Item name to raw payload, in file order."""


@dataclass(frozen=True)
class Item(Slot):
    """One INFO item; several values are written as one, with semicolons."""

    name: bytes

    def read(self, tags: Any) -> Values:
        """The text up to its NUL."""
        text = decode(tags.get(self.name, b""))
        return (text,) if text else ()

    def write(self, tags: Any, values: Values) -> None:
        """Replace the text where it stands."""
        if values:
            tags[self.name] = SEPARATOR.join(values).encode() + b"\0"
        else:
            tags.pop(self.name, None)


def decode(raw: bytes) -> str:
    """INFO names no encoding: UTF-8 where it is that, else what Windows wrote."""
    text = raw.split(b"\0", 1)[0]
    try:
        return text.decode("utf-8").strip()
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace").strip()


def parse(lists: Iterable[bytes]) -> Items:
    """The items of INFO payloads (behind 'INFO'); of items named twice the first stays."""
    items: Items = {}
    count = 0
    for data in lists:
        start = 0
        while start + 8 <= len(data):
            count += 1
            if count > MAX_ITEMS:
                raise MalformedError(f"has more than {MAX_ITEMS:,} INFO items")
            size = int.from_bytes(data[start + 4 : start + 8], "little")
            items.setdefault(data[start : start + 4], data[start + 8 : start + 8 + size])
            start = _next(data, start + 8 + size, size)
    return items


def _next(data: bytes, end: int, size: int) -> int:
    """The next item's start; some writers forget the pad byte of an odd one."""
    unpadded = data[end : end + 4].isalnum()
    return end + (1 if size % 2 and not unpadded else 0)


def render(items: Items) -> bytes:
    """A LIST payload, b'' without items."""
    body = b"".join(
        name + len(raw).to_bytes(4, "little") + raw + b"\0" * (len(raw) % 2)
        for name, raw in items.items()
    )
    return b"INFO" + body if body else b""

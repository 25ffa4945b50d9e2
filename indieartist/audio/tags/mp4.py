"""Slots of iTunes-style MP4 tags (moov.udta.meta.ilst); mutagen writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indieartist.audio.tags.slots import Slot, UnfitError, Values
from indieartist.domain.tags import Picture

FREEFORM = "----:com.apple.iTunes:"
MAX_NUMBER = 0xFFFF


@dataclass(frozen=True)
class Text(Slot):
    """A text atom by its key."""

    atom: str

    def read(self, tags: Any) -> Values:
        """Every value."""
        return tuple(str(value) for value in tags.get(self.atom, []))

    def write(self, tags: Any, values: Values) -> None:
        """All values in one atom."""
        tags.pop(self.atom, None)
        if values:
            tags[self.atom] = list(values)


class Free(Slot):
    """A freeform atom by its name, whatever its case; older names are read and replaced."""

    def __init__(self, name: str, *older: str) -> None:
        self.names = (name, *older)

    def _keys(self, tags: Any, name: str) -> list[str]:
        wanted = (FREEFORM + name).casefold()
        return [key for key in tags if key.casefold() == wanted]

    def read(self, tags: Any) -> Values:
        """The values under the first name that has any."""
        for name in self.names:
            raw = [value for key in self._keys(tags, name) for value in tags[key]]
            if raw:
                return tuple(bytes(value).decode("utf-8", "replace") for value in raw)
        return ()

    def write(self, tags: Any, values: Values) -> None:
        """The values under the newest name alone."""
        for name in self.names:
            for key in self._keys(tags, name):
                del tags[key]
        if values:
            tags[FREEFORM + self.names[0]] = [value.encode() for value in values]


@dataclass(frozen=True)
class Half(Slot):
    """One half of a pair atom such as trkn: index 0 the number, 1 the total; 0 stands for none."""

    atom: str
    index: int

    def _pair(self, tags: Any) -> list[int]:
        return list((tags.get(self.atom) or [(0, 0)])[0])

    def read(self, tags: Any) -> Values:
        """The half, if it is there."""
        half = self._pair(tags)[self.index]
        return (str(half),) if half else ()

    def write(self, tags: Any, values: Values) -> None:
        """Replace this half and keep the other."""
        pair = self._pair(tags)
        pair[self.index] = int(values[0]) if values else 0
        tags.pop(self.atom, None)
        if any(pair):
            tags[self.atom] = [tuple(pair)]

    def fit(self, values: Values) -> Values:
        """Whole numbers up to 65535."""
        return tuple(value for value in values if _exact(value))


@dataclass(frozen=True)
class Whole(Slot):
    """An atom with one whole number; a fraction, as in a BPM, is rounded."""

    atom: str

    def read(self, tags: Any) -> Values:
        """The number, unless it is 0."""
        return tuple(str(number) for number in tags.get(self.atom, [])[:1] if number > 0)

    def write(self, tags: Any, values: Values) -> None:
        """Write the number."""
        tags.pop(self.atom, None)
        if values:
            tags[self.atom] = [int(values[0])]

    def fit(self, values: Values) -> Values:
        """The nearest whole number up to 32767."""
        numbers = (_whole(value, MAX_NUMBER >> 1) for value in values)
        return tuple(str(number) for number in numbers if number)


@dataclass(frozen=True)
class Code(Slot):
    """An atom with a small code, such as rtng."""

    atom: str

    def read(self, tags: Any) -> Values:
        """The code."""
        return tuple(str(code) for code in tags.get(self.atom, [])[:1])

    def write(self, tags: Any, values: Values) -> None:
        """Write the code."""
        tags.pop(self.atom, None)
        if values:
            tags[self.atom] = [int(values[0])]


def _whole(value: str, most: int) -> int:
    try:
        number = round(float(value))
    except (ValueError, OverflowError):
        raise UnfitError(f"'{value}' is no number") from None
    if not 0 <= number <= most:
        raise UnfitError(f"'{value}' is not between 0 and {most}")
    return number


def _exact(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise UnfitError(f"'{value}' is no whole number")
    return _whole(value, MAX_NUMBER)


def read_picture(tags: Any) -> Picture | None:
    """The first picture of covr; Apple's players show that one."""
    covers = tags.get("covr") or []
    png = bool(covers) and covers[0].imageformat == covers[0].FORMAT_PNG
    return Picture(bytes(covers[0]), "image/png" if png else "image/jpeg") if covers else None


def write_picture(tags: Any, picture: Picture) -> None:
    """Replace the first picture and keep the others, or take out all."""
    from mutagen.mp4 import MP4Cover

    formats = {"image/jpeg": MP4Cover.FORMAT_JPEG, "image/png": MP4Cover.FORMAT_PNG}
    covers = list(tags.get("covr") or [])[1:] if picture else []
    if picture and picture.mime not in formats:
        raise UnfitError(f"artwork of type {picture.mime} is neither JPEG nor PNG")
    if picture:
        covers.insert(0, MP4Cover(picture.data, imageformat=formats[picture.mime]))
    tags.pop("covr", None)
    if covers:
        tags["covr"] = covers

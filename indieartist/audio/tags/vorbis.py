"""Slots of Vorbis comments (xiph.org, v-comment), as used in FLAC, Ogg Vorbis and Opus."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Any

from indieartist.audio.tags.pictures import FRONT_COVER, find_cover, replaced_covers
from indieartist.audio.tags.slots import Slot, UnfitError, Values
from indieartist.domain.tags import Picture

PICTURE_KEY = "METADATA_BLOCK_PICTURE"
GAIN = re.compile(r"([+-]?\d{1,3}(?:\.\d+)?)\s*dB", re.IGNORECASE | re.ASCII)
R128_BELOW_REPLAYGAIN_DB = 5.0  # -23 LUFS against -18 LUFS


class _Named(dict[str, list[str]]):
    """Comments by name, whatever its case; mutagen goes through all of them for each name."""

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)


def by_name(comments: Any) -> _Named:
    """Comments to read many names of."""
    named = _Named()
    for name, value in comments:
        named.setdefault(name.lower(), []).append(value)
    return named


class Comment(Slot):
    """A comment by its name; older names are read and replaced."""

    def __init__(self, name: str, *older: str) -> None:
        self.names = (name, *older)

    def read(self, tags: Any) -> Values:
        """The values under the first name that has any."""
        found = (tags.get(name, []) for name in self.names)
        return tuple(next((values for values in found if values), []))

    def write(self, tags: Any, values: Values) -> None:
        """The values under the newest name alone."""
        for name in self.names:
            _remove(tags, name)
        if values:
            tags[self.names[0]] = list(values)


@dataclass(frozen=True)
class Half(Slot):
    """A number or a total with comments of their own, which some write as 'n/N' in one."""

    number: Comment
    total: Comment
    index: int

    def _halves(self, tags: Any) -> list[Values]:
        number, _, total = "".join(self.number.read(tags)[:1]).partition("/")
        return [_single(number), self.total.read(tags) or _single(total)]

    def read(self, tags: Any) -> Values:
        """The half, if it is there."""
        return self._halves(tags)[self.index]

    def write(self, tags: Any, values: Values) -> None:
        """Replace this half, keep the other, and end with two comments."""
        halves = self._halves(tags)
        halves[self.index] = values
        self.number.write(tags, halves[0])
        self.total.write(tags, halves[1])

    def fit(self, values: Values) -> Values:
        """No slash inside a half."""
        if any("/" in value for value in values):
            raise UnfitError(f"'{values[0]}' has a slash, which parts number and total")
        return values


@dataclass(frozen=True)
class R128Gain(Slot):
    """Opus' gain (RFC 7845, 5.2.1): Q7.8 towards -23 LUFS; in a sheet it stands as ReplayGain's."""

    comment: Comment

    def read(self, tags: Any) -> Values:
        """The gain towards -18 LUFS, as '-7.30 dB'."""
        raw = "".join(self.comment.read(tags)[:1])
        if not re.fullmatch(r"[+-]?\d{1,5}", raw, re.ASCII):
            return ()
        return (f"{int(raw) / 256 + R128_BELOW_REPLAYGAIN_DB:.2f} dB",)

    def write(self, tags: Any, values: Values) -> None:
        """The gain as a whole number of 1/256 dB."""
        steps = tuple(round((_gain_db(v) - R128_BELOW_REPLAYGAIN_DB) * 256) for v in values)
        self.comment.write(tags, tuple(map(str, steps)))

    def fit(self, values: Values) -> Values:
        """Two decimals, within the 16 bits of the field."""
        fitted = tuple(f"{_gain_db(value):.2f} dB" for value in values)
        if any(abs(_gain_db(value) - R128_BELOW_REPLAYGAIN_DB) >= 128 for value in fitted):
            raise UnfitError(f"'{values[0]}' is outside -123 to 133 dB")
        return fitted


def _remove(tags: Any, name: str) -> None:
    if name in tags:
        del tags[name]


def _gain_db(value: str) -> float:
    match = GAIN.fullmatch(value)
    if not match:
        raise UnfitError(f"'{value}' is no gain like -7.30 dB")
    return float(match[1])


def _single(text: str) -> Values:
    return (text.strip(),) if text.strip() else ()


def read_pictures(tags: Any) -> list[Any]:
    """The pictures inside the comments of an Ogg stream, as mutagen's; broken ones are skipped."""
    return [picture for raw in tags.get(PICTURE_KEY, []) if (picture := _find_picture(raw))]


def _find_picture(raw: str) -> Any:
    from mutagen import flac

    try:
        return flac.Picture(base64.b64decode(raw, validate=True))
    except (ValueError, flac.error):
        return None


def new_picture(picture: Picture) -> Any:
    """A front cover as mutagen's FLAC picture."""
    from mutagen import flac

    made = flac.Picture()
    made.type, made.mime, made.data = FRONT_COVER, picture.mime, picture.data
    return made


def read_picture(pictures: list[Any]) -> Picture | None:
    """The cover among `pictures` as the sheet holds it."""
    cover = find_cover(pictures)
    return Picture(bytes(cover.data), str(cover.mime)) if cover and cover.data else None


def with_picture(pictures: list[Any], picture: Picture) -> list[Any]:
    """`pictures` with the cover replaced, or without covers where `picture` is empty."""
    gone = replaced_covers(pictures, picture)
    others = [one for one in pictures if one not in gone]
    return [new_picture(picture), *others] if picture else others


def write_comment_picture(tags: Any, picture: Picture) -> None:
    """Replace the cover in the comments of an Ogg stream; the other pictures stay."""
    gone = replaced_covers(read_pictures(tags), picture)
    kept = [raw for raw in tags.get(PICTURE_KEY, []) if _find_picture(raw) not in gone]
    if picture:
        kept.insert(0, base64.b64encode(new_picture(picture).write()).decode("ascii"))
    _remove(tags, PICTURE_KEY)
    if kept:
        tags[PICTURE_KEY] = kept

"""Tags as one sheet of fields: which there are, and what a write changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indieartist.errors import UserError

LOUDNESS_UNITS = {
    "loudness": "LUFS",
    "loudnessrange": "LU",
    "truepeak": "dBTP",
    "momentarymax": "LUFS",
    "shorttermmax": "LUFS",
}
"""The fields of a Broadcast Wave's loudness (EBU Tech 3285 v2), each with its unit."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a sheet; `number` fields drop leading zeros, single ones keep one value."""

    key: str
    label: str
    multi: bool = False
    number: bool = False


FIELDS: dict[str, Field] = {
    row.key: row
    for row in (
        Field("title", "Title"),
        Field("version", "Version"),
        Field("artist", "Artist"),
        Field("artists", "Artists", multi=True),
        Field("album", "Album"),
        Field("albumartist", "Album artist"),
        Field("tracknumber", "Track number", number=True),
        Field("tracktotal", "Track total", number=True),
        Field("discnumber", "Disc number", number=True),
        Field("disctotal", "Disc total", number=True),
        Field("date", "Date"),
        Field("originaldate", "Original date"),
        Field("genre", "Genre", multi=True),
        Field("label", "Label", multi=True),
        Field("catalognumber", "Catalogue number", multi=True),
        Field("barcode", "Barcode"),
        Field("isrc", "ISRC", multi=True),
        Field("iswc", "ISWC", multi=True),
        Field("copyright", "C line"),
        Field("produced", "P line"),
        Field("composer", "Composer", multi=True),
        Field("lyricist", "Lyricist", multi=True),
        Field("writer", "Songwriter", multi=True),
        Field("arranger", "Arranger", multi=True),
        Field("producer", "Producer", multi=True),
        Field("engineer", "Recording engineer", multi=True),
        Field("mixer", "Mixing engineer", multi=True),
        Field("mastering", "Mastering engineer", multi=True),
        Field("djmixer", "DJ mixer", multi=True),
        Field("performer", "Performer", multi=True),
        Field("remixer", "Remixer", multi=True),
        Field("conductor", "Conductor", multi=True),
        Field("work", "Work"),
        Field("movementname", "Movement"),
        Field("movement", "Movement number", number=True),
        Field("movementtotal", "Movement total", number=True),
        Field("language", "Language", multi=True),
        Field("lyrics", "Lyrics"),
        Field("syncedlyrics", "Synced lyrics"),
        Field("bpm", "BPM", number=True),
        Field("key", "Key"),
        Field("explicit", "Explicit"),
        Field("replaygain_track_gain", "Track gain"),
        Field("replaygain_track_peak", "Track peak"),
        Field("replaygain_album_gain", "Album gain"),
        Field("replaygain_album_peak", "Album peak"),
        Field("loudness", "Loudness"),
        Field("loudnessrange", "Loudness range"),
        Field("truepeak", "True peak"),
        Field("momentarymax", "Loudest 400 ms"),
        Field("shorttermmax", "Loudest 3 s"),
        Field("comment", "Comment"),
        Field("encodedby", "Encoded by"),
    )
}

PICTURE_STARTS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """An embedded picture; an empty one in a sheet says: take the cover out of the file."""

    data: bytes = field(repr=False)
    mime: str

    def __bool__(self) -> bool:
        return bool(self.data)

    def __str__(self) -> str:
        return f"{self.mime}, {len(self.data)} bytes"

    @classmethod
    def of(cls, data: bytes) -> Picture:
        """A JPEG, PNG, GIF or WebP by its first bytes; raises UserError for anything else."""
        for start, mime in PICTURE_STARTS.items():
            if data.startswith(start) and (mime != "image/webp" or data[8:12] == b"WEBP"):
                return cls(data, mime)
        raise UserError("The artwork is neither JPEG, PNG, GIF nor WebP.", "Export it as JPEG.")


NO_PICTURE = Picture(b"", "")


@dataclass(frozen=True, eq=True)
class TagSheet(Mapping[str, tuple[str, ...]]):
    """Field keys of `FIELDS` to their values, and the front cover.

    A field that is absent says nothing (a write leaves it alone), `()` says that the file has none.
    Values are cleaned alike for every container: CR LF and CR become LF, NUL is dropped, a lone
    surrogate becomes U+FFFD, white space at the ends goes, empty values go, and a single field
    keeps its first value. Nothing else is changed; Unicode is not normalised.
    """

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    artwork: Picture | None = None

    def __post_init__(self) -> None:
        cleaned = {key: _clean_values(key, values) for key, values in self.fields.items()}
        object.__setattr__(self, "fields", cleaned)

    def __getitem__(self, key: str) -> tuple[str, ...]:
        return tuple(self.fields[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def text(self, key: str) -> str:
        """The values of a field as one line of display, '' where there are none."""
        return "; ".join(self.get(key, ()))


@dataclass(frozen=True, slots=True)
class TagChange:
    """What a write does to one field; `field` is a key of `FIELDS` or 'artwork'."""

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def diff(old: TagSheet, new: TagSheet) -> tuple[TagChange, ...]:
    """What writing `new` over `old` changes, in the order of `FIELDS`, the artwork last."""
    keys = [key for key in FIELDS if key in new and new[key] != old.get(key, ())]
    changes = [TagChange(key, old.get(key, ()), new[key]) for key in keys]
    before, after = old.artwork or NO_PICTURE, new.artwork
    if after is not None and after.data != before.data:
        changes.append(TagChange("artwork", _shown(before), _shown(after)))
    return tuple(changes)


def _clean_values(key: str, values: Sequence[str]) -> tuple[str, ...]:
    if key not in FIELDS:
        raise UserError(f"There is no tag field called '{key}'.", f"Fields: {', '.join(FIELDS)}.")
    listed = (values,) if isinstance(values, str) else values
    cleaned = tuple(text for text in map(_clean, listed) if text)
    if FIELDS[key].number:
        cleaned = tuple(_plain_number(text) for text in cleaned)
    return cleaned if FIELDS[key].multi else cleaned[:1]


def _clean(text: str) -> str:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _plain_number(text: str) -> str:
    plain = text.isascii() and text.isdigit()
    return (text.lstrip("0") or "0") if plain else text


def _shown(picture: Picture) -> tuple[str, ...]:
    return (str(picture),) if picture else ()

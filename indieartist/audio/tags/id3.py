"""Slots of ID3v2.4 (id3.org, id3v2.4.0-frames), as used in MP3, WAV and AIFF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from indieartist.audio.tags.border import foreign_bytes
from indieartist.audio.tags.id3_limits import require_modest
from indieartist.audio.tags.layout import read_head
from indieartist.audio.tags.pictures import FRONT_COVER, find_cover, replaced_covers
from indieartist.audio.tags.slots import Slot, UnfitError, Values
from indieartist.domain.tags import Picture

UTF8 = 3
PERFORMER = re.compile(r"(.+) \((.+)\)", re.DOTALL)
DATE = re.compile(r"\d{4}(-\d\d(-\d\d([ T]\d\d(:\d\d(:\d\d)?)?)?)?)?", re.ASCII)


def _frame(name: str, **values: Any) -> Any:
    from mutagen.id3 import Frames

    return Frames[name](encoding=UTF8, **values)


@dataclass(frozen=True)
class Text(Slot):
    """A text frame; in ID3v2.4 several values stand in one frame."""

    frame: str

    def read(self, tags: Any) -> Values:
        """Every value of every such frame."""
        return tuple(str(text) for frame in tags.getall(self.frame) for text in frame.text)

    def write(self, tags: Any, values: Values) -> None:
        """One frame with all values."""
        tags.delall(self.frame)
        if values:
            tags.add(_frame(self.frame, text=list(values)))


@dataclass(frozen=True)
class Date(Text):
    """A time stamp frame: a year, a month, a day, or a time to the second."""

    def fit(self, values: Values) -> Values:
        """Time stamps with a blank between day and time, as they are read back."""
        for value in values:
            if not DATE.fullmatch(value):
                raise UnfitError(f"'{value}' is no date like 2026, 2026-05 or 2026-05-01")
        return tuple(value.replace("T", " ") for value in values)


@dataclass(frozen=True)
class Genre(Text):
    """TCON, where a number stands for a genre of ID3v1's list."""

    def read(self, tags: Any) -> Values:
        """The genres' names."""
        return tuple(name for frame in tags.getall(self.frame) for name in frame.genres)

    def fit(self, values: Values) -> Values:
        """'17' and '(17)' come back as 'Rock'."""
        return tuple(_frame(self.frame, text=list(values)).genres)


@dataclass(frozen=True)
class UserText(Slot):
    """A TXXX frame by its description, whatever its case."""

    description: str

    def _own(self, tags: Any) -> list[Any]:
        wanted = self.description.casefold()
        return [frame for frame in tags.getall("TXXX") if frame.desc.casefold() == wanted]

    def read(self, tags: Any) -> Values:
        """Every value under this description."""
        return tuple(str(text) for frame in self._own(tags) for text in frame.text)

    def write(self, tags: Any, values: Values) -> None:
        """One frame with all values."""
        for frame in self._own(tags):
            del tags[frame.HashKey]
        if values:
            tags.add(_frame("TXXX", desc=self.description, text=list(values)))


@dataclass(frozen=True)
class Part(Slot):
    """One half of an 'n/N' frame: index 0 the number, 1 the total."""

    frame: str
    index: int

    def _halves(self, tags: Any) -> list[str]:
        texts = [str(text) for frame in tags.getall(self.frame) for text in frame.text]
        number, _, total = (texts[0] if texts else "").partition("/")
        return [number.strip(), total.strip()]

    def read(self, tags: Any) -> Values:
        """The half, if it is there."""
        half = self._halves(tags)[self.index]
        return (half,) if half else ()

    def write(self, tags: Any, values: Values) -> None:
        """Replace this half and keep the other."""
        halves = self._halves(tags)
        halves[self.index] = "".join(values)
        tags.delall(self.frame)
        if any(halves):
            text = "/".join(halves) if halves[1] else halves[0]
            tags.add(_frame(self.frame, text=[text]))

    def fit(self, values: Values) -> Values:
        """No slash inside a half."""
        if any("/" in value for value in values):
            raise UnfitError(f"'{values[0]}' has a slash, which parts number and total")
        return values


@dataclass(frozen=True)
class People(Slot):
    """The names in one role of the involved people list (TIPL); other roles stay."""

    role: str

    def _all(self, tags: Any) -> list[list[str]]:
        return [list(pair) for frame in tags.getall("TIPL") for pair in frame.people]

    def _is_own(self, pair: list[str]) -> bool:
        return len(pair) == 2 and pair[0].strip().casefold() == self.role.casefold()

    def read(self, tags: Any) -> Values:
        """The names in this role, in order."""
        return tuple(pair[1] for pair in self._all(tags) if self._is_own(pair) and pair[1])

    def write(self, tags: Any, values: Values) -> None:
        """Replace the names in this role."""
        people = [pair for pair in self._all(tags) if not self._is_own(pair)]
        people += [[self.role, name] for name in values]
        tags.delall("TIPL")
        if people:
            tags.add(_frame("TIPL", people=people))


@dataclass(frozen=True)
class Performers(Slot):
    """The musician credits list (TMCL) as 'name (instrument)'."""

    def read(self, tags: Any) -> Values:
        """Each musician, in order."""
        pairs = [pair for frame in tags.getall("TMCL") for pair in frame.people if len(pair) == 2]
        return tuple(f"{name} ({played})" if played else name for played, name in pairs)

    def write(self, tags: Any, values: Values) -> None:
        """Replace the list."""
        tags.delall("TMCL")
        matches = [(PERFORMER.fullmatch(value), value) for value in values]
        people = [[match[2], match[1]] if match else ["", value] for match, value in matches]
        if people:
            tags.add(_frame("TMCL", people=people))


@dataclass(frozen=True)
class Described(Slot):
    """Lyrics (USLT) or comment (COMM): the one without description, or `any_one`.

    The frame that is read is the frame that is replaced, in its own language; the others stay.
    """

    frame: str
    any_one: bool = False

    def _find_own(self, tags: Any) -> Any:
        frames = tags.getall(self.frame)
        plain = [frame for frame in frames if not frame.desc]
        return next(iter(plain or (frames if self.any_one else [])), None)

    def read(self, tags: Any) -> Values:
        """The text."""
        frame = self._find_own(tags)
        if frame is None:
            return ()
        return (frame.text,) if isinstance(frame.text, str) else tuple(map(str, frame.text))

    def write(self, tags: Any, values: Values) -> None:
        """Replace the text; a new frame's language is 'XXX', unknown."""
        frame = self._find_own(tags)
        language, description = (frame.lang, frame.desc) if frame else ("XXX", "")
        if frame:
            del tags[frame.HashKey]
        for value in values:
            tags.add(_frame(self.frame, lang=language, desc=description, text=value))


def read_picture(tags: Any) -> Picture | None:
    """The front cover."""
    frame = find_cover(_pictures(tags))
    return Picture(bytes(frame.data), str(frame.mime)) if frame else None


def write_picture(tags: Any, picture: Picture) -> None:
    """Replace the front cover, or take out all there are; other kinds of picture stay."""
    for frame in replaced_covers(_pictures(tags), picture):
        del tags[frame.HashKey]
    if picture:
        tags.add(_frame("APIC", mime=picture.mime, type=FRONT_COVER, desc="", data=picture.data))


def _pictures(tags: Any) -> list[Any]:
    return [frame for frame in tags.getall("APIC") if frame.data]


def empty() -> Any:
    """A tag without frames."""
    from mutagen.id3 import ID3

    return ID3()


def open_file(path: Path) -> Any:
    """The tag at the head of a file, completed from ID3v1 at its end; an empty one without."""
    from mutagen.id3 import ID3, ID3NoHeaderError

    with path.open("rb") as file:
        require_modest(read_head(file))
    with foreign_bytes():
        try:
            tags = ID3(path)
        except ID3NoHeaderError:
            return ID3()
    keep_unknown(tags)
    return tags


def save_file(tags: Any, path: Path) -> None:
    """Write the tag to the head of a file, or take it out where nothing is left in it."""
    with foreign_bytes("cannot hold these tags"):
        if tags or tags.unknown_frames:
            tags.save(path, v1=1, v2_version=4)
        else:
            tags.delete(path)


def parse(data: bytes) -> Any:
    """An ID3v2 tag in a chunk as mutagen's object, of version 2.4."""
    from mutagen.id3 import ID3

    require_modest(data)
    with foreign_bytes():
        tags = ID3(BytesIO(data), load_v1=False)
    keep_unknown(tags)
    return tags


def render(tags: Any) -> bytes:
    """The tag as ID3v2.4 bytes without padding; b'' where nothing is left in it."""
    if not tags and not tags.unknown_frames:
        return b""
    sink = BytesIO()
    with foreign_bytes("cannot hold these tags"):
        tags.save(sink, v1=0, v2_version=4, padding=_no_padding)
    return sink.getvalue()


def _no_padding(_info: Any) -> int:
    return 0


def keep_unknown(tags: Any) -> None:
    """Carry frames that mutagen does not know from ID3v2.3 over to 2.4.

    Mutagen drops them on a change of version; one without flags differs only in how its size is
    written. Frames of ID3v2.2 (three letters) have no form in 2.4, and flagged ones (compressed,
    encrypted) would change meaning: those are dropped, and come back with a restore.
    """
    from mutagen.id3 import BinaryFrame

    if tags.version[:2] != (2, 3):
        return
    for number, raw in enumerate(tags.unknown_frames):
        name = raw[:4].decode("latin-1")
        if re.fullmatch(r"[A-Z][A-Z0-9]{3}", name) and raw[8:10] == b"\0\0":
            tags[f"{name}:{number}"] = type(name, (BinaryFrame,), {})(data=raw[10:])

"""Slots of ID3v2 (id3.org, id3v2.4.0-frames), as used in MP3, WAV and AIFF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from indieartist.audio.tags.pictures import FRONT_COVER, find_cover, replaced_covers
from indieartist.audio.tags.slots import Slot, UnfitError, Values, fit_lrc
from indieartist.domain.languages import language_code
from indieartist.domain.lrc import Line, find_lines, to_lrc
from indieartist.domain.tags import Picture

UTF8 = 3
PERFORMER = re.compile(r"(.+) \((.+)\)", re.DOTALL)
SUNG_BY_MS = 2, 1  # SYLT: times in milliseconds, lyrics
MAX_MS = 0xFFFFFFFF
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
class Language(Text):
    """TLAN, which holds ISO 639-2 codes of three letters."""

    def fit(self, values: Values) -> Values:
        """'en' comes back as 'eng'."""
        return tuple(map(language_code, values))


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


@dataclass(frozen=True)
class SyncedLyrics(Slot):
    """Lyrics with times (SYLT); those that count MPEG frames instead of time are left alone."""

    def _find_own(self, tags: Any) -> Any:
        return next((f for f in tags.getall("SYLT") if (f.format, f.type) == SUNG_BY_MS), None)

    def read(self, tags: Any) -> Values:
        """LRC text; entries are syllables where line feeds say which of them begin a line."""
        frame = self._find_own(tags)
        entries = [] if frame is None else list(frame.text)
        by_syllable = any(text.startswith("\n") for text, _ in entries)
        lines: list[Line] = []
        for text, at_ms in entries:
            if by_syllable and lines and not text.startswith("\n"):
                lines[-1] = Line(lines[-1].at_ms, lines[-1].text + text)
            else:
                lines.append(Line(at_ms, text.lstrip("\n")))
        found = find_lines(to_lrc(Line(x.at_ms, " ".join(x.text.split())) for x in lines))
        return (to_lrc(found),) if found else ()

    def write(self, tags: Any, values: Values) -> None:
        """Replace the frame, in its own language; a new one's is 'XXX', unknown."""
        frame = self._find_own(tags)
        language, description = (frame.lang, frame.desc) if frame else ("XXX", "")
        if frame:
            del tags[frame.HashKey]
        for value in values:
            text = [(line.text, line.at_ms) for line in find_lines(value)]
            about = {"format": SUNG_BY_MS[0], "type": SUNG_BY_MS[1]}
            tags.add(_frame("SYLT", lang=language, desc=description, text=text, **about))

    def fit(self, values: Values) -> Values:
        """LRC text with its lines in order, single spaces, and no time beyond 49 days."""
        fitted = fit_lrc(values)
        lines = find_lines(" ".join(fitted[:1]))
        if any(line.at_ms > MAX_MS for line in lines):
            raise UnfitError("a line of the synced lyrics is later than any song is long")
        return tuple(
            to_lrc(Line(x.at_ms, " ".join(x.text.split())) for x in find_lines(v)) for v in fitted
        )


def name_language(tags: Any) -> None:
    """Give lyrics in an unknown language the language of the song, where it has one."""
    languages = [str(text) for frame in tags.getall("TLAN") for text in frame.text]
    if len(languages) != 1 or not re.fullmatch("[a-z]{3}", languages[0]):
        return
    for frame in (*tags.getall("USLT"), *tags.getall("SYLT")):
        if frame.lang == "XXX":
            del tags[frame.HashKey]
            frame.lang = languages[0]
            tags.add(frame)


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

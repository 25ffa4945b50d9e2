"""FL Studio's projects (.flp): a head, and a stream of events, each a number and its value.

The format is Image-Line's own and unpublished; the events are those that files of FL Studio 3 to
2026 show, as PyFLP's handbook and flpkit's notes name them. Numbers below 64 carry one byte, below
128 two, below 192 four, and the rest a length of 7 bits a byte and so many bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from indieartist.domain.project import (
    Marker,
    Project,
    find_moment,
    find_number,
    find_signature,
    find_tempo,
    plain_words,
)
from indieartist.readers.limits import Limits
from indieartist.readers.samples import SampleShelf, in_order, names_of

MAGIC = b"FLhd"
_HEAD = struct.Struct("<4sLhHH4sL")
_CHECK_EVERY = 1 << 15
_WORDS, _LONGS, _BLOCKS = 64, 128, 192
# FL Studio 2026 writes this one as a byte, against the rule that all before it kept.
_SHRUNK, _SHRUNK_SINCE = 172, 25
_UTF16_SINCE = (11, 5)

_UPPER, _LOWER, _MARK_UPPER, _MARK_LOWER = 17, 18, 33, 34
_CHANNEL, _TEMPO_COARSE, _TEMPO_FINE, _MARK, _TEMPO = 64, 66, 93, 148, 156
_OLD_NAME, _TITLE, _SAMPLE, _VERSION, _PLUGIN, _NAME = 192, 194, 196, 199, 201, 203
_MARK_NAME, _GENRE, _ARTIST, _PLUGIN_DATA, _MIXER, _TRACK_NAME = 205, 206, 207, 213, 236, 239
_FACTS = {_TITLE: "title", _GENRE: "genre", _ARTIST: "artist"}
_WRAPPER, _WRAPPED_NAME = "Fruity Wrapper", 54
_OWN_FOLDERS = "%FLStudio"  # %FLStudioFactoryData% and the like: the program knows where they are
_NOT_OURS = "Samples in FL Studio's own folders were not looked for."


def read_flstudio(path: Path, limits: Limits) -> Project:
    """What an FL Studio project says; raises UserError for a file that is none."""
    limits.check_size(path.stat().st_size)
    data = path.read_bytes()
    ppq, stream = _split(data, limits)
    version = _find_version(stream)
    found = _Song(SampleShelf([path.parent], limits), version, ppq)
    for number, (event, value) in enumerate(_events(stream, version, limits)):
        if number % _CHECK_EVERY == 0:
            limits.check()
        found.take(event, value)
    return found.project()


def _split(data: bytes, limits: Limits) -> tuple[int, memoryview]:
    """The pulses of a quarter note, and the events."""
    if len(data) < _HEAD.size:
        raise limits.damaged("it is too short")
    magic, head_bytes, _kind, _channels, ppq, second, size = _HEAD.unpack_from(data)
    if magic != MAGIC or head_bytes != 6 or second != b"FLdt" or not ppq:
        raise limits.damaged("its head is not that of FL Studio")
    if _HEAD.size + size > len(data):
        raise limits.damaged("it is cut off")
    return ppq, memoryview(data)[_HEAD.size : _HEAD.size + size]


def _find_version(stream: memoryview) -> str:
    """The version is always among the first events, in plain letters."""
    try:
        for number, (event, value) in enumerate(_walk(stream, _LONGS_OLD)):
            if event == _VERSION:
                return bytes(value).rstrip(b"\0").decode("ascii", "replace")
            if number > 32:
                break
    except ValueError:
        pass
    return ""


_LONGS_OLD, _LONGS_NEW = 4, 1


def _events(stream: memoryview, version: str, limits: Limits) -> Iterator[tuple[int, memoryview]]:
    """All events; where the one of uncertain size breaks the stream, it is of the other size."""
    new = (find_number(version.partition(".")[0]) or 0) >= _SHRUNK_SINCE
    sizes = (_LONGS_NEW, _LONGS_OLD) if new else (_LONGS_OLD, _LONGS_NEW)
    problem: ValueError | None = None
    for size in sizes:
        try:
            for _event in _walk(stream, size):
                pass
        except ValueError as error:
            problem = problem or error
        else:
            return _walk(stream, size)
    raise limits.damaged(problem)


def _walk(stream: memoryview, shrunk_bytes: int) -> Iterator[tuple[int, memoryview]]:
    """Events one by one; raises ValueError where one reaches beyond the end."""
    place, end = 0, len(stream)
    while place < end:
        event = stream[place]
        place += 1
        if event >= _BLOCKS:
            size, place = _length(stream, place)
        elif event == _SHRUNK:
            size = shrunk_bytes
        else:
            size = 1 if event < _WORDS else 2 if event < _LONGS else 4
        if place + size > end:
            raise ValueError("it is cut off")
        yield event, stream[place : place + size]
        place += size


def _length(stream: memoryview, place: int) -> tuple[int, int]:
    size = shift = 0
    while shift <= 28:
        if place >= len(stream):
            break
        byte = stream[place]
        place += 1
        size |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return size, place
    raise ValueError("a length without end")


@dataclass(slots=True)
class _Mark:
    """A marker, or a change of signature, as its events come by."""

    pulse: int
    plain: bool
    name: str = ""


@dataclass(slots=True)
class _Channel:
    """A channel of the rack, as its events come by."""

    plugin: str = ""
    name: str = ""
    old_name: str = ""


@dataclass(slots=True)
class _Song:
    """What has gone by so far."""

    samples: SampleShelf
    version: str
    ppq: int
    numbers: dict[int, int] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    marks: list[_Mark] = field(default_factory=list)
    channels: dict[int, _Channel] = field(default_factory=dict)
    tracks: list[str] = field(default_factory=list)
    plugins: list[str] = field(default_factory=list)
    own: bool = False
    _channel: _Channel | None = None
    _mixing: bool = False
    _plugin: str = ""

    def take(self, event: int, value: memoryview) -> None:
        """Keep what an event says."""
        if event < _BLOCKS:
            self._take_number(event, int.from_bytes(value, "little"))
        elif event == _PLUGIN_DATA:
            if self._plugin == _WRAPPER:
                self.plugins.append(_wrapped_name(value))
        elif event == _MIXER:
            self._mixing, self._channel = True, None
        else:
            self._take_text(event, value)

    def _take_number(self, event: int, number: int) -> None:
        if event == _CHANNEL and not self._mixing:
            self._channel = self.channels.setdefault(number, _Channel())
        elif event == _MARK:
            self.marks.append(_Mark(number & 0xFFFFFF, plain=not number >> 24))
        elif event in {_UPPER, _LOWER, _TEMPO_COARSE, _TEMPO_FINE, _TEMPO}:
            self.numbers[event] = number

    def _take_text(self, event: int, value: memoryview) -> None:
        if event in {_OLD_NAME, _NAME, _PLUGIN}:
            self._take_name(event, self._text(value))
        elif event == _SAMPLE:
            self._take_sample(self._text(value))
        elif event == _MARK_NAME and self.marks:
            self.marks[-1].name = plain_words(self._text(value))
        elif event == _TRACK_NAME:
            self.tracks.append(self._text(value))
        elif event in _FACTS and (words := plain_words(self._text(value))):
            self.facts[_FACTS[event]] = words

    def _take_name(self, event: int, name: str) -> None:
        if self._channel is None and not self._mixing:
            self._channel = self.channels.setdefault(0, _Channel())  # the first needs no beginning
        if event == _PLUGIN:
            self._plugin = name
            if name and name != _WRAPPER:
                self.plugins.append(name)
        if self._channel is None:
            return
        if event == _PLUGIN:
            self._channel.plugin = name
        elif event == _NAME:
            self._channel.name = name
        else:
            self._channel.old_name = name

    def _take_sample(self, place: str) -> None:
        own = place.startswith(_OWN_FOLDERS)
        self.own |= own
        self.samples.add(place, known=True if own else None)

    def _text(self, value: memoryview) -> str:
        """A text ends with a zero; it is UTF-16 since FL Studio 11.5."""
        parts = [find_number(part) or 0 for part in self.version.split(".")[:2]]
        wide = tuple(parts) >= _UTF16_SINCE
        text = bytes(value[:8192]).decode("utf-16-le" if wide else "cp1252", "replace")
        return text.partition("\0")[0]

    def project(self) -> Project:
        """All of it together."""
        tempo = find_tempo(self.numbers.get(_TEMPO, 0) / 1000) or find_tempo(
            self.numbers.get(_TEMPO_COARSE, 0) + self.numbers.get(_TEMPO_FINE, 0) / 1000
        )
        names = [c.name or c.old_name or c.plugin for c in self.channels.values()]
        missing, notes = self.samples.find_missing()
        return Project(
            daw="FL Studio",
            version=plain_words(self.version),
            tempo_bpm=tempo,
            time_signature=find_signature(self.numbers.get(_UPPER), self.numbers.get(_LOWER)),
            markers=in_order(self._marker(mark, tempo) for mark in self.marks if mark.plain),
            tracks=names_of([*names, *self.tracks]),
            plugins=names_of(self.plugins),
            samples=self.samples.names,
            missing_samples=missing,
            facts=self.facts,
            notes=(*notes, _NOT_OURS) if self.own else notes,
        )

    def _marker(self, mark: _Mark, tempo_bpm: float | None) -> Marker:
        beat = mark.pulse / self.ppq
        seconds = beat * 60 / tempo_bpm if tempo_bpm else None
        return Marker(mark.name, find_moment(seconds), place=f"{beat:g}")


def _wrapped_name(value: memoryview) -> str:
    """The plug-in inside FL Studio's wrapper: after a mark, records of a number and a length."""
    place = 4
    while place + 12 <= len(value):
        number, size = struct.unpack_from("<LQ", value, place)
        place += 12
        if number == _WRAPPED_NAME:
            return bytes(value[place : place + min(size, 1024)]).decode("utf-8", "replace")
        place += size
    return ""

"""Reaper's projects (.rpp): lines of words, nested by < and >.

The facts are those of Reaper's own files from version 4 to 7 and of its state chunk definitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

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

MAGIC = b"<REAPER_PROJECT"
_LONGEST_LINE_BYTES = 1 << 20
_CHECK_EVERY = 4096
_DEEPEST = 1_000
_WORD = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|(\S+))""")
_PLUGINS = {"VST", "AU", "JS", "CLAP", "LV2", "DX"}
_KIND = re.compile(r"^(?:VST3?|AU|CLAP|LV2|DX|JS)i?:\s*")
_SIGNATURE_SHIFT = 65536  # a tempo point's signature is 65536 * denominator + numerator
_FACTS = {"TITLE": "title", "AUTHOR": "artist"}


def read_reaper(path: Path, limits: Limits) -> Project:
    """What a Reaper project says; raises UserError for a file that is none."""
    found = _Session(SampleShelf([path.parent], limits), limits)
    with path.open("rb") as file:
        limits.check_size(path.stat().st_size)
        for line in _lines(file, limits):
            found.take(line)
    if not found.seen:
        raise limits.damaged("it does not begin as a Reaper project")
    return found.project()


def _lines(file: BinaryIO, limits: Limits) -> Iterator[str]:
    number = 0
    while line := file.readline(_LONGEST_LINE_BYTES):
        number += 1
        if number % _CHECK_EVERY == 1:
            limits.check()
        yield line.decode("utf-8", "replace").strip()


def split_words(line: str, most: int = 16) -> list[str]:
    """The words of a line; those with spaces stand in one of three quotes."""
    words: list[str] = []
    for found in _WORD.finditer(line):
        words.append(next(group for group in found.groups() if group is not None))
        if len(words) == most:
            break
    return words


class _Session:
    """What has gone by so far; `_open` is the way down to where the reading stands."""

    def __init__(self, samples: SampleShelf, limits: Limits) -> None:
        self.seen = False
        self._samples, self._limits = samples, limits
        self._open: list[str] = []
        self._version = ""
        self._tempo: list[str] = []
        self._points: list[list[str]] = []
        self._markers: list[list[str]] = []
        self._tracks: list[str] = []
        self._plugins: list[str] = []
        self._bounces: list[str] = []
        self._rate_hz: int | None = None
        self._facts: dict[str, str] = {}

    def take(self, line: str) -> None:
        """Keep what a line says."""
        if line == ">":
            if self._open:
                self._open.pop()
        elif line.startswith("<"):
            self._begin(line[1:])
        elif self.seen:
            self._read(line)

    def _begin(self, line: str) -> None:
        words = split_words(line) or [""]
        if len(self._open) > _DEEPEST:
            raise self._limits.damaged("it is nested without end")
        self._open.append(words[0])
        if words[0] == "REAPER_PROJECT" and len(self._open) == 1:
            self.seen = True
            self._version = words[2].partition("/")[0] if len(words) > 2 else ""
        elif words[0] == "TRACK":
            self._tracks.append("")
        elif words[0] in _PLUGINS and len(words) > 1:
            self._plugins.append(_KIND.sub("", words[1]) or words[1])

    def _read(self, line: str) -> None:
        key, _, rest = line.partition(" ")
        where = self._open[-1] if self._open else ""
        if where == "REAPER_PROJECT":
            self._read_head(key, rest)
        elif where == "TRACK" and key == "NAME":
            self._tracks[-1] = " ".join(split_words(rest, 1))
        elif where == "SOURCE" and key == "FILE":
            self._samples.add(*split_words(rest, 1))
        elif where == "TEMPOENVEX" and key == "PT":
            self._points.append(split_words(rest))

    def _read_head(self, key: str, rest: str) -> None:
        match key:
            case "TEMPO":
                self._tempo = split_words(rest)
            case "MARKER":
                self._markers.append(split_words(rest))
            case "SAMPLERATE":
                rate = find_number(next(iter(split_words(rest, 1)), ""))
                self._rate_hz = int(rate) if rate and 1000 <= rate <= 1_000_000 else None
            case "RENDER_FILE":
                self._bounces += split_words(rest, 1)
            case "TITLE" | "AUTHOR":
                self._facts[_FACTS[key]] = plain_words(" ".join(split_words(rest, 1)))

    def project(self) -> Project:
        """All of it together."""
        points = [point for point in self._points if len(point) > 1]
        missing, notes = self._samples.find_missing()
        tempos = {tempo for point in points if (tempo := find_tempo(point[1])) is not None}
        first = find_tempo(points[0][1]) if points else None
        return Project(
            daw="Reaper",
            version=plain_words(self._version),
            tempo_bpm=first or find_tempo(next(iter(self._tempo), "")),
            tempo_varies=len(tempos) > 1,
            time_signature=self._find_signature(points),
            markers=in_order(_markers(self._markers)),
            tracks=names_of(self._tracks),
            plugins=names_of(self._plugins),
            samples=self._samples.names,
            missing_samples=missing,
            sample_rate_hz=self._rate_hz,
            bounces=names_of(self._bounces),
            facts={key: value for key, value in self._facts.items() if value},
            notes=notes,
        )

    def _find_signature(self, points: list[list[str]]) -> str | None:
        packed = find_number(points[0][3]) if points and len(points[0]) > 3 else None
        if packed:
            lower, upper = divmod(int(packed), _SIGNATURE_SHIFT)
            return find_signature(upper, lower)
        return find_signature(*self._tempo[1:3]) if len(self._tempo) > 2 else None


def _markers(lines: list[list[str]]) -> Iterator[Marker]:
    """Markers as they are; a region is two lines of one number, the second without a name."""
    ends: dict[str, int | None] = {}
    for words in reversed(lines):
        number, seconds, name, *rest = [*words, "", "", ""][: max(4, len(words))]
        at_ms = find_moment(find_number(seconds))
        if not rest or not (int(find_number(rest[0]) or 0) & 1):
            yield Marker(plain_words(name), at_ms, place=seconds[:40])
        elif number in ends:
            yield Marker(plain_words(name), at_ms, ends.pop(number), place=seconds[:40])
        else:
            ends[number] = at_ms

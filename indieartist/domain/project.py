"""What a DAW's project says of a song: tempo, markers, tracks, plug-ins and samples."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite, log

LOWEST_BPM, HIGHEST_BPM = 1.0, 1000.0
MOST_NAMED = 20_000  # of a kind; beyond that a project is listed in part
LONGEST_WORDS = 500
_LONGEST_MS = 14 * 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Marker:
    """A named place; with `end_ms` a region. `place` is the DAW's own word for where it stands.

    `at_ms` is None where the file does not say how bars become seconds.
    """

    name: str
    at_ms: int | None
    end_ms: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """What was read of a project; a file that says nothing of a thing leaves it None or empty."""

    daw: str
    version: str = ""
    tempo_bpm: float | None = None  # where the song begins
    tempo_varies: bool = False
    time_signature: str | None = None  # such as "6/8"
    markers: tuple[Marker, ...] = ()
    tracks: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    missing_samples: tuple[str, ...] = ()
    sample_rate_hz: int | None = None
    bounces: tuple[str, ...] = ()  # where the DAW writes its bounces, as it says
    facts: dict[str, str] = field(default_factory=dict)  # title, artist, genre... by our names
    notes: tuple[str, ...] = ()  # what could not be looked up or understood


def find_number(text: object) -> float | None:
    """A finite number, or None."""
    try:
        value = float(str(text))
    except ValueError:
        return None
    return value if isfinite(value) else None


def find_tempo(text: object) -> float | None:
    """A tempo that music can have, to a thousandth, or None."""
    value = find_number(text)
    return round(value, 3) if value is not None and LOWEST_BPM <= value <= HIGHEST_BPM else None


def find_signature(upper: object, lower: object) -> str | None:
    """'6/8', or None for what no bar line can mean."""
    above, below = find_number(upper), find_number(lower)
    if above is None or below not in {1, 2, 4, 8, 16, 32, 64} or not 1 <= above <= 99:
        return None
    return f"{int(above)}/{int(below)}"


def find_moment(seconds: float | None) -> int | None:
    """Seconds as whole milliseconds, or None for what no song reaches."""
    if seconds is None or not isfinite(seconds) or abs(seconds) * 1000 > _LONGEST_MS:
        return None
    return round(seconds * 1000)


def plain_words(text: str) -> str:
    """Words as they can be shown and kept: one line, no control signs, not endless."""
    line = " ".join(
        "".join(c if c.isprintable() else " " for c in text[: 2 * LONGEST_WORDS]).split()
    )
    return line[:LONGEST_WORDS]


def each_once(words: Iterable[str]) -> tuple[str, ...]:
    """What says anything, each once, in the order of the project."""
    return tuple(dict.fromkeys(filter(None, words)))[:MOST_NAMED]


class TempoMap:
    """Where a beat falls in time, through tempo changes that are straight lines over beats.

    Between two points the time is the integral of 60/bpm; `points` are (beat, bpm), beats rising.
    """

    def __init__(self, tempo_bpm: float, points: Sequence[tuple[float, float]] = ()) -> None:
        in_turn = sorted(points, key=_beat_of)  # two at one beat are a leap, in the file's order
        later = [point for point in in_turn if point[0] > 0]
        first = [bpm for beat, bpm in in_turn if beat <= 0]
        self.start_bpm = first[-1] if first else later[0][1] if later else tempo_bpm
        self._points = [(0.0, self.start_bpm), *later]
        self._times = [0.0]
        for (beat, bpm), (next_beat, next_bpm) in zip(self._points, self._points[1:], strict=False):
            self._times.append(self._times[-1] + _span_s(next_beat - beat, bpm, next_bpm))

    @property
    def varies(self) -> bool:
        """Whether the tempo ever changes."""
        return any(bpm != self.start_bpm for _beat, bpm in self._points)

    def seconds_at(self, beat: float) -> float:
        """The time of a beat; before the song's start at its first tempo."""
        place = max(0, bisect_right(self._points, beat, key=_beat_of) - 1)
        start, bpm = self._points[place]
        if place + 1 == len(self._points) or beat < start:
            return self._times[place] + (beat - start) * 60 / bpm
        end, end_bpm = self._points[place + 1]
        there = bpm + (end_bpm - bpm) * (beat - start) / (end - start)
        return self._times[place] + _span_s(beat - start, bpm, there)


def _beat_of(point: tuple[float, float]) -> float:
    return point[0]


def _span_s(beats: float, bpm: float, end_bpm: float) -> float:
    if abs(end_bpm - bpm) < 1e-9:
        return beats * 60 / bpm
    return beats * 60 * log(end_bpm / bpm) / (end_bpm - bpm)


@dataclass(frozen=True, slots=True)
class TrackProject:
    """What a track has taken over from its DAW project; `path` is where that lay."""

    path: str
    daw: str
    tempo_bpm: float | None
    time_signature: str | None
    markers: tuple[Marker, ...]

    def words(self) -> str:
        """'92.5 bpm, 6/8 and 7 markers': all that there is."""
        count = len(self.markers)
        parts = [
            f"{self.tempo_bpm:g} bpm" if self.tempo_bpm else "",
            self.time_signature or "",
            f"{count} marker{'s' * (count != 1)}" if count else "",
        ]
        *first, last = [part for part in parts if part] or ["nothing"]
        return f"{', '.join(first)} and {last}" if first else last

"""Pro Tools' sessions by way of its text export (File > Export > Session Info as Text)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indieartist.domain.project import Marker, Project, find_moment, find_number, plain_words
from indieartist.readers.limits import Limits
from indieartist.readers.samples import SampleShelf, in_order, names_of

MAGIC = b"SESSION NAME:"
_MOST_BYTES = 64 << 20
_CHECK_EVERY = 4096
_CHANNELS = re.compile(r" \((?:Mono|Stereo|LCR|Quad|\d+\.\d+(?:\.\d+)?)\)$")
_ON_TRACK = re.compile(r" \((?:mono|stereo|.*?\d\.\d.*?)\)$")
_NO_TEMPO = "Pro Tools' text names no tempo and no time signature."


def read_protools(path: Path, limits: Limits) -> Project:
    """What a session's text says; raises UserError for a text that is none."""
    limits.check_size(path.stat().st_size)
    text = decode_text(path.read_bytes()[:_MOST_BYTES])
    found = _Session(SampleShelf([path.parent, path.parent / "Audio Files"], limits))
    for number, line in enumerate(text.splitlines()):
        if number % _CHECK_EVERY == 0:
            limits.check()
        found.take(line)
    if not found.head.get("SESSION NAME"):
        raise limits.damaged("it does not begin as Pro Tools' text")
    return found.project()


def decode_text(data: bytes) -> str:
    """The text in the form it was exported in: UTF-8, UTF-16, or the Mac's own."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("mac_roman", "replace")


class _Session:
    """What has gone by so far; `_part` is the listing that the reading stands in."""

    def __init__(self, samples: SampleShelf) -> None:
        self.head: dict[str, str] = {}
        self._samples = samples
        self._part = ""
        self._tracks: list[str] = []
        self._plugins: list[str] = []
        self._markers: list[list[str]] = []

    def take(self, line: str) -> None:
        """Keep what a line says."""
        title = line.strip().replace("  ", "_").replace(" ", "").replace("_", " ")
        if line and title.isupper() and _is_spaced(line):
            self._part = title
        elif not self._part:
            key, _, value = line.partition(":\t")
            self.head.setdefault(key.strip(), value.strip())
        else:
            self._read([cell.strip() for cell in line.split("\t")])

    def _read(self, cells: list[str]) -> None:
        match self._part:
            case "ONLINE FILES IN SESSION" | "OFFLINE FILES IN SESSION":
                self._read_file(cells, online=self._part.startswith("ONLINE"))
            case "PLUG-INS LISTING" if len(cells) > 3 and cells[1] != "PLUG-IN NAME":
                self._plugins.append(cells[1])
            case "TRACK LISTING" if cells[0] == "TRACK NAME:":
                self._tracks.append(_CHANNELS.sub("", " ".join(cells[1:])))
            case "TRACK LISTING" if cells[0] == "PLUG-INS:":
                self._plugins += [_ON_TRACK.sub("", cell) for cell in cells[1:]]
            case "MARKERS LISTING" if len(cells) > 4 and cells[0].isdecimal():
                self._markers.append(cells)

    def _read_file(self, cells: list[str], *, online: bool) -> None:
        if len(cells) < 2 or cells[:2] == ["Filename", "Location"]:
            return
        # Pro Tools itself says whether it found the file; the colons are a Mac's folders.
        self._samples.add(f"{cells[1]}{cells[0]}", cells[0], known=online)

    def project(self) -> Project:
        """All of it together."""
        rate = find_number(self.head.get("SAMPLE RATE"))
        missing, notes = self._samples.find_missing()
        return Project(
            daw="Pro Tools",
            markers=in_order(self._read_markers(rate)),
            tracks=names_of(self._tracks),
            plugins=names_of(self._plugins),
            samples=self._samples.names,
            missing_samples=missing,
            sample_rate_hz=int(rate) if rate and 1000 <= rate <= 1_000_000 else None,
            facts={"title": plain_words(self.head["SESSION NAME"])},
            notes=(*notes, _NO_TEMPO),
        )

    def _read_markers(self, rate_hz: float | None) -> Iterator[Marker]:
        frames = find_frames(self.head.get("TIMECODE FORMAT", ""))
        start = clock_s(self.head.get("SESSION START TIMECODE", ""), frames) or 0.0
        for _number, location, reference, units, name, *_rest in self._markers:
            samples = find_number(reference) if units == "Samples" else None
            seconds = samples / rate_hz if samples is not None and rate_hz else None
            if seconds is None and (there := clock_s(location, frames)) is not None:
                seconds = there - start if location.count(":") > 2 else there
            yield Marker(plain_words(name), find_moment(seconds), place=location[:40])


@dataclass(frozen=True, slots=True)
class Frames:
    """How a timecode counts: frames to the second, slowed by 1.001 or not, dropped or not."""

    count: int
    slowed: float = 1.0
    drop: bool = False


def find_frames(text: str) -> Frames | None:
    """What '23.976 Frame' or '29.97 Drop Frame' says (SMPTE ST 12-1), or None."""
    rate = find_number(text.partition(" ")[0])
    if rate is None or not 1 <= rate <= 240:
        return None
    count = round(rate)
    return Frames(count, 1.001 if abs(count / rate - 1.001) < 5e-4 else 1.0, "Drop" in text)


def clock_s(text: str, frames: Frames | None) -> float | None:
    """Seconds of '01:00:05:12' (frames last), '1:02:03' or '0:56.250'; None for bars or feet."""
    parts = [find_number(part) for part in re.split("[:;]", text)]
    numbers = [part for part in parts if part is not None]
    if len(numbers) != len(parts) or not 2 <= len(numbers) <= 4:
        return None
    if len(numbers) < 4:
        return sum(part * 60.0**power for power, part in enumerate(reversed(numbers)))
    if frames is None:
        return None
    hours, minutes, seconds, frame = numbers
    minutes += 60 * hours
    dropped = 2 * (minutes - minutes // 10) if frames.drop else 0
    counted = (minutes * 60 + seconds) * frames.count + frame - dropped
    return counted * frames.slowed / frames.count


def _is_spaced(line: str) -> bool:
    """'M A R K E R S  L I S T I N G': single letters apart."""
    words = line.split()
    return len(words) > 6 and all(len(word) == 1 for word in words)

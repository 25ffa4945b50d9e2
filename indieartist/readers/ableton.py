"""Ableton Live's sets (.als), Live 8 to 12: gzipped XML.

There is no published format; the facts are those that sets of every version show. Live 12 renamed
MasterTrack to MainTrack, Live 10 moved the tempo's automation out of the tempo, and Live 11 made
one path of what had been a list of folders.
"""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from indieartist.domain.project import (
    Marker,
    Project,
    TempoMap,
    find_moment,
    find_number,
    find_signature,
    find_tempo,
    plain_words,
)
from indieartist.readers.elements import Branch, read_branches
from indieartist.readers.elements import Path as Way
from indieartist.readers.limits import Limits
from indieartist.readers.samples import SampleShelf, in_order, names_of

MAGIC = b"\x1f\x8b"
_MAIN = ("MasterTrack", "MainTrack")
_PROJECT_SIGN = "Ableton Project Info"
_FOLDERS_UP = 4
_SIGNATURES = 99  # the numerators that Live counts for each denominator


def read_ableton(path: Path, limits: Limits) -> Project:
    """What a Live set says; raises UserError for a file that is none."""
    found = _Set(SampleShelf(_folders(path), limits))
    with path.open("rb") as packed:
        size = path.stat().st_size
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=packed))
        try:
            read_branches(limits.chunks(stream, size), _WANTED, found.take, limits)
        except (OSError, EOFError, zlib.error) as error:
            raise limits.damaged(error) from error
    if not found.seen:
        raise limits.damaged("it is no Live set")
    return found.project()


def _folders(path: Path) -> list[Path]:
    """The project's folder first, then the set's own."""
    above = path.parents[:_FOLDERS_UP]
    root = next((folder for folder in above if (folder / _PROJECT_SIGN).is_dir()), None)
    return [folder for folder in (root, path.parent) if folder is not None]


def _of_main(way: Way) -> bool:
    return len(way) > 3 and way[2] in _MAIN and way[-2] == "Mixer"


_WANTED = {
    "Ableton/": lambda way: len(way) == 1,
    "LiveSet/": lambda way: len(way) == 2,
    "Tempo": _of_main,
    "TimeSignature": _of_main,
    "AutomationEnvelope": lambda way: len(way) == 6 and way[2] in _MAIN,
    "Locator": lambda way: len(way) > 3 and way[2] == "Locators",
    "Name": lambda way: len(way) == 5 and way[2] == "Tracks",
    "VstPluginInfo": lambda way: way[-2] == "PluginDesc",
    "Vst3PluginInfo": lambda way: way[-2] == "PluginDesc",
    "AuPluginInfo": lambda way: way[-2] == "PluginDesc",
    "FileRef": lambda way: way[-2] == "SampleRef",
}


class _Set:
    """What has gone by so far."""

    def __init__(self, samples: SampleShelf) -> None:
        self.seen = False
        self._samples = samples
        self._creator = self._minor = ""
        self._tempo: Branch | None = None
        self._signature: Branch | None = None
        self._envelopes: dict[str, Branch] = {}
        self._locators: list[Branch] = []
        self._tracks: list[str] = []
        self._plugins: list[str] = []

    def take(self, way: Way, branch: Branch) -> None:
        """Keep what a branch says."""
        match branch.tag:
            case "Ableton":
                self._creator = branch.attrs.get("Creator", "")
                self._minor = branch.attrs.get("MinorVersion", "")
            case "LiveSet":
                self.seen = way[0] == "Ableton"
            case "Tempo":
                self._tempo = branch
            case "TimeSignature":
                self._signature = branch
            case "AutomationEnvelope":
                self._envelopes[branch.value("EnvelopeTarget", "PointeeId")] = branch
            case "Locator":
                self._locators.append(branch)
            case "Name":
                self._tracks.append(branch.value("EffectiveName") or branch.attrs.get("Value", ""))
            case "FileRef":
                self._samples.add(*_places(branch))
            case _:
                self._plugins.append(branch.value("PlugName") or branch.value("Name"))

    def project(self) -> Project:
        """All of it together."""
        tempo = find_tempo(self._tempo.value("Manual")) if self._tempo else None
        points = self._tempo_points()
        tempos = TempoMap(tempo or 120.0, points)
        known = tempo is not None or bool(points)
        missing, notes = self._samples.find_missing()
        return Project(
            daw="Ableton Live",
            version=plain_words(_version(self._creator, self._minor)),
            tempo_bpm=tempos.start_bpm if known else None,
            tempo_varies=tempos.varies,
            time_signature=self._find_signature(),
            markers=in_order(_marker(each, tempos if known else None) for each in self._locators),
            tracks=names_of(self._tracks),
            plugins=names_of(self._plugins),
            samples=self._samples.names,
            missing_samples=missing,
            notes=notes,
        )

    def _tempo_points(self) -> list[tuple[float, float]]:
        """The tempo's automation: inside the tempo up to Live 9, beside it since."""
        if self._tempo is None:
            return []
        events = self._tempo.child("ArrangerAutomation", "Events")
        target = self._tempo.child("AutomationTarget")
        if events is None and target is not None:
            envelope = self._envelopes.get(target.attrs.get("Id", ""))
            events = envelope.child("Automation", "Events") if envelope else None
        found = [_point(event) for event in events.children] if events else []
        return [point for point in found if point is not None]

    def _find_signature(self) -> str | None:
        if self._signature is None:
            return None
        plain = self._signature.child("TimeSignatures", "RemoteableTimeSignature")
        if plain is not None:
            return find_signature(plain.value("Numerator"), plain.value("Denominator"))
        number = find_number(self._signature.value("Manual")) or _first_event(self._signature)
        if number is None or number < 0:
            return None
        power, upper = divmod(int(number), _SIGNATURES)
        return find_signature(upper + 1, 2**power) if power < 7 else None


def _first_event(branch: Branch) -> float | None:
    events = branch.child("ArrangerAutomation", "Events")
    found = events.children[0].attrs.get("Value") if events and events.children else None
    return find_number(found)


def _point(event: Branch) -> tuple[float, float] | None:
    beat, bpm = find_number(event.attrs.get("Time")), find_tempo(event.attrs.get("Value"))
    return None if beat is None or bpm is None else (beat, bpm)


def _marker(locator: Branch, tempos: TempoMap | None) -> Marker:
    beat = find_number(locator.value("Time"))
    at_ms = find_moment(tempos.seconds_at(beat)) if tempos and beat is not None else None
    return Marker(plain_words(locator.value("Name")), at_ms, place=locator.value("Time")[:40])


def _version(creator: str, minor: str) -> str:
    """'12.1d1' of 'Ableton Live 12.1d1'; sets without a creator still have a first number."""
    found = re.match(r"Ableton Live (\S+)", creator)
    return found.group(1) if found else minor.partition("_")[0]


def _places(ref: Branch) -> tuple[str, ...]:
    """Where a sample may lie: its whole path, and that from the project's folder on."""
    name = ref.value("Name")
    whole = ref.value("Path") or _join("/", ref.child("SearchHint", "PathHint"), name)
    below = ref.child("RelativePath")
    relative = (below.attrs.get("Value", "") if below else "") or _join("", below, name)
    return whole or relative or name, relative


def _join(start: str, folders: Branch | None, name: str) -> str:
    """The path of a list of folders; one without a name leads up."""
    steps = [each.attrs.get("Dir", "") or ".." for each in folders.children] if folders else []
    if not name or (start and not steps):
        return ""
    first = "" if steps and steps[0].endswith(":") else start
    return first + "/".join([*steps, name])

"""Writing a stem pack as .dawproject, which Bitwig, Studio One, Cubase and others open as a song.

The form is that of the format's schemas, Project.xsd and MetaData.xsd (Bitwig's dawproject, 1.0):
elements in their order, every reference to an id that is there, references to files inside.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from indieartist import __version__
from indieartist.domain.progress import Report, silent
from indieartist.domain.project import Marker
from indieartist.domain.stems import PACK_FACTS, Stem, StemPack
from indieartist.readers.dawproject import FACTS, METADATA, PROJECT

_VERSION = "1.0"
_PIECE_BYTES = 1 << 20
_TEMPO_MIN, _TEMPO_MAX = "20.0", "999.0"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same pack twice is the same file


def write_stem_pack(pack: StemPack, path: Path, report: Report = silent) -> None:
    """Write the pack, stems and all; they are stored as they are. Raises OSError as the disk does.

    `path` must not be one of the stems.
    """
    members = dict(zip(pack.stems, name_members(pack.stems), strict=True))
    whole = sum(stem.path.stat().st_size for stem in pack.stems) or 1
    done = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        _write_text(packed, METADATA, make_metadata(pack.facts))
        _write_text(packed, PROJECT, make_project(pack, members))
        for stem, member in members.items():
            for piece in _write_file(packed, stem.path, member):
                done += piece
                report(min(1.0, done / whole))


def name_members(stems: tuple[Stem, ...]) -> list[str]:
    """Where each stem lies in the pack: by its own name, numbered where two are called the same."""
    taken: set[str] = set()
    names = []
    for stem in stems:
        name, number = stem.path.name, 2
        while name.casefold() in taken:
            name = f"{stem.path.stem} {number}{stem.path.suffix}"
            number += 1
        taken.add(name.casefold())
        names.append(f"audio/{name}")
    return names


def make_metadata(facts: dict[str, str]) -> bytes:
    """The pack's metadata.xml: every fact that is known, in the schema's order."""
    tags = {ours: theirs for theirs, ours in FACTS.items()}
    root = Element("MetaData")
    for key in PACK_FACTS:
        if facts.get(key):
            SubElement(root, tags[key]).text = _speakable(facts[key])
    return _xml(root)


def make_project(pack: StemPack, members: dict[Stem, str]) -> bytes:
    """The pack's project.xml: a master, a track for each stem, and each stem as one clip."""
    root = Element("Project", version=_VERSION)
    SubElement(root, "Application", name="IndieArtist", version=__version__)
    _add_transport(root, pack)
    structure = SubElement(root, "Structure")
    for number, stem in enumerate(pack.stems):
        _add_track(structure, f"track{number}", _speakable(stem.name), stem.channels)
    _add_track(structure, "master", "Master", 2)
    arrangement = SubElement(root, "Arrangement", id="arrangement")
    lanes = SubElement(arrangement, "Lanes", timeUnit=_unit(pack), id="lanes")
    for number, (stem, member) in enumerate(members.items()):
        _add_clip(lanes, number, stem, member, pack)
    _add_markers(arrangement, pack)
    SubElement(root, "Scenes")
    return _xml(root)


def _unit(pack: StemPack) -> str:
    """Where the tempo is known the song counts in beats, as DAWs do."""
    return "beats" if pack.tempo_bpm else "seconds"


def _time(seconds: float, pack: StemPack) -> str:
    return f"{seconds * pack.tempo_bpm / 60 if pack.tempo_bpm else seconds:.9f}"


def _add_transport(root: Element, pack: StemPack) -> None:
    transport = SubElement(root, "Transport")
    if pack.tempo_bpm:
        value = {"unit": "bpm", "value": f"{pack.tempo_bpm:g}", "id": "tempo", "name": "Tempo"}
        SubElement(transport, "Tempo", {"min": _TEMPO_MIN, "max": _TEMPO_MAX, **value})
    if pack.time_signature:
        upper, _, lower = pack.time_signature.partition("/")
        SubElement(
            transport, "TimeSignature", numerator=upper, denominator=lower, id="time-signature"
        )


def _add_track(structure: Element, key: str, name: str, channels: int) -> None:
    attrs = {"contentType": "audio", "loaded": "true", "id": key, "name": name}
    track = SubElement(structure, "Track", attrs)
    role = {"role": "master"} if key == "master" else {"role": "regular"}
    channel = SubElement(
        track,
        "Channel",
        {"audioChannels": f"{channels}", **role, "solo": "false", "id": f"{key}-channel"},
    )
    if key != "master":
        channel.set("destination", "master-channel")
    SubElement(channel, "Mute", value="false", id=f"{key}-mute", name="Mute")
    _add_value(channel, "Pan", ("normalized", "0.5", "1.0"), key)
    _add_value(channel, "Volume", ("linear", "1.0", "2.0"), key)


def _add_value(channel: Element, tag: str, said: tuple[str, str, str], key: str) -> None:
    unit, value, most = said
    attrs = {"min": "0.0", "max": most, "unit": unit, "value": value}
    SubElement(channel, tag, {**attrs, "id": f"{key}-{tag.lower()}", "name": tag})


def _add_clip(lanes: Element, number: int, stem: Stem, member: str, pack: StemPack) -> None:
    lane = SubElement(lanes, "Lanes", track=f"track{number}", id=f"lane{number}")
    clips = SubElement(lane, "Clips", id=f"clips{number}")
    clip = SubElement(
        clips,
        "Clip",
        {
            "time": "0.0",
            "duration": _time(stem.duration_s, pack),
            "contentTimeUnit": "seconds",
            "playStart": "0.0",
            "name": _speakable(stem.name),
        },
    )
    audio = SubElement(
        clip,
        "Audio",
        {
            "channels": f"{stem.channels}",
            "duration": f"{stem.duration_s:.9f}",
            "sampleRate": f"{stem.sample_rate_hz}",
            "id": f"audio{number}",
        },
    )
    SubElement(audio, "File", path=_speakable(member), external="false")


def _add_markers(arrangement: Element, pack: StemPack) -> None:
    timed: list[Marker] = [marker for marker in pack.markers if marker.at_ms is not None]
    if not timed:
        return  # the schema wants one at least
    markers = SubElement(arrangement, "Markers", timeUnit=_unit(pack), id="markers")
    for marker in timed:
        attrs = {"time": _time((marker.at_ms or 0) / 1000, pack), "name": _speakable(marker.name)}
        SubElement(markers, "Marker", attrs)


def _speakable(text: str) -> str:
    """Text without the signs that XML 1.0 cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff"
    )


def _xml(root: Element) -> bytes:
    indent(root)
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    text: bytes = tostring(root, encoding="utf-8")
    return head + text + b"\n"


def _write_text(packed: zipfile.ZipFile, name: str, text: bytes) -> None:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    packed.writestr(member, text)


def _write_file(packed: zipfile.ZipFile, path: Path, name: str) -> Iterator[int]:
    """Store a file piece by piece; yields how many bytes each had."""
    member = zipfile.ZipInfo(name, _EPOCH)
    member.file_size = path.stat().st_size
    with path.open("rb") as source, packed.open(member, "w") as target:
        while piece := source.read(_PIECE_BYTES):
            target.write(piece)
            yield len(piece)

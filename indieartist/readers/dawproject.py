"""The exchange format of Bitwig, Studio One, Cubase and others (.dawproject): a ZIP with XML.

The format is Bitwig's own, published with its schemas (github.com/bitwig/dawproject, 1.0).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import unquote, urlsplit

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

MAGIC = b"PK\x03\x04"
PROJECT, METADATA = "project.xml", "metadata.xml"
_MOST_LISTED_BYTES = 16 << 20  # the ZIP's own directory
_END = struct.Struct("<4s4H2LH")  # end of central directory, PKWARE APPNOTE 4.3.16
_LONGEST_COMMENT = 1 << 16
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DEVICES = ("Vst2Plugin", "Vst3Plugin", "ClapPlugin", "AuPlugin")

# What metadata.xml calls things, by our names.
FACTS = {
    "Title": "title",
    "Artist": "artist",
    "Album": "album",
    "OriginalArtist": "original_artist",
    "Composer": "composer",
    "Songwriter": "songwriter",
    "Producer": "producer",
    "Arranger": "arranger",
    "Year": "year",
    "Genre": "genre",
    "Copyright": "copyright",
    "Website": "website",
    "Comment": "comment",
}


def read_dawproject(path: Path, limits: Limits) -> Project:
    """What a project says; raises UserError for a file that is none."""
    try:
        with path.open("rb") as file:
            _check_directory(file, limits)
            with zipfile.ZipFile(file) as packed:
                return _read(path, packed, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise limits.damaged(error) from error
    except (OSError, ValueError, struct.error, UnicodeError) as error:
        raise limits.damaged(error) from error


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    """Refuse a ZIP whose directory alone would fill the memory, before it is read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size - _LONGEST_COMMENT))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END.size:
        raise limits.damaged("its end is missing")
    if _END.unpack_from(tail, place)[5] > _MOST_LISTED_BYTES:
        raise limits.damaged("it lists too many files")
    file.seek(0)


def _read(path: Path, packed: zipfile.ZipFile, limits: Limits) -> Project:
    names = set(packed.namelist())
    if PROJECT not in names:
        raise limits.damaged("there is no project.xml in it")
    found = _Arrangement(SampleShelf([path.parent], limits), names)
    member = _get_member(packed, PROJECT, limits)
    with packed.open(member) as stream:
        chunks = limits.chunks(cast(BinaryIO, stream), member.compress_size)
        read_branches(chunks, _WANTED, found.take, limits)
    if METADATA in names:
        found.facts = _read_facts(packed, limits)
    return found.project()


def _get_member(packed: zipfile.ZipFile, name: str, limits: Limits) -> zipfile.ZipInfo:
    member = packed.getinfo(name)
    if member.compress_type not in _PACKINGS or member.flag_bits & 1:
        raise limits.damaged(f"its {name} is locked or packed in an unknown way")
    return member


def _read_facts(packed: zipfile.ZipFile, limits: Limits) -> dict[str, str]:
    """The words of metadata.xml: the one place where a project speaks in text, not attributes."""
    from indieartist.readers.elements import read_texts

    member = _get_member(packed, METADATA, limits)
    with packed.open(member) as stream:
        chunks = limits.chunks(cast(BinaryIO, stream), member.compress_size)
        texts = read_texts(chunks, set(FACTS), limits)
    return {FACTS[tag]: words for tag, text in texts.items() if (words := plain_words(text))}


def _is_root(way: Way) -> bool:
    return way[0] == "Project"


_WANTED = {
    "Project/": lambda way: len(way) == 1,
    "Application/": _is_root,
    "Tempo/": lambda way: way[-2:-1] == ["Transport"],
    "TimeSignature/": lambda way: way[-2:-1] == ["Transport"],
    "Track/": _is_root,
    "Markers/": lambda way: way[1:-1] == ["Arrangement"],
    "Lanes/": lambda way: way[1:-1] == ["Arrangement"],
    "Marker/": _is_root,
    "RealPoint/": lambda way: "TempoAutomation" in way,
    "TempoAutomation/": _is_root,
    "File/": _is_root,
    **{f"{device}/": _is_root for device in _DEVICES},
}


class _Arrangement:
    """What has gone by so far."""

    def __init__(self, samples: SampleShelf, members: set[str]) -> None:
        self.facts: dict[str, str] = {}
        self._samples, self._members = samples, members
        self._heads: dict[str, dict[str, str]] = {}
        self._tracks: list[str] = []
        self._plugins: list[str] = []
        self._markers: list[dict[str, str]] = []
        self._points: list[tuple[float, float]] = []

    def take(self, _way: Way, branch: Branch) -> None:
        """Keep what an element says."""
        attrs = branch.attrs
        match branch.tag:
            case "Track":
                self._tracks.append(attrs.get("name", ""))
            case "Marker":
                self._markers.append(attrs)
            case "RealPoint":
                beat, bpm = find_number(attrs.get("time")), find_tempo(attrs.get("value"))
                if beat is not None and bpm is not None:
                    self._points.append((beat, bpm))
            case "File":
                self._add_file(attrs)
            case tag if tag in _DEVICES:
                self._plugins.append(attrs.get("deviceName", "") or attrs.get("name", ""))
            case tag:
                self._heads.setdefault(tag, attrs)

    def _add_file(self, attrs: dict[str, str]) -> None:
        place = attrs.get("path", "")
        if attrs.get("external") not in {"true", "1"}:
            self._samples.add(place, known=place in self._members)
            return
        url = urlsplit(place) if place.startswith("file:") else None
        if url is not None:
            place = unquote(url.path)
        self._samples.add(f"//{url.netloc}{place}" if url and url.netloc else place)

    def project(self) -> Project:
        """All of it together."""
        tempo = find_tempo(self._heads.get("Tempo", {}).get("value"))
        by_beats = self._unit("TempoAutomation") != "seconds"
        tempos = TempoMap(tempo or 120.0, self._points if by_beats else ())
        known = tempo is not None or bool(self._points)
        application = self._heads.get("Application", {})
        signature = self._heads.get("TimeSignature", {})
        missing, notes = self._samples.find_missing()
        return Project(
            daw=plain_words(application.get("name", "")) or "DAWproject",
            version=plain_words(application.get("version", "")),
            tempo_bpm=tempos.start_bpm if known else None,
            tempo_varies=tempos.varies or len({bpm for _, bpm in self._points}) > 1,
            time_signature=find_signature(signature.get("numerator"), signature.get("denominator")),
            markers=in_order(
                self._marker(each, tempos if known else None) for each in self._markers
            ),
            tracks=names_of(self._tracks),
            plugins=names_of(self._plugins),
            samples=self._samples.names,
            missing_samples=missing,
            facts=self.facts,
            notes=notes,
        )

    def _unit(self, tag: str) -> str:
        """In what a timeline counts; one that does not say counts as its arrangement does."""
        own = self._heads.get(tag, {}).get("timeUnit")
        return own or self._heads.get("Lanes", {}).get("timeUnit", "beats")

    def _marker(self, attrs: dict[str, str], tempos: TempoMap | None) -> Marker:
        time = find_number(attrs.get("time"))
        if time is not None and self._unit("Markers") == "beats":
            time = tempos.seconds_at(time) if tempos else None
        name = plain_words(attrs.get("name", ""))
        return Marker(name, find_moment(time), place=attrs.get("time", "")[:40])

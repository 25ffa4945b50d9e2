"""What an ADM Broadcast WAV says of itself: its tracks as beds and objects, and its levels.

chna: ITU-R BS.2088-1, section 8. Pack formats: ITU-R BS.2076-2, `AP_yyyyxxxx`, where yyyy is the
type (0001 speakers, 0003 objects) and xxxx of the first the common definitions of BS.2094.
"""

from __future__ import annotations

import struct
from pathlib import Path

from indieartist.audio.decode import probe
from indieartist.audio.sniff import shown
from indieartist.audio.tags import iff
from indieartist.audio.tags.border import readable_errors
from indieartist.domain.attachments import AtmosFacts
from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError

_UID_BYTES = 40  # of one row of chna: track, UID, track format, pack format, padding
_SPEAKERS, _OBJECTS = "AP_0001", "AP_0003"
_MEASURED_PACKS = {"AP_00010002": 2, "AP_00010003": 6}  # stereo and 5.1: their channels
_MOST_CHNA_BYTES = 4 << 20


def read_atmos(path: Path, report: Report = silent) -> AtmosFacts:
    """The facts of a WAV as an Atmos master; a bed of speakers alone is measured to its end.

    Raises UserError where it is no WAV, is damaged, or cannot be read.
    """
    info = probe(path, part(report, 0.0, 0.3))
    if info.container not in ("wav", "rf64"):
        raise UserError(f"{shown(path)} is no WAV.", "An Atmos master is an ADM BWF: a .wav file.")
    packs, has_adm = _read_packs(path)
    levels: tuple[float | None, float | None] = (None, None)
    if has_adm and len(set(packs)) == 1 and _MEASURED_PACKS.get(packs[0]) == info.channels:
        levels = _measure(path, part(report, 0.3, 1.0))
    return AtmosFacts(
        container="wav",
        sample_rate_hz=info.sample_rate_hz,
        channels=info.channels,
        bits=info.bits,
        duration_ms=info.duration_ms,
        has_adm=has_adm,
        beds=sum(pack.startswith(_SPEAKERS) for pack in packs),
        objects=sum(pack.startswith(_OBJECTS) for pack in packs),
        integrated_lufs=levels[0],
        true_peak_dbtp=levels[1],
    )


def _read_packs(path: Path) -> tuple[list[str], bool]:
    """The pack format of each track, and whether both chunks of an ADM file are there."""
    with readable_errors(path), path.open("rb") as file:
        chunks = {chunk.name: chunk for chunk in iff.read_form(file).chunks}
        chna = chunks.get(b"chna")
        if chna is None or chna.size > _MOST_CHNA_BYTES:
            return [], False
        rows = _rows(iff.read_chunk(file, chna))
    return rows, b"axml" in chunks and bool(rows)


def _rows(chna: bytes) -> list[str]:
    """Pack formats by track; rows of track 0 are unused, a track of two rows counts once."""
    packs: dict[int, str] = {}
    for (row,) in struct.iter_unpack(f"{_UID_BYTES}s", chna[4 : 4 + _whole(len(chna) - 4)]):
        track = int.from_bytes(row[:2], "little")
        if track:
            packs.setdefault(track, row[28:39].decode("ascii", "replace"))
    return list(packs.values())


def _whole(size: int) -> int:
    return max(size, 0) // _UID_BYTES * _UID_BYTES


def _measure(path: Path, report: Report) -> tuple[float | None, float | None]:
    from indieartist.audio.measure import measure_file

    figures = measure_file(path, report).measurement
    return figures.integrated_lufs, figures.true_peak_dbtp

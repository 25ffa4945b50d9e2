"""Codes that contradict each other across a catalogue, and codes that are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeVar

from indieartist.domain import codes
from indieartist.domain.folding import folded
from indieartist.domain.identifiers import (
    find_gtin,
    find_isrc,
    format_isrc,
    gtin_hint,
    is_placeholder_gtin,
    isrc_hint,
    pad_gtin,
)

SAME_LENGTH_MS = 2_000  # two files of one recording differ by a fade or some silence

Severity = Literal["error", "warning"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Recording:
    """A track as its code is judged: `audio` holds the content hashes of its mixes.

    `sounds` names what they sound like: the same for another encoding of one recording.
    """

    track_id: int
    release_id: int
    title: str
    isrc: str
    audio: frozenset[str]
    length_ms: int
    sounds: frozenset[str] = frozenset()
    advisory: str = ""  # "explicit" and "clean" are two recordings, however alike they sound


@dataclass(frozen=True, slots=True)
class Record:
    """A release as its codes are judged."""

    release_id: int
    title: str
    label: str
    catalogue_number: str
    gtin: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is wrong with a code, and where: tracks and releases by their numbers."""

    kind: str
    severity: Severity
    message: str
    hint: str
    code: str
    track_ids: tuple[int, ...] = ()
    release_ids: tuple[int, ...] = ()


def find_conflicts(
    recordings: Iterable[Recording], records: Iterable[Record]
) -> Iterator[Conflict]:
    """Every contradiction, those among recordings first."""
    recordings, records = list(recordings), list(records)
    yield from _one_code_two_recordings(recordings)
    exact = list(_one_recording_two_codes(recordings))
    yield from exact
    yield from _one_sound_two_codes(recordings, exact)
    yield from _no_isrcs(recordings)
    yield from _no_gtins(records)
    yield from _shared(records)


def _one_code_two_recordings(recordings: list[Recording]) -> Iterator[Conflict]:
    for isrc, group in _grouped((r, find_isrc(r.isrc) or "") for r in recordings).items():
        clash = [pair for pair in combinations(group, 2) if not _alike(*pair)]
        if not clash:
            continue
        involved = [r for r in group if any(r in pair for pair in clash)]
        apart = any(_differs_in_length(*pair) for pair in clash)
        yield Conflict(
            "isrc-shared",
            "error" if apart else "warning",
            f"{format_isrc(isrc)} stands on {len(involved)} different recordings:"
            f" {_named(involved)}.",
            "Give each recording its own ISRC; only the same recording may keep it elsewhere.",
            isrc,
            tuple(r.track_id for r in involved),
            tuple(dict.fromkeys(r.release_id for r in involved)),
        )


def _one_recording_two_codes(recordings: list[Recording]) -> Iterator[Conflict]:
    told: set[frozenset[int]] = set()
    coded = [r for r in recordings if r.isrc]
    for group in _grouped((r, audio) for r in coded for audio in sorted(r.audio)).values():
        found = sorted({find_isrc(r.isrc) or r.isrc for r in group})
        members = frozenset(r.track_id for r in group)
        if len(found) < 2 or members in told:
            continue
        told.add(members)
        yield Conflict(
            "audio-shared",
            "error",
            f"The same audio has {len(found)} ISRCs, {' and '.join(found)}: {_named(group)}.",
            "Keep the ISRC that was assigned first; a recording has one for its life.",
            found[0],
            tuple(r.track_id for r in group),
            tuple(dict.fromkeys(r.release_id for r in group)),
        )


def _one_sound_two_codes(recordings: list[Recording], exact: list[Conflict]) -> Iterator[Conflict]:
    """What a hash cannot see: other files of one recording under other codes."""
    told = {frozenset(conflict.track_ids) for conflict in exact}
    coded = [r for r in recordings if r.isrc]
    for group in _grouped((r, sound) for r in coded for sound in sorted(r.sounds)).values():
        for members in (_but(group, "clean"), _but(group, "explicit")):
            found = sorted({find_isrc(r.isrc) or r.isrc for r in members})
            ids = frozenset(r.track_id for r in members)
            if len(found) < 2 or any(ids <= known for known in told):
                continue
            told.add(ids)
            yield Conflict(
                "sound-shared",
                "warning",
                f"What sounds like one recording has {len(found)} ISRCs,"
                f" {' and '.join(found)}: {_named(members)}.",
                "If they are one, keep the ISRC that was assigned first; another mix, edit or"
                " remaster has its own.",
                found[0],
                tuple(r.track_id for r in members),
                tuple(dict.fromkeys(r.release_id for r in members)),
            )


def _but(group: list[Recording], advisory: str) -> list[Recording]:
    return [r for r in group if r.advisory != advisory]


def _no_isrcs(recordings: list[Recording]) -> Iterator[Conflict]:
    for r in recordings:
        if not r.isrc or find_isrc(r.isrc):
            continue
        other = [codes.KINDS[kind].name for kind in codes.kinds_of(r.isrc)]
        hint = f"It is a {other[0]}: move it to its field." if other else isrc_hint(r.isrc)
        yield Conflict(
            "isrc-form",
            "error",
            f"The ISRC of “{r.title}” is none: {r.isrc}.",
            hint,
            r.isrc,
            (r.track_id,),
            (r.release_id,),
        )


def _no_gtins(records: list[Record]) -> Iterator[Conflict]:
    for r in records:
        gtin = find_gtin(r.gtin)
        if not r.gtin or (gtin and not is_placeholder_gtin(gtin)):
            continue
        if gtin:
            message = f"The UPC of “{r.title}” is a placeholder: {r.gtin} passes the check digit."
            hint = "Leave it empty and the distributor assigns one."
        else:
            message, hint = f"The UPC of “{r.title}” is none: {r.gtin}.", gtin_hint(r.gtin)
        yield Conflict("gtin-form", "error", message, hint, r.gtin, (), (r.release_id,))


def _shared(records: list[Record]) -> Iterator[Conflict]:
    gtins = ((r, pad_gtin(find_gtin(r.gtin) or "", 14)) for r in records if find_gtin(r.gtin))
    for gtin, group in _grouped(gtins).items():
        if len(group) > 1 and not is_placeholder_gtin(gtin):
            yield _on_several(group, "gtin-shared", "error", "UPC", gtin.lstrip("0"))
    numbered = ((r, f"{folded(r.label)}\n{folded(r.catalogue_number)}") for r in records)
    for group in _grouped((r, key) for r, key in numbered if r.catalogue_number).values():
        if len(group) > 1:
            number = group[0].catalogue_number
            yield _on_several(group, "catalogue-shared", "warning", "catalogue number", number)


def _on_several(
    group: list[Record], kind: str, severity: Severity, what: str, code: str
) -> Conflict:
    return Conflict(
        kind,
        severity,
        f"The {what} {code} stands on {len(group)} releases: {_named(group)}.",
        f"Each release has a {what} of its own.",
        code,
        (),
        tuple(r.release_id for r in group),
    )


def _grouped(pairs: Iterable[tuple[T, str]]) -> dict[str, list[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for thing, key in pairs:
        if key:
            groups[key].append(thing)
    return {key: group for key, group in groups.items() if len(group) > 1}


def _alike(one: Recording, other: Recording) -> bool:
    """Whether two tracks hold one recording, or nothing says that they do not."""
    shared = one.audio & other.audio or one.sounds & other.sounds
    return bool(shared) or not (one.audio and other.audio)


def _differs_in_length(one: Recording, other: Recording) -> bool:
    return abs(one.length_ms - other.length_ms) > SAME_LENGTH_MS or (
        folded(one.title) != folded(other.title)
    )


def _named(group: Iterable[Recording | Record]) -> str:
    names = [
        f"T{r.track_id} “{r.title}”" if isinstance(r, Recording) else f"R{r.release_id} “{r.title}”"
        for r in group
    ]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")

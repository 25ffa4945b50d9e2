"""A list of ISRCs, pasted from a letter or a spreadsheet, laid against the tracks it is for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indieartist.domain.identifiers import find_isrc, format_isrc, isrc_hint
from indieartist.domain.names import same_name

Status = Literal["new", "same", "replaces", "gap", "wrong", "twice", "elsewhere", "left over"]
TAKEN: tuple[Status, ...] = ("new", "replaces")

_CODE = re.compile(
    r"(?:ISRC[\s:]*)?\b[A-Z0-9]{2}[\s\-‐-―.]?[A-Z0-9]{3}[\s\-‐-―.]?[0-9OIL]{2}[\s\-‐-―.]?[0-9OIL]{5}\b",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^\W*(?:isrc|code|track|title|titel|título|titre|nr|no|#|\W)+\W*$", re.IGNORECASE
)
_NUMBER = re.compile(r"^\s*(\d{1,3})\s*[.)\-–:\t]?\s+|^\s*(\d{1,3})\s*[.)]\s*")
_GAPS = {"", "-", "–", "—", "none", "n/a", "tbc", "tba", "?"}


@dataclass(frozen=True, slots=True)
class Target:
    """A track that a code may be meant for."""

    id: int
    title: str
    isrc: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: its code, if it is one, and what else stands there."""

    text: str
    isrc: str | None
    rest: str
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Aligned:
    """A track beside the line that is meant for it; either may be missing."""

    track_id: int | None
    title: str
    before: str
    isrc: str
    text: str
    status: Status
    note: str = ""


def read_list(text: str) -> list[Line]:
    """The lines of a pasted list; empty ones inside it are gaps, a heading is left out."""
    lines = [_line(raw) for raw in text.strip("\r\n").splitlines()]
    while lines and lines[0].isrc is None and (_HEADING.match(lines[0].text) or lines[0].gap):
        lines.pop(0)
    while lines and lines[-1].gap and not lines[-1].rest:
        lines.pop()
    return lines


def _line(raw: str) -> Line:
    for match in _CODE.finditer(raw):
        if isrc := find_isrc(match[0]):
            rest = raw[: match.start()] + "\t" + raw[match.end() :]
            return Line(raw.strip(), isrc, rest.strip(" \t,;|"))
    bare = raw.strip(" \t,;|\"'")
    named = [cell.strip() for cell in re.split(r"[\t;|]", raw) if cell.strip()]
    empty = bare.casefold() in _GAPS or (len(named) > 1 and named[-1].casefold() in _GAPS)
    return Line(raw.strip(), None, bare, gap=empty)


def align(
    lines: Sequence[Line], targets: Sequence[Target], used: Mapping[str, str] | None = None
) -> list[Aligned]:
    """Lay the lines against the tracks: by title where the lines name the tracks, else in order.

    `used` names the track elsewhere in the library that an ISRC stands on.
    """
    pairs = _by_title(lines, targets) or _in_order(lines, targets)
    rows = [_aligned(target, line) for target, line in pairs]
    return _flagged(rows, used or {})


def _by_title(
    lines: Sequence[Line], targets: Sequence[Target]
) -> list[tuple[Target | None, Line | None]]:
    """Nothing unless most lines name a track, and none two."""
    wanted = {same_name(target.title): target for target in targets}
    if len(wanted) < len(targets):
        return []
    found = {target.id: line for line in lines if (target := wanted.get(_name_in(line, wanted)))}
    if len(found) * 2 <= len(lines) or not found:
        return []
    over = [line for line in lines if line not in found.values() and not line.gap]
    beside: list[tuple[Target | None, Line | None]] = [(t, found.get(t.id)) for t in targets]
    return beside + [(None, line) for line in over]


def _name_in(line: Line, wanted: Mapping[str, Target]) -> str:
    cells = [cell for cell in re.split(r"[\t;|,]", line.rest) if cell.strip()]
    for cell in (*cells, line.rest):
        for words in (cell, _NUMBER.sub("", cell)):
            if (name := same_name(words)) in wanted:
                return name
    return ""


def _in_order(
    lines: Sequence[Line], targets: Sequence[Target]
) -> Iterator[tuple[Target | None, Line | None]]:
    for place in range(max(len(lines), len(targets))):
        yield (
            targets[place] if place < len(targets) else None,
            lines[place] if place < len(lines) else None,
        )


def _aligned(target: Target | None, line: Line | None) -> Aligned:
    text, isrc = (line.text, line.isrc or "") if line else ("", "")
    if target is None:
        return Aligned(None, "", "", isrc, text, "left over", "No track stands beside it.")
    row = Aligned(target.id, target.title, target.isrc, isrc, text, "gap")
    if line is None or line.gap:
        return row
    if not isrc:
        return replace(row, status="wrong", note=isrc_hint(line.rest))
    if isrc == target.isrc:
        return replace(row, status="same")
    if target.isrc:
        note = f"It has {format_isrc(target.isrc)} now."
        return replace(row, status="replaces", note=note)
    return replace(row, status="new")


def _flagged(rows: list[Aligned], used: Mapping[str, str]) -> list[Aligned]:
    counts = Counter(row.isrc for row in rows if row.isrc)
    flagged = []
    for row in rows:
        if row.isrc and counts[row.isrc] > 1:
            note = f"The list has it {counts[row.isrc]} times."
            flagged.append(replace(row, status="twice", note=note))
        elif row.isrc in used and row.status in TAKEN:
            note = f"It stands on {used[row.isrc]}."
            flagged.append(replace(row, status="elsewhere", note=note))
        else:
            flagged.append(row)
    return flagged

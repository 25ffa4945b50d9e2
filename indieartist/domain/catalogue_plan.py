"""A catalogue about to be imported: rows of text grouped into releases, with what is wrong said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from indieartist.domain.codes import find_iswc
from indieartist.domain.columns import COLUMNS, PEOPLE, RELEASE_COLUMNS
from indieartist.domain.folding import folded
from indieartist.domain.identifiers import (
    find_gtin,
    find_isrc,
    is_placeholder_gtin,
    pad_gtin,
    suggest_gtin,
    suggest_isrc,
)
from indieartist.domain.release import Credit

_NAMES = re.compile(r"\s*[;|]\s*")
_DAY = re.compile(r"(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})")
_YES = {"yes", "y", "true", "1", "explicit", "e", "x", "ja", "oui", "si", "sí", "sim", "sì", "はい"}
_NO = {"no", "n", "false", "0", "none", "nein", "non", "não", "いいえ", "not-explicit"}


@dataclass(slots=True)
class PlannedTrack:
    """A track as a row says it; `source` is the row's number or the file's path."""

    source: str
    position: int
    values: dict[str, str]
    credits: tuple[Credit, ...]


@dataclass(slots=True)
class PlannedRelease:
    """A release as its rows say it; `known` is its number where the library has it."""

    values: dict[str, str]
    release_on: date | None
    original_release_on: date | None
    credits: tuple[Credit, ...]
    tracks: list[PlannedTrack] = field(default_factory=list)
    known: int | None = None


@dataclass(slots=True)
class CataloguePlan:
    """What an import would make; `problems` are of single values, which are left out.

    `silent` are tracks that the library knows without any audio, with the file of each.
    """

    releases: list[PlannedRelease]
    problems: list[str]
    known_tracks: int = 0
    silent: list[tuple[int, str]] = field(default_factory=list)

    @property
    def track_count(self) -> int:
        """How many tracks would be new."""
        return sum(len(release.tracks) for release in self.releases)

    @property
    def new_releases(self) -> list[PlannedRelease]:
        """The releases that the library does not have."""
        return [release for release in self.releases if release.known is None]


Row = tuple[str, Mapping[str, str]]  # where it stands, and its values by column


def group_rows(rows: Iterable[Row]) -> CataloguePlan:
    """Group rows into releases: by their UPC, else label and catalogue number, else their names.

    The first row that says something of a release is believed; an empty cell says nothing.
    """
    rows = list(rows)
    problems: list[str] = []
    days = {key: _day_reader(_values(rows, key)) for key in ("release_on", "original_release_on")}
    groups: dict[str, list[Row]] = {}
    for source, row in rows:
        if row.get("title") or row.get("release_title"):
            groups.setdefault(_key(row), []).append((source, row))
        elif any(row.values()):
            problems.append(f"{source}: it has no title.")
    releases = [_release(group, days, problems) for group in groups.values()]
    return CataloguePlan(releases, problems)


def _values(rows: Iterable[Row], key: str) -> list[str]:
    return [row.get(key, "") for _source, row in rows]


def _key(row: Mapping[str, str]) -> str:
    gtin = find_gtin(row.get("gtin", "")) or suggest_gtin(row.get("gtin", ""))
    if gtin and not is_placeholder_gtin(gtin):
        return f"gtin {pad_gtin(gtin, 14)}"
    if row.get("catalogue_number"):
        return f"number {folded(row.get('label', ''))} {folded(row['catalogue_number'])}"
    title = row.get("release_title") or row.get("title", "")
    artist = row.get("release_artist") or ("" if row.get("folder") else row.get("artist", ""))
    return f"name {folded(title)} / {folded(artist)} / {row.get('folder', '')}"


DayReader = Callable[[str], date | None]


def _release(
    group: Sequence[Row], days: Mapping[str, DayReader], problems: list[str]
) -> PlannedRelease:
    said = {key: _first(group, key) for key in (*RELEASE_COLUMNS, "genre")}
    source = group[0][0]
    artists = _release_artists(group, said["release_artist"])
    values = {
        "title": said["release_title"] or _first(group, "title"),
        "gtin": _gtin(said["gtin"], source, problems),
        **{key: said[key] for key in ("label", "catalogue_number", "genre", "p_line", "c_line")},
        "description": said["description"],
    }
    made = PlannedRelease(
        values,
        _day(said["release_on"], days["release_on"], source, problems),
        _day(said["original_release_on"], days["original_release_on"], source, problems),
        tuple(Credit(name, "artist") for name in artists),
    )
    for source, row in group:
        if row.get("title"):
            made.tracks.append(_track(source, row, artists, len(made.tracks) + 1, problems))
    made.tracks.sort(key=lambda track: track.position)
    for place, track in enumerate(made.tracks, 1):
        track.position = place
    return made


def _first(group: Sequence[Row], key: str) -> str:
    return next((row[key] for _source, row in group if row.get(key)), "")


def _release_artists(group: Sequence[Row], said: str) -> tuple[str, ...]:
    if said:
        return split_names(said)
    everyone = {row.get("artist", "") for _source, row in group}
    return split_names(everyone.pop()) if len(everyone) == 1 else ()


def _track(
    source: str, row: Mapping[str, str], artists: tuple[str, ...], place: int, problems: list[str]
) -> PlannedTrack:
    values = {key: row.get(key, "") for key in ("title", "version", "language", "genre", "lyrics")}
    values["isrc"] = _isrc(row.get("isrc", ""), source, problems)
    values["iswc"] = _iswc(row.get("iswc", ""), source, problems)
    values["explicit"] = _advisory(row.get("explicit", ""), source, problems)
    own = split_names(row.get("artist", ""))
    credits = [Credit(name, "artist") for name in own if own != artists]
    credits += [
        Credit(name, role)
        for role in PEOPLE
        if role != "artist"
        for name in split_names(row.get(role, ""))
    ]
    number = re.match(r"\s*(?:\d+-)?(\d+)", row.get("position", ""))
    disc = int(row.get("disc", "") or 1) if (row.get("disc", "") or "1").isdigit() else 1
    position = disc * 10_000 + (int(number[1]) if number else place)
    return PlannedTrack(source, position, values, tuple(credits))


def split_names(text: str) -> tuple[str, ...]:
    """'Ana; Bo' as two names; commas and ampersands may belong to one (Earth, Wind & Fire)."""
    names = (" ".join(name.split()) for name in _NAMES.split(text))
    return tuple(dict.fromkeys(name for name in names if name))


def _gtin(text: str, source: str, problems: list[str]) -> str:
    if not text:
        return ""
    gtin = find_gtin(text)
    if gtin and not is_placeholder_gtin(gtin):
        return gtin
    meant = suggest_gtin(text)
    if meant:
        problems.append(f"{source}: the UPC {text} lost its zeros; {meant} was taken.")
        return meant
    what = "a placeholder" if gtin else "none"
    spoilt = " (a spreadsheet has rounded it)" if re.search(r"\d[.,]\d+E\+", text, re.I) else ""
    problems.append(f"{source}: the UPC {text} is {what}{spoilt} and was left out.")
    return ""


def _isrc(text: str, source: str, problems: list[str]) -> str:
    isrc = find_isrc(text)
    if text and isrc is None:
        meant = suggest_isrc(text)
        hint = f"; {meant} may be meant" if meant else ""
        problems.append(f"{source}: the ISRC {text} is none and was left out{hint}.")
    return isrc or ""


def _iswc(text: str, source: str, problems: list[str]) -> str:
    iswc = find_iswc(text)
    if text and iswc is None:
        problems.append(f"{source}: the ISWC {text} is none and was left out.")
    return iswc or ""


def _advisory(text: str, source: str, problems: list[str]) -> str:
    word = text.strip().casefold().replace(" ", "-")
    if word in _YES:
        return "explicit"
    if word in _NO:
        return "none"
    if word in ("clean", "edited", "2"):
        return "clean"
    if word:
        problems.append(f"{source}: the advisory {text} is none and was left out.")
    return ""


def _day(text: str, read: DayReader, source: str, problems: list[str]) -> date | None:
    day = read(text)
    if text and day is None:
        what = "only a year" if re.fullmatch(r"\d{4}", text.strip()) else "none"
        problems.append(f"{source}: the day {text} is {what} and was left out.")
    return day


def _day_reader(values: Iterable[str]) -> DayReader:
    """How a column writes its days: day first, unless a second part above 12 tells otherwise."""
    parts = [match.groups() for value in values if (match := _DAY.fullmatch(value.strip()))]
    month_first = any(len(a) < 3 and int(b) > 12 for a, b, _c in parts) and not any(
        len(a) < 3 and int(a) > 12 for a, _b, _c in parts
    )

    def read(text: str) -> date | None:
        match = _DAY.match(text.strip())
        if match is None:
            return None
        one, two, three = (int(part) for part in match.groups())
        if len(match[1]) == 4:
            return _date(one, two, three)
        year = three + 2000 if three < 70 else three + 1900 if three < 100 else three
        orders = ((one, two), (two, one)) if month_first else ((two, one), (one, two))
        return _date(year, *orders[0]) or _date(year, *orders[1])

    return read


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def label_of(column: str) -> str:
    """What a column is called on screen."""
    return COLUMNS[column].label

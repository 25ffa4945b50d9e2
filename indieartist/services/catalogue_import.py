"""Importing a catalogue: a folder of tagged files or a table becomes releases, as one act."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from indieartist.domain.catalogue_plan import (
    CataloguePlan,
    PlannedRelease,
    PlannedTrack,
    Row,
    group_rows,
)
from indieartist.domain.columns import guess_columns
from indieartist.domain.folding import folded
from indieartist.domain.identifiers import pad_gtin
from indieartist.domain.names import title_from_name
from indieartist.domain.progress import Report, silent
from indieartist.domain.release import Credit, join_names
from indieartist.domain.tags import TagSheet
from indieartist.errors import AppError, UserError
from indieartist.library import tables as t
from indieartist.library.history import Act
from indieartist.readers import tables
from indieartist.readers.tables import Table
from indieartist.services.hearing import SUFFIXES, storable
from indieartist.services.studio import Studio

AUDIO_SUFFIXES = frozenset(SUFFIXES.values()) | {".aif", ".mp4", ".oga", ".w64", ".rf64"}
_TAGS = {
    "album": "release_title",
    "albumartist": "release_artist",
    "label": "label",
    "catalognumber": "catalogue_number",
    "barcode": "gtin",
    "date": "release_on",
    "originaldate": "original_release_on",
    "produced": "p_line",
    "copyright": "c_line",
    "tracknumber": "position",
    "discnumber": "disc",
    "title": "title",
    "version": "version",
    "isrc": "isrc",
    "iswc": "iswc",
    "explicit": "explicit",
    "language": "language",
    "genre": "genre",
    "lyrics": "lyrics",
    "composer": "composer",
    "lyricist": "lyricist",
    "producer": "producer",
    "remixer": "remixer",
    "mixer": "mixer",
    "mastering": "mastering",
    "arranger": "arranger",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made, and the files by the tracks that have no audio yet, known ones too."""

    release_ids: tuple[int, ...]
    track_ids: tuple[int, ...]
    files: tuple[tuple[int, Path], ...]


def read_text(path: Path) -> str:
    """A text file of any encoding; raises UserError where it is none."""
    return tables.read_text(path)


def read_table(path: Path) -> tuple[Table, dict[int, str]]:
    """A CSV or TSV file, and which of its columns seems to be what."""
    table = tables.read_table(path)
    return table, guess_columns(table.headings, table.rows)


def plan_table(studio: Studio, table: Table, columns: Mapping[int, str]) -> CataloguePlan:
    """The releases that a table would make with its columns named so; nothing is kept."""
    if not set(columns.values()) & {"title", "release_title"}:
        raise UserError("No column holds the titles.", "Say which one does.")
    rows: list[Row] = [
        (f"Row {n}", {key: row[place] for place, key in columns.items()})
        for n, row in enumerate(table.rows, 2)
    ]
    return _without_known(studio, group_rows(rows))


def plan_folder(studio: Studio, folder: Path, report: Report = silent) -> CataloguePlan:
    """The releases that the tagged files under a folder would make; the files are only read."""
    folder = folder.absolute()
    paths = list_audio(folder)
    rows, problems = [], []
    for done, path in enumerate(paths, 1):
        try:
            rows.append((str(path), _row_of(path, folder)))
        except AppError as error:
            problems.append(f"{path.relative_to(folder)}: {error.message}")
        report(done / len(paths))
    plan = group_rows(rows)
    plan.problems = problems + [each.removeprefix(f"{folder}{os.sep}") for each in plan.problems]
    return _without_known(studio, plan)


def list_audio(folder: Path) -> list[Path]:
    """Every sound file under a folder, in order; raises UserError where there is none."""
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder.", "Name the folder that holds the releases.")
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in AUDIO_SUFFIXES
        and not path.name.startswith(".")
        and path.is_file()
    )
    if not found:
        raise UserError(f"There are no sound files under {folder}.")
    return found


def carry_out(studio: Studio, plan: CataloguePlan, name: str) -> Imported:
    """Make the releases and tracks of a plan as one act; what the library has stays as it is."""
    with studio.library.act(f"Import catalogue {name}") as act:
        owners = _insert_releases(studio, act, plan.releases)
        made = _insert_tracks(act, plan.releases, owners)
    silent = tuple((number, Path(path)) for number, path in plan.silent)
    return replace(made, files=made.files + silent)


def _insert_releases(studio: Studio, act: Act, planned: Sequence[PlannedRelease]) -> list[int]:
    new = [release for release in planned if release.known is None]
    rows = [
        {
            **release.values,
            "release_on": release.release_on,
            "original_release_on": release.original_release_on,
            "added_at": studio.now(),
        }
        for release in new
    ]
    ids = iter(act.insert_many(t.release, rows))
    owners = [next(ids) if release.known is None else release.known for release in planned]
    pairs = zip(owners, planned, strict=True)
    credited = [(owner, release.credits) for owner, release in pairs if release.known is None]
    act.insert_many(t.credit, _credit_rows("release_id", credited))
    return owners


def _insert_tracks(act: Act, planned: Sequence[PlannedRelease], owners: Sequence[int]) -> Imported:
    last = _last_positions(act.connection, owners)
    flat = [
        (owner, track)
        for owner, release in zip(owners, planned, strict=True)
        for track in release.tracks
    ]
    rows = []
    for owner, track in flat:
        last[owner] = last.get(owner, 0) + 1
        rows.append({"release_id": owner, "position": last[owner], **track.values})
    ids = act.insert_many(t.track, rows)
    pairs = list(zip(ids, (track for _owner, track in flat), strict=True))
    act.insert_many(t.credit, _credit_rows("track_id", [(n, each.credits) for n, each in pairs]))
    files = tuple((n, Path(each.source)) for n, each in pairs if Path(each.source).is_absolute())
    made = (o for o, release in zip(owners, planned, strict=True) if release.known is None)
    return Imported(tuple(made), tuple(ids), files)


def _credit_rows(
    column: str, owned: Sequence[tuple[int, Sequence[Credit]]]
) -> list[dict[str, str | int]]:
    return [
        {
            column: owner,
            "position": place,
            "name": credit.name,
            "role": credit.role,
            "instrument": credit.instrument,
        }
        for owner, credits in owned
        for place, credit in enumerate(credits, 1)
    ]


def _last_positions(connection: Connection, owners: Sequence[int]) -> dict[int, int]:
    c = t.track.c
    query = select(c.release_id, func.max(c.position)).group_by(c.release_id)
    wanted = set(owners)
    return {row[0]: row[1] for row in connection.execute(query) if row[0] in wanted}


def _row_of(path: Path, folder: Path) -> dict[str, str]:
    from indieartist.audio.tags import read_tags

    tags = read_tags(path)
    row = {key: "; ".join(tags.get(tag, ())) for tag, key in _TAGS.items() if tag in tags}
    row["artist"] = "; ".join(tags.get("artists", ()) or tags.get("artist", ()))
    row["title"] = row.get("title") or title_from_name(storable(path.stem))
    row["lyrics"] = "\n".join(tags.get("lyrics", ()))
    row["genre"] = _first(tags, "genre")
    row["isrc"] = _first(tags, "isrc")
    row["iswc"] = _first(tags, "iswc")
    if "release_title" in row:
        row["folder"] = _folder_of(path, folder, row)
    return {key: storable(value) for key, value in row.items()}


def _folder_of(path: Path, folder: Path, row: Mapping[str, str]) -> str:
    """Albums of one name in two folders are two, but the discs of one are not."""
    if row.get("release_artist"):
        return ""
    own = path.parent
    is_disc = folded(own.name).startswith(("cd", "disc", "disk")) and own != folder
    return storable(str(own.parent if is_disc else own))


def _first(tags: TagSheet, field: str) -> str:
    return next(iter(tags.get(field, ())), "")


def _without_known(studio: Studio, plan: CataloguePlan) -> CataloguePlan:
    """Leave out what the library has: a release by its UPC or names, a track by ISRC or title."""
    with studio.library.read() as connection:
        by_gtin, by_name = _known_releases(connection)
        for release in plan.releases:
            gtin = release.values["gtin"]
            found = by_gtin.get(pad_gtin(gtin, 14)) if gtin else None
            release.known = found or by_name.get(_name_key(release))
            if release.known is not None:
                known = _known_tracks(connection, release.known)
                fresh = [track for track in release.tracks if not _track_keys(track) & set(known)]
                plan.known_tracks += len(release.tracks) - len(fresh)
                plan.silent += _silent(connection, release.tracks, known)
                release.tracks = fresh
    plan.releases = [r for r in plan.releases if r.known is None or r.tracks]
    return plan


def _known_releases(connection: Connection) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    rows = connection.execute(
        select(t.release.c.id, t.release.c.gtin, t.entry.c.title_key, t.entry.c.artist_key)
        .join(t.entry, t.entry.c.release_id == t.release.c.id)
        .where(t.entry.c.track_id.is_(None))
        .order_by(t.release.c.id.desc())
    ).all()
    by_gtin = {pad_gtin(row.gtin, 14): row.id for row in rows if row.gtin}
    return by_gtin, {(row.title_key, row.artist_key): row.id for row in rows}


def _name_key(release: PlannedRelease) -> tuple[str, str]:
    artists = join_names(tuple(credit.name for credit in release.credits))
    return folded(release.values["title"]), folded(artists)


def _known_tracks(connection: Connection, release_id: int) -> dict[str, int]:
    """The tracks of a release by their ISRC, and by their title."""
    c = t.track.c
    query = select(c.id, c.isrc, c.title, c.version).where(c.release_id == release_id)
    known: dict[str, int] = {}
    for row in connection.execute(query):
        for key in filter(None, (row.isrc, f"{folded(row.title)}\n{folded(row.version)}")):
            known.setdefault(key, row.id)
    return known


def _silent(
    connection: Connection, planned: Sequence[PlannedTrack], known: Mapping[str, int]
) -> list[tuple[int, str]]:
    """Which of the known ones have no audio here and a file there."""
    pairs = {
        known[key]: track.source
        for track in planned
        for key in _track_keys(track)
        if key in known and Path(track.source).is_absolute()
    }
    heard = select(t.mix.c.track_id).where(t.mix.c.track_id.in_(list(pairs)))
    sounding = set(connection.execute(heard).scalars())
    return [(number, path) for number, path in pairs.items() if number not in sounding]


def _track_keys(track: PlannedTrack) -> set[str]:
    values = track.values
    return {values["isrc"], f"{folded(values['title'])}\n{folded(values['version'])}"} - {""}

"""Importing another library: its releases, tracks, mixes and audio join this one, as one act."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from indieartist.domain.folding import folded
from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError
from indieartist.library import database
from indieartist.library import tables as t
from indieartist.library.history import Act
from indieartist.library.store import Library
from indieartist.library.vault import Vault
from indieartist.services.studio import Studio

Rows = list[dict[str, Any]]
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Merged:
    """What came from another library; `known` counts the releases that were here already."""

    release_ids: tuple[int, ...]
    track_count: int
    mix_count: int
    known: int
    missing: tuple[str, ...]  # names of mixes whose audio the other library has lost


def import_library(studio: Studio, path: Path, report: Report = silent) -> Merged:
    """Bring in what another library holds and this one does not; the other is only read.

    Deliveries, accounts and the history of the other stay there. Raises UserError where there is
    no library, or a newer program made it.
    """
    folder = path.parent if path.name == database.DATABASE_NAME else path
    if not (folder / database.DATABASE_NAME).is_file():
        raise UserError(f"There is no IndieArtist library at {folder}.", "Name its folder.")
    if folder.resolve() == studio.library.folder.resolve():
        raise UserError("That is the library which is open.", "Name another.")
    with _read_copy(folder) as other, other.read() as there:
        fresh, known = _unknown(studio, there)
        chosen = _Chosen.of(there, fresh)
        missing = _copy_files(studio, folder, chosen, part(report, 0.0, 0.9))
        with studio.library.act(f"Import library {folder.name}") as act:
            merged = _merge(act, chosen, missing, known)
    report(1.0)
    return merged


@contextmanager
def _read_copy(folder: Path) -> Iterator[Library]:
    """The other library's database, copied and brought to this program's form there."""
    with tempfile.TemporaryDirectory(prefix="indieartist-") as made:
        engine = database.open_engine(f"sqlite:///{folder / database.DATABASE_NAME}")
        try:
            with database.spoken_errors(folder):
                database.copy_database(engine, Path(made) / database.DATABASE_NAME)
        finally:
            engine.dispose()
        other = Library(Path(made))
        try:
            yield other
        finally:
            other.close()


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What of the other library comes over, row by row as it stands there."""

    releases: Rows
    tracks: Rows
    mixes: Rows
    credits: Rows
    links: Rows
    audio: Rows
    measurements: Rows
    artworks: Rows
    attachments: Rows
    attached: Rows
    attestations: Rows
    people: Rows

    @classmethod
    def of(cls, there: Connection, fresh: Rows) -> _Chosen:
        ids = [row["id"] for row in fresh]
        tracks = _where(there, t.track, t.track.c.release_id, ids)
        track_ids = [row["id"] for row in tracks]
        mixes = _where(there, t.mix, t.mix.c.track_id, track_ids)
        audio = sorted({row["audio_hash"] for row in mixes})
        covers = sorted({row["artwork_hash"] for row in fresh if row["artwork_hash"]})
        owned = _where(there, t.credit, t.credit.c.release_id, ids)
        credits = owned + _where(there, t.credit, t.credit.c.track_id, track_ids)
        names = sorted({row["name"] for row in credits})
        return cls(
            fresh,
            tracks,
            sorted(mixes, key=lambda row: row["id"]),
            credits,
            _where(there, t.link, t.link.c.release_id, ids),
            _where(there, t.audio, t.audio.c.hash, audio),
            _where(there, t.measurement, t.measurement.c.audio_hash, audio),
            _where(there, t.artwork, t.artwork.c.hash, covers),
            hung := _where(there, t.attachment, t.attachment.c.release_id, ids),
            _where(there, t.attached_file, t.attached_file.c.hash, _hashes(hung)),
            _where(there, t.attestation, t.attestation.c.release_id, ids),
            _where(there, t.person, t.person.c.name, names),
        )


def _hashes(attachments: Rows) -> list[str]:
    return sorted({row["file_hash"] for row in attachments})


def _where(connection: Connection, table: Table, column: Any, values: Sequence[Any]) -> Rows:
    found: Rows = []
    for start in range(0, len(values), _AT_ONCE):
        query = select(table).where(column.in_(values[start : start + _AT_ONCE]))
        found += [dict(row) for row in connection.execute(query).mappings()]
    return found


def _unknown(studio: Studio, there: Connection) -> tuple[Rows, int]:
    """The releases that are not here, by title, artist and UPC; and how many are."""
    with studio.library.read() as here:
        known = set(_keys(here).values())
    keys = _keys(there)
    rows = [dict(row) for row in there.execute(select(t.release)).mappings()]
    fresh = [row for row in rows if keys[row["id"]] not in known]
    return fresh, len(rows) - len(fresh)


def _keys(connection: Connection) -> dict[int, tuple[str, ...]]:
    query = (
        select(t.release.c.id, t.entry.c.title_key, t.entry.c.artist_key)
        .add_columns(t.release.c.version, t.release.c.gtin)
        .join(t.entry, t.entry.c.release_id == t.release.c.id)
        .where(t.entry.c.track_id.is_(None))
    )
    rows = connection.execute(query)
    return {r.id: (r.title_key, r.artist_key, folded(r.version), r.gtin) for r in rows}


def _copy_files(studio: Studio, folder: Path, chosen: _Chosen, report: Report) -> set[str]:
    """Copy audio and covers into the vault; return the hashes of those that are not there."""
    source, missing = Vault(folder / "Vault"), set[str]()
    files = [
        (row["hash"], row["suffix"]) for row in chosen.audio + chosen.artworks + chosen.attached
    ]
    for done, (content, suffix) in enumerate(files, 1):
        path = source.path_of(content, suffix)
        there = studio.library.vault.path_of(content, suffix).is_file() or (
            path.is_file() and studio.library.vault.add_file(path, suffix) == content
        )
        if not there:
            missing.add(content)
        report(done / len(files))
    return missing


def _merge(act: Act, chosen: _Chosen, missing: set[str], known: int) -> Merged:
    _remember(act.connection, t.audio, t.audio.c.hash, chosen.audio, missing)
    _remember(
        act.connection, t.measurement, t.measurement.c.audio_hash, chosen.measurements, missing
    )
    _remember(act.connection, t.artwork, t.artwork.c.hash, chosen.artworks, missing)
    covered = [
        row | ({"artwork_hash": None} if row["artwork_hash"] in missing else {})
        for row in chosen.releases
    ]
    releases = _insert(act, t.release, covered, {})
    tracks = _insert(act, t.track, chosen.tracks, {"release_id": releases}, approved_mix_id=None)
    mixes = _insert_mixes(act, chosen, tracks, missing)
    for track in chosen.tracks:
        if (approved := mixes.get(track["approved_mix_id"])) is not None:
            act.update(t.track, tracks[track["id"]], approved_mix_id=approved)
    _insert(act, t.credit, chosen.credits, {"release_id": releases, "track_id": tracks})
    _insert(act, t.link, chosen.links, {"release_id": releases})
    _insert(act, t.person, _strangers(act.connection, chosen.people), {})
    _insert(act, t.attestation, chosen.attestations, {"release_id": releases})
    _remember(act.connection, t.attached_file, t.attached_file.c.hash, chosen.attached, missing)
    hung = [row for row in chosen.attachments if row["file_hash"] not in missing]
    _insert(act, t.attachment, hung, {"release_id": releases, "track_id": tracks})
    lost = tuple(row["name"] for row in chosen.mixes if row["audio_hash"] in missing)
    return Merged(tuple(releases.values()), len(tracks), len(mixes), known, lost)


def _strangers(here: Connection, people: Rows) -> Rows:
    """Those whose codes are not known here, under their name or under another."""
    known = [dict(row) for row in here.execute(select(t.person)).mappings()]
    names = {row["name"] for row in known}
    taken = {(kind, row[kind]) for row in known for kind in ("ipi", "isni") if row[kind]}
    fresh = [row for row in people if row["name"] not in names]
    return [row for row in fresh if not {("ipi", row["ipi"]), ("isni", row["isni"])} & taken]


def _insert(
    act: Act, table: Table, rows: Rows, moved: Mapping[str, Mapping[int, int]], **fixed: Any
) -> dict[int, int]:
    """Add rows under new numbers, their owners' numbers too; return old to new."""
    made = [
        {name: value for name, value in row.items() if name != "id"}
        | {name: known.get(row[name]) for name, known in moved.items()}
        | fixed
        for row in rows
    ]
    ids = act.insert_many(table, made)
    return dict(zip((row["id"] for row in rows), ids, strict=True))


def _insert_mixes(
    act: Act, chosen: _Chosen, tracks: Mapping[int, int], missing: set[str]
) -> dict[int, int]:
    """One after the other: a master's parent stands before it."""
    made: dict[int, int] = {}
    for row in chosen.mixes:
        if row["audio_hash"] in missing:
            continue
        values = {name: value for name, value in row.items() if name != "id"}
        values |= {"track_id": tracks[row["track_id"]], "parent_id": made.get(row["parent_id"])}
        made[row["id"]] = act.insert(t.mix, **values)
    return made


def _remember(
    connection: Connection, table: Table, key: Any, rows: Rows, missing: set[str]
) -> None:
    """Keep facts of files that are not kept yet."""
    have = set(connection.execute(select(key)).scalars())
    fresh = [row for row in rows if row[key.name] not in have and row[key.name] not in missing]
    if fresh:
        connection.execute(insert(table), fresh)

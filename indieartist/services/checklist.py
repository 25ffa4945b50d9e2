"""The checklist: every fact that counts as evidence gathered, and what a person attests to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, or_, select

from indieartist.domain.attachments import Attachment, AttachmentKind
from indieartist.domain.checklist import (
    Readiness,
    Task,
    TaskState,
    build_checklist,
    parse_tasks,
    readiness,
)
from indieartist.domain.evidence import ChecklistFacts, Proof
from indieartist.domain.publishing import Publication
from indieartist.domain.release import Release
from indieartist.errors import Gone, UserError
from indieartist.library import outbox
from indieartist.library import tables as t
from indieartist.sdk.adapter import DISTRIBUTORS
from indieartist.services import attaching
from indieartist.services.checking import Checker
from indieartist.services.outputs import claim_path, write_whole
from indieartist.services.studio import Studio
from indieartist.system.resources import read_tables


@dataclass(frozen=True, slots=True)
class Board:
    """A release's tasks in order of time, and how ready it is."""

    tasks: tuple[TaskState, ...]
    readiness: Readiness


_FAULTS = {
    "missing": "The proof {} is missing: attach it again.",
    "changed": "The proof {} is no longer what was attached: attach it again.",
}
OWN_CHECKLISTS = "Checklists"  # the folder of the library in which a person's own templates lie


def read_tasks(studio: Studio, release: Release) -> tuple[Task, ...]:
    """The tasks for this kind of release, and what the person's own templates make of them."""
    tables = studio.tables("checklists")
    own = read_tables(studio.library.folder / OWN_CHECKLISTS).values()
    mine = [template for template in own if _is_for(template, release)]
    return parse_tasks(tables["release"], tables[release.kind.value], *mine)


def _is_for(template: Mapping[str, Any], release: Release) -> bool:
    """Whether a template is for this release, by the label, kind and number that it names."""
    wanted = {
        "label": release.label.casefold(),
        "kind": release.kind.value,
        "release": f"r{release.id}",
    }
    named = {key: str(template[key]).casefold() for key in wanted if key in template}
    return all(wanted[key] == value for key, value in named.items())


def read_board(studio: Studio, release: Release, checker: Checker | None = None) -> Board:
    """The checklist as it stands today; nothing of it is stored but what a person attested."""
    tasks = read_tasks(studio, release)
    facts = gather_facts(studio, release, checker or Checker(studio))
    states = build_checklist(release, facts, tasks, today=studio.today)
    return Board(states, readiness(states))


def export_sheet(studio: Studio, release: Release, path: Path, *, force: bool = False) -> Board:
    """Write the checklist as a PDF to print; raises UserError for a file there, unless `force`."""
    from indieartist.visuals.sheet import write_sheet

    claim_path(path, force=force)
    board = read_board(studio, release)
    title = f"{release.title} ({release.version})" if release.version else release.title
    day, artist = release.release_on, release.artist_line
    write_whole(path, write_sheet(title, artist, day, board.tasks, board.readiness))
    return board


def attest(
    studio: Studio,
    release: Release,
    key: str,
    proof: str = "",
    *,
    skips: bool = False,
    paths: Sequence[Path] = (),
) -> None:
    """Tick a task that only a person can see, or say that it does not apply; one act.

    `paths` are files that prove it: they are kept in the library by their content, beside those
    that are there. One that is missing or was changed there gives its place to the new ones.
    """
    task = _get_task(studio, release, key)
    if not skips and task.how == "auto":
        raise UserError(
            f"“{task.title}” ticks itself when it is done.", "Its evidence says what is missing."
        )
    verb = "Skip" if skips else "Tick"
    with studio.library.act(f"{verb} “{task.title}”") as act:
        for row_id in _attested(act.connection, release, key):
            act.delete(t.attestation, row_id)
        act.insert(
            t.attestation,
            release_id=release.id,
            task=key,
            proof=proof,
            skips=skips,
            attested_at=studio.now(),
        )
        if paths:
            _drop_broken(studio, release, key)
        for path in paths:
            attaching.attach_proof(studio, release, key, path)


def _drop_broken(studio: Studio, release: Release, key: str) -> None:
    for file in _proofs_of(release, key):
        if attaching.find_fault(studio, file):
            attaching.detach(studio, release, file)


def _proofs_of(release: Release, key: str) -> tuple[Attachment, ...]:
    return tuple(f for f in release.attached(AttachmentKind.PROOF) if f.task == key)


def withdraw(studio: Studio, release: Release, key: str) -> None:
    """Take a tick back, and its proof with it."""
    task = _get_task(studio, release, key)
    with studio.library.act(f"Untick “{task.title}”") as act:
        for row_id in _attested(act.connection, release, key):
            act.delete(t.attestation, row_id)
        for file in _proofs_of(release, key):
            act.delete(t.attachment, file.id)


def gather_facts(studio: Studio, release: Release, checker: Checker) -> ChecklistFacts:
    """What is known beside the release itself."""
    with studio.library.read() as connection:
        sent = outbox.list_publications(connection, release.id)
        rows = connection.execute(
            select(t.attestation).where(t.attestation.c.release_id == release.id)
        ).all()
        added_at = connection.execute(
            select(t.release.c.added_at).where(t.release.c.id == release.id)
        ).scalar()
        if added_at is None:
            raise Gone(f"“{release.title}” is not in the library any more.")
        backup_at = _backup_at(connection)
        changed_at = _changed_at(connection, release)
    carriers = studio.adapters.list_keys(DISTRIBUTORS)
    deliveries = tuple(p for p in sent if p.adapter in carriers)
    return ChecklistFacts(
        attestations={row.task: row.attested_at for row in rows if not row.skips},
        proofs=_proofs(studio, release, {row.task: row.proof for row in rows}),
        skipped=frozenset(row.task for row in rows if row.skips),
        preflight=checker.check(release, _destinations(studio, deliveries)),
        deliveries=deliveries,
        posts=tuple(p for p in sent if p.adapter not in carriers),
        backup_at=backup_at,
        changed_at=changed_at,
        planned_on=added_at.astimezone().date(),
    )


def _proofs(studio: Studio, release: Release, words: Mapping[str, str]) -> dict[str, Proof]:
    """What is said and shown for each task, and which of its files is not as it was."""
    files: dict[str, list[Attachment]] = {key: [] for key, said in words.items() if said}
    for file in release.attached(AttachmentKind.PROOF):
        files.setdefault(file.task, []).append(file)
    proofs = {}
    for key, shown in files.items():
        faults = ((file.name, attaching.find_fault(studio, file)) for file in shown)
        said = [_FAULTS[fault].format(name) for name, fault in faults if fault]
        proofs[key] = Proof(words.get(key, ""), tuple(shown), " ".join(said))
    return proofs


def _destinations(studio: Studio, deliveries: tuple[Publication, ...]) -> list[str]:
    known = studio.table("rules", "destinations")
    return [key for key in dict.fromkeys(p.adapter for p in deliveries) if key in known]


def _get_task(studio: Studio, release: Release, key: str) -> Task:
    tasks = read_tasks(studio, release)
    for task in tasks:
        if task.key == key:
            return task
    raise UserError(f"There is no task “{key}”.", f"Tasks: {', '.join(x.key for x in tasks)}.")


def _attested(connection: Connection, release: Release, key: str) -> list[int]:
    same = (t.attestation.c.release_id == release.id) & (t.attestation.c.task == key)
    return list(connection.execute(select(t.attestation.c.id).where(same)).scalars())


def _backup_at(connection: Connection) -> datetime | None:
    act = t.act
    query = select(act.c.done_at, act.c.effect).where(act.c.final).order_by(act.c.id.desc())
    return next(
        (row.done_at for row in connection.execute(query) if row.effect == {"kind": "backup"}), None
    )


def _changed_at(connection: Connection, release: Release) -> datetime | None:
    """When the release, its tracks or mixes were last edited, by the history."""
    change = t.act_change
    tracks = [track.id for track in release.tracks]
    mixes = [mix.id for track in release.tracks for mix in track.mixes]
    touched: list[Any] = [
        (change.c.table_name == table) & change.c.row_id.in_(ids)
        for table, ids in (("release", [release.id]), ("track", tracks), ("mix", mixes))
    ]
    query = (
        select(func.max(t.act.c.done_at))
        .join(change, change.c.act_id == t.act.c.id)
        .where(t.act.c.undone_at.is_(None), or_(*touched))
    )
    found = connection.execute(query).scalar()
    return datetime.fromisoformat(found).astimezone(UTC) if isinstance(found, str) else found

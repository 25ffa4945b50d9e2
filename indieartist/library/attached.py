"""Files that hang on releases, and what is known of them by their content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, select

from indieartist.domain.attachments import AtmosFacts, Attachment, AttachmentKind, ClipFacts
from indieartist.library import tables as t


def list_attachments(
    connection: Connection, release_ids: Sequence[int]
) -> dict[int, tuple[Attachment, ...]]:
    """The files of releases that have any, the oldest first."""
    file, owner = t.attached_file.c, t.attachment.c
    query = (
        select(t.attachment, file.suffix, file.size_bytes, file.facts)
        .join(t.attached_file, file.hash == owner.file_hash)
        .where(owner.release_id.in_(release_ids))
        .order_by(owner.id)
    )
    found: dict[int, tuple[Attachment, ...]] = {}
    for row in connection.execute(query):
        found[row.release_id] = (*found.get(row.release_id, ()), _attachment(row))
    return found


def remember_file(
    connection: Connection,
    file_hash: str,
    suffix: str,
    size_bytes: int,
    facts: ClipFacts | AtmosFacts | None,
) -> str:
    """Keep the facts of a file; return the suffix under which it lies, the first it came with.

    A file that is both a proof and a clip is one file: what is measured later is added.
    """
    same = t.attached_file.c.hash == file_hash
    row = connection.execute(select(t.attached_file).where(same)).first()
    said = _facts_json(facts)
    if row is None:
        values = {"hash": file_hash, "suffix": suffix, "size_bytes": size_bytes, "facts": said}
        connection.execute(t.attached_file.insert().values(**values))
        return suffix
    connection.execute(t.attached_file.update().where(same).values(facts={**row.facts, **said}))
    return str(row.suffix)


def find_suffix(connection: Connection, file_hash: str) -> str | None:
    """The suffix of an attached file in the vault, where the library knows it."""
    query = select(t.attached_file.c.suffix).where(t.attached_file.c.hash == file_hash)
    return connection.execute(query).scalar()


def _facts_json(facts: ClipFacts | AtmosFacts | None) -> dict[str, Any]:
    if facts is None:
        return {}
    return {"clip" if isinstance(facts, ClipFacts) else "atmos": asdict(facts)}


def _attachment(row: Any) -> Attachment:
    clip, atmos = row.facts.get("clip"), row.facts.get("atmos")
    return Attachment(
        id=row.id,
        kind=AttachmentKind(row.kind),
        name=row.name,
        file_hash=row.file_hash,
        suffix=row.suffix,
        size_bytes=row.size_bytes,
        track_id=row.track_id,
        task=row.task,
        clip=ClipFacts(**clip) if clip else None,
        atmos=AtmosFacts(**atmos) if atmos else None,
    )

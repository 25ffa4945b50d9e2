"""Attaching: files that hang on a release, kept in the vault by their content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from indieartist.domain.attachments import AtmosFacts, Attachment, AttachmentKind, ClipFacts
from indieartist.domain.progress import Report, part, silent
from indieartist.domain.release import Release, Track
from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.library.attached import find_suffix, remember_file
from indieartist.library.history import Act
from indieartist.services.hearing import storable
from indieartist.services.studio import Studio

MOST_PROOF_BYTES = 256 << 20  # a proof is hashed again at every look of a new process
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class _Hung:
    """What a file is to be on a release, and what was seen in it."""

    path: Path
    kind: AttachmentKind
    facts: ClipFacts | AtmosFacts | None = None
    track_id: int | None = None
    task: str = ""


def attach_canvas(studio: Studio, release: Release, path: Path) -> None:
    """Make a clip or still the release's Canvas, in the place of one that is there."""
    from indieartist.visuals.motion import read_clip

    hung = _Hung(path, AttachmentKind.CANVAS, read_clip(path))
    content = _take_in(studio, path)
    with studio.library.act(f"Canvas of “{release.title}”") as act:
        _detach_all(act, release, hung)
        _attach(studio, act, release, content, hung)


def attach_atmos(
    studio: Studio, release: Release, track: Track, path: Path, report: Report = silent
) -> None:
    """Make an ADM BWF the Atmos master of a track, in the place of one that is there."""
    from indieartist.audio.adm import read_atmos

    facts = read_atmos(path, part(report, 0.0, 0.7))
    hung = _Hung(path, AttachmentKind.ATMOS, facts, track_id=track.id)
    content = _take_in(studio, path, part(report, 0.7, 1.0))
    with studio.library.act(f"Atmos master of “{track.title}”") as act:
        _detach_all(act, release, hung)
        _attach(studio, act, release, content, hung)


def attach_proof(studio: Studio, release: Release, task: str, path: Path) -> None:
    """Hang a file on a task, beside those that are there.

    Raises UserError for what is no file, is empty, or is enormous.
    """
    _require_proof(path)
    content, hung = _take_in(studio, path), _Hung(path, AttachmentKind.PROOF, task=task)
    with studio.library.act(f"Attach {storable(path.name)}") as act:
        _attach(studio, act, release, content, hung)


def _require_proof(path: Path) -> None:
    if not path.is_file():
        raise UserError(f"{path.name} is no file.", "Attach one file: a PDF, a picture, a mail.")
    if path.stat().st_size > MOST_PROOF_BYTES:
        most = f"{MOST_PROOF_BYTES >> 20} MB"
        raise UserError(f"{path.name} is larger than {most}.", "Attach the page that proves it.")
    if not path.stat().st_size:
        raise UserError(f"{path.name} is empty.", "Attach what shows that it is done.")


def detach(studio: Studio, release: Release, file: Attachment) -> None:
    """Take a file off the release; it stays in the vault, so undo brings it back."""
    label = f"Take {file.name} off “{release.title}”"
    with studio.library.act(label) as act:
        act.delete(t.attachment, file.id)


def file_path(studio: Studio, file: Attachment) -> Path:
    """Where an attached file lies; raises UserError when it is missing."""
    return studio.library.vault.get_path(file.file_hash, file.suffix)


def path_of(studio: Studio, file: Attachment) -> Path:
    """Where an attached file lies, or would lie."""
    return studio.library.vault.path_of(file.file_hash, file.suffix)


def get_attachment(release: Release, number: int) -> Attachment:
    """The file of that number on a release; raises UserError where there is none."""
    for file in release.attachments:
        if file.id == number:
            return file
    known = ", ".join(str(file.id) for file in release.attachments) or "none yet"
    raise UserError(f"“{release.title}” has no file {number}.", f"Its files: {known}.")


def find_fault(studio: Studio, file: Attachment) -> str:
    """What is wrong with a file in the vault: 'missing' or 'changed'; empty where it is whole.

    It is hashed once, and again only where its size or time changed.
    """
    path = path_of(studio, file)
    try:
        found = path.stat()
        same = _hash_of(path, found.st_size, found.st_mtime_ns, found.st_ino) == file.file_hash
    except OSError:
        return "missing"
    return "" if same else "changed"


@lru_cache(maxsize=4096)
def _hash_of(path: Path, _size: int, _mtime_ns: int, _inode: int) -> str:
    from indieartist.library.vault import hash_file

    return hash_file(path)


def _take_in(studio: Studio, path: Path, report: Report = silent) -> str:
    """Copy a file into the vault, under the suffix that its content lies there with already."""
    vault, suffix = studio.library.vault, _suffix_of(path)
    content = vault.add_file(path, suffix, report)
    if _is_damaged(vault.path_of(content, suffix), content):
        vault.forget(content, suffix)
        vault.add_file(path, suffix)
    with studio.library.read() as connection:
        known = find_suffix(connection, content) or suffix
    if known != suffix:
        if _is_damaged(vault.path_of(content, known), content):
            vault.forget(content, known)
            vault.add_file(path, known)
        vault.forget(content, suffix)
    return content


def _is_damaged(path: Path, content: str) -> bool:
    from indieartist.library.vault import hash_file

    return not path.is_file() or hash_file(path) != content


def _attach(studio: Studio, act: Act, release: Release, content: str, hung: _Hung) -> None:
    connection, vault = act.connection, studio.library.vault
    suffix = find_suffix(connection, content) or _suffix_of(hung.path)
    size_bytes = vault.get_path(content, suffix).stat().st_size
    remember_file(connection, content, suffix, size_bytes, hung.facts)
    act.insert(
        t.attachment,
        release_id=release.id,
        track_id=hung.track_id,
        kind=hung.kind.value,
        task=hung.task,
        name=storable(hung.path.name),
        file_hash=content,
        added_at=studio.now(),
    )


def _detach_all(act: Act, release: Release, hung: _Hung) -> None:
    """What stands where this will: a release has one Canvas, a track one Atmos master."""
    a = t.attachment.c
    where = (a.release_id == release.id) & (a.kind == hung.kind.value)
    query = select(a.id).where(where, a.track_id.is_(hung.track_id))
    if hung.track_id is not None:
        query = select(a.id).where(where, a.track_id == hung.track_id)
    for row_id in act.connection.execute(query).scalars().all():
        act.delete(t.attachment, row_id)


def _suffix_of(path: Path) -> str:
    """The file's own suffix where it is a tame one: files in the vault are opened by it."""
    suffix = path.suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ".bin"

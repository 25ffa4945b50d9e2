"""Reading, writing and restoring the tags of a file, whatever its container."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from indieartist.audio.sniff import shown
from indieartist.audio.tags import table
from indieartist.audio.tags.border import readable_errors
from indieartist.audio.tags.container import Container
from indieartist.audio.tags.draft import replacing
from indieartist.audio.tags.identify import identify
from indieartist.audio.tags.layout import digest, file_size, read_blocks
from indieartist.audio.tags.shell import Shell, read_pieces, read_restored
from indieartist.domain.progress import Report, part, silent
from indieartist.domain.tags import FIELDS, NO_PICTURE, TagSheet
from indieartist.errors import UserError

REPORTS_PER_FILE = 16


def read_tags(path: Path) -> TagSheet:
    """Every field and the front cover of a file; raises UserError where it cannot be read."""
    with readable_errors(path):
        return identify(path).read(path)


def carried(path: Path, sheet: TagSheet) -> TagSheet:
    """`sheet` as the file at `path` will hold it: what has no place there is left out."""
    with readable_errors(path):
        return TagSheet(identify(path).fit(sheet), sheet.artwork)


def audio_digest(path: Path) -> str:
    """SHA-256, in hex, of the audio alone: no tag write changes it."""
    with readable_errors(path):
        container = identify(path)
        with path.open("rb") as file:
            return digest(file, container.layout(file))


def audio_size(path: Path) -> int:
    """How many bytes of the file are audio, the same before and after a tag write."""
    with readable_errors(path):
        container = identify(path)
        with path.open("rb") as file:
            return sum(length for _, length in container.layout(file).spans)


def holds_id3(path: Path) -> bool:
    """Whether its tags are ID3, of whichever version."""
    with readable_errors(path):
        return identify(path).column is table.ID3


def forget(shell: Shell) -> None:
    """Keep no shell: the caller takes the one that is returned."""


def write_tags(
    path: Path,
    sheet: TagSheet,
    report: Report = silent,
    keep: Callable[[Shell], None] = forget,
    *,
    id3_version: int | None = None,
) -> Shell:
    """Write the fields of `sheet` into a file and give what is needed to undo that.

    Fields that are not in the sheet stay, `()` removes one, and so does an empty picture the cover;
    fields the container has no place for are skipped (`carried`). The write goes to a copy, whose
    audio and tags are checked before it takes the file's place; the file gets a new time of change.
    An ID3 tag stays 2.3 or 2.4 as it was, or becomes `id3_version` (3 or 4); a new one is 2.4.
    `keep` is given the shell before the file is replaced, so that it can be stored first.
    Raises UserError or WorldError, with the file untouched.
    """
    with readable_errors(path):
        container = identify(path)
        with replacing(path) as draft:
            before = _survey(path, container, part(report, 0.0, 0.5))
            container.write(path, draft, sheet, id3_version)
            after = _survey(draft, container, part(report, 0.5, 1.0))
            _require_same_audio(path, before, after)
            _require_same_tags(path, container, draft, sheet)
            shell = _shell(path, container, before, after)
            keep(shell)
    return shell


def restore_tags(path: Path, shell: Shell, report: Report = silent) -> None:
    """Bring the file back as it was before the write that gave `shell`, byte for byte.

    Its name does not matter; its time of change is the old one again. Nothing is done where it is
    already as it was. Raises UserError where it has been changed since, with the file untouched.
    """
    with readable_errors(path):
        container = identify(path)
        found = _sha256(path, part(report, 0.0, 0.5))
        if found == shell.old_sha256:
            return
        if found != shell.new_sha256:
            raise UserError(
                f"{shown(path)} was changed after its tags were written.",
                "Undo that change first; nothing was restored.",
            )
        with replacing(path) as draft:
            _write_restored(path, draft, container, shell)
            if _sha256(draft, part(report, 0.5, 1.0)) != shell.old_sha256:
                raise UserError(f"{shown(path)} could not be restored; it is unchanged.")
            os.utime(draft, ns=(shell.mtime_ns, shell.mtime_ns))


def returning(path: Path, shell: Shell) -> Shell:
    """The shell that takes back the restore of `shell`: the file at `path` as it is before it."""
    with readable_errors(path):
        now, then = Survey(shell.new_sha256, ""), Survey(shell.old_sha256, "")
        return _shell(path, identify(path), now, then)


def _write_restored(path: Path, draft: Path, container: Container, shell: Shell) -> None:
    with path.open("rb") as file, draft.open("wb") as sink:
        for block in read_restored(shell, file, container.layout(file)):
            sink.write(block)


@dataclass(frozen=True, slots=True)
class Survey:
    """A file's SHA-256 and its audio's."""

    sha256: str
    audio: str


def _survey(path: Path, container: Container, report: Report) -> Survey:
    sha256 = _sha256(path, report)
    with path.open("rb") as file:
        return Survey(sha256, digest(file, container.layout(file)))


def _sha256(path: Path, report: Report) -> str:
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        for block in _reported(file, report):
            hashed.update(block)
    return hashed.hexdigest()


def _reported(file: BinaryIO, report: Report) -> Iterator[bytes]:
    """All of the file, reporting some sixteen times."""
    size = file_size(file)
    done, step = 0, max(size // REPORTS_PER_FILE, 1)
    for block in read_blocks(file, (0, size)):
        yield block
        if done // step != (done + len(block)) // step:
            report((done + len(block)) / size)
        done += len(block)


def _require_same_audio(path: Path, before: Survey, after: Survey) -> None:
    if before.audio != after.audio:
        raise UserError(
            f"The tags of {shown(path)} cannot be written without touching its audio.",
            "Nothing was changed; export the file again.",
        )


def _require_same_tags(path: Path, container: Container, draft: Path, sheet: TagSheet) -> None:
    written, wanted = container.read(draft), TagSheet(container.fit(sheet))
    for key in wanted:
        if written.get(key, ()) != wanted[key]:
            raise UserError(
                f"{shown(path)} cannot hold this {FIELDS[key].label}: {sheet.text(key)[:80]}.",
                "Nothing was changed; use another value.",
            )
    if sheet.artwork is not None and (written.artwork or NO_PICTURE).data != sheet.artwork.data:
        raise UserError(f"{shown(path)} cannot hold this artwork.", "Nothing was changed.")


def _shell(path: Path, container: Container, before: Survey, after: Survey) -> Shell:
    with path.open("rb") as file:
        layout = container.layout(file)
        lengths = tuple(length for _, length in layout.spans)
        mtime_ns = os.fstat(file.fileno()).st_mtime_ns
        return Shell(before.sha256, after.sha256, mtime_ns, read_pieces(file, layout), lengths)

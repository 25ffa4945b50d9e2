"""A draft beside a file that takes the file's place whole, or leaves no trace."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from indieartist.audio.sniff import shown
from indieartist.errors import UserError

WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
NAME_LENGTH = 60
SUFFIX = ".part"
ABANDONED_S = 3600  # no write takes this long without touching its draft


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give an empty file in the folder of `path`; at the end it is flushed and takes its place.

    A link is followed, so the file behind it is replaced; permissions and extended attributes are
    kept, the time of change is the draft's. Raises UserError where the file is read-only or was
    changed by someone else in the meantime. On any error the draft goes and `path` is untouched;
    the hidden draft of a write that was killed goes with a later write of the same file.
    """
    target = path.resolve(strict=True)
    before = _require_writable(target)
    prefix = f".{target.name[:NAME_LENGTH]}."
    _sweep(target.parent, prefix)
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=SUFFIX, dir=target.parent)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        _dress(draft, target)
        if _stamp(target.stat()) != _stamp(before):
            raise UserError(f"{shown(path)} was changed by another program.", "Try again.")
        draft.replace(target)
        _flush_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def _sweep(folder: Path, prefix: str) -> None:
    """Delete the drafts that killed writes left; one that is still written to is young."""
    for draft in folder.glob(f"{escape(prefix)}*{SUFFIX}"):
        with suppress(FileNotFoundError):  # another program swept it
            if time.time() - draft.stat().st_mtime > ABANDONED_S:
                draft.unlink()


def _require_writable(target: Path) -> os.stat_result:
    found = target.stat()
    if not found.st_mode & WRITE_BITS or not os.access(target, os.W_OK):
        raise UserError(f"{shown(target)} is read-only.", "Allow writing to it and try again.")
    return found


def _dress(draft: Path, target: Path) -> None:
    """Give the draft the target's owner, permissions and attributes, and flush it to the disk."""
    times, owned = draft.stat(), target.stat()
    if (times.st_uid, times.st_gid) != (owned.st_uid, owned.st_gid):
        with suppress(PermissionError):  # only root can give files away
            os.chown(draft, owned.st_uid, owned.st_gid)
    shutil.copystat(target, draft)
    os.utime(draft, ns=(times.st_atime_ns, times.st_mtime_ns))
    with draft.open("rb") as file:
        os.fsync(file.fileno())


def _stamp(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


def _flush_folder(folder: Path) -> None:
    """Put the new name on the disk; only POSIX can open a folder for that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

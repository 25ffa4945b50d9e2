"""Files that are asked for: their names, and whether they may be written."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from indieartist.errors import UserError, world_error
from indieartist.library.database import sync_file

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST = 80


def claim_path(path: Path, *, force: bool = False) -> Path:
    """The path, where nothing is in its way; raises UserError for a file that is there already."""
    if path.exists() and not force:
        raise UserError(f"There is a file {path} already.", "Give --force to replace it.")
    return path


def safe_name(title: str) -> str:
    """A title as the name of a file on any system."""
    return _UNSAFE.sub("_", title).strip(" .")[:_LONGEST] or "untitled"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is either all there or not at all, whatever stops the program."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        sync_file(partial)
        partial.replace(path)
    except OSError as error:
        raise world_error(error, path) from error
    finally:
        with suppress(OSError):  # what the disk said first is what counts
            partial.unlink(missing_ok=True)

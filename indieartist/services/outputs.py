"""Files that are asked for: their names, and whether they may be written."""

from __future__ import annotations

import re
from pathlib import Path

from indieartist.errors import UserError

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

"""Importing a catalogue."""

from __future__ import annotations

from pathlib import Path

from indieartist.readers import tables


def read_text(path: Path) -> str:
    """A text file of any encoding; raises UserError where it is none."""
    return tables.read_text(path)

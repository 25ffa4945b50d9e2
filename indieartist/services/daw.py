"""DAW projects: what one says of its song."""

from __future__ import annotations

from pathlib import Path

from indieartist.domain.project import Project


def read_project(path: Path) -> Project:
    """Everything a project says; nothing is written. Raises UserError for what is none."""
    from indieartist.readers.projects import read_project as read

    return read(path)

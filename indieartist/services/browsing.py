"""Looking through the library, however large: only what is on screen is ever read."""

from __future__ import annotations

from sqlalchemy import select

from indieartist.domain.release import Release
from indieartist.library import releases
from indieartist.library import tables as t
from indieartist.library.releases import ReleaseLine
from indieartist.services.studio import Studio

__all__ = ["ReleaseLine", "find_release", "list_newest"]


def list_newest(studio: Studio, most: int) -> list[ReleaseLine]:
    """The newest releases as lists show them; however many there are, only these are read."""
    newest = select(t.release.c.id).order_by(t.release.c.id.desc()).limit(most)
    with studio.library.read() as connection:
        return releases.read_lines(connection, t.release.c.id.in_(newest))


def find_release(studio: Studio, release_id: int | None) -> Release | None:
    """The release of this number; None where there is none."""
    known = select(t.release.c.id).where(t.release.c.id == release_id)
    with studio.library.read() as connection:
        if release_id is None or connection.execute(known).first() is None:
            return None
        return releases.get_release(connection, release_id)

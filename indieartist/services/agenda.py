"""The agenda: every release on its way with its tasks, what is due, and when it goes live."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select

from indieartist.domain.agenda import Entry, InProgress, list_entries, list_today
from indieartist.domain.progress import Report, silent
from indieartist.domain.release import Release
from indieartist.domain.territories import GoesLive, Territory, list_live, parse_territories
from indieartist.library import releases
from indieartist.library import tables as t
from indieartist.services.checking import Checker
from indieartist.services.checklist import Board, read_board
from indieartist.services.outputs import claim_path, write_whole
from indieartist.services.studio import Studio
from indieartist.system.resources import read_table

OWN_TERRITORIES = "Territories.toml"
AFTER_DAYS = 90  # the last task is due this long after release day


def read_agenda(studio: Studio, report: Report = silent) -> tuple[InProgress, ...]:
    """Every release that is not out yet, or not long enough; the next to come out first."""
    rows, checker = _list_going(studio), Checker(studio)
    found = []
    for number, (release_id, added_at) in enumerate(rows, 1):
        with studio.library.read() as connection:
            release = releases.get_release(connection, release_id)
        found.append(_progress(release, added_at, read_board(studio, release, checker)))
        report(number / len(rows))
    return tuple(found)


def read_today(studio: Studio) -> list[Entry]:
    """What is late or due today over all releases."""
    return list_today(read_agenda(studio), studio.today)


def export_calendar(
    studio: Studio, path: Path, *, force: bool = False, report: Report = silent
) -> int:
    """Write the agenda as a calendar file; return how many events it has.

    Raises UserError for a file that is there already, unless `force`.
    """
    from indieartist.visuals.calendar import write_calendar

    claim_path(path, force=force)
    going = read_agenda(studio, report)
    write_whole(path, write_calendar(going, studio.now()))
    return len(list_entries(going))


def read_places(studio: Studio) -> tuple[Territory, ...]:
    """The territories that are told apart: the program's, or those that the person chose.

    Theirs is a file `Territories.toml` in the library's folder, with rows as in ours.
    """
    own = studio.library.folder / OWN_TERRITORIES
    table = read_table(own) if own.is_file() else studio.table("territories")
    return parse_territories(table)


def read_live(studio: Studio, release: Release) -> tuple[GoesLive, ...]:
    """When the release goes live in each territory, the first one first; nothing without a date."""
    if release.release_on is None:
        return ()
    return list_live(release.release_on, read_places(studio))


def _list_going(studio: Studio) -> list[tuple[int, datetime]]:
    """Releases not out for longer than the last task; undated ones while they are young.

    What was out before it came into the library has no plan: nobody is late for it.
    """
    r = t.release.c
    since = studio.today - timedelta(days=AFTER_DAYS)
    young = studio.now() - timedelta(days=AFTER_DAYS)
    going = or_(r.release_on >= since, r.release_on.is_(None) & (r.added_at >= young))
    order = (r.release_on.is_(None), r.release_on, r.id)
    query = select(r.id, r.added_at, r.release_on).where(going).order_by(*order)
    with studio.library.read() as connection:
        rows = connection.execute(query).all()
    return [(row.id, row.added_at) for row in rows if not _came_after(row)]


def _came_after(row: Any) -> bool:
    """Whether the release was out before the day it came into the library."""
    return bool(row.release_on and row.release_on < row.added_at.astimezone().date())


def _progress(release: Release, added_at: datetime, board: Board) -> InProgress:
    return InProgress(
        release_id=release.id,
        title=release.title,
        artist_line=release.artist_line,
        label=release.label,
        release_on=release.release_on,
        added_at=added_at,
        artwork_hash=release.artwork.hash if release.artwork else None,
        tasks=board.tasks,
        readiness=board.readiness,
    )

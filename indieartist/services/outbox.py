"""The outbox: what is planned, due, sent or stuck, and what a person can say to each of it."""

from __future__ import annotations

from filelock import FileLock, Timeout

from indieartist.domain.progress import Report, silent
from indieartist.domain.publishing import Publication, State
from indieartist.errors import UserError, WorldError
from indieartist.library import outbox
from indieartist.services.sending import advance, move
from indieartist.services.studio import Studio

RESUMABLE = (State.MISSED, State.REJECTED, State.NEEDS_HUMAN)


def publish_due(studio: Studio, report: Report = silent) -> list[Publication]:
    """Send what is due, look into what was cut off; return what was worked on, as it now stands.

    One program at a time: raises WorldError when another is publishing from this library.
    """
    try:
        with FileLock(studio.library.folder / "outbox.lock", timeout=0):
            with studio.library.read() as connection:
                due = outbox.list_due(connection, studio.now())
            for number, publication in enumerate(due):
                report(number / len(due))
                advance(studio, publication)
    except Timeout as error:
        raise WorldError(
            "Another program is publishing from this library.", "It will send what is due."
        ) from error
    return _again(studio, due)


def publish_now(studio: Studio, publication_id: int, report: Report = silent) -> Publication:
    """Send one publication at once; return how it stands afterwards."""
    try:
        with FileLock(studio.library.folder / "outbox.lock", timeout=60):
            advance(studio, get_publication(studio, publication_id), report)
    except Timeout as error:
        raise WorldError(
            "Another program is publishing from this library.", "Try again in a minute."
        ) from error
    return get_publication(studio, publication_id)


def get_publication(studio: Studio, publication_id: int) -> Publication:
    """One publication; raises UserError when there is none."""
    with studio.library.read() as connection:
        return outbox.get_publication(connection, publication_id)


def list_publications(studio: Studio, release_id: int | None = None) -> list[Publication]:
    """Everything in the outbox, of one release if asked."""
    with studio.library.read() as connection:
        return outbox.list_publications(connection, release_id)


def cancel_publication(studio: Studio, publication: Publication) -> None:
    """Take a publication back before anything of it left; raises UserError afterwards."""
    if not publication.cancellable:
        raise UserError(
            f"P{publication.id} cannot be cancelled: it is {publication.state.value}.",
            "What left the machine cannot be taken back from here.",
        )
    move(studio, publication, State.CANCELLED)


def send_missed(studio: Studio, publication: Publication) -> None:
    """Send what was missed, refused or cancelled after all, with the next `publish_due`."""
    if publication.state not in (*RESUMABLE, State.CANCELLED):
        raise UserError(f"P{publication.id} is {publication.state.value}; there is nothing to do.")
    move(studio, publication, State.WAITING, next_at=studio.now())


def settle(studio: Studio, publication: Publication, *, was_sent: bool, url: str = "") -> None:
    """Answer the one question only a person can: did an uncertain publication go out?"""
    if publication.state is not State.UNCERTAIN:
        raise UserError(f"P{publication.id} is {publication.state.value}, not uncertain.")
    with studio.library.write() as connection:
        for row in outbox.list_steps(connection, publication.id):
            if row.state is State.SENDING:
                state = State.SENT if was_sent else State.PLANNED
                remote = {"id": "", "url": url} if was_sent else None
                outbox.set_step(connection, row.id, state=state.value, remote=remote)
    move(studio, publication, State.WAITING, next_at=studio.now())


def _again(studio: Studio, publications: list[Publication]) -> list[Publication]:
    return [get_publication(studio, publication.id) for publication in publications]

"""The outbox: what is planned, due, sent or stuck, and what a person can say to each of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from filelock import FileLock, Timeout

from indieartist.domain.identifiers import find_gtin
from indieartist.domain.progress import Report, silent
from indieartist.domain.publishing import BINDS, Publication, State
from indieartist.domain.release import Release
from indieartist.errors import UserError, WorldError
from indieartist.library import outbox
from indieartist.services import accounts, editing, finding
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
        found = outbox.get_publication(connection, publication_id)
    return _with_carrier(studio, found)


def list_publications(studio: Studio, release_id: int | None = None) -> list[Publication]:
    """Everything in the outbox, of one release if asked."""
    with studio.library.read() as connection:
        found = outbox.list_publications(connection, release_id)
    return [_with_carrier(studio, publication) for publication in found]


def _with_carrier(studio: Studio, publication: Publication) -> Publication:
    """Whether a person carries it: a publication waits for their word."""
    return replace(publication, by_hand=accounts.is_by_hand(studio, publication.adapter))


def hand_over(
    studio: Studio, publication: Publication, *, gtin: str = "", url: str = ""
) -> Publication:
    """Note that the person has given what was built to the store: its codes are locked from now on.

    `gtin` is the UPC that the store gave to a release without one; it becomes the release's. Codes
    that the release got since it was built are locked too. Raises UserError for what is not built.
    """
    if not publication.by_hand or publication.state is not State.SENT:
        raise UserError(
            f"P{publication.id} is nothing that waits to be handed over.",
            "Only what was built for you to carry to a store is; `outbox list` lists all.",
        )
    release = finding.get_release(studio, f"R{publication.release_id}")
    if gtin and not release.gtin:
        editing.edit_release(studio, release, {"gtin": gtin})
        release = finding.get_release(studio, f"R{release.id}")
    elif gtin and find_gtin(gtin) != find_gtin(release.gtin):
        raise UserError(
            f"“{release.title}” has the UPC {release.gtin}, not {gtin}.",
            "Correct the release first, and build the package again.",
        )
    with studio.library.write() as connection:
        item = _with_codes(outbox.item_of(connection, publication.id), release)
        outbox.hand_over(connection, publication.id, {**item, BINDS: True}, studio.now(), url)
    return get_publication(studio, publication.id)


def take_handover_back(studio: Studio, publication: Publication) -> Publication:
    """Say that it was not handed over after all; its codes can be changed again."""
    if publication.handed_at is None:
        raise UserError(f"P{publication.id} was not handed over.")
    with studio.library.write() as connection:
        outbox.take_handover_back(connection, publication.id)
    return get_publication(studio, publication.id)


def _with_codes(item: dict[str, Any], release: Release) -> dict[str, Any]:
    """What was built, with the codes that the store or the person gave it since."""
    built = item.get("tracks", [])
    if len(built) == len(release.tracks):
        pairs = zip(built, release.tracks, strict=True)
        built = [{**was, "isrc": was["isrc"] or track.isrc} for was, track in pairs]
    return {**item, "gtin": item.get("gtin") or release.gtin, "tracks": built}


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

"""Editing: every act on the facts of a release and its tracks, each one undoable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from indieartist.domain.codes import parse_code
from indieartist.domain.content_id import CHOICES
from indieartist.domain.credits import ROLES
from indieartist.domain.identifiers import parse_gtin, parse_isrc
from indieartist.domain.release import Credit, Mix, Release, Track
from indieartist.errors import UserError
from indieartist.library import contents
from indieartist.library import tables as t
from indieartist.library.history import Act
from indieartist.services.studio import Studio

EXPLICIT = ("", "none", "explicit", "clean")


def _line(text: str) -> str:
    return " ".join(text.split())


def _prose(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"“{text}” is not a day.", "Write it as 2026-12-04.") from error


def _gtin(text: str) -> str:
    return parse_gtin(text) if text.strip() else ""


def _isrc(text: str) -> str:
    return parse_isrc(text) if text.strip() else ""


def _iswc(text: str) -> str:
    return parse_code("iswc", text) if text.strip() else ""


def _explicit(text: str) -> str:
    if text not in EXPLICIT:
        raise UserError(f"“{text}” is not an advisory.", "Choose none, explicit or clean.")
    return text


def _content_id(text: str) -> str:
    if text not in CHOICES:
        raise UserError(f"“{text}” is no answer about Content ID.", "Choose yes, no or shared.")
    return text


Parse = Callable[[str], Any]

RELEASE_FIELDS: dict[str, tuple[str, Parse]] = {
    "title": ("title", _line),
    "version": ("version", _line),
    "label": ("label", _line),
    "catalogue_number": ("catalogue number", _line),
    "gtin": ("GTIN", _gtin),
    "release_on": ("release date", _day),
    "original_release_on": ("original release date", _day),
    "genre": ("genre", _line),
    "language": ("language", _line),
    "p_line": ("P line", _line),
    "c_line": ("C line", _line),
    "ai_disclosure": ("AI disclosure", _line),
    "content_id": ("Content ID", _content_id),
    "description": ("description", _prose),
}
TRACK_FIELDS: dict[str, tuple[str, Parse]] = {
    "title": ("title", _line),
    "version": ("version", _line),
    "isrc": ("ISRC", _isrc),
    "iswc": ("ISWC", _iswc),
    "explicit": ("advisory", _explicit),
    "language": ("language", _line),
    "genre": ("genre", _line),
    "lyrics": ("lyrics", _prose),
}


def new_release(studio: Studio, title: str, artists: Sequence[str] = ()) -> int:
    """Start an empty release; return its number."""
    with studio.library.act(f"New release “{title}”") as act:
        release_id = act.insert(t.release, title=_line(title), added_at=studio.now())
        replace_credits(act, t.credit.c.release_id, release_id, _as_artists(artists))
    return release_id


def edit_release(studio: Studio, release: Release, values: Mapping[str, str]) -> None:
    """Set fields of a release from text; a single's only track keeps the release's title.

    Raises UserError for an unknown field or a value that cannot be one.
    """
    parsed = _parsed(values, RELEASE_FIELDS)
    with studio.library.act(_label(parsed, RELEASE_FIELDS, release.title)) as act:
        act.update(t.release, release.id, **parsed)
        same = {name: parsed[name] for name in ("title", "version") if name in parsed}
        if len(release.tracks) == 1 and same and release.tracks[0].title == release.title:
            act.update(t.track, release.tracks[0].id, **same)


def edit_track(studio: Studio, track: Track, values: Mapping[str, str]) -> None:
    """Set fields of a track from text; raises UserError as `edit_release` does."""
    parsed = _parsed(values, TRACK_FIELDS)
    with studio.library.act(_label(parsed, TRACK_FIELDS, track.title)) as act:
        act.update(t.track, track.id, **parsed)


def set_artists(studio: Studio, release: Release, names: Sequence[str]) -> None:
    """Name the primary artists of a release, in order; its other credits stay."""
    others = tuple(credit for credit in release.credits if credit.role != "artist")
    with studio.library.act(f"Artists of “{release.title}”") as act:
        replace_credits(act, t.credit.c.release_id, release.id, (*_as_artists(names), *others))


def set_release_credits(studio: Studio, release: Release, credits: Sequence[Credit]) -> None:
    """Replace all credits of a release."""
    with studio.library.act(f"Credits of “{release.title}”") as act:
        replace_credits(act, t.credit.c.release_id, release.id, credits)


def set_track_credits(studio: Studio, track: Track, credits: Sequence[Credit]) -> None:
    """Replace all credits of a track."""
    with studio.library.act(f"Credits of “{track.title}”") as act:
        replace_credits(act, t.credit.c.track_id, track.id, credits)


def set_links(studio: Studio, release: Release, links: Sequence[tuple[str, str]]) -> None:
    """Replace the places where a release can be found: (service, address)."""
    for _service, url in links:
        if not url.startswith(("https://", "http://")):
            raise UserError(f"“{url}” is not a web address.", "It begins with https://.")
    with studio.library.act(f"Links of “{release.title}”") as act:
        for row_id in _ids(act.connection, t.link, t.link.c.release_id == release.id):
            act.delete(t.link, row_id)
        for position, (service, url) in enumerate(links, 1):
            act.insert(t.link, release_id=release.id, position=position, service=service, url=url)


def set_artwork(studio: Studio, release: Release, path: Path) -> None:
    """Take a picture into the vault as the release's cover; raises UserError if it is none."""
    from indieartist.visuals.artwork import read_artwork

    artwork = read_artwork(path)
    suffix = ".jpg" if artwork.format == "JPEG" else f".{artwork.format.lower()}"
    if studio.library.vault.add_file(path, suffix) != artwork.hash:
        raise UserError(f"{path.name} was changed while it was being read.", "Try again.")
    with studio.library.act(f"Artwork of “{release.title}”") as act:
        contents.remember_artwork(act.connection, artwork, suffix)
        act.update(t.release, release.id, artwork_hash=artwork.hash)


def remove_artwork(studio: Studio, release: Release) -> None:
    """Take the cover off the release."""
    with studio.library.act(f"Remove artwork of “{release.title}”") as act:
        act.update(t.release, release.id, artwork_hash=None)


def approve_mix(studio: Studio, track: Track, mix: Mix | None) -> None:
    """Approve one mix of a track for release, or none; only an approved mix is delivered."""
    label = f"Approve mix {mix.number} of" if mix else "Withdraw approval of"
    with studio.library.act(f"{label} “{track.title}”") as act:
        act.update(t.track, track.id, approved_mix_id=mix.id if mix else None)


def order_tracks(studio: Studio, release: Release, track_ids: Sequence[int]) -> None:
    """Put the tracks of a release in this order; every track must be named once."""
    if sorted(track_ids) != sorted(track.id for track in release.tracks):
        raise UserError("The order must name each track of the release once.")
    with studio.library.act(f"Track order of “{release.title}”") as act:
        for position, track_id in enumerate(track_ids, 1):
            act.update(t.track, track_id, position=position)


def move_track(studio: Studio, track: Track, release: Release) -> None:
    """Move a track to the end of another release."""
    with studio.library.act(f"Move “{track.title}” to “{release.title}”") as act:
        act.update(t.track, track.id, release_id=release.id, position=len(release.tracks) + 1)
        for row_id in _ids(act.connection, t.attachment, t.attachment.c.track_id == track.id):
            act.update(t.attachment, row_id, release_id=release.id)
        _close_ranks(act, track.release_id)


def remove_mix(studio: Studio, track: Track, mix: Mix) -> None:
    """Take a mix off its track; its audio stays in the vault, so undo brings it back."""
    with studio.library.act(f"Remove mix {mix.number} of “{track.title}”") as act:
        if track.approved_mix_id == mix.id:
            act.update(t.track, track.id, approved_mix_id=None)
        act.delete(t.mix, mix.id)


def remove_track(studio: Studio, track: Track) -> None:
    """Take a track with its mixes and credits off its release."""
    with studio.library.act(f"Remove track “{track.title}”") as act:
        _delete_track(act, track.id)
        _close_ranks(act, track.release_id)


def remove_release(studio: Studio, release: Release) -> None:
    """Remove a release and everything on it; raises UserError once something was published."""
    with studio.library.act(f"Remove release “{release.title}”") as act:
        if _ids(act.connection, t.publication, t.publication.c.release_id == release.id):
            raise UserError(
                f"“{release.title}” has been published or scheduled.", "It stays for the record."
            )
        for table in (t.attachment, t.credit, t.link, t.attestation):
            for row_id in _ids(act.connection, table, table.c.release_id == release.id):
                act.delete(table, row_id)
        for track in release.tracks:
            _delete_track(act, track.id)
        act.delete(t.release, release.id)


def _parsed(values: Mapping[str, str], fields: Mapping[str, tuple[str, Parse]]) -> dict[str, Any]:
    unknown = [name for name in values if name not in fields]
    if unknown:
        raise UserError(f"There is no field “{unknown[0]}”.", f"Fields: {', '.join(fields)}.")
    return {name: fields[name][1](value) for name, value in values.items()}


def _label(parsed: Mapping[str, Any], fields: Mapping[str, tuple[str, Parse]], title: str) -> str:
    names = [fields[name][0] for name in parsed]
    what = names[0] if len(names) == 1 else f"{len(names)} fields"
    return f"Edit {what} of “{title}”"


def _as_artists(names: Sequence[str]) -> tuple[Credit, ...]:
    return tuple(Credit(_line(name), "artist") for name in names if name.strip())


def replace_credits(act: Act, owner: Any, owner_id: int, credits: Sequence[Credit]) -> None:
    """Give a release or track (`owner` is the column that names it) these credits alone."""
    for credit in credits:
        if credit.role not in ROLES:
            raise UserError(f"There is no role “{credit.role}”.", f"Roles: {', '.join(ROLES)}.")
    for row_id in _ids(act.connection, t.credit, owner == owner_id):
        act.delete(t.credit, row_id)
    for position, credit in enumerate(credits, 1):
        act.insert(
            t.credit,
            **{owner.name: owner_id},
            position=position,
            name=_line(credit.name),
            role=credit.role,
            instrument=_line(credit.instrument),
        )


def _delete_track(act: Act, track_id: int) -> None:
    for table in (t.mix, t.credit, t.attachment):
        for row_id in _ids(act.connection, table, table.c.track_id == track_id):
            act.delete(table, row_id)
    act.delete(t.track, track_id)


def _close_ranks(act: Act, release_id: int) -> None:
    query = select(t.track.c.id).where(t.track.c.release_id == release_id)
    ids = act.connection.execute(query.order_by(t.track.c.position)).scalars().all()
    for position, track_id in enumerate(ids, 1):
        act.update(t.track, track_id, position=position)


def _ids(connection: Connection, table: Table, where: Any) -> list[int]:
    return list(connection.execute(select(table.c.id).where(where)).scalars())

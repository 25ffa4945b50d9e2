"""Covers: where the picture of a release lies, and what can be seen on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from indieartist.domain.preflight.registry import Redraw
from indieartist.domain.release import Artwork, Release
from indieartist.library import contents
from indieartist.services.studio import Studio


def cover_path(studio: Studio, artwork_hash: str) -> Path:
    """Where a cover lies; raises UserError when it is missing."""
    with studio.library.read() as connection:
        suffix = contents.artwork_suffix(connection, artwork_hash)
    return studio.library.vault.get_path(artwork_hash, suffix)


def needs_look(artwork: Artwork | None) -> bool:
    """Whether nobody has looked at the cover yet, or more could be read on it now."""
    from indieartist.visuals.codes import can_read_codes
    from indieartist.visuals.words import can_read_words

    if artwork is None:
        return False
    look = artwork.look
    if look is None:
        return True
    more = (look.words is None and can_read_words(), look.codes is None and can_read_codes())
    return any(more)


def look_at(studio: Studio, release: Release) -> Release:
    """The release with its cover looked at; seconds the first time, kept by the picture's hash."""
    from indieartist.visuals.look import look_at_cover

    artwork = release.artwork
    if artwork is None or not needs_look(artwork):
        return release
    look = look_at_cover(cover_path(studio, artwork.hash))
    with studio.library.write() as connection:
        contents.remember_look(connection, artwork.hash, look)
    return replace(release, artwork=replace(artwork, look=look))


def redraw(studio: Studio, artwork: Artwork, how: Redraw) -> Artwork:
    """A cover made of another and taken into the vault, where the other stays."""
    from indieartist.visuals.artwork import read_artwork, render_cover

    vault = studio.library.vault
    making = vault.new_path(".jpg")
    try:
        render_cover(cover_path(studio, artwork.hash), making, how.side_px)
        made = read_artwork(making)
        vault.adopt(making, ".jpg")
    finally:
        making.unlink(missing_ok=True)
    return made

"""Covers: where the picture of a release lies, by the hash that lists carry."""

from __future__ import annotations

from pathlib import Path

from indieartist.library import releases
from indieartist.services.studio import Studio


def cover_path(studio: Studio, artwork_hash: str) -> Path:
    """Where a cover lies; raises UserError when it is missing."""
    with studio.library.read() as connection:
        suffix = releases.artwork_suffix(connection, artwork_hash)
    return studio.library.vault.get_path(artwork_hash, suffix)

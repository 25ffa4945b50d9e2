"""The checks, one module a subject; importing this room enters them all in `CHECKS`."""

from indieartist.domain.preflight.checks import (
    artists,
    audio,
    catalogue,
    codes,
    cover,
    cover_words,
    credit_groups,
    declarations,
    delivered_files,
    kinds,
    lyrics,
    release_day,
    title_case,
    title_contents,
    title_form,
)
from indieartist.domain.preflight.registry import CHECKS

__all__ = [
    "CHECKS",
    "artists",
    "audio",
    "catalogue",
    "codes",
    "cover",
    "cover_words",
    "credit_groups",
    "declarations",
    "delivered_files",
    "kinds",
    "lyrics",
    "release_day",
    "title_case",
    "title_contents",
    "title_form",
]

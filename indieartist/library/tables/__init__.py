"""The tables of the library; Alembic's migrations are held against them by a test."""

from indieartist.library.tables.columns import Moment, metadata
from indieartist.library.tables.files import (
    artwork,
    attached_file,
    audio,
    measurement,
    seen_file,
    tag_shell,
    verdict,
)
from indieartist.library.tables.history import act, act_change
from indieartist.library.tables.lists import entry, entry_trigram, entry_words
from indieartist.library.tables.made import (
    attachment,
    attestation,
    credit,
    link,
    mix,
    person,
    release,
    track,
    track_project,
)
from indieartist.library.tables.numbers import issued, series
from indieartist.library.tables.sending import account, attempt, publication, step

__all__ = [
    "Moment",
    "account",
    "act",
    "act_change",
    "artwork",
    "attached_file",
    "attachment",
    "attempt",
    "attestation",
    "audio",
    "credit",
    "entry",
    "entry_trigram",
    "entry_words",
    "issued",
    "link",
    "measurement",
    "metadata",
    "mix",
    "person",
    "publication",
    "release",
    "seen_file",
    "series",
    "step",
    "tag_shell",
    "track",
    "track_project",
    "verdict",
]

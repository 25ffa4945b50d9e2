"""Tags of every container: read, written safely, restored byte for byte."""

from indieartist.audio.tags.files import (
    audio_digest,
    audio_size,
    carried,
    holds_id3,
    read_tags,
    restore_tags,
    returning,
    write_tags,
)
from indieartist.audio.tags.marks import list_marks
from indieartist.audio.tags.shell import Shell

__all__ = [
    "Shell",
    "audio_digest",
    "audio_size",
    "carried",
    "holds_id3",
    "list_marks",
    "read_tags",
    "restore_tags",
    "returning",
    "write_tags",
]

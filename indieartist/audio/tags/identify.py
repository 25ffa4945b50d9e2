"""Which container a file is."""

from __future__ import annotations

import stat
from pathlib import Path

from indieartist.audio import sniff
from indieartist.audio.tags.chunked import Aiff, Wave
from indieartist.audio.tags.container import Container
from indieartist.audio.tags.layout import MalformedError, read_span
from indieartist.audio.tags.streams import Flac, Headed, Mp4, OggFlac, OggOpus, OggVorbis


def identify(path: Path) -> Container:
    """The container by its bytes, never by its name; raises UserError where that is no audio."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise MalformedError("is no file")
    with path.open("rb") as file:
        found, start = sniff.identify(file, sniff.shown(path))
        if found == "ogg" and start == 0:
            return _identify_ogg(read_span(file, 0, OGG_HEAD_BYTES))
    return Headed() if start and found != "flac" else CONTAINERS.get(found, Headed())


def _identify_ogg(head: bytes) -> Container:
    packet = head[28:]  # behind a page header of one segment
    for start, container in OGG_STREAMS.items():
        if packet.startswith(start):
            return container
    raise MalformedError("is Ogg, but holds neither Vorbis, Opus nor FLAC")


OGG_HEAD_BYTES = 36
OGG_STREAMS = {b"\x01vorbis": OggVorbis(), b"OpusHead": OggOpus(), b"\x7fFLAC": OggFlac()}
CONTAINERS: dict[str, Container] = {
    "wav": Wave(),
    "rf64": Wave(),
    "aiff": Aiff(),
    "flac": Flac(),
    "mp4": Mp4(),
}

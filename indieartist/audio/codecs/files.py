"""Writes a sound to a file of the kind its name asks for: PCM, MP3, AAC, Opus or Vorbis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from indieartist.audio.codecs.coding import Coding
from indieartist.audio.codecs.rates import as_stereo, check_channels, resampled
from indieartist.audio.encode import replacing, write_draft
from indieartist.audio.pcm import Pcm
from indieartist.audio.sniff import shown
from indieartist.errors import UserError

if TYPE_CHECKING:
    from indieartist.audio.codecs.rates import Samples

_PCM = {".wav": "wav", ".flac": "flac", ".aiff": "aiff"}
_PLAIN = {"fflags": "+bitexact"}  # no time, no maker's name: the same sound, the same bytes


class _Kind(NamedTuple):
    """One lossy kind of file: its coder and bit rate, FFmpeg's names, the muxer's options."""

    coding: Coding
    encoder: str
    muxer: str
    options: dict[str, str]
    coder_options: dict[str, str]


_LOSSY = {
    ".mp3": _Kind(
        Coding("mp3", 256), "libmp3lame", "mp3", {"id3v2_version": "0", "write_id3v1": "0"}, {}
    ),
    ".m4a": _Kind(Coding("aac", 256), "aac", "ipod", {}, {"aac_is": "0", "aac_pns": "0"}),
    ".opus": _Kind(Coding("opus", 160), "libopus", "opus", {}, {}),
    ".ogg": _Kind(Coding("vorbis", 192), "", "", {}, {}),
}
SUFFIXES = (*_PCM, *_LOSSY)


def check_suffix(path: Path) -> None:
    """Raise UserError for a name that no kind of file here has."""
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(
            f"{shown(path)}: no sound can be written to a file of that name.",
            f"Let it end in one of {', '.join(SUFFIXES)}.",
        )


def write_sound(path: Path, blocks: Iterable[Samples], rate_hz: int, channels: int) -> None:
    """Write blocks of shape (n, channels), full scale 1.0; 24 bits where the file is PCM.

    Lossy files are stereo, at 44,100 or 48,000 Hz. The file takes its place once it is whole.
    Raises UserError for a suffix that is not known, and for lossy files beyond stereo.
    """
    check_suffix(path)
    suffix = path.suffix.lower()
    if suffix in _PCM:
        with replacing(path) as draft:
            pcm = Pcm(rate_hz, channels, 24, _PCM[suffix])
            write_draft(draft, blocks, pcm, shown(path))
        return
    check_channels(channels, f"The sound for {shown(path)}")
    kind = _LOSSY[suffix]
    to_hz = kind.coding.rate_for(rate_hz)
    stereo = map(as_stereo, resampled(blocks, channels, rate_hz, to_hz))
    with replacing(path) as draft, draft.open("xb") as file:
        _write_lossy(file, stereo, kind, to_hz)


def _write_lossy(file: BinaryIO, blocks: Iterator[Samples], kind: _Kind, rate_hz: int) -> None:
    if kind.coding.codec == "vorbis":
        from indieartist.audio.codecs.vorbis import write_vorbis

        write_vorbis(file, blocks, kind.coding.kbps, rate_hz)
        return
    import av

    from indieartist.audio.codecs.packets import make_frame

    options = _PLAIN | kind.options
    with closing(av.open(file, "w", format=kind.muxer, options=options)) as container:
        stream: Any = container.add_stream(kind.encoder, rate=rate_hz, layout="stereo")
        stream.bit_rate = kind.coding.kbps * 1000
        stream.options = kind.coder_options
        for block in blocks:
            if len(block):
                container.mux(stream.encode(make_frame(block, kind.coding.codec, rate_hz)))
        container.mux(stream.encode(None))

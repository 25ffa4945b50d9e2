"""Sound through FFmpeg's coders and back, packet by packet and in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import av
import numpy as np

if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext
    from av.audio.frame import AudioFrame

    from indieartist.audio.codecs.coding import Coding
    from indieartist.audio.codecs.rates import Samples

# Each codec's encoder, its sample format, and its decoder. The decoders give floats: libopus' own
# gives 16 bits, which would cut off the very peaks that are looked for.
_CODERS = {
    "aac": ("aac", "fltp", "aac"),
    "mp3": ("libmp3lame", "fltp", "mp3float"),
    "opus": ("libopus", "flt", "opus"),
}
_FULL_STEREO_KBPS = 160  # from here on AAC has bits for both sides of the treble
# FFmpeg's fast AAC search overflows on loud pure tones: at full scale they come out 1 dB lower.
_HEADROOM = {"aac": np.float32(0.25)}
_PROBE_FRAMES, _LONGEST_DELAY = 1 << 15, 1 << 13


class PacketCoder:
    """Encodes stereo blocks and decodes what comes out, behind by the coder's delay."""

    def __init__(self, coding: Coding, rate_hz: int) -> None:
        name, sample_format, decoder = _CODERS[coding.codec]
        self._codec, self._rate_hz = coding.codec, rate_hz
        self._headroom = _HEADROOM.get(coding.codec, np.float32(1.0))
        self._encoder = _open_encoder(name, sample_format, rate_hz, coding.kbps)
        self._decoder: Any = av.CodecContext.create(decoder, "r")
        if self._encoder.extradata:
            self._decoder.extradata = self._encoder.extradata

    def feed(self, block: Samples) -> Iterator[Samples]:
        """Take frames at the coder's rate, shape (n, 2); give those that are ready."""
        if len(block):
            frame = make_frame(block * self._headroom, self._codec, self._rate_hz)
            yield from self._decoded(self._encoder.encode(frame))

    def finish(self) -> Iterator[Samples]:
        """Give what is left."""
        yield from self._decoded(self._encoder.encode(None))
        yield from self._samples(self._decoder.decode(None))

    def _decoded(self, packets: Iterable[Any]) -> Iterator[Samples]:
        for packet in packets:
            yield from self._samples(self._decoder.decode(packet))

    def _samples(self, frames: Iterable[AudioFrame]) -> Iterator[Samples]:
        for frame in frames:
            array = frame.to_ndarray().astype(np.float32, copy=False)
            samples = array.T if frame.format.is_planar else array.reshape(-1, 2)
            yield samples / self._headroom


def code_packets(blocks: Iterable[Samples], coding: Coding, rate_hz: int) -> Iterator[Samples]:
    """Stereo blocks after the coder, its delay cut off; some frames may be left over at the end."""
    coder = PacketCoder(coding, rate_hz)
    late = delay_frames(coding, rate_hz)
    for decoded in _through(coder, blocks):
        yield decoded[late:]
        late = max(0, late - len(decoded))


@lru_cache(maxsize=32)
def delay_frames(coding: Coding, rate_hz: int) -> int:
    """By how many frames the coder comes late: measured with noise, for FFmpeg's builds differ."""
    noise = np.random.default_rng(1770).standard_normal(_PROBE_FRAMES) * 0.1
    probe = np.zeros((_PROBE_FRAMES * 2, 2), np.float32)
    probe[:_PROBE_FRAMES] = noise[:, None]
    came = np.concatenate([*_through(PacketCoder(coding, rate_hz), [probe])])[:, 0]
    size = len(probe) * 2
    spectrum = np.fft.rfft(came, size) * np.conj(np.fft.rfft(probe[:, 0], size))
    return int(np.argmax(np.fft.irfft(spectrum)[:_LONGEST_DELAY]))


def _through(coder: PacketCoder, blocks: Iterable[Samples]) -> Iterator[Samples]:
    for block in blocks:
        yield from coder.feed(block)
    yield from coder.finish()


def make_frame(block: Samples, codec: str, rate_hz: int) -> AudioFrame:
    """Stereo samples, shape (n, 2), as the encoder of that codec takes them."""
    sample_format = _CODERS[codec][1]
    rows = block.T if sample_format == "fltp" else block.reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(rows), sample_format, "stereo")
    frame.sample_rate = rate_hz
    return frame


def _open_encoder(name: str, sample_format: str, rate_hz: int, kbps: int) -> AudioCodecContext:
    encoder: Any = av.CodecContext.create(name, "w")
    encoder.sample_rate, encoder.layout, encoder.format = rate_hz, "stereo", sample_format
    encoder.bit_rate = kbps * 1000
    encoder.options = _model_options(name, kbps)
    encoder.open()
    opened: AudioCodecContext = encoder
    return opened


def _model_options(name: str, kbps: int) -> dict[str, str]:
    """What is set beside the bit rate, so that FFmpeg's AAC is a measure of others.

    Its slow search blunders now and then (a frame 7 dB over its source), and it joins the treble of
    both sides (intensity stereo) at rates where no other encoder has to. See decision 0065.
    """
    if name != "aac":
        return {}
    full = {"aac_is": "0"} if kbps >= _FULL_STEREO_KBPS else {}
    return {"aac_coder": "fast"} | full

"""A sketch of a plan: excerpts of every loudness, and where the highest peak is."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio.mastering.sketch import PEAKY, STRATA, choose_spans
from indieartist.audio.waveform import BIN_FRAMES, Waveform

RATE_HZ = 44100


def waveform(seconds: float, loud_s: float = 0.0, peak_s: float = 0.0) -> Waveform:
    """A song that is 20 dB louder for its last `loud_s`, with one peak."""
    frames = round(seconds * RATE_HZ)
    highs = np.full(-(-frames // BIN_FRAMES), 3000, np.int16)
    highs[round(peak_s * RATE_HZ / BIN_FRAMES)] = 32000
    powers = np.full(int(seconds * 10), 1e-3, np.float32)
    powers[len(powers) - round(loud_s * 10) :] = 1e-1
    return Waveform(RATE_HZ, frames, -highs, highs, highs, powers)


@given(seconds=st.floats(61, 4000), share=st.floats(0, 1))
def test_excerpts_lie_inside_the_song(seconds: float, share: float) -> None:
    song = waveform(seconds, loud_s=seconds * share)
    spans = choose_spans(song)
    assert len(spans) == STRATA + PEAKY
    assert all(0 <= start < end <= song.frames for start, end in spans)
    assert sorted(spans) == spans


@given(loud_s=st.sampled_from([0.0, 60.0, 150.0, 270.0, 300.0]))
def test_each_loudness_has_its_share(loud_s: float) -> None:
    song = waveform(300.0, loud_s)
    inside = [start for start, _ in choose_spans(song) if start >= (300 - loud_s) * RATE_HZ]
    assert abs(len(inside) / STRATA - loud_s / 300) <= 2 / STRATA


@given(peak_s=st.floats(0, 298))
def test_the_highest_peak_is_heard(peak_s: float) -> None:
    at = round(peak_s * RATE_HZ / BIN_FRAMES) * BIN_FRAMES
    spans = choose_spans(waveform(300.0, peak_s=peak_s))
    assert any(start <= at < end for start, end in spans)

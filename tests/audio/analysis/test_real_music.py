"""Tempo and key of the real song."""

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile

from indieartist.audio.analysis.key import KeyMeter
from indieartist.audio.analysis.rates import LowRates
from indieartist.audio.analysis.tempo import TempoMeter


@pytest.mark.real
def test_a_real_song_has_its_tempo_and_key(real_song: Path) -> None:
    """95 BPM say the notes that its author charted for the game; D major say essentia and we."""
    samples, rate_hz = soundfile.read(real_song, dtype="float32", always_2d=True)
    rates, meter, key_meter = LowRates(rate_hz, samples.shape[1]), TempoMeter(), KeyMeter()
    for high, low in (rates.feed(samples.T.copy()), rates.flush()):
        meter.feed(high)
        key_meter.feed(low)
    tempo, key = meter.result(len(samples) / rate_hz), key_meter.result()
    assert tempo is not None
    assert tempo.bpm == pytest.approx(95.0, abs=0.05)
    assert tempo.confidence > 0.8
    assert key is not None
    assert key.text == "D major"

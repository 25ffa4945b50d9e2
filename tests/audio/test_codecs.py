"""What comes out of a coder stands where it went in, is as long, and leaves nothing behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio.codecs.coding import Coding
from indieartist.audio.codecs.limiter import limited
from indieartist.audio.codecs.rates import check_channels, resampled
from indieartist.audio.codecs.round_trip import round_trip
from indieartist.audio.codecs.vorbis import quality_of
from indieartist.domain.platforms import PeakLimiter
from indieartist.errors import UserError

Samples = NDArray[np.float32]
RATE_HZ = 44_100
LOSSY = [
    Coding("aac", 128),
    Coding("aac", 256),
    Coding("mp3", 128),
    Coding("mp3", 320),
    Coding("opus", 64),
    Coding("opus", 128),
    Coding("opus", 160),
    Coding("vorbis", 96),
    Coding("vorbis", 160),
    Coding("vorbis", 320),
]


def clicks(seconds: float = 2.0, rate_hz: int = RATE_HZ, channels: int = 2) -> Samples:
    """Short wide-band bursts at irregular moments, over a quiet noise."""
    random = np.random.default_rng(5)
    count = round(seconds * rate_hz)
    sound = random.normal(0, 0.003, (count, channels))
    for at in random.integers(500, max(count - 900, 501), 24):
        burst = random.normal(0, 0.25, (64, channels)) * np.hanning(64)[:, None]
        sound[at : at + 64] += burst[: len(sound) - at]
    return sound.astype(np.float32)


def cut(sound: Samples, size: int = 10_000) -> Iterator[Samples]:
    return (sound[start : start + size] for start in range(0, len(sound), size))


def coded(sound: Samples, coding: Coding, rate_hz: int = RATE_HZ) -> Samples:
    return np.concatenate([*round_trip(cut(sound), sound.shape[1], rate_hz, coding)])


def lag(before: Samples, after: Samples) -> int:
    """By how many frames `after` comes late."""
    size = 2 * max(len(before), len(after))
    spectrum = np.fft.rfft(after[:, 0], size) * np.conj(np.fft.rfft(before[:, 0], size))
    at = int(np.argmax(np.fft.irfft(spectrum)))
    return at if at < size // 2 else at - size


@pytest.mark.parametrize("coding", LOSSY, ids=lambda coding: coding.label)
def test_decoded_sound_stands_on_the_sample_where_it_went_in(coding: Coding) -> None:
    before = clicks()
    after = coded(before, coding)
    rate_hz = coding.rate_for(RATE_HZ)
    expected = np.concatenate([*resampled(cut(before), 2, RATE_HZ, rate_hz)])
    assert len(after) == len(expected)
    assert abs(lag(expected, after)) <= 1
    error = np.sqrt(np.mean((after - expected) ** 2) / np.mean(expected**2))
    assert 0 < error < 0.9  # it is the same sound, and it went through a coder


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 32_000, 48_000, 88_200, 96_000, 192_000])
@pytest.mark.parametrize("codec", ["aac", "mp3", "opus", "vorbis"])
def test_any_rate_is_brought_to_one_that_is_sent(codec: str, rate_hz: int) -> None:
    coding = Coding(codec, 128)
    before = clicks(0.7, rate_hz)
    after = coded(before, coding, rate_hz)
    sent_hz = coding.rate_for(rate_hz)
    assert sent_hz in (44_100, 48_000)
    expected = np.concatenate([*resampled(cut(before), 2, rate_hz, sent_hz)])
    assert len(after) == len(expected) == pytest.approx(0.7 * sent_hz, abs=2)
    assert abs(lag(expected, after)) <= 1


@pytest.mark.parametrize("codec", ["aac", "mp3", "opus", "vorbis"])
@pytest.mark.parametrize("frames", [1, 100, 1024, 4_410])
def test_the_shortest_sounds_keep_their_length(codec: str, frames: int) -> None:
    coding = Coding(codec, 128)
    after = coded(clicks(0.2)[:frames], coding)
    expected = round(frames * coding.rate_for(RATE_HZ) / RATE_HZ)
    assert abs(len(after) - expected) <= 1
    assert np.isfinite(after).all()


def test_mono_comes_back_on_both_sides() -> None:
    after = coded(clicks(0.5, channels=1), Coding("vorbis", 160))
    assert after.shape[1] == 2
    assert np.abs(after[:, 0] - after[:, 1]).max() < 1e-3


def test_silence_stays_silence() -> None:
    silence = np.zeros((RATE_HZ, 2), np.float32)
    for coding in LOSSY[::3]:
        assert np.abs(coded(silence, coding)).max() < 1e-3


def test_lossless_is_the_sound_itself_at_the_rate_that_is_sent() -> None:
    sound = clicks(0.5)
    assert np.array_equal(coded(sound, Coding("lossless")), sound)
    assert len(coded(sound, Coding("lossless", 0, 22_050))) == len(sound) // 2


def test_peaks_over_full_scale_are_not_cut_off() -> None:
    at = np.arange(RATE_HZ) / RATE_HZ
    loud = np.repeat(1.4 * np.sin(2 * np.pi * 997 * at)[:, None], 2, 1).astype(np.float32)
    for coding in (Coding("aac", 256), Coding("mp3", 320), Coding("opus", 160)):
        assert np.abs(coded(loud, coding)[5000:-5000]).max() > 1.3, coding.label
    assert np.abs(coded(loud, Coding("vorbis", 320))[5000:-5000]).max() > 1.3


@pytest.mark.parametrize("coding", LOSSY, ids=lambda coding: coding.label)
def test_a_loud_pure_tone_comes_back_as_it_was(coding: Coding) -> None:
    at = np.arange(RATE_HZ) / RATE_HZ
    tone = np.repeat(0.95 * np.sin(2 * np.pi * 440 * at)[:, None], 2, 1).astype(np.float32)
    after = coded(tone, coding)
    rate_hz = coding.rate_for(RATE_HZ)
    before = np.concatenate([*resampled(cut(tone), 2, RATE_HZ, rate_hz)])
    middle = slice(5_000, -5_000)
    error = np.sqrt(np.mean((after[middle] - before[middle]) ** 2) / np.mean(before[middle] ** 2))
    assert error < 0.05  # -26 dB; an encoder that overflows errs by -9 dB


def test_stopping_early_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sound = clicks(3.0)
    for coding in (Coding("vorbis", 160), Coding("aac", 128)):
        blocks = round_trip(cut(sound), 2, RATE_HZ, coding)
        next(blocks)
        blocks.close()
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_here_is_said() -> None:
    with pytest.raises(UserError, match="24 kbit/s HE-AAC-V2 has no model here"):
        coded(clicks(0.1), Coding("he-aac-v2", 24))
    with pytest.raises(UserError, match="6 channels"):
        check_channels(6, "x.wav")


def test_vorbis_qualities_are_those_of_its_nominal_rates() -> None:
    assert [quality_of(kbps) for kbps in (96, 160, 320)] == [0.2, 0.5, 0.9]


LIMITER = PeakLimiter(-1.0, 5.0, 100.0)
THRESHOLD = 10 ** (-1 / 20)


@settings(max_examples=40)
@given(
    st.integers(1, 9_000),
    st.integers(1, 3_000),
    st.floats(0.05, 8.0),
    st.integers(0, 2**32 - 1),
)
def test_no_sample_passes_the_limiter(frames: int, size: int, level: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    sound = (random.normal(0, level, (frames, 2)) * (random.random((frames, 1)) < 0.01)).astype(
        np.float32
    )
    out = np.concatenate([*limited(cut(sound, size), RATE_HZ, LIMITER)])
    assert len(out) == len(sound)
    assert np.abs(out).max(initial=0) <= THRESHOLD * (1 + 1e-6)
    assert (np.abs(out) <= np.abs(sound) + 1e-9).all()  # it only turns down
    whole = np.concatenate([*limited([sound], RATE_HZ, LIMITER)])
    assert np.allclose(out, whole, atol=1e-6)  # however the blocks are cut


def test_what_lies_below_the_threshold_passes_untouched() -> None:
    sound = clicks(0.5) * 0.5
    out = np.concatenate([*limited(cut(sound), RATE_HZ, LIMITER)])
    assert np.array_equal(out, sound)


def test_the_limiter_lets_go_within_its_release() -> None:
    sound = np.full((RATE_HZ, 2), 0.5, np.float32)
    sound[10_000] = 1.8
    out = np.concatenate([*limited(cut(sound), RATE_HZ, LIMITER)])[:, 0]
    assert out[9_000] == 0.5  # 23 ms before
    assert out[10_200] < 0.3
    reduction_db = -20 * np.log10(out[10_000 + 4_410] / 0.5)
    over_db = 20 * np.log10(1.8 / THRESHOLD)
    assert reduction_db == pytest.approx(over_db / np.e, rel=0.15)

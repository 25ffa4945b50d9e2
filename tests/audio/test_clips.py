"""Clips and samplers: the right stretch, its ends faded, matched, joined, in every kind of file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio.clips import (
    Cut,
    Grid,
    Stretch,
    cut,
    find_loudest,
    render_clip,
    render_sampler,
)
from indieartist.audio.codecs.files import SUFFIXES
from indieartist.audio.measure import measure_file
from indieartist.errors import Cancelled, UserError

RATE_HZ = 44_100


def song(seconds: float, level: float = 0.2, rate_hz: int = RATE_HZ, channels: int = 2) -> Cut:
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    tone = level * np.sin(2 * np.pi * 440 * at) + level / 4 * np.sin(2 * np.pi * 2_000 * at)
    return Cut(np.repeat(tone[:, None], channels, 1).astype(np.float32), rate_hz)


def write(path: Path, made: Cut, subtype: str = "PCM_24") -> Path:
    soundfile.write(path, made.samples, made.rate_hz, subtype)
    return path


def test_the_loudest_stretch_is_found() -> None:
    powers = np.full(600, 1e-4)
    powers[300:400] = 1e-2
    assert find_loudest(powers, 10_000) == Stretch(30_000, 10_000)
    # The bar before or after it, whichever is nearer: bars of 1,920 ms from 130 ms on.
    assert find_loudest(powers, 10_000, Grid(130.0, 1920.0)).start_ms == 130 + 16 * 1920
    assert find_loudest(np.zeros(50), 10_000) == Stretch(0, 10_000)
    assert find_loudest(np.zeros(0), 10_000) == Stretch(0, 10_000)


@given(
    st.lists(st.floats(0, 1), max_size=400),
    st.integers(100, 30_000),
    st.none() | st.builds(Grid, st.floats(0, 3_000), st.floats(800, 6_000)),
)
def test_a_stretch_lies_within_its_song(
    powers: list[float], length_ms: int, grid: Grid | None
) -> None:
    found = find_loudest(np.array(powers), length_ms, grid)
    assert found.start_ms >= 0
    assert found.start_ms + found.length_ms <= max(len(powers) * 100, length_ms)


def test_a_clip_is_the_song_itself_between_its_fades(tmp_path: Path) -> None:
    source = song(3.0)
    path = write(tmp_path / "song.wav", source)
    length_ms = render_clip(cut(path, Stretch(1_000, 1_500)), 100, tmp_path / "clip.wav")
    clip, rate_hz = soundfile.read(tmp_path / "clip.wav", dtype="float32")
    assert (length_ms, rate_hz, len(clip)) == (1_500, RATE_HZ, 66_150)
    assert soundfile.info(tmp_path / "clip.wav").subtype == "PCM_24"
    kept = source.samples[RATE_HZ : RATE_HZ + len(clip)]
    middle = slice(RATE_HZ // 5, -RATE_HZ // 5)
    assert np.abs(clip[middle] - kept[middle]).max() <= 2.0**-23  # all 24 bits
    assert np.abs(clip[0]).max() < 1e-4 and np.abs(clip[-1]).max() < 1e-2
    assert np.abs(clip[:400]).max() < np.abs(kept[:400]).max() / 5


def test_a_clip_without_fades_is_bit_for_bit(tmp_path: Path) -> None:
    path = write(tmp_path / "song.wav", song(1.0, rate_hz=96_000, channels=1))
    render_clip(cut(path, Stretch(100, 500)), 0, tmp_path / "clip.flac")
    clip, rate_hz = soundfile.read(tmp_path / "clip.flac", dtype="int32")
    whole, _ = soundfile.read(path, dtype="int32")
    assert rate_hz == 96_000
    assert np.array_equal(clip, whole[9_600 : 9_600 + 48_000])


def test_a_clip_past_the_end_is_refused_and_one_over_it_is_shorter(tmp_path: Path) -> None:
    path = write(tmp_path / "song.wav", song(2.0))
    with pytest.raises(UserError, match=r"is over before 0:02\.500"):
        cut(path, Stretch(2_500, 1_000))
    assert cut(path, Stretch(1_500, 30_000)).length_ms == 500


def test_what_is_no_sound_is_not_cut(tmp_path: Path) -> None:
    broken = song(1.0)
    broken.samples[20_000] = np.nan
    with pytest.raises(UserError, match="are not sound"):
        cut(write(tmp_path / "song.wav", broken, "FLOAT"), Stretch(0, 1_000))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("rate_hz", [44_100, 96_000])
def test_every_kind_of_file_holds_the_clip(suffix: str, rate_hz: int, tmp_path: Path) -> None:
    source = song(1.0, rate_hz=rate_hz)
    out = tmp_path / f"clip{suffix}"
    render_clip(source, 20, out)
    found = measure_file(out)
    assert found.info.duration_ms == pytest.approx(1_000, abs=30)
    loudness = found.measurement.integrated_lufs
    assert loudness == pytest.approx(-14.0, abs=1.5)
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    if suffix in (".mp3", ".flac"):
        first = out.read_bytes()
        render_clip(source, 20, out)
        assert out.read_bytes() == first  # nothing in it tells when it was made


def test_a_sampler_unites_rates_channels_and_levels(tmp_path: Path) -> None:
    cuts = [song(4.0, 0.05), song(4.0, 0.5, 48_000), song(4.0, 0.2, channels=1)]
    length_ms = render_sampler(cuts, 500, tmp_path / "sampler.wav")
    assert length_ms == pytest.approx(11_000, abs=3)
    sampler, rate_hz = soundfile.read(tmp_path / "sampler.wav")
    assert (rate_hz, sampler.shape[1]) == (RATE_HZ, 2)
    levels = [np.sqrt(np.mean(sampler[s * RATE_HZ : (s + 2) * RATE_HZ] ** 2)) for s in (1, 5, 8)]
    assert max(levels) / min(levels) < 1.02
    loudness = measure_file(tmp_path / "sampler.wav").measurement
    assert loudness.integrated_lufs == pytest.approx(-14.0, abs=0.4)


def test_no_song_of_a_sampler_is_pushed_into_its_peaks(tmp_path: Path) -> None:
    quiet = song(3.0, 0.02)
    quiet.samples[RATE_HZ] = 0.9
    render_sampler([quiet, song(3.0)], 200, tmp_path / "sampler.wav")
    found = measure_file(tmp_path / "sampler.wav").measurement
    assert found.true_peak_dbtp is not None and found.true_peak_dbtp <= -0.9
    assert found.integrated_lufs is not None and found.integrated_lufs < -25


def test_silence_and_short_songs_have_a_place_in_a_sampler(tmp_path: Path) -> None:
    silence = Cut(np.zeros((RATE_HZ, 2), np.float32), RATE_HZ)
    made = render_sampler([silence, song(0.2), song(2.0)], 1_500, tmp_path / "sampler.wav")
    assert made == pytest.approx(1_000 + 200 + 2_000 - 2 * 100, abs=3)


def test_what_no_file_can_hold_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no sound can be written"):
        render_clip(song(1.0), 0, tmp_path / "clip.doc")
    with pytest.raises(UserError, match="6 channels"):
        render_clip(song(1.0, channels=6), 0, tmp_path / "clip.mp3")
    render_clip(song(1.0, channels=6), 0, tmp_path / "clip.wav")
    with pytest.raises(UserError, match="6 channels"):
        render_sampler([song(1.0, channels=6)], 0, tmp_path / "sampler.wav")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_stopping_leaves_no_file(suffix: str, tmp_path: Path) -> None:
    def stop(fraction: float) -> None:
        if fraction > 0:
            raise Cancelled

    for made in (
        lambda: render_clip(song(4.0), 0, tmp_path / f"clip{suffix}", stop),
        lambda: render_sampler([song(4.0), song(1.0)], 0, tmp_path / f"clip{suffix}", stop),
    ):
        with pytest.raises(Cancelled):
            made()
    assert list(tmp_path.iterdir()) == []


def spectrum_db(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    return 20 * np.log10(np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) + 1e-9)


def test_a_long_fade_adds_no_noise(tmp_path: Path) -> None:
    render_clip(song(4.0), 1_000, tmp_path / "clip.wav")
    sound, _ = soundfile.read(tmp_path / "clip.wav")
    fading = spectrum_db(sound[:RATE_HZ, 0])
    at_hz = np.fft.rfftfreq(RATE_HZ, 1 / RATE_HZ)
    away = (at_hz > 3_500) & (at_hz < 20_000)
    assert fading[away].max() < fading.max() - 75

"""A real song through the presets and as an album, measured by libebur128."""

from __future__ import annotations

import math
from pathlib import Path

import pyebur128
import pytest
import soundfile

from indieartist.audio.mastering import render_master
from indieartist.services.mastering_choices import Shipped, get_settings
from indieartist.services.mastering_files import master_files

pytestmark = pytest.mark.real
HEAVY_LU, HEAVY_DB = 2.0, 4.0


def measure_ebur128(path: Path) -> tuple[float, float]:
    sound, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    mode = pyebur128.MeasurementMode.MODE_I | pyebur128.MeasurementMode.MODE_TRUE_PEAK
    state = pyebur128.R128State(2, rate_hz, mode)
    state.add_frames(sound.ravel(), len(sound))
    peak = max(pyebur128.get_true_peak(state, channel) for channel in (0, 1))
    return pyebur128.get_loudness_global(state), 20.0 * math.log10(peak)


@pytest.mark.parametrize("preset", ["rock", "classical", "speech"])
def test_a_preset_meets_its_target_gently(preset: str, real_song: Path, tmp_path: Path) -> None:
    settings = get_settings(Shipped(), preset=preset, bits=16)
    report = render_master(real_song, tmp_path / "m.flac", settings)
    lufs, peak_dbtp = measure_ebur128(tmp_path / "m.flac")
    assert report.reached
    assert lufs == pytest.approx(settings.target.integrated_lufs, abs=0.02)
    assert peak_dbtp <= settings.target.ceiling_dbtp
    assert report.before.loudness_range_lu - report.after.loudness_range_lu < HEAVY_LU
    dynamics = next(stage for stage in report.stages if stage.name == "dynamics")
    assert all(taken_db < HEAVY_DB for taken_db in dynamics.figures.values())


def test_two_parts_of_a_real_song_keep_their_distance(real_song: Path, tmp_path: Path) -> None:
    sound, rate_hz = soundfile.read(real_song, frames=80 * 44100)
    paths = [tmp_path / "quiet.wav", tmp_path / "loud.wav"]
    for path, part in zip(
        paths, (sound[: len(sound) // 2] / 3, sound[len(sound) // 2 :]), strict=True
    ):
        soundfile.write(path, part, rate_hz, "PCM_24")
    settings = get_settings(Shipped(), "-9", preset="rock")
    master_files(paths, tmp_path / "album", settings)
    before = [measure_ebur128(path) for path in paths]
    after = [measure_ebur128(tmp_path / "album" / path.name) for path in paths]
    assert after[1][0] - after[0][0] == pytest.approx(before[1][0] - before[0][0], abs=0.03)
    assert all(peak_dbtp <= settings.target.ceiling_dbtp for _, peak_dbtp in after)

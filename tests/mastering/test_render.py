"""Masters as files: measured, repeatable, whole or not there, and clear about what cannot be."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from indieartist.audio.mastering import make_master, open_shape, render_master, render_preview
from indieartist.audio.mastering import scratch as scratch_room
from indieartist.audio.mastering import shape as shape_room
from indieartist.audio.mastering import source as source_room
from indieartist.audio.mastering.render import check_ceiling
from indieartist.audio.measure import measure_file
from indieartist.domain.mastering import STAGES, Settings
from indieartist.errors import Cancelled, UserError, WorldError

MakeSong = Callable[..., np.ndarray]
MakeSettings = Callable[..., Settings]


@pytest.fixture
def bounce_path(tmp_path: Path, make_song: MakeSong) -> Path:
    path = tmp_path / "bounce.wav"
    soundfile.write(path, make_song(5.0), 44100, "PCM_24")
    return path


def write(path: Path, sound: np.ndarray, rate_hz: int = 44100, subtype: str = "PCM_24") -> Path:
    soundfile.write(path, sound, rate_hz, subtype)
    return path


@pytest.mark.parametrize(
    ("name", "bits", "subtype"),
    [("m.wav", 24, "PCM_24"), ("m.flac", 24, "PCM_24"), ("m.wav", 16, "PCM_16")],
)
def test_a_master_is_a_file_at_its_target(
    name: str, bits: int, subtype: str, bounce_path: Path, make_settings: MakeSettings
) -> None:
    original = bounce_path.read_bytes()
    target_path = bounce_path.with_name(name)
    report = render_master(bounce_path, target_path, make_settings(bits=bits))
    assert report.reached
    written = soundfile.info(target_path)
    assert (written.subtype, written.channels, written.frames) == (subtype, 2, 5 * 44100)
    assert measure_file(target_path).measurement == report.after
    assert report.after.integrated_lufs == pytest.approx(-14.0, abs=0.05)
    assert report.after.true_peak_dbtp is not None
    assert report.after.true_peak_dbtp <= -1.0
    assert report.after.bits_used == bits
    assert report.before == measure_file(bounce_path).measurement
    assert bounce_path.read_bytes() == original
    assert sorted(path.name for path in bounce_path.parent.iterdir()) == sorted(
        ["bounce.wav", name]
    )


def test_the_report_says_what_every_stage_did(
    bounce_path: Path, make_settings: MakeSettings
) -> None:
    made = make_master(bounce_path, bounce_path.with_name("m.wav"), make_settings())
    report = made.report
    assert [stage.name for stage in report.stages] == list(STAGES)
    assert all(stage.sentence for stage in report.stages)
    assert made.analysis.measurement == report.after
    assert json.loads(json.dumps(asdict(report)))["reached"] is True


def test_made_twice_a_master_is_the_same_byte_for_byte(
    bounce_path: Path, make_settings: MakeSettings
) -> None:
    first, second = bounce_path.with_name("1.flac"), bounce_path.with_name("2.flac")
    for path in (first, second):
        render_master(bounce_path, path, make_settings())
    assert first.read_bytes() == second.read_bytes()


def test_what_is_known_of_the_bounce_is_not_measured_again(
    bounce_path: Path, make_settings: MakeSettings
) -> None:
    known = replace(measure_file(bounce_path).measurement, clipped_runs=7)
    report = render_master(
        bounce_path, bounce_path.with_name("m.wav"), make_settings(), before=known
    )
    assert report.before is known
    assert any("clips 7 times" in warning for warning in report.warnings)


def test_a_reference_moves_the_tone(
    tmp_path: Path, bounce_path: Path, make_song: MakeSong, make_settings: MakeSettings
) -> None:
    reference_path = write(tmp_path / "bright.wav", make_song(4.0, 48000, seed=4, tilt=3.0), 48000)
    plain = render_master(bounce_path, tmp_path / "plain.wav", make_settings())
    matched = render_master(
        bounce_path, tmp_path / "matched.wav", make_settings(), reference_path=reference_path
    )
    tone = {stage.name: stage for stage in matched.stages}["tone"]
    assert "bright" in tone.sentence
    assert tone.figures["rise_db"] > 0.5
    assert {stage.name: stage for stage in plain.stages}["tone"].figures == {}
    assert matched.after.integrated_lufs == pytest.approx(-14.0, abs=0.05)


def test_an_unreachable_target_is_said_plainly(
    bounce_path: Path, make_settings: MakeSettings
) -> None:
    report = render_master(bounce_path, bounce_path.with_name("m.wav"), make_settings(-6.0))
    assert not report.reached
    assert report.after.integrated_lufs == pytest.approx(report.loudest_clean_lufs, abs=0.1)
    assert "−6.0 LUFS cannot be reached without damage" in report.warnings[0]


def test_mono_becomes_two_equal_channels(
    tmp_path: Path, make_song: MakeSong, make_settings: MakeSettings
) -> None:
    path = write(tmp_path / "mono.wav", make_song(3.0)[:, 0])
    report = render_master(path, tmp_path / "m.wav", make_settings(bypassed=("dither",)))
    sound, _ = soundfile.read(tmp_path / "m.wav")
    np.testing.assert_array_equal(sound[:, 0], sound[:, 1])
    assert report.after.integrated_lufs == pytest.approx(-14.0, abs=0.05)


@pytest.mark.parametrize("rate_hz", [8000, 22050, 48000, 96000, 192000])
def test_every_sample_rate_is_kept(
    rate_hz: int, tmp_path: Path, make_song: MakeSong, make_settings: MakeSettings
) -> None:
    path = write(tmp_path / "song.wav", make_song(2.0, rate_hz, density=1.0), rate_hz)
    report = render_master(path, tmp_path / "m.wav", make_settings())
    assert report.after.sample_rate_hz == rate_hz
    assert report.after.integrated_lufs == pytest.approx(-14.0, abs=0.1)
    assert report.after.true_peak_dbtp is not None
    assert report.after.true_peak_dbtp <= -1.0


@pytest.mark.parametrize(
    ("sound", "sentence"),
    [
        (np.zeros((44100, 2)), "is silent"),
        (np.full((44100, 2), 0.5), "is silent"),  # DC alone
        (np.full((44100, 2), 1e-5), "is silent"),
        (np.full((1, 2), 0.5), "shorter than 0.4 s"),
        (np.full((8000, 2), 0.5), "shorter than 0.4 s"),
        (np.full((44100, 2), np.nan), "not sound"),
        (np.full((44100, 2), np.inf), "not sound"),
        (np.full((44100, 6), 0.1), "has 6 channels"),
    ],
)
def test_what_cannot_be_mastered_is_one_sentence(
    sound: np.ndarray, sentence: str, tmp_path: Path, make_settings: MakeSettings
) -> None:
    path = write(tmp_path / "odd.wav", sound, subtype="FLOAT")
    with pytest.raises(UserError) as caught:
        render_master(path, tmp_path / "m.wav", make_settings())
    assert sentence in caught.value.message
    assert "odd.wav" in caught.value.message
    assert [found.name for found in tmp_path.iterdir()] == ["odd.wav"]


def test_half_a_second_is_enough(
    tmp_path: Path, make_song: MakeSong, make_settings: MakeSettings
) -> None:
    path = write(tmp_path / "short.wav", make_song(0.5))
    report = render_master(path, tmp_path / "m.wav", make_settings(-18.0))
    assert report.after.integrated_lufs == pytest.approx(-18.0, abs=0.1)


def test_a_song_too_long_for_memory_becomes_the_same_master(
    bounce_path: Path, make_settings: MakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    render_master(bounce_path, bounce_path.with_name("1.wav"), make_settings())
    for room in (source_room, shape_room, scratch_room):
        monkeypatch.setattr(room, "MEMORY_FRAMES", 44100)
    render_master(bounce_path, bounce_path.with_name("2.wav"), make_settings())
    first, second = (bounce_path.with_name(name).read_bytes() for name in ("1.wav", "2.wav"))
    assert first == second
    assert len(list(bounce_path.parent.iterdir())) == 3


def test_a_file_with_peaks_that_did_not_go_in_is_not_kept(
    bounce_path: Path, make_settings: MakeSettings
) -> None:
    measured = measure_file(bounce_path).measurement
    check_ceiling(measured, -1.0, bounce_path)
    with pytest.raises(WorldError, match="peaks that did not go in"):
        check_ceiling(replace(measured, true_peak_dbtp=-0.99), -1.0, bounce_path)


def test_a_folder_that_is_not_there_is_said_with_the_masters_name(
    bounce_path: Path, make_settings: MakeSettings
) -> None:
    nowhere = bounce_path.parent / "no such folder" / "master.wav"
    with pytest.raises(WorldError, match=r"master\.wav"):
        render_master(bounce_path, nowhere, make_settings())


@pytest.mark.parametrize("name", ["master.mp3", "master"])
def test_a_master_is_a_lossless_file(
    name: str, bounce_path: Path, make_settings: MakeSettings
) -> None:
    with pytest.raises(UserError, match="cannot be written as"):
        render_master(bounce_path, bounce_path.with_name(name), make_settings())


def test_progress_rises_and_is_sparing(bounce_path: Path, make_settings: MakeSettings) -> None:
    seen: list[float] = []
    render_master(bounce_path, bounce_path.with_name("m.wav"), make_settings(), report=seen.append)
    assert seen == sorted(seen)
    assert 8 <= len(seen) <= 50
    assert seen[0] >= 0.0
    assert seen[-1] == 1.0


@pytest.mark.parametrize("at", [0.0, 0.3, 0.5, 0.66, 0.8, 1.0])
def test_cancelled_work_leaves_nothing_behind(
    at: float, bounce_path: Path, make_settings: MakeSettings
) -> None:
    target_path = bounce_path.with_name("m.wav")
    target_path.write_bytes(b"the master before")

    def stop(fraction: float) -> None:
        if fraction >= at:
            raise Cancelled

    with pytest.raises(Cancelled):
        render_master(bounce_path, target_path, make_settings(), report=stop)
    assert target_path.read_bytes() == b"the master before"
    assert len(list(bounce_path.parent.iterdir())) == 2


def test_a_preview_is_a_part_of_the_master(bounce_path: Path, make_settings: MakeSettings) -> None:
    settings = make_settings(bypassed=("dither",))
    render_master(bounce_path, bounce_path.with_name("m.wav"), settings)
    master, _ = soundfile.read(bounce_path.with_name("m.wav"), dtype="float32")
    preview = render_preview(bounce_path, 1500, 1000, settings)
    assert preview.shape == (44100, 2)
    np.testing.assert_allclose(preview, master[66150 : 66150 + 44100], atol=2**-23)
    assert len(render_preview(bounce_path, 4500, 1000, settings)) == 22050
    assert len(render_preview(bounce_path, 9000, 1000, settings)) == 0


def test_one_shape_serves_every_target(bounce_path: Path, make_settings: MakeSettings) -> None:
    shape = open_shape(bounce_path, make_settings())
    for lufs in (-18.0, -14.0):
        assert shape.fit(make_settings(lufs)).solution.integrated_lufs == pytest.approx(
            lufs, abs=0.01
        )


@pytest.mark.real
def test_a_real_song_meets_its_targets(
    real_song: Path, tmp_path: Path, make_settings: MakeSettings
) -> None:
    report = render_master(real_song, tmp_path / "m.wav", make_settings(-11.0, -2.0))
    assert report.after.true_peak_dbtp is not None
    assert report.after.true_peak_dbtp <= -2.0
    assert report.after.integrated_lufs == pytest.approx(-11.0, abs=0.02)

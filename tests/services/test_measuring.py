"""Measuring: each audio once, wholly or for its loudness, alone or as an album."""

from __future__ import annotations

from pathlib import Path

import pytest
from bounces import write_bounce

from indieartist.audio.measure import measure_file
from indieartist.errors import Cancelled, UserError
from indieartist.library import contents
from indieartist.services import editing, finding, importing, mastering, measuring
from indieartist.services.studio import Studio, open_studio


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    return open_studio(library_dir)


@pytest.fixture
def bounce(tmp_path: Path) -> Path:
    return write_bounce(tmp_path / "Night Bus.wav", seconds=3.0)


def test_an_import_measures_everything_once(studio: Studio, bounce: Path) -> None:
    importing.import_file(studio, bounce)
    mix = finding.get_track(studio, "T1").mixes[0]
    assert mix.measurement is not None and mix.measurement.complete
    with studio.library.read() as connection:
        assert contents.find_profile(connection, mix.audio_hash)
    studio.library.vault.get_path(mix.audio_hash, ".wav").unlink()  # it is not read again
    assert measuring.measure_mix(studio, mix, complete=True) == mix.measurement


def test_a_master_is_measured_wholly(studio: Studio, tmp_path: Path) -> None:
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus.wav"))
    settings = mastering.get_settings(studio)
    mastering.master_track(studio, finding.get_track(studio, "T1"), settings)
    master = finding.get_track(studio, "T1").mixes[1]
    assert master.measurement is not None and master.measurement.complete


def test_what_was_measured_for_its_loudness_is_completed_when_asked(
    studio: Studio, bounce: Path
) -> None:
    importing.import_file(studio, bounce)
    mix = finding.get_track(studio, "T1").mixes[0]
    analysis = measure_file(bounce)
    quick = analysis.measurement
    assert not quick.complete
    with studio.library.write() as connection:  # as a library of before has it
        connection.exec_driver_sql("DELETE FROM measurement")
        waveform = analysis.waveform.to_bytes()
        contents.remember_measurement(connection, mix.audio_hash, quick, waveform)
    assert measuring.measure_mix(studio, mix) == quick
    assert measuring.measure_mix(studio, mix, complete=True) == mix.measurement
    assert finding.get_track(studio, "T1").mixes[0].measurement == mix.measurement


def test_targets_are_files_tracks_and_releases(
    studio: Studio, bounce: Path, tmp_path: Path
) -> None:
    other = write_bounce(tmp_path / "Undertow.wav", seconds=4.0, seed=9)
    for path in (bounce, other):
        importing.import_file(studio, path, release_id=None)
    targets = [
        measuring.file_target(bounce),
        measuring.track_target(finding.get_track(studio, "T2")),
        *measuring.release_targets(finding.get_release(studio, "R1")),
    ]
    seen: list[float] = []
    figures, album = measuring.measure_targets(targets, studio, seen.append)
    assert [target.title for target in targets] == ["Night Bus.wav", "Undertow", "Night Bus"]
    assert figures[0] == figures[2]
    assert (album.tracks, album.duration_ms) == (3, 10_000)
    levels = [m.integrated_lufs for m in figures if m.integrated_lufs is not None]
    assert album.integrated_lufs is not None
    assert min(levels) <= album.integrated_lufs <= max(levels)
    assert seen == sorted(seen) and seen[-1] == pytest.approx(1.0)


def test_loudness_alone_leaves_the_rest_out(bounce: Path) -> None:
    quick, whole = (measuring.measure_path(bounce, loudness_only=only) for only in (True, False))
    assert quick.integrated_lufs == whole.integrated_lufs
    assert (quick.source, quick.fingerprint) == (None, None)


def test_a_bad_file_stops_the_others(bounce: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.wav"
    bad.write_bytes(b"no sound at all")
    targets = [measuring.file_target(path) for path in (bad, *[bounce] * 3)]
    with pytest.raises(UserError, match=r"bad\.wav"):
        measuring.measure_targets(targets)


def test_cancelling_stops_all(bounce: Path) -> None:
    def cancel(fraction: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        measuring.measure_targets([measuring.file_target(bounce)] * 3, report=cancel)


def test_an_empty_release_has_nothing_to_measure(studio: Studio) -> None:
    editing.new_release(studio, "Harbour Lights")
    with pytest.raises(UserError, match="no tracks yet"):
        measuring.release_targets(finding.get_release(studio, "R1"))

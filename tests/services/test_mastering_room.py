"""The mastering room: what its page draws of a mix, read from the library or the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from bounces import write_bounce

from indieartist.domain.release import Mix
from indieartist.errors import Cancelled, UserError
from indieartist.services import finding, importing
from indieartist.services import mastering_room as room
from indieartist.services.studio import Studio, open_studio


@pytest.fixture
def bounce_path(tmp_path: Path) -> Path:
    return write_bounce(tmp_path / "Night Bus.wav", seconds=3.0)


@pytest.fixture
def studio(library_dir: Path, bounce_path: Path) -> Studio:
    studio = open_studio(library_dir)
    importing.import_file(studio, bounce_path)
    return studio


@pytest.fixture
def mix(studio: Studio) -> Mix:
    mix = finding.get_track(studio, "T1").current
    assert mix is not None
    return mix


def test_the_waveform_is_that_of_the_library(studio: Studio, mix: Mix) -> None:
    assert room.read_waveform(studio, mix).frames == mix.info.frames


@pytest.mark.parametrize(
    ("start", "frames", "cut"),
    [(0, 10, slice(0, 10)), (1000, 44100, slice(1000, 45100)), (132290, 99, slice(132290, None))],
)
def test_samples_are_those_of_the_file(
    start: int, frames: int, cut: slice, studio: Studio, mix: Mix, bounce_path: Path
) -> None:
    sound, _ = soundfile.read(bounce_path, dtype="float32")
    np.testing.assert_array_equal(room.read_samples(studio, mix, start, frames), sound[cut])


def test_samples_before_the_song_are_left_out(studio: Studio, mix: Mix) -> None:
    before = room.read_samples(studio, mix, -5, 10)
    np.testing.assert_array_equal(before, room.read_samples(studio, mix, 0, 5))
    assert len(room.read_samples(studio, mix, -50, 10)) == 0
    assert len(room.read_samples(studio, mix, 10**9, 10)) == 0


def test_the_tone_comes_from_the_library(studio: Studio, mix: Mix, bounce_path: Path) -> None:
    studio.library.vault.get_path(mix.audio_hash, ".wav").unlink()  # it is not read again
    tone = room.read_tone(studio, mix)
    assert tone.name == "Night Bus.wav"
    reference = room.read_reference_tone(studio, bounce_path)
    np.testing.assert_allclose(tone.mid_db, reference.mid_db, atol=0.01)
    assert len(tone.hz) == len(tone.mid_db) > 100


def test_a_house_curve_has_a_tone(studio: Studio) -> None:
    tone = room.read_reference_tone(studio, "popular")
    assert tone.name == "Popular music" and tone.side_db is None
    with pytest.raises(UserError, match="no house curve"):
        room.read_reference_tone(studio, "nonsense")


def test_traces_are_worked_out_once(studio: Studio, mix: Mix) -> None:
    traces = room.read_traces(studio, mix)
    assert traces.step_ms == 100 and traces.duration_ms == 3000
    lines = (traces.momentary_lufs, traces.short_term_lufs, traces.correlation, traces.balance_db)
    assert {line.shape for line in lines} == {(30,)} and {str(x.dtype) for x in lines} == {
        "float32"
    }
    figures = mix.measurement
    assert figures is not None and figures.momentary_max_lufs is not None
    assert traces.momentary_lufs.max() == pytest.approx(figures.momentary_max_lufs, abs=0.5)
    assert traces.short_term_lufs[-1] == pytest.approx(figures.short_term_max_lufs, abs=0.01)
    studio.library.vault.get_path(mix.audio_hash, ".wav").unlink()  # it is not read again
    again = room.read_traces(studio, mix)
    np.testing.assert_allclose(again.correlation, traces.correlation, atol=1e-3)


def test_peaks_are_those_above_the_ceiling_named(studio: Studio, mix: Mix) -> None:
    figures = mix.measurement
    assert figures is not None and figures.true_peak_dbtp is not None
    highest = room.read_traces(studio, mix, figures.true_peak_dbtp - 0.1).peaks
    assert highest[0].dbtp == pytest.approx(figures.true_peak_dbtp, abs=0.05)
    assert not room.read_traces(studio, mix, figures.true_peak_dbtp + 0.1).peaks
    many = room.read_traces(studio, mix, -60.0).peaks
    assert len(many) == 30
    assert sorted(many, key=lambda peak: -peak.dbtp) == list(many)


def test_spoilt_traces_are_made_again(studio: Studio, mix: Mix) -> None:
    first = room.read_traces(studio, mix)
    (stored,) = (studio.library.folder / "Derived").rglob("traces-*")
    stored.write_bytes(b"TRC1 and then nonsense")
    np.testing.assert_array_equal(
        room.read_traces(studio, mix).short_term_lufs, first.short_term_lufs
    )


def test_stopped_traces_leave_nothing_behind(studio: Studio, mix: Mix) -> None:
    def stop(_fraction: float) -> None:
        raise Cancelled

    before = sorted(studio.library.folder.rglob("*"))
    with pytest.raises(Cancelled):
        room.read_traces(studio, mix, report=stop)
    assert sorted(studio.library.folder.rglob("*")) == before

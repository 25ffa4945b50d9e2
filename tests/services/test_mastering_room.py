"""The mastering room: what its page draws of a mix, read from the library or the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from bounces import write_bounce

from indieartist.domain.release import Mix
from indieartist.errors import UserError
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

"""An album: gated over all its songs, which is not the mean of their figures."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from indieartist.audio.analysis.album import measure_album
from indieartist.audio.measure import measure_file

RATE_HZ = 48_000


@pytest.fixture
def measure(tmp_path):
    """Write a tone of a level and length, and measure it."""

    def write(number, level_db, seconds):
        at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
        tone = 10 ** (level_db / 20) * np.sin(2 * np.pi * 1000 * at)
        path = tmp_path / f"{number}.wav"
        soundfile.write(path, np.stack([tone, tone], axis=1), RATE_HZ, subtype="PCM_24")
        found = measure_file(path)
        return found.measurement, found.waveform

    return write


def test_a_quiet_song_is_gated_away_by_a_loud_one(measure):
    """3341-5's way: what is 10 LU under the whole does not count, though alone it would."""
    album = measure_album([measure(1, -20, 10), measure(2, -36, 30)])
    assert album.integrated_lufs == pytest.approx(-20, abs=0.05)
    assert (album.loudest_track_lufs, album.quietest_track_lufs) == (
        pytest.approx(-20, abs=0.05),
        pytest.approx(-36, abs=0.05),
    )
    assert album.true_peak_dbtp == pytest.approx(-20, abs=0.1)
    assert (album.tracks, album.duration_ms) == (2, 40_000)


def test_songs_count_by_their_length(measure):
    album = measure_album([measure(1, -20, 5), measure(2, -26, 15)])
    power = (5 * 10**-2.0 + 15 * 10**-2.6) / 20
    assert album.integrated_lufs == pytest.approx(10 * np.log10(power), abs=0.1)
    assert album.loudness_range_lu == pytest.approx(6, abs=0.2)


def test_one_song_is_an_album_of_one(measure):
    song = measure(1, -23, 5)
    album = measure_album([song])
    assert album.integrated_lufs == pytest.approx(song[0].integrated_lufs, abs=1e-4)
    assert album.loudness_range_lu == pytest.approx(song[0].loudness_range_lu, abs=1e-4)


def test_silence_and_nothing_have_no_loudness(measure):
    silent = measure(1, -200, 2)
    assert measure_album([silent]).integrated_lufs is None
    assert measure_album([]).true_peak_dbtp is None

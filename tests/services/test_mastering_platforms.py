"""The row of services: levels at once, peaks once heard, alone and with an album."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from bounces import write_bounce

from indieartist.domain.release import Mix
from indieartist.errors import Cancelled, UserError
from indieartist.services import finding, importing, previewing
from indieartist.services import mastering_room as room
from indieartist.services.songs import read_song
from indieartist.services.studio import Studio, open_studio


@pytest.fixture
def studio(library_dir: Path, tmp_path: Path) -> Studio:
    studio = open_studio(library_dir)
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus.wav"))
    return studio


@pytest.fixture
def mix(studio: Studio) -> Mix:
    mix = finding.get_track(studio, "T1").current
    assert mix is not None
    return mix


def silence(studio: Studio, mix: Mix) -> None:
    """Leave nothing to hear in its file."""
    path = studio.library.vault.get_path(mix.audio_hash, ".wav")
    path.unlink()
    path.touch()


def test_levels_are_known_at_once(studio: Studio, mix: Mix) -> None:
    silence(studio, mix)
    cells = {cell.key: cell for cell in room.tell_platforms(studio, mix)}
    figures = mix.measurement
    assert figures is not None and figures.integrated_lufs is not None
    spotify = cells["spotify"]
    assert spotify.change_db is not None
    assert spotify.playback_lufs == pytest.approx(figures.integrated_lufs + spotify.change_db)
    assert spotify.codec == "160 kbit/s Vorbis" and spotify.codec_true_peak_dbtp is None
    assert spotify.sentence.startswith("Spotify ") and "dBTP" not in spotify.sentence
    assert spotify.headline and not spotify.as_album
    lossless = [cell for cell in cells.values() if cell.codec == "lossless"]
    assert lossless and all(
        cell.codec_true_peak_dbtp == pytest.approx(figures.true_peak_dbtp) for cell in lossless
    )


def test_peaks_are_heard_once(studio: Studio, mix: Mix) -> None:
    heard = room.measure_codecs(studio, mix)
    assert all(cell.codec_true_peak_dbtp is not None for cell in heard)
    silence(studio, mix)
    assert room.tell_platforms(studio, mix) == heard
    assert room.measure_codecs(studio, mix) == heard


def test_the_row_says_what_a_preview_says(studio: Studio, mix: Mix) -> None:
    cells = {cell.key: cell for cell in room.measure_codecs(studio, mix, whole=True)}
    song = read_song(studio, mix, mix.name)
    (preview,) = previewing.preview_songs([song], previewing.Wish())
    for told in preview.platforms:
        cell = cells[told.platform]
        assert cell.whole
        assert cell.sentence == told.sentence
        assert cell.codec_true_peak_dbtp == pytest.approx(told.decoded_true_peak_dbtp)
        assert cell.playback_lufs == pytest.approx(told.playback_lufs)


def test_an_album_is_turned_as_one(studio: Studio, mix: Mix, tmp_path: Path) -> None:
    alone = finding.get_release(studio, "R1")
    assert not any(cell.as_album for cell in room.tell_platforms(studio, mix, alone))
    importing.import_file(studio, write_bounce(tmp_path / "Home.wav", seed=3), release_id=1)
    release = finding.get_release(studio, "R1")
    cells = {cell.key: cell for cell in room.tell_platforms(studio, mix, release)}
    assert cells["spotify"].as_album and "with its album" in cells["spotify"].sentence
    songs = [read_song(studio, track.mixes[0], track.title) for track in release.tracks]
    previews = previewing.preview_songs(songs, previewing.Wish(("spotify",)), album=songs)
    assert cells["spotify"].change_db == pytest.approx(previews[0].platforms[0].change_db)
    assert any(not cell.as_album for cell in cells.values())


def test_a_stopped_hearing_keeps_only_what_is_whole(studio: Studio, mix: Mix) -> None:
    def stop(fraction: float) -> None:
        if fraction > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        room.measure_codecs(studio, mix, stop)
    assert not list((studio.library.folder / "Vault").rglob("*.derived"))
    cells = room.measure_codecs(studio, mix)
    assert all(cell.codec_true_peak_dbtp is not None for cell in cells)


def test_spoilt_facts_are_heard_again(studio: Studio, mix: Mix) -> None:
    heard = room.measure_codecs(studio, mix)
    for path in (studio.library.folder / "Derived").rglob("coded-*"):
        path.write_text('{"heard": {}}')
    assert room.tell_platforms(studio, mix) != heard
    assert room.measure_codecs(studio, mix) == heard


def test_surround_is_refused_by_the_coders(studio: Studio, tmp_path: Path) -> None:
    sound = np.random.default_rng(1).normal(0, 0.1, (44100, 6))
    soundfile.write(tmp_path / "Surround.wav", sound, 44100, "PCM_24")
    importing.import_file(studio, tmp_path / "Surround.wav")
    mix = finding.get_track(studio, "T2").mixes[0]
    assert room.tell_platforms(studio, mix)[0].change_db is not None
    with pytest.raises(UserError, match="channels"):
        room.measure_codecs(studio, mix)


@pytest.mark.real
def test_half_a_minute_of_a_long_song_is_heard_first(studio: Studio, tmp_path: Path) -> None:
    importing.import_file(studio, write_bounce(tmp_path / "Long.wav", seconds=33.0))
    mix = finding.get_track(studio, "T2").mixes[0]
    quick = {cell.key: cell for cell in room.measure_codecs(studio, mix)}
    whole = {cell.key: cell for cell in room.measure_codecs(studio, mix, whole=True)}
    assert not quick["spotify"].whole and whole["spotify"].whole
    ours, theirs = (row["spotify"].codec_true_peak_dbtp for row in (quick, whole))
    assert ours == pytest.approx(theirs, abs=0.3)
    silence(studio, mix)
    again = {cell.key: cell for cell in room.measure_codecs(studio, mix)}
    assert again == whole  # what is known of the whole is not heard again in part

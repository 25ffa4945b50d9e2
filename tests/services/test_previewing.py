"""Previewing: rules, coders and sentences together, on files and on tracks of a library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from bounces import RATE_HZ, music, write_bounce

from indieartist.audio.measure import measure_file
from indieartist.errors import Cancelled, UserError
from indieartist.services import importing, previewing
from indieartist.services.previewing import Preview, SongPreview, Wish, preview_songs
from indieartist.services.songs import Song, find_song, read_album, read_songs
from indieartist.services.studio import Studio, open_studio
from indieartist.services.together import run_together


def no_library() -> Studio:
    raise AssertionError("a file needs no library")


@pytest.fixture
def song(tmp_path: Path) -> Song:
    """A loud file."""
    path = tmp_path / "Night Bus.wav"
    soundfile.write(path, music(2.0, level_db=-12.0), RATE_HZ, "PCM_24")
    return read_songs([str(path)], no_library)[0]


def one(song: Song, platform: str, **how: Any) -> Preview:
    (found,) = preview_songs([song], Wish((platform,), **how))
    (preview,) = found.platforms
    return preview


def test_a_loud_file_on_spotify(song: Song) -> None:
    lufs, peak = song.level.lufs, song.level.dbtp
    assert lufs is not None and peak is not None and lufs > -14
    found = one(song, "Spotify")
    assert found.change_db == pytest.approx(-14 - lufs)
    assert found.playback_lufs == pytest.approx(-14)
    assert found.decoded_true_peak_dbtp == pytest.approx(peak, abs=1.5)
    assert found.decoded_true_peak_dbtp != peak
    assert found.playback_true_peak_dbtp == pytest.approx(
        found.decoded_true_peak_dbtp + found.change_db
    )
    assert (found.quality, found.coding, found.confidence) == (
        "high",
        "160 kbit/s Vorbis",
        "published",
    )
    assert found.sentence.startswith("Spotify turns it down by ")
    assert found.page.startswith("https://support.spotify.com/")
    assert found.seen_on.year == 2026


def test_every_platform_is_previewed_and_equal_streams_are_coded_once(
    song: Song, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded: list[str] = []
    play_order = previewing.play_order

    def counting(order: Any, report: Any) -> Any:
        coded.append(order.coding.label)
        return play_order(order, report)

    monkeypatch.setattr(previewing, "play_order", counting)
    (found,) = preview_songs([song], Wish())
    assert [p.platform for p in found.platforms] == [p.key for p in previewing.list_platforms()]
    assert len(found.platforms) == 13
    assert coded.count("160 kbit/s Vorbis") == 2  # and once more through the limiter of Loud
    assert coded.count("lossless") == 1
    assert "model" in found.model
    assert all(p.sentence.endswith(".") for p in found.platforms)


def test_another_quality_is_another_coder(song: Song) -> None:
    assert one(song, "spotify", quality="very-high").coding == "320 kbit/s Vorbis"
    lossless = one(song, "apple-music", quality="lossless")
    assert lossless.decoded_true_peak_dbtp == song.level.dbtp
    with pytest.raises(UserError, match="no model here"):
        one(song, "spotify", quality="low")
    with pytest.raises(UserError, match="no quality"):
        one(song, "tidal", quality="gold")
    with pytest.raises(UserError, match="belongs to a platform"):
        preview_songs([song], Wish(quality="high"))
    with pytest.raises(UserError, match="no platform “myspace”"):
        one(song, "myspace")


def test_what_would_be_heard_is_written(song: Song, tmp_path: Path) -> None:
    out = tmp_path / "heard"
    wish = Wish(("spotify", "apple-music"))
    (found,) = preview_songs([song], wish, out_folder=out)
    names = sorted(path.name for path in out.iterdir())
    assert names == ["Night Bus - apple-music.wav", "Night Bus - spotify.wav"]
    for preview in found.platforms:
        heard = measure_file(Path(preview.out_path)).measurement
        assert heard.integrated_lufs == pytest.approx(preview.playback_lufs, abs=0.3)
        assert heard.true_peak_dbtp == pytest.approx(preview.playback_true_peak_dbtp, abs=0.02)
        assert heard.duration_ms == song.measurement.duration_ms
    with pytest.raises(UserError, match=r"There is a file .* already"):
        preview_songs([song], wish, out_folder=out)
    preview_songs([song], wish, out_folder=out, force=True)


def test_loud_limits_what_it_turns_up(tmp_path: Path) -> None:
    path = tmp_path / "quiet.wav"
    sound = music(4.0, level_db=-30.0)
    sound[RATE_HZ] = 0.9
    soundfile.write(path, sound, RATE_HZ, "PCM_24")
    (quiet,) = read_songs([str(path)], no_library)
    found = one(quiet, "spotify-loud")
    assert found.change_db is not None and found.change_db > 5
    assert found.playback_true_peak_dbtp is not None and found.playback_true_peak_dbtp < 0.5
    assert "its limiter takes" in found.sentence
    assert one(quiet, "spotify").change_db == 0


def test_silence_is_not_turned(tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros((RATE_HZ * 2, 2)), RATE_HZ, "PCM_24")
    (silent,) = read_songs([str(path)], no_library)
    (found,) = preview_songs([silent], Wish(), out_folder=tmp_path / "heard")
    for preview in found.platforms:
        assert (preview.change_db, preview.playback_lufs) == (None, None)
        assert not preview.clips
        assert "silence" in preview.sentence
    assert len(list((tmp_path / "heard").iterdir())) == 13


def test_mono_and_high_rates_are_previewed_and_surround_is_refused(tmp_path: Path) -> None:
    tone = 0.3 * np.sin(np.arange(2 * 96_000) / 30)
    for channels, subtype in ((1, "PCM_24"), (6, "PCM_24")):
        path = tmp_path / f"{channels}.wav"
        soundfile.write(path, np.repeat(tone[:, None], channels, 1), 96_000, subtype)
    (mono,) = read_songs([str(tmp_path / "1.wav")], no_library)
    assert one(mono, "spotify").playback_lufs is not None
    (six,) = read_songs([str(tmp_path / "6.wav")], no_library)
    with pytest.raises(UserError, match="6 channels"):
        one(six, "spotify")


def test_quick_finds_nearly_the_same_peaks(tmp_path: Path) -> None:
    path = tmp_path / "song.wav"
    sound = np.resize(music(3.0, level_db=-12.0), (33 * RATE_HZ, 2))
    sound[20 * RATE_HZ : 22 * RATE_HZ] *= 1.5
    soundfile.write(path, sound, RATE_HZ, "FLOAT")
    (song,) = read_songs([str(path)], no_library)
    (quick,) = preview_songs([song], Wish(("spotify",), quick=True))
    (whole,) = preview_songs([song], Wish(("spotify",)))
    assert quick.sampled_ms is not None and 29_000 < quick.sampled_ms < 31_000
    assert whole.sampled_ms is None
    assert quick.platforms[0].decoded_true_peak_dbtp == pytest.approx(
        whole.platforms[0].decoded_true_peak_dbtp, abs=0.2
    )
    assert quick.platforms[0].change_db == whole.platforms[0].change_db


@pytest.fixture
def studio(library_dir: Path, tmp_path: Path) -> Studio:
    """A library with an album of two tracks, the second 8 dB quieter."""
    studio = open_studio(library_dir)
    loud = tmp_path / "Loud.wav"
    soft = tmp_path / "Soft.wav"
    soundfile.write(loud, music(2.0, level_db=-6.0), RATE_HZ, "PCM_24")
    soundfile.write(soft, music(2.0, level_db=-14.0, seed=8), RATE_HZ, "PCM_24")
    importing.import_file(studio, loud)
    importing.import_file(studio, soft, release_id=1)
    return studio


def test_an_album_keeps_its_distances_where_albums_are_known(studio: Studio) -> None:
    songs = read_songs(["R1"], lambda: studio)
    assert [song.title for song in songs] == ["Loud", "Soft"]
    wish = Wish(("spotify", "youtube"))
    found: list[SongPreview] = preview_songs(songs, wish, album=songs)
    spotify, youtube = ([each.platforms[n] for each in found] for n in (0, 1))
    assert spotify[0].change_db == spotify[1].change_db == pytest.approx(-14 - found[0].album_lufs)
    assert all(p.as_album and "with its album" in p.sentence for p in spotify)
    assert not any(p.as_album for p in youtube)
    assert youtube[0].change_db != youtube[1].change_db
    (alone,) = preview_songs(songs[1:], wish)
    assert alone.album_lufs is None and alone.platforms[0].change_db != spotify[1].change_db


def test_the_album_of_a_track_is_its_release(studio: Studio, song: Song) -> None:
    tracks = read_songs(["T2"], lambda: studio)
    assert [s.title for s in read_album(tracks, lambda: studio)] == ["Loud", "Soft"]
    assert read_album([song, *tracks], no_library) == [song, *tracks]
    with pytest.raises(UserError, match="One file is no album"):
        read_album([song], no_library)


def test_songs_are_found_by_what_they_are_called(studio: Studio, tmp_path: Path) -> None:
    assert read_songs(["R1.2"], lambda: studio)[0].title == "Soft"
    assert find_song("Soft", lambda: studio)[0] == "Soft"
    assert find_song(str(tmp_path / "Loud.wav"), no_library) == ("Loud", tmp_path / "Loud.wav")
    with pytest.raises(UserError, match="has 2 tracks"):
        find_song("R1", lambda: studio)
    with pytest.raises(UserError, match=r"no file nowhere\.wav"):
        read_songs(["nowhere.wav"], no_library)


def test_stopping_leaves_no_file(song: Song, tmp_path: Path) -> None:
    def stop(fraction: float) -> None:
        if fraction > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        preview_songs([song], Wish(("spotify", "deezer")), out_folder=tmp_path / "o", report=stop)
    assert list((tmp_path / "o").iterdir()) == []


def test_pieces_of_work_fail_and_stop_together() -> None:
    def work(number: int) -> Callable[[Any], int]:
        def do(report: Any) -> int:
            for step in range(1, 200):
                report(step / 200)
            return number

        return do

    def fail(report: Any) -> int:
        raise UserError("No.")

    told: list[float] = []
    assert run_together([work(n) for n in range(5)], told.append) == [0, 1, 2, 3, 4]
    assert told == sorted(told) and told[-1] == pytest.approx(199 / 200)
    with pytest.raises(UserError, match="No"):
        run_together([work(1), fail, work(2)])

    def stop(fraction: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        run_together([work(1), work(2), work(3)], stop)
    assert run_together([]) == []


def test_a_bounce_of_a_second_has_a_preview(tmp_path: Path) -> None:
    path = write_bounce(tmp_path / "short.wav", seconds=0.3)
    (short,) = read_songs([str(path)], no_library)
    (found,) = preview_songs([short], Wish())
    assert len(found.platforms) == 13

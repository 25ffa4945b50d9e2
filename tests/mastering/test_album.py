"""An album keeps its relations: the distances in level, and the differences in tone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio.mastering.album import average_profiles, decide_curve
from indieartist.audio.mastering.profile import Profile, measure_profile
from indieartist.domain.album import describe_album, measure_distances, place
from indieartist.domain.mastering import HouseCurve, Settings
from indieartist.domain.measurement import AlbumMeasurement
from indieartist.errors import Cancelled, UserError
from indieartist.services.mastering_album import Album, Song, make_album
from indieartist.services.mastering_files import master_files

MakeSong = Callable[..., np.ndarray]
MakeSettings = Callable[..., Settings]
CURVE = HouseCurve("x", "X", ((30.0, 6.0), (15e3, -6.0)), "this test", "2026-11-22", "low")


@pytest.fixture
def songs(tmp_path: Path, make_song: MakeSong) -> list[Song]:
    """Three songs, the second 6 dB and the third 9 dB below the first."""
    made = []
    for number, gain_db in enumerate((0.0, -6.0, -9.0)):
        path = tmp_path / f"song {number}.wav"
        sound = make_song(4.0, seed=number + 1) * 10 ** (gain_db / 20)
        soundfile.write(path, sound, 44100, "PCM_24")
        made.append(Song(path.stem, path, tmp_path / "out" / path.name))
    (tmp_path / "out").mkdir()
    return made


def levels(album: Album) -> np.ndarray:
    return np.array([master.report.after.integrated_lufs for master in album.masters])


def test_the_loudest_stands_at_the_target_and_the_others_at_their_distance(
    songs: list[Song], make_settings: MakeSettings
) -> None:
    album = make_album(songs, make_settings(-16.0))
    before = np.array([master.report.before.integrated_lufs for master in album.masters])
    assert levels(album).max() == pytest.approx(-16.0, abs=0.05)
    np.testing.assert_allclose(levels(album) - levels(album).max(), before - before.max(), atol=0.1)
    assert all((master.report.after.true_peak_dbtp or 0.0) <= -1.0 for master in album.masters)
    assert album.report.reached
    assert album.report.loudest_track == "song 0"
    assert "“song 0” is the loudest and stands at −16.0 LUFS" in album.report.sentence
    together = album.report.after
    assert (together.tracks, together.loudest_track_lufs) == (3, levels(album).max())
    assert together.integrated_lufs is not None
    assert levels(album).min() < together.integrated_lufs < levels(album).max()


def test_an_album_that_cannot_be_so_loud_is_lowered_as_a_whole(
    songs: list[Song], make_settings: MakeSettings
) -> None:
    album = make_album(songs, make_settings(-5.0))
    before = np.array([master.report.before.integrated_lufs for master in album.masters])
    assert levels(album).max() < -6.0
    np.testing.assert_allclose(levels(album) - levels(album).max(), before - before.max(), atol=0.1)
    assert not album.report.reached
    assert album.report.loudest_lufs == pytest.approx(levels(album).max(), abs=0.1)
    assert "cannot be reached without damage" in album.report.sentence
    for master, settings in zip(album.masters, album.settings, strict=True):
        assert master.report.reached  # each stands where the album asks it to, in the end
        level = master.report.after.integrated_lufs
        assert level == pytest.approx(settings.target.integrated_lufs, abs=0.1)


def test_all_songs_get_the_same_curve(songs: list[Song], make_settings: MakeSettings) -> None:
    album = make_album(songs, make_settings(-16.0, curve=CURVE, bypassed=("dynamics",)))
    tones = [master.report.stages[1].figures for master in album.masters]
    assert tones[0] == tones[1] == tones[2]
    assert abs(tones[0]["rise_db"]) > 0.3


def test_a_reference_leads_an_album_too(songs: list[Song], make_settings: MakeSettings) -> None:
    reference = songs[0].source_path
    album = make_album(songs[1:], make_settings(-16.0), reference=reference)
    assert "60 % of the way to song 0" in album.masters[0].report.stages[1].sentence


def test_without_reference_or_curve_the_tone_is_left_alone(
    songs: list[Song], make_settings: MakeSettings
) -> None:
    paths = [song.source_path for song in songs]
    assert decide_curve(paths, make_settings()) is None
    assert decide_curve(paths, make_settings(curve=CURVE, bypassed=("tone",))) is None


@given(st.floats(1e-3, 1e3), st.integers(0, 100))
def test_a_loud_song_has_no_louder_say(gain: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = (Profile(44100, *rng.uniform(0.1, 1.0, (2, 65))) for _ in range(2))
    louder = Profile(44100, one.mid * gain, one.side * gain)
    plain, changed = average_profiles([one, other]), average_profiles([louder, other])
    np.testing.assert_allclose(changed.mid, plain.mid, rtol=1e-9)
    np.testing.assert_allclose(changed.side, plain.side, rtol=1e-9)


def test_songs_of_different_rates_have_one_mean(make_song: MakeSong) -> None:
    profiles = [measure_profile(make_song(2.0, rate), rate) for rate in (44100, 96000)]
    mean = average_profiles(profiles)
    assert mean.mid.shape == profiles[0].mid.shape
    low = slice(5, 200)
    ratio_db = 10 * np.log10(mean.mid[low].sum() / (2 * profiles[0].mid[low].sum()))
    share_db = 10 * np.log10(1 / (profiles[0].mid.sum() + profiles[0].side.sum()))
    assert ratio_db == pytest.approx(share_db, abs=1.0)


@given(st.lists(st.floats(-60, 0), min_size=1, max_size=20))
def test_distances_are_to_the_loudest(levels_lufs: list[float]) -> None:
    distances = measure_distances(levels_lufs)
    assert min(distances) == 0.0
    sums = [level + distance for level, distance in zip(levels_lufs, distances, strict=True)]
    np.testing.assert_allclose(sums, max(levels_lufs), atol=1e-9)


def test_an_interlude_may_be_very_quiet(make_settings: MakeSettings) -> None:
    assert place(make_settings(-14.0), 40.0).target.integrated_lufs == -54.0


def test_the_sentence_of_a_lowered_album_names_the_song() -> None:
    after = AlbumMeasurement(-11.3, 6.0, -1.0, -1.1, -10.4, -14.0, 1000, 2)
    report = describe_album(-9.0, 1.4, "Loud", "Spiky", after)
    assert report.sentence.endswith("Together they have −11.3 LUFS.")
    assert "−9.0 LUFS cannot be reached without damage: −10.4 LUFS is the" in report.sentence
    assert report.held_back_by == "Spiky"
    assert report.loudest_lufs == -10.4


def test_one_song_is_no_album_and_silence_has_no_level(
    songs: list[Song], tmp_path: Path, make_settings: MakeSettings
) -> None:
    with pytest.raises(UserError, match="two tracks or more"):
        make_album(songs[:1], make_settings())
    silent_path = tmp_path / "silence.wav"
    soundfile.write(silent_path, np.zeros((44100, 2)), 44100, "PCM_24")
    with pytest.raises(UserError, match=r"silence.* has no loudness to keep"):
        make_album([*songs, Song("silence", silent_path, tmp_path / "s.wav")], make_settings())


def test_a_cancelled_album_leaves_nothing(
    songs: list[Song], tmp_path: Path, make_settings: MakeSettings
) -> None:
    def stop(fraction: float) -> None:
        if fraction > 0.7:
            raise Cancelled

    folder = tmp_path / "masters"
    with pytest.raises(Cancelled):
        master_files([s.source_path for s in songs], folder, make_settings(), report=stop)
    assert not folder.exists()


def test_files_become_an_album_under_their_own_names(
    songs: list[Song], tmp_path: Path, make_settings: MakeSettings
) -> None:
    paths = [song.source_path for song in songs]
    seen: list[float] = []
    made = master_files(
        paths, tmp_path / "m", make_settings(-7.0), suffix=".flac", report=seen.append
    )
    assert sorted(p.name for p in (tmp_path / "m").iterdir()) == [
        f"song {n}.flac" for n in (0, 1, 2)
    ]
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert [Path(one.out_path).stem for one in made.masters] == [p.stem for p in paths]
    with pytest.raises(UserError, match="take the place"):
        master_files(paths, tmp_path, make_settings())
    with pytest.raises(UserError, match="both become"):
        master_files([paths[0], paths[0]], tmp_path / "m", make_settings())

"""Sections of a master to come: what the master has there, by plans that are made once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from bounces import music, write_bounce

from indieartist.audio.decode import read_audio
from indieartist.domain.mastering import Settings
from indieartist.domain.release import Track
from indieartist.errors import Cancelled, UserError
from indieartist.services import bin as bin_
from indieartist.services import editing, finding, importing, mastering
from indieartist.services import mastering_room as room
from indieartist.services.measuring import audio_path
from indieartist.services.studio import Studio, open_studio

SECONDS = 6.0


@pytest.fixture
def studio(library_dir: Path, tmp_path: Path) -> Studio:
    studio = open_studio(library_dir)
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus.wav", seconds=SECONDS))
    return studio


@pytest.fixture
def track(studio: Studio) -> Track:
    return finding.get_track(studio, "T1")


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    sound = np.diff(music(4.0, seed=3), axis=0, prepend=0.0)
    soundfile.write(tmp_path / "Hit.flac", sound / np.abs(sound).max() / 2, 44100, "PCM_16")
    return tmp_path / "Hit.flac"


def settings(studio: Studio, target: str = "-14", **wishes: object) -> Settings:
    return mastering.get_settings(studio, target, **wishes)


def level_db(sound: np.ndarray) -> float:
    return float(10 * np.log10(np.square(sound.astype(np.float64)).mean() + 1e-20))


@pytest.mark.parametrize("target", ["-20", "-11", "-5"])
def test_a_section_is_what_the_master_has_there(
    target: str, studio: Studio, track: Track, reference: Path
) -> None:
    wish = settings(studio, target, reference="Hit")
    section = room.render_section(studio, track, wish, reference, start_ms=1000, length_ms=3000)
    made = mastering.master_track(studio, track, wish, reference=reference)
    master = finding.get_track(studio, "T1").current
    assert master is not None
    written, rate_hz = read_audio(audio_path(studio, master), 44100, 3 * 44100)
    assert (section.sample_rate_hz, section.start_ms, len(section.sound)) == (rate_hz, 1000, 132300)
    settled = slice(44100, None)
    assert level_db((section.sound - written)[settled]) < level_db(written) - 35.0
    assert section.lufs == pytest.approx(made.report.after.integrated_lufs, abs=0.1)
    assert section.reached == made.report.reached
    assert section.loudest_clean_lufs == pytest.approx(made.report.loudest_clean_lufs, abs=0.1)


def test_a_plan_is_made_once_for_every_target(studio: Studio, track: Track) -> None:
    wish = settings(studio)
    assert room.find_plan(studio, track, wish) is None
    plan = room.get_plan(studio, track, wish)
    for other in (
        settings(studio, "-9"),
        settings(studio, ceiling_dbtp=-2.0),
        settings(studio, bits=16, noise="flat"),
        settings(studio, bypassed=("limiter", "dither", "offset")),
    ):
        found = room.find_plan(studio, track, other)
        assert found is not None and found.levels_lu == plan.levels_lu
    for other in (
        settings(studio, curve="popular"),
        settings(studio, bypassed=("dynamics",)),
        settings(studio, preset="rock"),
        settings(studio, phase="minimum"),
    ):
        assert room.find_plan(studio, track, other) is None


def test_a_plan_knows_its_reference_by_its_sound(
    studio: Studio, track: Track, reference: Path, tmp_path: Path
) -> None:
    wish = settings(studio, reference="Hit")
    room.get_plan(studio, track, wish, reference)
    copy = tmp_path / "Another name.flac"
    copy.write_bytes(reference.read_bytes())
    assert room.find_plan(studio, track, wish, copy) is not None
    assert room.find_plan(studio, track, settings(studio, amount_pct=50.0), reference) is None
    bypassed = settings(studio, bypassed=("tone",))
    room.get_plan(studio, track, bypassed)
    assert room.find_plan(studio, track, bypassed, tmp_path / "never read.wav") is not None
    write_bounce(reference.with_suffix(".wav"), seed=5).replace(reference)
    assert room.find_plan(studio, track, wish, reference) is None
    reference.unlink()
    with pytest.raises(UserError, match=r"There is no file .*Hit.flac"):
        room.get_plan(studio, track, wish, reference)


def test_a_stopped_plan_leaves_nothing_behind(studio: Studio, track: Track) -> None:
    def stop(fraction: float) -> None:
        if fraction > 0.5:
            raise Cancelled

    before = {path for path in studio.library.folder.rglob("*") if path.is_file()}
    with pytest.raises(Cancelled):
        room.get_plan(studio, track, settings(studio), report=stop)
    assert {path for path in studio.library.folder.rglob("*") if path.is_file()} == before


def test_a_spoilt_plan_is_made_again(studio: Studio, track: Track) -> None:
    wish = settings(studio)
    plan = room.get_plan(studio, track, wish)
    (stored,) = (studio.library.folder / "Derived").rglob("plan-*")
    stored.write_bytes(stored.read_bytes()[:50])
    assert room.find_plan(studio, track, wish) is None
    assert room.get_plan(studio, track, wish).to_bytes() == plan.to_bytes()


def test_a_large_offset_is_known(studio: Studio, tmp_path: Path) -> None:
    sound = music(SECONDS, level_db=-30.0) + np.array([0.02, 0.01])
    soundfile.write(tmp_path / "Shifted.wav", sound, 44100, "PCM_24")
    importing.import_file(studio, tmp_path / "Shifted.wav")
    track = finding.get_track(studio, "T2")
    plan = room.get_plan(studio, track, settings(studio))
    assert plan.offset == pytest.approx((0.02, 0.01), abs=1e-3)
    assert room.find_plan(studio, track, settings(studio, "-9")) is not None
    assert room.find_plan(studio, track, settings(studio, bypassed=("offset",))) is None


def test_a_master_keeps_what_was_taken_off(studio: Studio, track: Track) -> None:
    mastering.master_track(studio, track, settings(studio, "-9"))
    bounce, master = finding.get_track(studio, "T1").mixes
    assert room.read_reductions(studio, bounce) is None
    kept = room.read_reductions(studio, master)
    assert kept is not None
    assert kept.band_names == ("low", "mid", "high") and kept.crossovers_hz == (160.0, 2500.0)
    assert kept.bands_db.shape == (3, 300) and kept.limiter_db.shape == (300,)
    assert kept.duration_ms == 6000 and len(kept.make_ups_db) == 3
    assert kept.bands_db.max() <= 0.0 and kept.bands_db.min() < -0.5
    assert kept.limiter_db.max() <= 0.0


def test_a_section_tells_what_is_taken_off_while_it_plays(studio: Studio, track: Track) -> None:
    section = room.render_section(studio, track, settings(studio), start_ms=2000, length_ms=1500)
    assert section.reductions.bands_db.shape == (3, 75)
    bare = settings(studio, bypassed=("dynamics", "limiter"))
    section = room.render_section(studio, track, bare, start_ms=5500, length_ms=9000)
    assert section.reductions.band_names == () and section.reductions.duration_ms == 500
    assert not section.reductions.limiter_db.any()


def test_an_emptied_bin_holds_no_plans_either(studio: Studio, track: Track) -> None:
    room.get_plan(studio, track, settings(studio))
    assert list((studio.library.folder / "Derived").rglob("plan-*"))
    editing.remove_mix(studio, track, track.mixes[0])
    bin_.empty(studio)
    assert not list((studio.library.folder / "Derived").rglob("plan-*"))


def test_a_track_without_audio_is_named(studio: Studio) -> None:
    with pytest.raises(UserError, match=r"Interlude. has no audio yet"):
        room.get_plan(studio, Track(9, 1, 4, "Interlude"), settings(studio))


@pytest.mark.real
def test_a_long_song_is_heard_at_once(studio: Studio, tmp_path: Path) -> None:
    quiet, loud = music(35.0, level_db=-40.0), music(35.0, level_db=-26.0, seed=2)
    soundfile.write(tmp_path / "Long.flac", np.concatenate([quiet, loud]), 44100, "PCM_24")
    importing.import_file(studio, tmp_path / "Long.flac")
    track, wish = finding.get_track(studio, "T2"), settings(studio, "-12")
    when = {"start_ms": 40_000, "length_ms": 3000}
    sketch = room.sketch_section(studio, track, wish, **when)
    assert not sketch.exact and room.find_plan(studio, track, wish) is None
    whole = room.render_section(studio, track, wish, **when)
    assert whole.exact and room.sketch_section(studio, track, wish, **when).exact
    assert level_db(sketch.sound) == pytest.approx(level_db(whole.sound), abs=0.5)
    assert sketch.loudest_clean_lufs == pytest.approx(whole.loudest_clean_lufs, abs=0.5)


def test_a_short_song_needs_no_sketch(studio: Studio, track: Track) -> None:
    section = room.sketch_section(studio, track, settings(studio), start_ms=0, length_ms=500)
    assert section.exact


@pytest.mark.real
def test_silence_between_sounds_is_no_hindrance(studio: Studio, tmp_path: Path) -> None:
    sound = np.concatenate([np.zeros((44100 * 61, 2)), music(0.5)])
    soundfile.write(tmp_path / "Late.flac", sound, 44100, "PCM_24")
    importing.import_file(studio, tmp_path / "Late.flac")
    track = finding.get_track(studio, "T2")
    when = {"start_ms": 61_000, "length_ms": 400}
    section = room.sketch_section(studio, track, settings(studio), **when)
    assert len(section.sound) == 17640 and np.abs(section.sound).max() > 0.01

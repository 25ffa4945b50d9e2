"""Sections by a stored plan: what the master itself has there, and nothing but the plan needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from indieartist.audio.mastering import (
    Plan,
    make_master,
    plan_master,
    preview_section,
    render_preview,
)
from indieartist.audio.mastering.render import plan_stored
from indieartist.audio.mastering.source import StoredSong, read_profile, read_song
from indieartist.domain.mastering import Settings

MakeSong = Callable[..., np.ndarray]
MakeSettings = Callable[..., Settings]
SECONDS = 12


@pytest.fixture(scope="module")
def bounce_path(tmp_path_factory: pytest.TempPathFactory, make_song: MakeSong) -> Path:
    path = tmp_path_factory.mktemp("plan") / "bounce.flac"
    soundfile.write(path, make_song(SECONDS, density=2.0) * 0.5 + 0.01, 44100, "PCM_24")
    return path


@pytest.fixture(scope="module")
def bright_path(tmp_path_factory: pytest.TempPathFactory, make_song: MakeSong) -> Path:
    path = tmp_path_factory.mktemp("plan") / "bright.wav"
    soundfile.write(path, make_song(4.0, 48000, seed=4, tilt=3.0), 48000, "PCM_16")
    return path


def level_db(sound: np.ndarray) -> float:
    return float(10 * np.log10(np.square(sound.astype(np.float64)).mean() + 1e-20))


@pytest.mark.parametrize("lufs", [-20.0, -14.0, -9.0, -4.0])
@pytest.mark.parametrize("start_ms", [0, 3210, 9000])
def test_a_section_is_what_the_master_has_there(
    lufs: float, start_ms: int, bounce_path: Path, bright_path: Path, make_settings: MakeSettings
) -> None:
    plan = plan_master(bounce_path, make_settings(), reference_path=bright_path)
    settings = make_settings(lufs)
    section = preview_section(bounce_path, plan, settings, start_ms, 3000).sound
    master = render_preview(bounce_path, start_ms, 3000, settings, reference_path=bright_path)
    assert section.shape == master.shape
    for second in (1, 2):
        ours, theirs = (cut[second * 44100 :][:44100] for cut in (section, master))
        assert level_db(ours) == pytest.approx(level_db(theirs), abs=0.1)
        assert level_db(ours - theirs) < level_db(theirs) - 35.0


@pytest.mark.parametrize(
    "bypassed", [("dynamics",), ("dynamics", "tone"), ("limiter",), ("offset", "dynamics", "tone")]
)
def test_bypassed_stages_are_bypassed_in_a_section_too(
    bypassed: tuple[str, ...], bounce_path: Path, bright_path: Path, make_settings: MakeSettings
) -> None:
    settings = make_settings(-16.0, bypassed=bypassed)
    plan = plan_master(bounce_path, settings, reference_path=bright_path)
    section = preview_section(bounce_path, plan, settings, 2000, 3000).sound
    master = render_preview(bounce_path, 2000, 3000, settings, reference_path=bright_path)
    assert level_db((section - master)[44100:]) < level_db(master) - 35.0


def test_a_stored_plan_gives_the_same_section(
    bounce_path: Path, make_settings: MakeSettings
) -> None:
    settings = make_settings()
    plan = plan_master(bounce_path, settings)
    stored = plan.to_bytes()
    first, second = (
        preview_section(bounce_path, kept, settings, 4000, 1000).sound
        for kept in (plan, Plan.from_bytes(stored))
    )
    np.testing.assert_allclose(first, second, atol=1e-6)
    for broken in (b"", b"PLN1", stored[:-1], b"X" + stored[1:], stored[:40]):
        with pytest.raises(ValueError, match="not a stored plan"):
            Plan.from_bytes(broken)


def test_a_section_ends_with_the_song(bounce_path: Path, make_settings: MakeSettings) -> None:
    settings = make_settings()
    plan = plan_master(bounce_path, settings)
    for start_ms, length_ms, frames in ((11_500, 9000, 22050), (99_000, 10, 0), (-5, 100, 4410)):
        section = preview_section(bounce_path, plan, settings, start_ms, length_ms).sound
        assert section.shape == (frames, 2)


@pytest.mark.parametrize("bypassed", [("limiter",), ("dither",), ("limiter", "dither")])
def test_one_plan_serves_with_and_without_the_limiter(
    bypassed: tuple[str, ...], bounce_path: Path, make_settings: MakeSettings
) -> None:
    without = make_settings(-9.0, bypassed=bypassed)
    plan = plan_master(bounce_path, make_settings(-14.0))
    section = preview_section(bounce_path, plan, without, 2000, 3000).sound
    master = render_preview(bounce_path, 2000, 3000, without)
    assert level_db((section - master)[44100:]) < level_db(master) - 35.0


@pytest.mark.parametrize("lufs", [-24.0, -14.0, -4.0])
def test_a_plan_knows_where_the_master_will_stand(
    lufs: float, bounce_path: Path, make_settings: MakeSettings, tmp_path: Path
) -> None:
    settings = make_settings(lufs)
    plan = plan_master(bounce_path, settings)
    made = make_master(bounce_path, tmp_path / "m.wav", settings).report
    assert plan.predict_lufs(settings) == pytest.approx(made.after.integrated_lufs, abs=0.1)
    loudest = plan.predict_loudest_lufs(settings)
    assert loudest == pytest.approx(made.loudest_clean_lufs, abs=0.1)


def test_a_song_that_is_known_gives_the_same_plan(
    bounce_path: Path, bright_path: Path, make_settings: MakeSettings
) -> None:
    settings = make_settings()
    song, info = read_song(bounce_path)
    lead = read_profile(bright_path)
    known = StoredSong(bounce_path, info, song.measure_profile(), song.offset)
    ours = plan_stored(known, bounce_path, settings, lead)
    theirs = plan_master(bounce_path, settings, reference_path=bright_path)
    assert ours.to_bytes() == theirs.to_bytes()
    assert ours.offset[0] == pytest.approx(0.01, abs=1e-3)

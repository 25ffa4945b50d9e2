"""What changed is told in plain sentences: what is heard, and never what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from domain.preflight_cases import MEASURED
from hypothesis import given
from hypothesis import strategies as st

from indieartist.domain.changes import BANDS, TOPICS, Change, Character, tell_changes

BEFORE = Character(MEASURED, (-6.0, -4.0, -5.0, -12.0, -20.0), -9.0)


def after(
    bands_db: tuple[float | None, ...] = BEFORE.bands_db,
    width_db: float | None = BEFORE.width_db,
    **measured: float | None,
) -> Character:
    return Character(replace(MEASURED, **measured), bands_db, width_db)


def told(changed: Character, before: Character = BEFORE) -> dict[str, Change]:
    return {change.topic: change for change in tell_changes(before, changed)}


def test_nothing_changed() -> None:
    words = {topic: change.words for topic, change in told(BEFORE).items()}
    assert words == {
        "level": "As loud as before, at −14.2 LUFS, peaks at −1.2 dBTP as before.",
        "tone": "The tone is as it was.",
        "dynamics": "Loud and quiet parts and peaks keep their distances.",
        "width": "As wide as it was.",
    }
    assert tuple(words) == TOPICS


@pytest.mark.parametrize(
    ("lufs", "dbtp", "words"),
    [
        (-10.0, -1.0, "4.2 LU louder: from −14.2 to −10.0 LUFS, peaks at −1.0 instead of −1.2"),
        (-18.5, -5.5, "4.3 LU quieter: from −14.2 to −18.5 LUFS, peaks at −5.5 instead of −1.2"),
        (-14.24, -1.2, "As loud as before, at −14.2 LUFS, peaks at −1.2 dBTP as before"),
        (-10.0, None, "4.2 LU louder: from −14.2 to −10.0 LUFS."),
    ],
)
def test_level(lufs: float, dbtp: float | None, words: str) -> None:
    assert told(after(integrated_lufs=lufs, true_peak_dbtp=dbtp))["level"].words.startswith(words)


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ((0, 0, 0, 0, 2.1), "At equal loudness 2.1 dB more above 8 kHz."),
        (
            (0.2, -1.04, 0, 2.0, -0.31),
            "At equal loudness 2.0 dB more from 2.5 to 8 kHz, 1.0 dB less from 150 to 600 Hz and "
            "0.3 dB less above 8 kHz.",
        ),
        (
            (-3.0, 0, 0.5, 0, 0),
            "At equal loudness 3.0 dB less below 150 Hz and 0.5 dB more from 600 Hz to 2.5 kHz.",
        ),
        ((0.29, -0.29, 0, 0, 0), "The tone is as it was."),
    ],
)
def test_tone(moved: tuple[float, ...], words: str) -> None:
    bands = tuple(old + by for old, by in zip(BEFORE.bands_db, moved, strict=True) if old)
    change = told(after(bands_db=bands))["tone"]
    assert change.words == words
    assert list(change.figures) == [f"{name}_db" for name in BANDS]
    assert change.figures["air_db"] == pytest.approx(moved[4], abs=0.01)


def test_a_band_where_nothing_sounds_is_left_out() -> None:
    change = told(after(bands_db=(-6.0, -4.0, -5.0, -10.0, None)))["tone"]
    assert change.words == "At equal loudness 2.0 dB more from 2.5 to 8 kHz."
    assert "air_db" not in change.figures
    assert "tone" not in told(after(bands_db=(None,) * 5))


@pytest.mark.parametrize(
    ("range_lu", "dbtp", "words"),
    [
        (3.0, -1.2, "The loud parts are 3.0 dB nearer to the quiet ones."),
        (7.5, -1.2, "The loud parts are 1.5 dB further from the quiet ones."),
        (6.0, -4.2, "The peaks stand out 3.0 dB less."),
        (6.4, 0.0, "The peaks stand out 1.2 dB more."),
        (
            5.0,
            -3.2,
            "The loud parts are 1.0 dB nearer to the quiet ones and the peaks stand out 2.0 dB "
            "less.",
        ),
    ],
)
def test_dynamics(range_lu: float, dbtp: float, words: str) -> None:
    change = told(after(loudness_range_lu=range_lu, true_peak_dbtp=dbtp))["dynamics"]
    assert change.words == words
    assert change.figures["before_peak_to_loudness_db"] == 13.0


@pytest.mark.parametrize(
    ("before_db", "after_db", "words"),
    [
        (-9.0, -7.5, "1.5 dB wider: more at the sides against the middle."),
        (-9.0, -10.0, "1.0 dB narrower: less at the sides against the middle."),
        (None, None, "Mono, as it was."),
        (None, -9.0, "Stereo now, and mono before."),
        (-9.0, None, "Mono now, stereo before."),
    ],
)
def test_width(before_db: float | None, after_db: float | None, words: str) -> None:
    before = replace(BEFORE, width_db=before_db)
    assert told(after(width_db=after_db), before)["width"].words == words


def test_silence_has_only_its_width() -> None:
    silence = Character(
        replace(MEASURED, integrated_lufs=None, true_peak_dbtp=None, correlation=None),
        (None,) * 5,
        None,
    )
    assert list(told(silence, silence)) == ["width"]
    assert list(told(silence)) == ["width"]


LEVELS = st.floats(-60, 0)


@given(bands=st.tuples(*[LEVELS] * 5), width_db=st.floats(-40, 6), lufs=LEVELS)
def test_there_and_back_are_opposites(
    bands: tuple[float, ...], width_db: float, lufs: float
) -> None:
    other = after(bands, width_db, integrated_lufs=lufs)
    there, back = told(other), told(BEFORE, other)
    for topic in ("level", "width"):
        name = "change_lu" if topic == "level" else "change_db"
        assert there[topic].figures[name] == pytest.approx(-back[topic].figures[name], abs=0.011)
    for name, value in there["tone"].figures.items():
        assert back["tone"].figures[name] == pytest.approx(-value, abs=0.011)

"""The one sentence about what a service does to a song."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from indieartist.domain.platforms import get_platform, parse_platforms
from indieartist.domain.playback import Level
from indieartist.domain.playback_words import Outcome, number, tell

TABLE = Path(__file__).parents[2] / "resources" / "platforms.toml"
PLATFORMS = parse_platforms(tomllib.loads(TABLE.read_text(encoding="utf-8")))
VORBIS = "160 kbit/s Vorbis"


def outcome(
    song: tuple[float, float], change_db: float, decoded: float, limited: float = 0.0
) -> Outcome:
    lufs, dbtp = song
    heard = Level(lufs + change_db, decoded + change_db - limited)
    return Outcome(Level(lufs, dbtp), change_db, decoded, heard)


@pytest.mark.parametrize(
    ("key", "coding", "made", "said"),
    [
        (
            "spotify",
            VORBIS,
            outcome((-11.7, -1.0), -2.3, -0.4),
            "Spotify turns it down by 2.3 dB to −14.0 LUFS; its 160 kbit/s Vorbis raises the"
            " peaks to −0.4 dBTP.",
        ),
        (
            "spotify",
            VORBIS,
            outcome((-20.0, -5.0), 4.0, -5.02),
            "Spotify turns it up by 4.0 dB to −16.0 LUFS, as far as its peaks allow; its"
            " 160 kbit/s Vorbis leaves the peaks at −5.0 dBTP.",
        ),
        (
            "spotify",
            VORBIS,
            outcome((-18.0, -0.2), 0.0, -0.5),
            "Spotify leaves it at −18.0 LUFS, for its peaks leave no room; its 160 kbit/s Vorbis"
            " lowers the peaks to −0.5 dBTP.",
        ),
        (
            "youtube",
            "128 kbit/s AAC",
            outcome((-18.0, -3.0), 0.0, -3.0),
            "YouTube leaves it at −18.0 LUFS, for quiet songs are not turned up; its 128 kbit/s"
            " AAC leaves the peaks at −3.0 dBTP.",
        ),
        (
            "spotify",
            VORBIS,
            outcome((-14.02, -1.0), 0.02, -1.0),
            "Spotify plays it as it is, at −14.0 LUFS; its 160 kbit/s Vorbis leaves the peaks at"
            " −1.0 dBTP.",
        ),
        (
            "bandcamp",
            "128 kbit/s MP3",
            outcome((-7.0, -0.1), 0.0, 0.93),
            "Bandcamp plays it as it is, at −7.0 LUFS; its 128 kbit/s MP3 raises the peaks to"
            " 0.9 dBTP, over full scale: a player that decodes to whole numbers cuts them off.",
        ),
        (
            "qobuz",
            "lossless",
            outcome((-7.0, -0.1), 0.0, -0.1),
            "Qobuz plays it as it is, at −7.0 LUFS; lossless, so the peaks stay at −0.1 dBTP.",
        ),
        (
            "spotify-loud",
            VORBIS,
            outcome((-16.0, -1.0), 5.0, -0.8, limited=5.1),
            "Spotify (Loud) turns it up by 5.0 dB to −11.0 LUFS; its 160 kbit/s Vorbis"
            " raises the peaks to −0.8 dBTP; its limiter takes 5.1 dB off them.",
        ),
    ],
)
def test_what_is_said(key: str, coding: str, made: Outcome, said: str) -> None:
    assert tell(get_platform(PLATFORMS, key), coding, made) == said


def test_an_album_is_said_to_be_turned_as_one() -> None:
    made = outcome((-16.0, -1.0), -2.0, -1.0)
    said = tell(get_platform(PLATFORMS, "spotify"), VORBIS, made, album=True)
    assert said.startswith("Spotify turns it down with its album by 2.0 dB to −18.0 LUFS; ")


def test_silence_is_said_to_be_silence() -> None:
    nothing = Outcome(Level(None, None), None, None, Level(None, None))
    said = tell(get_platform(PLATFORMS, "tidal"), VORBIS, nothing)
    assert said == "TIDAL finds no loudness to turn: this is silence."
    assert not nothing.clips
    short = Outcome(Level(None, -3.0), None, -2.9, Level(None, None))
    said = tell(get_platform(PLATFORMS, "tidal"), VORBIS, short)
    assert said == "TIDAL finds no loudness to turn: this is too short or too quiet."


def test_numbers_carry_a_real_minus_and_no_minus_zero() -> None:
    assert [number(x) for x in (-1.25, -0.01, 3.0, None)] == ["−1.2", "0.0", "3.0", "—"]

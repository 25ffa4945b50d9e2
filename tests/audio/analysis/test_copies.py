"""Copies of a recording are found among many sounds, and what only resembles it is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st
from songs import ROOT, low_rate, play, real_songs, words

from indieartist.audio.analysis.copies import Print, find_copies
from indieartist.audio.analysis.fingerprint import RATE_HZ, WORD_MS, pack_words


def printed(found: np.ndarray) -> Print:
    return Print(pack_words(found), round(len(found) * WORD_MS))


def harmed(found: np.ndarray, rate: float, seed: int) -> np.ndarray:
    """The words of a worse copy: each bit turned with this chance."""
    bits = np.random.default_rng(seed).random((len(found), 32)) < rate
    return found ^ (bits @ (1 << np.arange(32, dtype=np.uint64))).astype(np.uint32)


def strangers(count: int, length: int = 600) -> list[np.ndarray]:
    dice = np.random.default_rng(5)
    return [dice.integers(0, 2**32, length, dtype=np.uint32) for _ in range(count)]


@settings(max_examples=25)
@given(
    rates=st.lists(st.floats(0, 0.06), min_size=1, max_size=8),
    late=st.integers(0, 15),
    seed=st.integers(0, 1000),
)
def test_worse_and_later_copies_are_one_group(rates: list[float], late: int, seed: int) -> None:
    song, *others = strangers(12)
    prints = {f"other {n}": printed(other) for n, other in enumerate(others)}
    prints["song"] = printed(song)
    for number, rate in enumerate(rates):
        begun = song[late if number % 2 else 0 :]
        prints[f"copy {number}"] = printed(harmed(begun, rate, seed + number))
    expected = {"song", *(f"copy {n}" for n in range(len(rates)))}
    assert find_copies(prints) == [frozenset(expected)]


def test_what_differs_more_or_in_length_is_no_copy() -> None:
    song = strangers(1)[0]
    other_mix = printed(harmed(song, 0.12, 1))
    longer = Print(printed(song).fingerprint, printed(song).duration_ms + 2_500)
    assert find_copies({"song": printed(song), "mix": other_mix, "longer": longer}) == []


def test_of_nothing_there_are_no_copies() -> None:
    empty = np.empty(0, np.uint32)
    assert find_copies({}) == []
    assert find_copies({"a": printed(empty), "b": printed(empty)}) == []
    moment = strangers(1, 10)[0]
    assert find_copies({"a": printed(moment), "b": printed(moment)}) == []


def test_silence_makes_no_copies_of_songs() -> None:
    """Songs that begin and end in the same silence share its words."""
    silence = np.full(150, 627_964_279, np.uint32)
    songs = [np.concatenate([silence, song, silence]) for song in strangers(30, 500)]
    assert find_copies({f"{n}": printed(song) for n, song in enumerate(songs)}) == []


def test_level_noise_and_a_start_between_two_words_are_copies() -> None:
    song = play(1)
    made = {
        "level": 0.1 * song,
        "later": np.concatenate([np.zeros(round(0.06 * RATE_HZ)), song]),
        "rate": soxr.resample(soxr.resample(song, RATE_HZ, 48_000), 48_000, RATE_HZ),
    }
    prints = {"song": printed(words(song)), "other": printed(words(play(2)))}
    prints |= {name: printed(words(sound)) for name, sound in made.items()}
    assert find_copies(prints) == [frozenset({"song", *made})]


# real songs


@pytest.mark.real
def test_real_songs_are_copies_of_nothing_but_their_own(real_song: Path) -> None:
    """Each at another level, limited, and muted for a word; and each beside all the others."""
    prints = {}
    for path in real_songs():
        sound = low_rate(path)
        quiet, muted = 0.2 * sound, sound.copy()
        muted[20 * RATE_HZ : 21 * RATE_HZ] = 0
        for how, made in {"as it is": sound, "quiet": quiet, "muted": muted}.items():
            prints[f"{path.name} {how}"] = printed(words(made))
    groups = find_copies(prints)
    assert len(groups) == len(real_songs())
    assert all(len({name.split(" ")[0] for name in group}) == 1 for group in groups)


@pytest.mark.real
def test_an_instrumental_is_no_copy_of_its_song() -> None:
    """Songs of Frets on Fire come as the band and the guitar apart."""
    songs = sorted((ROOT / ".cache" / "bench").glob("frets*/**/guitar.ogg"))
    if not songs:
        pytest.skip("`make bench` brings them.")
    for guitar in songs:
        band, lead = low_rate(guitar.with_name("song.ogg")), low_rate(guitar)
        both = band + lead[: len(band)]
        prints = {"band": printed(words(band)), "both": printed(words(both))}
        assert find_copies(prints) == [], guitar.parent.name

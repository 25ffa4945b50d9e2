"""Tempo and key as people write them."""

from __future__ import annotations

import pytest

from indieartist.domain.music import MODES, Key, Tempo

KEYS = [Key(tonic, mode, 0.5) for mode in MODES for tonic in range(12)]
LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def pitch_class(text: str) -> int:
    name, _ = text.split()
    return (LETTERS[name[0]] + name.count("#") - name[1:].count("b")) % 12


def signs(text: str) -> int:
    """How many sharps or flats the key's signature has."""
    name, mode = text.split()
    fifths = "FCGDAEB".index(name[0]) - (1 if mode == "major" else 4)
    return abs(fifths + 7 * (name.count("#") - name[1:].count("b")))


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.text)
def test_both_spellings_name_the_tonic_and_the_shorter_comes_first(key: Key) -> None:
    assert pitch_class(key.text) == key.tonic
    if key.other_text is not None:
        assert pitch_class(key.other_text) == key.tonic
        assert signs(key.text) <= signs(key.other_text) <= 7
    assert signs(key.text) <= 6


@pytest.mark.parametrize(
    ("tonic", "mode", "text", "short", "camelot"),
    [
        (0, "major", "C major", "C", "8B"),
        (9, "minor", "A minor", "Am", "8A"),
        (6, "minor", "F# minor", "F#m", "11A"),
        (1, "major", "Db major", "Db", "3B"),
        (11, "major", "B major", "B", "1B"),
        (8, "minor", "G# minor", "G#m", "1A"),
        (4, "major", "E major", "E", "12B"),
    ],
)
def test_known_keys(tonic: int, mode: str, text: str, short: str, camelot: str) -> None:
    key = Key(tonic, mode, 1.0)
    assert (key.text, key.short, key.camelot) == (text, short, camelot)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.text)
def test_the_wheel_goes_by_fifths_and_relatives_share_a_number(key: Key) -> None:
    fifth = Key((key.tonic + 7) % 12, key.mode, 0.5)
    number, letter = int(key.camelot[:-1]), key.camelot[-1]
    assert fifth.camelot == f"{number % 12 + 1}{letter}"
    assert key.relative.camelot == f"{number}{'A' if letter == 'B' else 'B'}"
    assert key.relative.relative == key
    assert signs(key.relative.text) == signs(key.text)


def test_all_codes_differ() -> None:
    assert len({key.camelot for key in KEYS}) == len({key.text for key in KEYS}) == 24


def test_half_and_double() -> None:
    tempo = Tempo(87.5, 0.8)
    assert (tempo.half.bpm, tempo.double.bpm) == (43.75, 175)
    assert tempo.half.double == tempo


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_what_cannot_be_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        Tempo(100, confidence)
    with pytest.raises(ValueError, match="confidence"):
        Key(0, "minor", confidence)
    with pytest.raises(ValueError, match="tempo"):
        Tempo(0, 0.5)
    with pytest.raises(ValueError, match="tonic"):
        Key(12, "minor", 0.5)
    with pytest.raises(ValueError, match="mode"):
        Key(0, "dorian", 0.5)

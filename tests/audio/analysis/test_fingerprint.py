"""The fingerprint: equal to Chromaprint's own, packed as AcoustID reads it, compared by bits."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio.analysis import fingerprint
from indieartist.audio.analysis.fingerprint import (
    FingerprintMeter,
    compare_words,
    pack_words,
    unpack_words,
)
from indieartist.errors import UserError

# What fpcalc 1.5.1 says of `chords` as a 16-bit WAV.
CHORDS = (
    "AQAAS1ISJZH0JAk-4kuSo9SWI-8VJF-J_8Yb9EKjD7nnQCfy9hmay8TRZlHy4ZmRS9aQPMfX3PiUCP2E5kK-LdCRs8_QODLx"
    "Ee0S5cO1GfmQeEqp43_wDO2J5hvyHfqPvCsaVfjRMsuH98g1JM8sfFMe48rQXEIf5IeOkEvXwVuEN0O95cOZGfmH5MpE4ZTy"
    "4NuORhd6BnmO5EffqPCFi0OtRPnwzkj8IZcyUbjyGPfQ6EJfAKIMREAQQoRRAFAAgDRMIEKEAYpxAQgiGhACICAMAGMUAYYQ"
    "iwgwRDFDDSKAEQIMA0IZQwUwiDABgQEC"
)

words_of_any_kind = st.lists(st.integers(0, 2**32 - 1), max_size=60).map(
    lambda numbers: np.array(numbers, np.uint32)
)


@pytest.fixture(scope="module")
def chords() -> NDArray[np.float32]:
    """Twelve seconds of changing chords at 11,025 Hz."""
    at = np.arange(12 * fingerprint.RATE_HZ) / fingerprint.RATE_HZ
    notes = np.array([[220, 277, 330], [196, 247, 294], [175, 220, 262], [165, 208, 247]])
    now = notes[(at * 2.5).astype(int) % 4]
    waves = sum(
        np.sin(2 * np.pi * now[:, voice] * (partial + 1) * at) / (partial + 1)
        for voice in range(3)
        for partial in range(6)
    )
    return (0.1 * waves * np.exp(-3 * ((at * 2.5) % 1))).astype(np.float32)


def listen(samples: NDArray[np.float32], block: int = 5000, **options: float | None):
    meter = FingerprintMeter(**options)
    for start in range(0, len(samples), block):
        meter.feed(samples[start : start + block])
    return meter.words


def test_it_is_the_fingerprint_that_chromaprint_makes(chords):
    assert pack_words(listen(chords)) == CHORDS


def test_a_fingerprint_of_chromaprint_is_read(chords):
    known = unpack_words(CHORDS)
    assert len(known) == 75
    assert known[:3].tolist() == [4228034426, 4228310906, 2080839034]


@pytest.mark.parametrize("block", [1, 1365, 4096, 40_000, 10**6])
def test_blocks_of_any_size_give_the_same_words(chords, block):
    short = chords[: 4 * fingerprint.RATE_HZ] if block == 1 else chords
    assert np.array_equal(listen(short, block), listen(short))


def test_it_hears_the_first_two_minutes_or_all(chords):
    long = np.tile(chords, 11)
    usual, whole = listen(long), listen(long, length_s=None)
    assert len(usual) == 948  # as many as fpcalc gives for 120 s
    assert len(whole) > len(usual)
    assert np.array_equal(whole[: len(usual)], usual)


def test_what_is_too_short_has_none():
    assert listen(np.ones(2 * fingerprint.RATE_HZ, np.float32)).size == 0
    assert pack_words(listen(np.empty(0, np.float32))) == "AQAAAA"


def test_silence_has_words_too():
    words = listen(np.zeros(5 * fingerprint.RATE_HZ, np.float32))
    assert len(set(words.tolist())) == 1


def test_level_does_not_change_the_words(chords):
    louder = compare_words(listen(chords), listen(chords * np.float32(0.25)))
    assert louder is not None and louder.bit_error_rate < 0.001


@given(words_of_any_kind)
def test_packing_is_undone(words):
    assert np.array_equal(unpack_words(pack_words(words)), words)


@given(st.binary(max_size=80))
def test_any_other_bytes_are_read_or_refused(data):
    text = base64.urlsafe_b64encode(b"\x01" + data).decode().rstrip("=")
    try:
        words = unpack_words(text)
    except UserError:
        return
    assert np.array_equal(unpack_words(pack_words(words)), words)


@pytest.mark.parametrize("text", ["", "A", "AAAAAA", "AQAAS1IS", "not base64!", "AQAÄ"])
def test_what_is_no_fingerprint_is_refused(text):
    with pytest.raises(UserError, match="cannot be read"):
        unpack_words(text)


@pytest.mark.parametrize("late", [0, 5, 20])
def test_a_copy_that_starts_later_is_found(chords, late):
    words = listen(chords)
    found = compare_words(words, words[late:])
    assert found is not None
    assert found.bit_error_rate == 0.0
    assert found.shift_ms == pytest.approx(late * fingerprint.WORD_MS)


def test_strangers_differ_in_about_half_their_bits():
    dice = np.random.default_rng(7)
    first, second = (dice.integers(0, 2**32, 200, np.uint64).astype(np.uint32) for _ in range(2))
    found = compare_words(first, second)
    assert found is not None and 0.4 < found.bit_error_rate < 0.5


def test_nothing_is_like_nothing():
    assert compare_words(np.empty(0, np.uint32), np.ones(3, np.uint32)) is None


@pytest.mark.real
@pytest.mark.skipif(shutil.which("fpcalc") is None, reason="fpcalc (libchromaprint-tools)")
def test_a_real_song_has_the_bits_that_fpcalc_gives(real_song: Path):
    command = ["fpcalc", "-plain", real_song]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    samples, rate_hz = soundfile.read(real_song, frames=121 * 48_000, dtype="float32")
    mono = soxr.resample(samples.mean(axis=1), rate_hz, fingerprint.RATE_HZ)
    found = compare_words(listen(mono), unpack_words(said.stdout.strip()))
    assert found is not None and found.shift_ms == 0.0
    assert found.bit_error_rate <= 0.001

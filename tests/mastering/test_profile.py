"""The tone profile: the same however a song is cut, whatever its offset, and after storage."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indieartist.audio.mastering.profile import (
    Profile,
    ProfileBuilder,
    get_window_frames,
    measure_profile,
)

MakeSong = Callable[..., np.ndarray]


@given(st.lists(st.integers(1, 20_000), min_size=1, max_size=12), st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_a_profile_does_not_depend_on_how_a_song_is_cut(sizes: list[int], seed: int) -> None:
    song = np.random.default_rng(seed).uniform(-1, 1, (2, sum(sizes))).astype(np.float32)
    pieces, whole = ProfileBuilder(44100), ProfileBuilder(44100)
    for piece in np.split(song, np.cumsum(sizes)[:-1], axis=1):
        pieces.feed(piece)
    whole.feed(song)
    np.testing.assert_allclose(pieces.build().mid, whole.build().mid, rtol=1e-4)


def test_it_is_the_mean_of_every_second_hann_window(make_song: MakeSong) -> None:
    song = make_song(3.0).astype(np.float64)
    size = get_window_frames(44100)
    window = np.hanning(size + 1)[:-1]
    mid = song.mean(axis=1)
    starts = range(0, len(mid) - size + 1, 2 * size)
    spectra = [np.square(np.abs(np.fft.rfft(mid[at : at + size] * window))) for at in starts]
    expected = np.mean(spectra, axis=0)[2:]  # nothing here is 10 dB under the mean
    found = measure_profile(make_song(3.0), 44100).mid[2:]
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-6)


def test_quiet_parts_and_an_offset_change_nothing(make_song: MakeSong) -> None:
    song = make_song(6.0)
    expected = measure_profile(song, 44100)
    quiet = measure_profile(np.concatenate([song, song * np.float32(0.05)]), 44100)
    assert quiet.mid.sum() == pytest.approx(expected.mid.sum(), rel=0.05)
    moved = measure_profile(song + np.float32(0.2), 44100)
    np.testing.assert_allclose(moved.mid[3:], expected.mid[3:], rtol=0.01, atol=1e-5)


def test_mono_is_all_mid(make_song: MakeSong) -> None:
    builder = ProfileBuilder(44100)
    builder.feed(make_song(1.0)[:, :1].T)
    assert builder.build().mid.any()
    assert not builder.build().side.any()


@pytest.mark.parametrize("frames", [0, 1, 4095, 4096])
def test_short_and_silent_sounds_have_a_profile(frames: int) -> None:
    profile = measure_profile(np.zeros((frames, 2), np.float32), 44100)
    assert len(profile.mid) == 2049
    assert not profile.mid.any()


def test_a_stored_profile_comes_back_as_it_was(make_song: MakeSong) -> None:
    profile = measure_profile(make_song(2.0, 48000), 48000)
    stored = profile.to_bytes()
    back = Profile.from_bytes(stored)
    assert back.sample_rate_hz == 48000
    np.testing.assert_array_equal(back.mid, profile.mid)
    np.testing.assert_array_equal(back.side, profile.side)
    for broken in (b"", b"TON1", stored[:-1], b"X" + stored[1:]):
        with pytest.raises(ValueError, match="profile"):
            Profile.from_bytes(broken)

"""Room for a song at work: the same in memory and in a file, and nothing left behind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indieartist.audio.mastering.scratch import PAGE_FRAMES, Scratch
from indieartist.errors import UserError

SIZES = st.lists(st.integers(0, 2 * PAGE_FRAMES), min_size=1, max_size=4)


@given(SIZES, st.sampled_from([0, PAGE_FRAMES, 10 * PAGE_FRAMES]), st.integers(-50, 200_000))
@settings(max_examples=25, deadline=None)
def test_what_went_in_comes_out(sizes: list[int], memory_frames: int, start: int) -> None:
    whole = np.random.default_rng(1).uniform(-1, 1, (2, sum(sizes))).astype(np.float32)
    room = Scratch(memory_frames=memory_frames)
    for piece in np.split(whole, np.cumsum(sizes)[:-1], axis=1):
        room.append(piece)
    assert room.frames == whole.shape[1]
    padded = np.pad(whole, ((0, 0), (50, 300_000)))
    np.testing.assert_array_equal(room.cut(start, 999), padded[:, start + 50 : start + 1049])


@pytest.mark.parametrize("memory_frames", [0, PAGE_FRAMES, 10 * PAGE_FRAMES])
def test_pages_are_changed_in_place(memory_frames: int, tmp_path: Path) -> None:
    whole = np.random.default_rng(2).uniform(-1, 1, (2, 3 * PAGE_FRAMES + 7)).astype(np.float32)
    room = Scratch(tmp_path, memory_frames)
    room.append(whole)
    for start, page in room.rework():
        np.multiply(page, np.float32(start + 1), out=page)
    room.trim(2 * PAGE_FRAMES + 5)
    factors = np.repeat([1, PAGE_FRAMES + 1, 2 * PAGE_FRAMES + 1], PAGE_FRAMES).astype(np.float32)
    length = 2 * PAGE_FRAMES + 5
    expected = whole[:, :length] * factors[:length]
    np.testing.assert_array_equal(room.cut(0, length), expected)
    assert not room.cut(length, 10).any()
    assert not list(tmp_path.iterdir())
    room.close()
    assert not room.frames


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    room = Scratch(tmp_path / "nowhere", memory_frames=0)
    with pytest.raises(UserError, match="nowhere"):
        room.append(np.zeros((2, 1), np.float32))

"""Gains drawn, and bands woven together, in NumPy: readable twins of weaving.c.

Stereo sound is planar, (2, frames) float32, 1.0 = full scale; curves on the control grid are
float32, in dB where they say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]


def weave_bands(  # noqa: PLR0917 - as the compiled kernel, which takes no names
    high: Floats, mid: Floats, low: Floats, gains: Floats, mid_taps: Floats, low_taps: Floats
) -> None:
    """Add two bands of lower rates to `high` (2, n), in place, each band with its gain.

    A band of every `step`-th sample, (2, n / step + taps), begins taps / 2 samples early; its
    interpolator is (taps, step). `gains` (3, blocks + 2 x 4 + 1), linear, stand at the edges of
    the blocks from four before the first to four behind the last; between them they are lines.
    """
    frames, lead = high.shape[1], 4
    grid = frames // (gains.shape[1] - 1 - 2 * lead)
    high *= _draw(gains[2], np.arange(frames) / grid + lead)
    for band, taps, gain in ((mid, mid_taps, gains[1]), (low, low_taps, gains[0])):
        count, step = taps.shape
        at = (np.arange(band.shape[1]) - count // 2) * (step / grid) + lead
        windows = np.lib.stride_tricks.sliding_window_view(band * _draw(gain, at), count, axis=1)
        high += (windows[:, 1:] @ taps).reshape(2, frames)


def _draw(gain: Floats, at: Doubles) -> Floats:
    """The lines between `gain`'s values, read at fractional places."""
    line = np.interp(at, np.arange(len(gain)), gain)
    return np.asarray(line, np.float32)


def apply_gain(planar: Floats, knots: Floats, offset: int, block_frames: int) -> None:
    """Multiply by the lines between `knots`, linear gains at block edges, in place.

    The sound begins `offset` frames behind the first edge.
    """
    ramp = np.arange(block_frames, dtype=np.float32) / np.float32(block_frames)
    lines = (knots[:-1, None] + np.diff(knots)[:, None] * ramp).reshape(-1)
    planar *= lines[offset : offset + planar.shape[1]]

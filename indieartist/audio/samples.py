"""Samples as the player takes them: stereo, at its rate, and numbers throughout."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from indieartist.errors import UserError

Samples: TypeAlias = NDArray[np.float32]
"""Sound as (frames, 2) float32, 1.0 = full scale."""


def as_stereo(samples: NDArray[np.floating], rates_hz: tuple[int, int], name: str) -> Samples:
    """Samples (frames,), (frames, 1) or (frames, 2) of a rate as (frames, 2) at another.

    What is no number becomes silence. Raises UserError for what is neither mono nor stereo.
    """
    sound: Samples = np.asarray(samples, np.float32)
    sound = sound[:, None] if sound.ndim == 1 else sound
    check_channels(sound.shape[1] if sound.ndim == 2 else 0, name)
    if rates_hz[0] != rates_hz[1]:
        import soxr

        sound = soxr.resample(sound, *rates_hz)
    return np.broadcast_to(without_gaps(sound), (len(sound), 2))


def check_channels(channels: int, name: str) -> None:
    """Raise UserError for what the player cannot play."""
    if channels not in (1, 2):
        raise UserError(
            f"“{name}” cannot be played: it is neither mono nor stereo.",
            "Bounce the song in stereo and add it again.",
        )


def without_gaps(samples: Samples) -> Samples:
    """The same samples, silent where they are no numbers."""
    sound = np.isfinite(samples)
    return samples if sound.all() else np.where(sound, samples, 0).astype(np.float32)

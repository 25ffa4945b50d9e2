"""Where a song's spectrum breaks off: what a lossy codec or a lower sample rate leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import fourier
from indieartist.audio.statistics import find_percentile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WINDOW_FRAMES = 4096
MOST_WINDOWS = 128
LOWEST_HZ = 7_000  # the lowest shelf anybody looks for: half of 16 kHz, less a filter's slope
NEAR_HZ, FAR_HZ = 150, 1050  # the two sides of a step are the bands between these distances
LEAST_STEP_DB, FILLED_DB = 20.0, 10.0
LEAST_WINDOWS = 16  # 3 s: a single stroke of a bell is no song
HIGHEST_SHARE = 0.465  # of the sample rate: above, it is the converter's own filter


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """Where the level falls most: how far, how far for good, and how far from the gaps below."""

    at_hz: float
    fall_db: float
    lasting_db: float
    filled_db: float


class ShelfMeter:
    """Keeps up to 128 windows of a song of any length, evenly spread, and looks at their treble."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._rate_hz = rate_hz
        self._windows = np.zeros((MOST_WINDOWS, min(channels, 2), WINDOW_FRAMES), np.float32)
        self._step = 2 * WINDOW_FRAMES
        self._count = self._held = self._skip = 0

    def feed(self, planar: Floats) -> None:
        """Take the next frames, shape (channels, n); the first two channels are looked at."""
        at, frames = 0, planar.shape[1]
        while at < frames:
            if self._skip:
                passed = min(self._skip, frames - at)
                self._skip -= passed
            else:
                passed = self._hold(planar[:2, at:])
            at += passed

    def _hold(self, planar: Floats) -> int:
        """Fill the window that is open; return how many frames went into it."""
        taken = planar[:, : WINDOW_FRAMES - self._held]
        self._windows[self._count, :, self._held : self._held + taken.shape[1]] = taken
        self._held += taken.shape[1]
        if self._held == WINDOW_FRAMES:
            self._close()
        return int(taken.shape[1])

    def _close(self) -> None:
        self._count, self._held = self._count + 1, 0
        self._skip = self._step - WINDOW_FRAMES
        if self._count == MOST_WINDOWS:  # keep every second one, and go on twice as far apart
            self._windows[: MOST_WINDOWS // 2] = self._windows[::2]
            self._count = MOST_WINDOWS // 2
            self._step *= 2

    @property
    def shelf_hz(self) -> int | None:
        """Where the spectrum breaks off, to 100 Hz; None where it does not.

        There the 90th-percentile log spectrum (Blackman windows) steps down by over 20 dB from one
        900-Hz mean to the next, 300 Hz apart, and stays down; below, no quarter of the band is as
        empty, as it is between the partials of a bell. Slopes of filters and rooms are less steep,
        and a step close to half the rate is the converter's own filter.
        """
        step = self._steepest()
        if step is None or step.at_hz >= HIGHEST_SHARE * self._rate_hz:
            return None
        broken = min(step.fall_db, step.lasting_db) > LEAST_STEP_DB
        return round(step.at_hz / 100) * 100 if broken and step.filled_db > FILLED_DB else None

    def _steepest(self) -> _Step | None:
        bin_hz = self._rate_hz / WINDOW_FRAMES
        near, far = round(NEAR_HZ / bin_hz), round(FAR_HZ / bin_hz)
        first = round(LOWEST_HZ / bin_hz) - far
        places = WINDOW_FRAMES // 2 + 1 - first - 2 * far
        if self._count < LEAST_WINDOWS or places <= 0:
            return None
        levels = self._levels(first)
        sums, wide = np.pad(np.cumsum(levels), (1, 0)), far - near
        below = (sums[wide : wide + places] - sums[:places]) / wide
        above = (sums[2 * far : 2 * far + places] - sums[far + near : far + near + places]) / wide
        at = int(np.argmax(below - above))
        return _Step(
            at_hz=LOWEST_HZ + at * bin_hz,
            fall_db=float(below[at] - above[at]),
            lasting_db=float(below[at] - levels[at + far + near :].mean()),
            filled_db=find_percentile(levels[at : at + wide], 25.0) - float(above[at]),
        )

    def _levels(self, first: int) -> NDArray[np.float64]:
        """The 90th percentile over the windows of each bin's level in dB, from bin `first` up."""
        windows = self._windows[: self._count]
        spectra = fourier.rfft(windows * np.blackman(WINDOW_FRAMES).astype(np.float32))[..., first:]
        power = (spectra.real**2 + spectra.imag**2).sum(axis=1)
        rank = (len(power) - 1) * 9 // 10
        high = np.partition(power, rank, axis=0)[rank]
        return np.asarray(10 * np.log10(high.astype(np.float64) + 1e-20))

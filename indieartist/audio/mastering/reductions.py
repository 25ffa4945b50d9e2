"""What compressor and limiter take off over time, thinned to what a meter can show."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.mastering.control import get_block_frames
from indieartist.audio.mastering.shape import get_grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Curve
    from indieartist.audio.mastering.shape import Dynamics

STEP_MS = 20
TENTHS = 10.0  # what is stored of a decibel; 25.5 dB is the most
_HEADER = struct.Struct("<4sIB")  # magic, steps, bands
_MAGIC = b"RED1"


@dataclass(frozen=True, slots=True, eq=False)
class ReductionCurves:
    """The most that is taken off within each 20 ms, in dB, >= 0: `bands_db` (bands, n) and (n,).

    No bands where the compressor was bypassed; `make_ups_db` is what each band gets back.
    """

    bands_db: NDArray[np.float32]
    limiter_db: Curve
    make_ups_db: tuple[float, ...]

    def to_bytes(self) -> bytes:
        """The curves for storage, in tenths of a decibel: some 10 KB for a song of 4 minutes."""
        lines = np.concatenate([self.bands_db, self.limiter_db[None]])
        tenths = np.clip(np.rint(lines * TENTHS), 0, 255).astype(np.uint8)
        head = _HEADER.pack(_MAGIC, len(self.limiter_db), len(self.bands_db))
        make_ups = np.array(self.make_ups_db, "<f4").tobytes()
        return head + make_ups + zlib.compress(tenths.tobytes())

    @classmethod
    def from_bytes(cls, stored: bytes) -> ReductionCurves:
        """What `to_bytes` wrote; ValueError for anything else."""
        try:
            mark, steps, bands = _HEADER.unpack_from(stored)
            make_ups = np.frombuffer(stored, "<f4", bands, _HEADER.size)
            body = zlib.decompress(stored[_HEADER.size + 4 * bands :])
        except (struct.error, zlib.error) as error:
            raise ValueError("not stored reductions") from error
        if mark != _MAGIC or len(body) != steps * (bands + 1):
            raise ValueError("not stored reductions")
        tenths = np.frombuffer(body, np.uint8).reshape(bands + 1, steps)
        lines = tenths.astype(np.float32) / np.float32(TENTHS)
        return cls(lines[:bands], lines[bands], tuple(make_ups.tolist()))


def collect_reductions(
    dynamics: Dynamics | None,
    limiter_db: Curve,
    sample_rate_hz: int,
    span: tuple[int, int],
    frames: int,
) -> ReductionCurves:
    """The curves of the frames from `span`[0] to `span`[1] of a sound of so many `frames`.

    `limiter_db` is the reduction at each control block's edge; that of the bands may be thinned.
    """
    steps = -(-(span[1] - span[0]) * 1000 // (sample_rate_hz * STEP_MS))
    edges = span[0] + np.arange(steps + 1) * (sample_rate_hz * STEP_MS / 1000)
    limiter = _thin(limiter_db[None], edges / get_block_frames(sample_rate_hz))[0]
    if dynamics is None or not dynamics.thresholds_db:
        return ReductionCurves(np.empty((0, steps), np.float32), limiter, ())
    bands = dynamics.reduction_db
    whole = max(1, -(-frames // get_grid(sample_rate_hz)))
    stride = max(1, round(whole / bands.shape[1]))
    places = edges / (get_grid(sample_rate_hz) * stride)
    return ReductionCurves(_thin(bands, places), limiter, dynamics.make_ups_db)


def _thin(lines: NDArray[np.float32], places: NDArray[np.float64]) -> NDArray[np.float32]:
    """The highest of each line (rows, n) from each place to the next."""
    if len(places) < 2:
        return np.empty((len(lines), 0), np.float32)
    columns = np.clip(np.floor(places), 0, lines.shape[1] - 1).astype(np.intp)
    end = max(columns[-1], columns[-2] + 1)
    return np.maximum.reduceat(lines[:, :end], columns[:-1], axis=1)

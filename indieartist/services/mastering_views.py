"""What the mastering room shows: curves over time and frequency, sections, services' playback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Curve = NDArray[np.float32]

# NumPy is only named here, never imported: a page may import these types as it is built.


@dataclass(frozen=True, slots=True)
class Peak:
    """A place in a song where the true peak passes a ceiling."""

    moment_ms: float
    dbtp: float


@dataclass(frozen=True, slots=True, eq=False)
class Traces:
    """A song over time, one value for each step of `step_ms`; all arrays are of equal length.

    The loudness at a step is that of the 400 ms (momentary) and 3 s (short term) that end with it,
    -inf in silence; correlation (-1 to 1) and balance (power of left over right, within +-60 dB)
    are those of the same 400 ms, NaN in silence and, the correlation, where one side is silent.
    `peaks` are where the true peak passes `ceiling_dbtp`, the loudest first, at most 200.
    """

    step_ms: int
    momentary_lufs: Curve
    short_term_lufs: Curve
    correlation: Curve
    balance_db: Curve
    ceiling_dbtp: float
    peaks: tuple[Peak, ...]

    @property
    def duration_ms(self) -> int:
        """How far the curves go."""
        return self.step_ms * len(self.momentary_lufs)


@dataclass(frozen=True, slots=True, eq=False)
class Reductions:
    """What compressor and limiter take off over time, all values <= 0 dB.

    `bands_db` is (bands, n), low first, and empty (0, n) where the compressor was bypassed;
    `make_ups_db` is what each band gets back throughout. The value at a step is the most that is
    taken off within it.
    """

    step_ms: int
    bands_db: Curve
    band_names: tuple[str, ...]
    crossovers_hz: tuple[float, ...]
    make_ups_db: tuple[float, ...]
    limiter_db: Curve  # (n,)

    @property
    def duration_ms(self) -> int:
        """How far the curves go."""
        return self.step_ms * len(self.limiter_db)


@dataclass(frozen=True, slots=True, eq=False)
class Tone:
    """A long-term spectrum in third-octave bands, 12 points to the octave, level taken out.

    Pink noise is flat. 0 dB is the mean of the mid from 100 Hz to 8 kHz, so that songs of any
    level lie over one another. `side_db` is None for a house curve, -inf where a song is mono.
    """

    name: str
    hz: Curve
    mid_db: Curve
    side_db: Curve | None


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A section of the master that settings would make: `sound` (frames, 2), full scale 1.0.

    It is heard before dither. `lufs` is the integrated loudness of the whole master as planned:
    its target, or `loudest_clean_lufs` where the target is not `reached` without damage. One that
    is not `exact` was made at once of excerpts of the song, and can be off by half a decibel.
    """

    sound: Curve
    sample_rate_hz: int
    start_ms: int
    lufs: float
    loudest_clean_lufs: float
    reached: bool
    exact: bool
    reductions: Reductions


@dataclass(frozen=True, slots=True)
class PlatformCell:
    """What one service does to a song, alone or with its album; None for what is not known yet.

    `codec_true_peak_dbtp` is the peak after the decoder, before the service turns the song, of
    the `whole` song or of half a minute where it peaks.
    """

    key: str
    name: str
    change_db: float | None
    playback_lufs: float | None
    codec: str
    codec_true_peak_dbtp: float | None
    clips: bool
    sentence: str
    as_album: bool
    whole: bool
    headline: bool
    confidence: str
    note: str

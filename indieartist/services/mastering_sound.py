"""The waveform of a mix at any zoom: its stored picture, and its samples where that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indieartist.domain.progress import Report, silent
from indieartist.services.measuring import audio_path, waveform_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indieartist.audio.waveform import Waveform
    from indieartist.domain.release import Mix
    from indieartist.services.studio import Studio


def read_waveform(studio: Studio, mix: Mix, report: Report = silent) -> Waveform:
    """The picture of a mix in bins of 256 frames, measured now if it never was."""
    return waveform_of(studio, mix, report)


def read_samples(studio: Studio, mix: Mix, start: int, frames: int) -> NDArray[np.float32]:
    """The samples (frames, channels) from frame `start` on, full scale 1.0; fewer at the end.

    Only that stretch is decoded.
    """
    from indieartist.audio.decode import read_audio

    first = max(0, start)
    wanted = max(0, start + frames - first)
    return read_audio(audio_path(studio, mix), first, wanted)[0]

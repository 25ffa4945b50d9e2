"""The bounce and the reference as stereo sound in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.decode import audio_info, open_reader, read_blocks, to_float
from indieartist.audio.sniff import shown
from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from indieartist.audio.mastering.control import Sound
    from indieartist.audio.reader import Form
    from indieartist.domain.measurement import AudioInfo

MOST_FRAMES = 240_000_000  # 83 minutes at 48 kHz: two copies of it are 4 GB


def read_stereo(path: Path, report: Report = silent) -> tuple[Sound, AudioInfo]:
    """The whole song as (frames, 2) float32; mono becomes two equal channels.

    Stores take no mono, hence no master is mono. Raises UserError for more than two channels, for
    a song too long for one master, and as `decode.probe` does.
    """
    with open_reader(path) as reader:
        _check_form(reader.form, path)
        pieces, frames = [np.empty((0, 2), np.float32)], 0
        for block in read_blocks(reader, path, report=report):
            frames += len(block)
            _check_length(frames, path, reader.form.sample_rate_hz)
            pieces.append(np.broadcast_to(to_float(block), (len(block), 2)))
        return np.concatenate(pieces), audio_info(reader, frames)


def _check_form(form: Form, path: Path) -> None:
    if form.channels > 2:
        raise UserError(
            f"{shown(path)} has {form.channels} channels; a master is made from one or two.",
            "Export a stereo mixdown.",
        )
    _check_length(form.promised or 0, path, form.sample_rate_hz)


def _check_length(frames: int, path: Path, rate_hz: int) -> None:
    if frames > MOST_FRAMES:
        raise UserError(
            f"{shown(path)} is longer than the {MOST_FRAMES / rate_hz / 60:.0f} minutes "
            "that one master can have at its sample rate.",
            "Master its songs one by one.",
        )

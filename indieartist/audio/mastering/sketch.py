"""A plan at once: made of some excerpts of a song, until the plan of the whole is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.codecs.peaky import find_peaky_sections
from indieartist.audio.decode import read_audio
from indieartist.audio.loudness import MOMENTARY_STEPS, integrated_lufs, windows
from indieartist.audio.mastering.chain import make_shape
from indieartist.audio.mastering.plan import Plan, plan_sections
from indieartist.audio.waveform import STEP_MS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from indieartist.audio.mastering.curve import MatchCurve
    from indieartist.audio.mastering.profile import Profile
    from indieartist.audio.mastering.scratch import Planar
    from indieartist.audio.mastering.source import StoredSong
    from indieartist.audio.waveform import Waveform
    from indieartist.domain.mastering import Settings

STRATA, PEAKY = 14, 1  # excerpts of every loudness, and where it peaks
EXCERPT_S = 2.0
FADE_FRAMES = 512
SHORTEST_S = 60.0  # of a song of which excerpts are worth it

Span = tuple[int, int]  # first frame, and the one after the last


def is_long(song: StoredSong) -> bool:
    """Whether a sketch of the song is made much sooner than its plan."""
    return song.frames > SHORTEST_S * song.sample_rate_hz


def sketch_plan(
    path: Path,
    song: StoredSong,
    waveform: Waveform,
    settings: Settings,
    lead: Profile | MatchCurve | None,
) -> Plan | None:
    """About the plan that the whole song would give; None where the excerpts are silent.

    Its loudness is set right by what is known of the whole bounce: sections of six real songs
    stood within 0.6 dB of their masters. Raises as `decode.read_audio` does.
    """
    spans = choose_spans(waveform)
    shape = make_shape(_Excerpts(path, song, spans), settings, reference=lead)
    if shape.programme.measure_lufs() is None:
        return None
    plan = plan_sections(shape)
    beyond_lu = _measure_difference(waveform, spans)
    levels = tuple(level + beyond_lu for level in plan.levels_lu)
    return replace(plan, frames=song.frames, levels_lu=levels)


def choose_spans(waveform: Waveform) -> list[Span]:
    """Excerpts in order: of every loudness that the song has, and where its highest peak is."""
    step = round(EXCERPT_S * 1000 / STEP_MS)
    count = len(waveform.powers) // step
    loudness = waveform.powers[: count * step].reshape(count, step).mean(axis=1)
    ranks = ((np.arange(STRATA) + 0.5) * count / STRATA).astype(np.intp)
    chosen = np.argsort(loudness, kind="stable")[ranks]
    length = round(EXCERPT_S * waveform.rate_hz)
    starts = [round(int(n) * step * STEP_MS * waveform.rate_hz / 1000) for n in chosen]
    starts += [each.start for each in find_peaky_sections(waveform, PEAKY, EXCERPT_S)]
    return [(start, min(start + length, waveform.frames)) for start in sorted(starts)]


class _Excerpts:
    """Parts of a song one after another, as if they were the song."""

    def __init__(self, path: Path, song: StoredSong, spans: list[Span]) -> None:
        self.sample_rate_hz, self.offset = song.sample_rate_hz, song.offset
        self.frames = sum(end - start for start, end in spans)
        self._path, self._song, self._spans = path, song, spans

    def measure_profile(self) -> Profile:
        """The long-term spectrum of the whole song."""
        return self._song.measure_profile()

    def take_pieces(self) -> Iterator[Planar]:
        """The excerpts as (2, n), each faded at its ends."""
        for start, end in self._spans:
            sound, _ = read_audio(self._path, start, end - start)
            planar = np.array(np.broadcast_to(sound, (len(sound), 2)).T, order="C")
            ramp = np.linspace(0.0, 1.0, min(FADE_FRAMES, len(sound)), dtype=np.float32)
            planar[:, : len(ramp)] *= ramp
            planar[:, planar.shape[1] - len(ramp) :] *= ramp[::-1]
            yield planar

    def close(self) -> None:
        """Nothing is kept."""


def _measure_difference(waveform: Waveform, spans: list[Span]) -> float:
    """By how much the whole bounce is louder than its excerpts, in LU."""
    frames = waveform.rate_hz * STEP_MS / 1000
    blocks: list[NDArray[np.float64]] = []
    for start, end in spans:
        steps = waveform.powers[round(start / frames) : round(end / frames)]
        blocks.append(windows(steps.astype(np.float64), MOMENTARY_STEPS))
    part = integrated_lufs(np.concatenate(blocks))
    whole = integrated_lufs(waveform.gating_blocks)
    return 0.0 if part is None or whole is None else whole - part

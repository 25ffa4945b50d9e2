"""The mastering chain: a song in, a take out that stands at its target."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

import numpy as np

from indieartist.audio.mastering.bands import design_bank
from indieartist.audio.mastering.curve import choose_curve
from indieartist.audio.mastering.level import Take, fit_level
from indieartist.audio.mastering.programme import Programme, ProgrammeMeter
from indieartist.audio.mastering.scratch import Scratch
from indieartist.audio.mastering.shape import filter_tone, listen, plan_dynamics, weave
from indieartist.domain.progress import Report, silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from indieartist.audio.mastering.curve import MatchCurve
    from indieartist.audio.mastering.profile import Profile
    from indieartist.audio.mastering.scratch import Planar
    from indieartist.audio.mastering.shape import Dynamics
    from indieartist.domain.mastering import Settings

DC_LIMIT = 1e-3  # -60 dBFS: a larger offset takes headroom and is removed
REPORTS = 16
MOST_WAITING = 8  # pages that were not measured yet


class Song(Protocol):
    """What is mastered: its form, its tone, and its samples, once."""

    sample_rate_hz: int
    frames: int

    @property
    def offset(self) -> NDArray[np.float64]:
        """The mean of left and right, 1.0 = full scale."""
        ...

    def measure_profile(self) -> Profile:
        """The long-term spectrum."""
        ...

    def take_pieces(self) -> Iterator[Planar]:
        """The whole song as (2, n), piece by piece; once."""
        ...

    def close(self) -> None:
        """Forget the samples."""
        ...


@dataclass(frozen=True, eq=False)
class Shape:
    """A song after tone and dynamics, measured, ahead of its level: any target can follow."""

    sound: Scratch
    programme: Programme
    offset: NDArray[np.float64]  # removed from left and right, 1.0 = full scale
    curve: MatchCurve
    dynamics: Dynamics | None

    def fit(self, settings: Settings) -> Take:
        """The take that stands at the target of `settings`."""
        target = settings.target
        return fit_level(
            self.sound,
            self.programme,
            target.integrated_lufs,
            target.ceiling_dbtp,
            limited=settings.runs("limiter"),
        )


def make_shape(
    song: Song,
    settings: Settings,
    *,
    reference: Profile | MatchCurve | None = None,
    folder: Path | None = None,
    report: Report = silent,
) -> Shape:
    """Take `song`, which is used up, through tone match and compressor.

    What does not fit into memory goes to a temporary file in `folder`.
    """
    offset = choose_offset(song, settings)
    curve = choose_curve(song.measure_profile(), reference, settings)
    with _Desk(song, folder, report) as desk:
        sound, dynamics = _render(song, offset, curve, settings, desk)
        song.close()
        programme = desk.measure()
    report(1.0)
    return Shape(sound, programme, offset, curve, dynamics)


def choose_offset(song: Song, settings: Settings) -> NDArray[np.float64]:
    """The DC offset to remove: none where no channel has one above -60 dBFS."""
    if settings.runs("offset") and np.abs(song.offset).max() >= DC_LIMIT:
        return song.offset
    return np.zeros(2)


def centre(pieces: Iterable[Planar], offset: NDArray[np.float64]) -> Iterator[Planar]:
    """The same pieces (2, n), less `offset`."""
    moved = offset.astype(np.float32)[:, None]
    for piece in pieces:
        yield piece - moved if offset.any() else piece


class _Desk:
    """Where a song is worked on: it measures what comes out, on a thread, and reports at times."""

    def __init__(self, song: Song, folder: Path | None, report: Report) -> None:
        self.folder = folder
        self._meter = ProgrammeMeter(song.sample_rate_hz)
        self._ear = ThreadPoolExecutor(max_workers=1)
        self._waiting: deque[Future[None]] = deque()
        self._report = report
        self._whole = 2 * max(1, song.frames)  # each frame comes in once and goes out once
        self._done = self._due = 0

    def __enter__(self) -> _Desk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ear.shutdown(cancel_futures=True)

    def follow(self, pieces: Iterable[Planar]) -> Iterator[Planar]:
        """The same pieces on their way in."""
        for piece in pieces:
            self._tell(piece.shape[1])
            yield piece

    def hear(self, planar: Planar) -> None:
        """Measure the next frames on their way out; they must stay as they are."""
        self._waiting.append(self._ear.submit(self._meter.feed, planar))
        if len(self._waiting) > MOST_WAITING:
            self._waiting.popleft().result()
        self._tell(planar.shape[1])

    def measure(self) -> Programme:
        """The programme of everything that came out."""
        while self._waiting:
            self._waiting.popleft().result()
        return self._meter.build()

    def _tell(self, frames: int) -> None:
        self._done += frames
        if self._done >= self._due:
            self._report(min(1.0, self._done / self._whole))
            self._due = self._done + self._whole // REPORTS


def _render(
    song: Song, offset: NDArray[np.float64], curve: MatchCurve, settings: Settings, desk: _Desk
) -> tuple[Scratch, Dynamics | None]:
    compressed, rate_hz = settings.runs("dynamics"), song.sample_rate_hz
    pieces = desk.follow(centre(song.take_pieces(), offset))
    if compressed:
        bank = design_bank(curve, rate_hz, settings.phase, split=True)
        bands = listen(pieces, rate_hz, bank, desk.folder)
        song.close()
        dynamics = plan_dynamics(bands, settings.voicings)
        bands = replace(bands, power=bands.power[:, :0].copy())  # of hours, that is a lot
        return weave(bands, dynamics, song.frames, desk.hear), dynamics.thin()
    if not curve.is_flat:
        bank = design_bank(curve, rate_hz, settings.phase, split=False)
        return filter_tone(pieces, bank, song.frames, desk.hear, desk.folder), None
    sound = Scratch(desk.folder)
    for piece in pieces:
        desk.hear(piece)
        sound.append(piece)
    return sound, None

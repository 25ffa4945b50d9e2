"""Rendering: a master, or an album of them, made behind the page with progress and a way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from indieartist.domain import figures
from indieartist.errors import AppError, Cancelled

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Track
    from indieartist.services.mastering import Mastered, MasteredTracks
    from indieartist.services.studio import Studio
    from indieartist.ui.bridge import Job
    from indieartist.ui.cards.render import RenderCard
    from indieartist.ui.desk import Desk, Ending
    from indieartist.ui.room.wishes import Wishes

_STOPPED = "Stopped; nothing was kept."
_BROKE = "The program made a mistake; its report says more."


class Rendering(QObject):
    """`rendered` carries the ids of the new mixes. One at a time; its card shows how it goes."""

    rendered = Signal(object)

    def __init__(self, desk: Desk, card: RenderCard) -> None:
        super().__init__(card)
        self._desk, self._card = desk, card
        self._job: Job | None = None
        self._again: Callable[[], None] | None = None
        desk.bridge.progressed.connect(self._advance)
        desk.ended.connect(self._end)
        desk.began.connect(self._take_over)
        card.stop_asked.connect(self._stop)
        card.again_asked.connect(self._repeat)
        self._begins = False

    def render(self, track: Track, wishes: Wishes) -> None:
        """Render one master."""

        def work(studio: Studio, report: Report) -> Mastered:
            from indieartist.services import finding, mastering

            fresh = finding.get_track(studio, f"T{track.id}")
            settings, reference = wishes.settings(studio), wishes.reference
            return mastering.master_track(
                studio, fresh, settings, reference=reference, report=report
            )

        def done(made: Mastered) -> None:
            level = f"{figures.level(made.report.after.integrated_lufs)} LUFS"
            self._say(f"“{track.title}” is mastered: {level}")
            self.rendered.emit([made.mix_id])

        self._act(f"Mastering “{track.title}”", work, done)

    def render_album(self, tracks: list[Track], wishes: Wishes) -> None:
        """Render all tracks as one album."""

        def work(studio: Studio, report: Report) -> MasteredTracks:
            from indieartist.services import finding, mastering

            fresh = [finding.get_track(studio, f"T{track.id}") for track in tracks]
            settings, reference = wishes.settings(studio), wishes.reference
            return mastering.master_album(
                studio, fresh, settings, reference=reference, report=report
            )

        def done(made: MasteredTracks) -> None:
            self._say(made.album.sentence)
            self.rendered.emit([master.mix_id for master in made.masters])

        self._act(f"Mastering {figures.count(len(tracks), 'track')} as one album", work, done)

    def _say(self, words: str) -> None:
        self._desk.say(words, button="Undo", then=self._desk.undo)

    def _act(self, label: str, work: Callable, done: Callable) -> None:  # type: ignore[type-arg]
        self._begins = True
        self._desk.act(label, work, done, lane="audio", owner=self)
        self._begins = False

    def _take_over(self, job: Job) -> None:
        if self._begins:
            self._job = job
            self._card.show_progress(job.label)

    def _advance(self, job: Job) -> None:
        if job is self._job:
            self._card.set_fraction(job.fraction)

    def _end(self, ending: Ending) -> None:
        if ending.job is not self._job:
            return
        self._job, self._again = None, ending.again
        self._card.show_progress(None)
        if ending.error is not None:
            self._card.show_failure(_sentence(ending.error))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _repeat(self) -> None:
        if self._again is not None and self._job is None:
            self._begins = True
            self._again()
            self._begins = False


def _sentence(error: BaseException) -> str:
    if isinstance(error, Cancelled):
        return _STOPPED
    return str(error) if isinstance(error, AppError) else _BROKE

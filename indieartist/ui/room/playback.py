"""What the services make of the version in hand: levels at once, coders when they are run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from indieartist.ui.busy import Busy
from indieartist.ui.loader import Loader

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Mix, Release
    from indieartist.services.mastering_views import PlatformCell
    from indieartist.services.studio import Studio
    from indieartist.ui.cards.services import ServicesCard
    from indieartist.ui.desk import Desk


class Playback(QObject):
    """Shows on `card` what becomes of a mix, alone or with its album."""

    def __init__(self, desk: Desk, card: ServicesCard) -> None:
        super().__init__(card)
        self._desk, self._card = desk, card
        self._mix: Mix | None = None
        self._release: Release | None = None
        self._busy = Busy(desk, card.code_button)
        self._loader = Loader(desk, self)
        card.mode_chosen.connect(self._read)
        card.code_asked.connect(self._code)

    def show_mix(self, mix: Mix | None, release: Release | None) -> None:
        """Tell of another mix; `release` is the album it is on."""
        if (mix, release) == (self._mix, self._release):
            return
        self._mix, self._release = mix, release
        self._read()

    @property
    def _has_album(self) -> bool:
        release = self._release
        return release is not None and sum(1 for track in release.tracks if track.mixes) > 1

    def _read(self) -> None:
        mix, album = self._mix, self._album
        if mix is None:
            self._card.show_cells((), album=False)
            return

        def work(studio: Studio, _report: Report) -> tuple[PlatformCell, ...]:
            from indieartist.services import mastering_room

            return mastering_room.tell_platforms(studio, mix, album)

        self._loader.read("Asking what the services do", work, self._take, failed=self._miss)

    @property
    def _album(self) -> Release | None:
        return self._release if self._has_album and self._card.as_album else None

    def _take(self, cells: tuple[PlatformCell, ...]) -> None:
        self._card.show_cells(cells, album=self._has_album)

    def _miss(self, error: BaseException) -> None:
        """Without its figures there is nothing to tell; the wave says what is wrong with it."""
        self._card.show_cells((), album=False)
        if not hasattr(error, "hint"):
            self._desk.bridge.present(error)

    def _code(self) -> None:
        mix, album = self._mix, self._album
        if mix is None:
            return

        def work(studio: Studio, report: Report) -> tuple[PlatformCell, ...]:
            from indieartist.services import mastering_room

            return mastering_room.measure_codecs(studio, mix, report, release=album)

        def done(cells: tuple[PlatformCell, ...]) -> None:
            if mix == self._mix:
                self._take(cells)

        label = f"Running the coders on “{mix.name}”"
        self._busy.during(lambda: self._desk.act(label, work, done, lane="audio", owner=self))

"""Ways through the window: back and on, anything by its name, and the sheet of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from indieartist.ui import actions
from indieartist.ui.commands import ACTIONS
from indieartist.ui.keys import PLAYER_KEYS, WAVE_KEYS
from indieartist.ui.loader import Loader
from indieartist.ui.shortcuts import ShortcutsBox, groups_of
from indieartist.ui.trail import Spot, Trail
from indieartist.ui.widgets.palette import CommandPalette

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.finding import Named
    from indieartist.services.studio import Studio
    from indieartist.ui.window import StudioWindow

LOOSE = ("releases", "tracks", "settings")  # pages that are about no release
_LEAST_LETTERS, _MOST_NAMES = 2, 8


class Guide(QObject):
    """Notes each turn of the window, and leads where one asks to go."""

    def __init__(self, window: StudioWindow) -> None:
        super().__init__(window)
        self._window = window
        self.trail = Trail()
        self.palette = CommandPalette(
            lambda words: actions.search(window.commands.values(), words), window
        )
        self._names = Loader(window.desk, self, "search")
        self.palette.typed.connect(self._look_for)
        window.page_shown.connect(lambda _: self.note())
        window.release_read.connect(lambda _: self.note())

    # back and on

    def note(self) -> None:
        """Note where the window is now."""
        self.trail.visit(self._spot())
        for key, possible in (("back", self.trail.can_go_back), ("on", self.trail.can_go_on)):
            if key in self._window.commands:
                self._window.commands[key].setEnabled(possible)

    def _spot(self) -> Spot:
        window = self._window
        if window.page_key in LOOSE:
            return Spot(window.page_key)
        track_id = window.track_id if window.page_key == "track" else None
        return Spot(window.page_key, window.release_id, track_id)

    def back(self) -> None:
        """Go back to where one was."""
        self._go(self.trail.back())

    def on(self) -> None:
        """Go on to where one was before going back."""
        self._go(self.trail.on())

    def _go(self, spot: Spot | None) -> None:
        if spot is None:
            return
        if spot.track_id is not None:
            self._window.open_track(spot.track_id, spot.release_id)
        elif spot.release_id not in (None, self._window.release_id):
            self._window.open_release(spot.release_id or 0, spot.page)
        else:
            self._window.show_page(spot.page)

    # anything by its name

    def open_palette(self) -> None:
        """Open the palette."""
        self.palette.open()

    def _look_for(self, words: str) -> None:
        """Have releases and tracks of that name offered below the commands."""
        if len(words.strip()) < _LEAST_LETTERS or not self._window.desk.is_open:
            self._names.cancel()
            return

        def work(studio: Studio, _report: Report) -> list[Named]:
            from indieartist.services import finding

            return finding.find_names(studio, words, _MOST_NAMES)

        def done(found: Sequence[Named]) -> None:
            self.palette.offer(words, [self._leading_to(each) for each in found])

        self._names.read("Looking for names", work, done)

    def _leading_to(self, found: Named) -> QAction:
        made = QAction(found.title, self.palette)
        made.setProperty("drawing", "disc" if found.track_id is None else "note")
        made.setProperty("hint", found.about)
        release_id, track_id = found.release_id, found.track_id
        if track_id is None:
            made.triggered.connect(lambda: self._window.open_release(release_id))
        else:
            made.triggered.connect(lambda: self._window.open_track(track_id, release_id))
        return made

    # the sheet of keys

    def show_shortcuts(self) -> None:
        """Show every key on one sheet."""
        more = [("Player", PLAYER_KEYS), ("Mastering room", WAVE_KEYS)]
        ShortcutsBox(groups_of(ACTIONS, more), self._window).open()

"""The watched folder, in the window: looks now and then, takes what is finished, and says so."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from indieartist.domain import figures
from indieartist.errors import AppError

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.bounces import Taken
    from indieartist.services.studio import Studio
    from indieartist.services.watching import Hint, Watch
    from indieartist.ui.window import StudioWindow

_LOG = logging.getLogger("indieartist")
_WAITING_MS, _BLIND_MS, _HINTED_MS, _AFTER_HINT_MS = 2_100, 5_000, 30_000, 400


@dataclass(frozen=True, slots=True)
class Look:
    """What one look saw: the bounces to take, how many are being written, how many were before."""

    ready: tuple[Path, ...]
    pending: int
    earlier: int


class BounceWatch(QObject):
    """Follows the settings; `choose_folder` asks for a folder, tests put their own in its place."""

    def __init__(self, window: StudioWindow) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self._line = window.sidebar.watching
        self.choose_folder: Callable[[], Path | None] = self._ask
        self._watch: Watch | None = None
        self._hint: Hint | None = None
        self._busy, self._news, self._earlier = False, "", 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._line.clicked.connect(self._press)
        self._desk.opened.connect(self._follow)
        window.preferences.changed.connect(self._heed)
        window.closing.connect(self._stop)

    # the folder

    @property
    def folder(self) -> str:
        """The folder under watch, or nothing."""
        now = self._window.preferences.now
        return now.bounce_folder if now.watch_bounces else ""

    def _heed(self, key: str) -> None:
        if key in {"bounce_folder", "watch_bounces"}:
            self._follow()

    def _follow(self) -> None:
        """Begin to watch the folder of the settings, or end."""
        self._stop()
        self._news, self._earlier = "", 0
        self._show()
        if not self.folder or not self._desk.is_open:
            return
        folder = Path(self.folder)

        def work(studio: Studio) -> Watch:
            from indieartist.services.watching import Watch

            watch = Watch(folder.absolute())
            if folder.is_dir():
                watch.begin(studio)
            return watch

        self._desk.read("Looking at the bounce folder", work, self._begin, owner=self)

    def _begin(self, watch: Watch) -> None:
        if str(watch.folder) != str(Path(self.folder).absolute()):
            return  # another one was chosen meanwhile
        self._watch = watch
        self._listen(watch.folder)
        self.look()

    def _listen(self, folder: Path) -> None:
        """Have the system tell of changes; on another thread, for a large folder takes a while."""

        def work(_studio: Studio) -> Hint:
            from indieartist.services.watching import Hint

            return Hint(folder, lambda: self._window.bridge.post(self._hear))

        self._desk.read("Listening to the bounce folder", work, self._take_hint, owner=self)

    def _take_hint(self, hint: Hint) -> None:
        if self._watch is None or self._hint is not None:
            hint.close()
        else:
            self._hint = hint

    def _stop(self) -> None:
        self._timer.stop()
        self._watch = None
        if self._hint is not None:
            self._hint.close()
            self._hint = None

    # looking and taking

    def _hear(self) -> None:
        """Something changed: look soon, once for many changes."""
        if self._watch is not None and self._timer.remainingTime() > _AFTER_HINT_MS:
            self._timer.start(_AFTER_HINT_MS)

    def look(self) -> None:
        """Look for finished bounces, unless the last ones are still being taken."""
        if self._busy or (watch := self._watch) is None or not self._desk.is_open:
            return
        self._busy = True

        def work(studio: Studio) -> Look:
            ready = tuple(watch.look(studio))
            return Look(ready, watch.pending, watch.count_earlier(studio))

        self._desk.read(
            "Looking for bounces", work, self._seen, owner=self, lane="audio", failed=self._failed
        )

    def _seen(self, look: Look) -> None:
        self._earlier = look.earlier
        if look.ready and self._watch is not None:
            self._take(self._watch, list(look.ready))
            return
        self._busy = False
        being = look.pending - len(look.ready)
        self._show(f"{figures.count(being, 'bounce')} being written" if being else "")
        self._wait(look.pending)

    def _wait(self, pending: int) -> None:
        if self._watch is None:
            return
        hinted = self._hint is not None and self._hint.works
        self._timer.start(_WAITING_MS if pending else _HINTED_MS if hinted else _BLIND_MS)

    def _take(self, watch: Watch, ready: list[Path]) -> None:
        name = ready[0].name if len(ready) == 1 else figures.count(len(ready), "bounce")
        self._show(f"Taking in {name}")

        def work(studio: Studio, report: Report) -> list[Taken]:
            return watch.take(studio, ready, report)

        self._desk.act(f"Taking in {name}", work, self._tell, lane="audio", owner=self)
        self._desk.ended.connect(self._settle)

    def _settle(self, ending: Any) -> None:
        """Whether it went well or was stopped, look again."""
        if not ending.job.label.startswith("Taking in"):
            return
        self._desk.ended.disconnect(self._settle)
        self._busy = False
        self._wait(pending=1)

    def _tell(self, taken: list[Taken]) -> None:
        from indieartist.services.bounces import MADE
        from indieartist.services.watching import say_taken

        if not taken:
            return
        made = [each for each in taken if each.outcome in MADE]
        self._news = _news(made[-1]) if made else self._news
        self._show()
        if made:
            words = "Undo" if len(made) == 1 else "Undo all"
            self._desk.say(say_taken(taken), "ok", words, lambda: self._undo(len(made)))
        else:
            refused = any(each.error for each in taken)
            self._desk.say(say_taken(taken), "warn" if refused else "info")

    def _undo(self, count: int) -> None:
        def work(studio: Studio, _report: Report) -> int:
            from indieartist.services.watching import undo_taken

            return undo_taken(studio, count)

        def done(undone: int) -> None:
            words = f"{figures.count(undone, 'bounce')} taken back; the files are untouched."
            self._desk.say(words, "info")

        self._desk.act("Undo", work, done, owner=self)

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, AppError):
            _LOG.info("The bounce folder: %s", error)
            self._show("The folder cannot be read")
            self._wait(0)
        else:
            self._desk.bridge.present(error)

    # the line in the sidebar

    def _show(self, news: str = "") -> None:
        folder = Path(self.folder).name or self.folder
        self._line.set_folder(folder, news or self._news)

    def _press(self) -> None:
        """Choose a folder where none is watched; else tell of what lay there before."""
        if not self.folder:
            if (chosen := self.choose_folder()) is not None:
                self._window.preferences.choose("bounce_folder", str(chosen))
                self._window.preferences.choose("watch_bounces", True)
        elif self._earlier:
            words = f"{figures.count(self._earlier, 'bounce')} lay in {self.folder} before."
            self._desk.say(words, "info", "Take them in", self._recall)
        else:
            self._window.show_page("settings")

    def _recall(self) -> None:
        if (watch := self._watch) is None:
            return
        self._desk.read("Looking back", watch.recall_earlier, lambda _: self.look(), owner=self)

    def _ask(self) -> Path | None:
        start = self._window.preferences.now.bounce_folder
        name = QFileDialog.getExistingDirectory(self._window, "Watch a folder for bounces", start)
        return Path(name) if name else None


def _news(taken: Taken) -> str:
    """'Night Bus: mix 3'."""
    return f"{taken.title}: mix {taken.mix_number}"

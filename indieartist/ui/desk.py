"""The desk between the screens and the services: read, act, and take back, on other threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from indieartist.errors import Gone, Stuck, UserError
from indieartist.ui.bridge import Bridge, Job
from indieartist.ui.widgets.finding import Severity
from indieartist.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.studio import Studio

T = TypeVar("T")
Failed = Callable[[BaseException], None]


@dataclass(frozen=True, slots=True)
class Ending:
    """How an act ended: its job, the error where it failed, and the way to begin it again."""

    job: Job
    error: BaseException | None
    again: Callable[[], None]


class Desk(QObject):
    """The one way the screens reach the services; these are imported inside the work alone.

    `opened` comes once, `refused` with the error each time the library cannot be opened;
    `changed` after every act, so that screens read again; `began` carries the job of an act,
    and `ended` how it ended, but for what a form says by itself.
    """

    opened = Signal()
    refused = Signal(object)
    changed = Signal()
    began = Signal(object)
    ended = Signal(object)

    def __init__(self, bridge: Bridge, toast: Toast, open_studio: Callable[[], Studio]) -> None:
        super().__init__()
        self.bridge = bridge
        self._toast, self._open_studio = toast, open_studio
        self._studio: Studio | None = None
        self._refusal: BaseException | None = None
        self._then: Callable[[], object] | None = None
        self._artist = ""
        toast.acted.connect(self._follow_toast)

    @property
    def is_open(self) -> bool:
        """Whether the studio is there to work with."""
        return self._studio is not None

    def name_artist(self, name: str) -> None:
        """Say whose records begin here, now and whenever the studio is opened."""
        self._artist = name
        if self._studio is not None:
            self._studio.artist = name

    def open(self) -> None:
        """Open the studio on the library's thread."""
        self.bridge.start(
            "Opening the library",
            lambda _report: self._open_studio(),
            owner=self,
            done=self._take,
            failed=self._refuse,
        )

    def read(
        self,
        label: str,
        work: Callable[[Studio], T],
        done: Callable[[T], None],
        *,
        owner: QObject,
        lane: str = "library",
        failed: Failed | None = None,
    ) -> None:
        """Read on another thread and hand the result to `done`, if `owner` still lives then.

        A window that is closing reads nothing any more: a timer may still ask for it.
        """
        if not self.bridge.is_open:
            return
        self.bridge.start(
            label,
            lambda _report: work(self._get_studio()),
            lane=lane,
            owner=owner,
            done=done,
            failed=failed or self._hear_of_reading,
        )

    def _hear_of_reading(self, error: BaseException) -> None:
        """What was removed meanwhile needs no word: the page is read again."""
        if not isinstance(error, Gone):
            self.bridge.present(error)

    def act(
        self,
        label: str,
        work: Callable[[Studio, Report], T],
        done: Callable[[T], None] | None = None,
        *,
        lane: str = "library",
        owner: QObject | None = None,
        says: str = "",
        final: bool = False,
    ) -> None:
        """Do something: afterwards `changed`, `done(result)` and a toast with Undo.

        `final` is for what no undo takes back. Long work belongs to the lane "audio" or "network",
        so that reading goes on beside it.
        """

        def settle(result: T) -> None:
            self.changed.emit()
            if done is not None and (owner is None or isValid(owner)):
                done(result)
            if says:
                self.say(says) if final else self.say(says, button="Undo", then=self.undo)

        self._begin(label, work, lane, settle, self.bridge.present)

    def edit(
        self,
        label: str,
        work: Callable[[Studio], object],
        refused: Failed,
        *,
        owner: QObject,
        says: str = "",
    ) -> None:
        """Change a fact in a form: an act whose error is shown by the form itself."""

        def refuse(error: BaseException) -> bool:
            by_form = isinstance(error, UserError) and isValid(owner)
            (refused if by_form else self.bridge.present)(error)
            return by_form

        def settle(_result: object) -> None:
            self.changed.emit()
            if says:
                self.say(says, button="Undo", then=self.undo)

        self._begin(label, lambda studio, _report: work(studio), "library", settle, refuse)

    def _begin(
        self,
        label: str,
        work: Callable[[Studio, Report], T],
        lane: str,
        settle: Callable[[T], None],
        refuse: Callable[[BaseException], bool | None],
    ) -> None:
        def again() -> None:
            self._begin(label, work, lane, settle, refuse)

        def done(result: T) -> None:
            self.ended.emit(Ending(job, None, again))
            settle(result)

        def fail(error: BaseException) -> None:
            self.changed.emit()  # what was done before the error stays done
            said = refuse(error)
            self.ended.emit(Ending(job, None if said else error, again))

        if not self.bridge.is_open:
            return
        job = self.bridge.start(
            label,
            lambda report: work(self._get_studio(), report),
            lane=lane,
            owner=self,
            done=done,
            failed=fail,
        )
        self.began.emit(job)

    def undo(self) -> None:
        """Take the last act back, and name it; where that cannot be, offer to pass over it."""

        def done(label: str) -> None:
            self.say(f"Undone: {label}", "info", "Redo", self.redo)

        self._go("undo", done)

    def redo(self) -> None:
        """Do the last undone act again, and name it; offer to pass over it as `undo` does."""

        def done(label: str) -> None:
            self.say(f"Done again: {label}", button="Undo", then=self.undo)

        self._go("redo", done)

    def _go(self, way: Literal["undo", "redo"], done: Callable[[str], None]) -> None:
        def work(studio: Studio, _report: Report) -> str:
            from indieartist.services import acts

            return (acts.undo if way == "undo" else acts.redo)(studio).label

        def settle(label: str) -> None:
            self.changed.emit()
            done(label)

        def refuse(error: BaseException) -> bool:
            stuck = isinstance(error, Stuck)
            if isinstance(error, Stuck):
                past = partial(self._pass_over, error.act_id, way)
                self.say(error.message, "err", "Pass over it", past)
            else:
                self.bridge.present(error)
            return stuck

        self._begin(way.capitalize(), work, "library", settle, refuse)

    def _pass_over(self, act_id: int, way: Literal["undo", "redo"]) -> None:
        """Leave an act as it is for good, so that those beyond it can be reached."""

        def work(studio: Studio, _report: Report) -> str:
            from indieartist.services import acts

            return acts.pass_over(studio, act_id).label

        def done(label: str) -> None:
            on = self.undo if way == "undo" else self.redo
            self.say(f"Passed over: {label}", "info", way.capitalize(), on)

        self.act("Pass over", work, done)

    def say(
        self,
        words: str,
        severity: Severity = "ok",
        button: str = "",
        then: Callable[[], object] | None = None,
    ) -> None:
        """Show a toast; `then` is called when its `button` is pressed."""
        self._then = then
        self._toast.say(words, severity, button)

    def close(self) -> None:
        """Let go of the library; the runner is closed by then."""
        if self._studio is not None:
            self._studio.library.close()
            self._studio = None

    def _take(self, studio: Any) -> None:
        self._studio, self._refusal = studio, None
        studio.artist = self._artist
        self.opened.emit()

    def _refuse(self, error: BaseException) -> None:
        self._refusal = error
        self.refused.emit(error)

    def _get_studio(self) -> Studio:
        if self._studio is None:
            if self._refusal is not None:
                raise self._refusal
            raise UserError("The library is not open yet.", "Wait a moment and try again.")
        return self._studio

    def _follow_toast(self) -> None:
        if self._then is not None:
            self._then()

"""The checklist of one release: what is missing, ticked and proved; opened, skipped, taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from indieartist.domain import figures
from indieartist.domain.checklist import How, Standing
from indieartist.ui import theme
from indieartist.ui.agenda_views import live_lines, task_line, tell_live
from indieartist.ui.widgets.button import LinkButton
from indieartist.ui.widgets.card import Card, row
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.task_list import TaskList
from indieartist.ui.widgets.text import ElidedText, Paragraph, Text

if TYPE_CHECKING:
    from datetime import date

    from indieartist.domain.agenda import InProgress
    from indieartist.domain.checklist import TaskState
    from indieartist.domain.progress import Report
    from indieartist.domain.territories import GoesLive
    from indieartist.services.studio import Studio
    from indieartist.ui.window import StudioWindow

_SHOWN = (Segment("missing", "Missing"), Segment("all", "All"))
_PROOFS = "Proofs (*.pdf *.png *.jpg *.jpeg *.eml *.msg *.txt *.zip);;All files (*)"
_LEAST_ROWS, _FRAME_PX = 4, 196  # what stands above and below the tasks


class ChecklistCard(Card):
    """`ask_files` asks for files that prove a task, `open_path` opens one; tests put their own."""

    def __init__(self, studio_window: StudioWindow) -> None:
        super().__init__("Checklist of the release")
        self._window, self._desk = studio_window, studio_window.desk
        self._release: InProgress | None = None
        self._today: date | None = None
        self._rows = _LEAST_ROWS
        self.ask_files: Callable[[], list[Path]] = self._ask_files
        self.open_path: Callable[[Path], bool] = _open
        self.name = ElidedText("", "section")
        self.ready = Text("", "small", "text2", figures=True)
        self.live = Paragraph("", "small", "text3")
        self.shown = SegmentedSwitch(_SHOWN, "Tasks shown")
        self.nothing = Paragraph("Nothing is missing: every task before release day is done.")
        self.tasks = TaskList("Tasks")
        self.open = LinkButton("Open the release", "disc")
        self.attach = LinkButton("Attach a proof…", "paperclip")
        self._lay_out()
        self.shown.chosen.connect(lambda _: self._show_tasks())
        self.open.clicked.connect(self._open_release)
        self.attach.clicked.connect(lambda: self._ask(self.tasks.key))
        self.tasks.ticked.connect(self.tick)
        self.tasks.opened.connect(self.open_proof)
        self.tasks.dropped.connect(self.prove)
        self.tasks.menu_asked.connect(self._open_menu)
        self.tasks.hung.connect(studio_window.hang)
        self.tasks.selectionModel().currentChanged.connect(lambda *_: self._offer())

    def _lay_out(self) -> None:
        self.column.setContentsMargins(theme.S, theme.CARD_Y, theme.S, theme.M)
        head = row(self.name, gap=theme.M, stretch=False)
        head.setStretch(0, 1)
        head.addWidget(self.shown)
        foot = row(self.open, self.attach, gap=theme.L)
        for part in (head, foot):
            part.setContentsMargins(theme.M, 0, theme.M, 0)
        for words in (self.ready, self.live, self.nothing):
            words.setContentsMargins(theme.M, 0, theme.M, 0)
        self.column.addLayout(head)
        self.column.addWidget(self.ready)
        self.column.addWidget(self.live)
        self.column.addWidget(self.tasks)
        self.column.addWidget(self.nothing)
        self.column.addLayout(foot)

    # what is shown

    def show_progress(
        self, release: InProgress | None, live: Sequence[GoesLive], today: date
    ) -> None:
        """Show how a release stands; another one begins at its next task."""
        shown = self._release.release_id if self._release else None
        other = release is not None and release.release_id != shown
        self._release, self._today = release, today
        self.setVisible(release is not None)
        if release is None:
            return
        self.name.setText(release.title)
        self.ready.setText(_tell_ready(release))
        self.live.setText(tell_live(live))
        self.live.setToolTip("\n".join(f"{each.title}: {each.figure}" for each in live_lines(live)))
        self.live.setVisible(bool(live))
        self._show_tasks()
        if other and release.next_task:
            self.tasks.choose(release.next_task.key)

    def choose(self, key: str) -> None:
        """Choose a task; one that is not missing is shown among all."""
        state = self._find(key)
        if state is not None and not _is_missing(state):
            self.shown.choose("all")
        self.tasks.choose(key)

    def set_room(self, height_px: int) -> None:
        """Show as many tasks as this height has room for."""
        rows = max((height_px - _FRAME_PX) // self.tasks.height_of(1), _LEAST_ROWS)
        if rows != self._rows:
            self._rows = rows
            self._show_tasks()

    def _show_tasks(self) -> None:
        if self._release is None or self._today is None:
            return
        states = [s for s in self._release.tasks if self.shown.key == "all" or _is_missing(s)]
        self.tasks.show_lines([task_line(state, self._today) for state in states])
        self.tasks.setFixedHeight(self.tasks.height_of(min(len(states), self._rows)))
        self.tasks.setVisible(bool(states))
        self.nothing.setVisible(not states)
        self._offer()

    def _offer(self) -> None:
        state = self._find(self.tasks.key)
        self.attach.setEnabled(state is not None and state.can_attest)

    def _find(self, key: str) -> TaskState | None:
        tasks = self._release.tasks if self._release else ()
        return next((state for state in tasks if state.key == key), None)

    # what is done

    def tick(self, key: str) -> None:
        """Tick a task, or take its tick back; one that ticks itself says what is missing."""
        state = self._find(key)
        if state is None:
            return
        if state.task.how is How.AUTO:
            self._desk.say(f"{state.title}: {state.evidence}", "info")
        elif state.state is Standing.NOT_APPLICABLE or state.attested_at:
            self._act("Untick", key, "withdraw", says=f"Open again: {state.title}")
        else:
            self._act("Tick", key, "attest", says=f"Done: {state.title}")

    def skip(self, key: str) -> None:
        """Say that a task does not apply."""
        if state := self._find(key):
            self._act("Skip", key, "attest", says=f"Does not apply: {state.title}", skips=True)

    def prove(self, key: str, paths: list[Path]) -> None:
        """Tick a task with files that prove it."""
        state = self._find(key)
        if state is None or not paths:
            return
        if not state.can_attest:
            self._desk.say(f"{state.title} ticks itself and needs no proof.", "info")
            return
        what = paths[0].name if len(paths) == 1 else figures.count(len(paths), "file")
        says = f"{what} proves: {state.title}"
        self._act("Attach", key, "attest", says=says, proof=state.proof.words, paths=paths)

    def open_proof(self, key: str) -> None:
        """Open the files that prove a task; without one, say why it stands as it does."""
        state = self._find(key)
        if state is None:
            return
        if not state.proof.files:
            self._desk.say(f"{state.title}: {state.evidence} {state.task.why}", "info")
            return

        def work(studio: Studio) -> list[Path]:
            from indieartist.services import attaching

            return [attaching.file_path(studio, file) for file in state.proof.files]

        def done(paths: list[Path]) -> None:
            for path in paths:
                if not self.open_path(path):
                    self._desk.say(f"Nothing here opens {path.suffix} files.", "warn")

        self._desk.read("Opening the proof", work, done, owner=self)

    def _act(self, label: str, key: str, act: str, *, says: str, **how: object) -> None:
        if self._release is None:
            return
        number = self._release.release_id

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services import checklist, finding

            release = finding.get_release(studio, f"R{number}")
            getattr(checklist, act)(studio, release, key, **how)

        self._desk.act(label, work, says=says)

    def _ask(self, key: str) -> None:
        if key and (paths := self.ask_files()):
            self.prove(key, paths)

    def _ask_files(self) -> list[Path]:
        names, _ = QFileDialog.getOpenFileNames(self, "Attach a proof", "", _PROOFS)
        return [Path(name) for name in names]

    def _open_release(self) -> None:
        if self._release is not None:
            self._window.open_release(self._release.release_id)

    def _open_menu(self, key: str, at: QPoint) -> None:
        if (state := self._find(key)) is None:
            return
        menu = QMenu(self)
        if state.proof.files:
            names = ", ".join(file.name for file in state.proof.files)
            menu.addAction(f"Open {names}", lambda: self.open_proof(key))
        if state.can_attest:
            back = state.attested_at or state.state is Standing.NOT_APPLICABLE
            menu.addAction("Take the tick back" if back else "Tick", lambda: self.tick(key))
            menu.addAction("Attach a proof…", lambda: self._ask(key))
        if state.state is not Standing.NOT_APPLICABLE and state.state is not Standing.DONE:
            menu.addAction("Does not apply", lambda: self.skip(key))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)


def _is_missing(state: TaskState) -> bool:
    return state.state not in (Standing.DONE, Standing.NOT_APPLICABLE)


def _tell_ready(release: InProgress) -> str:
    ready = release.readiness
    missing = ready.total - ready.done
    rest = f"{figures.count(missing, 'task')} missing" if missing else "nothing is missing"
    return f"{ready.percent} % ready · {ready.done} of {ready.total} done, {rest}"


def _open(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

"""The acts under way, at the foot of the sidebar: those that last long enough to be waited for.

Beneath them a line that leads to all work, while there is some or some has failed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets.button import LinkButton
from indieartist.ui.widgets.progress import ProgressRow

if TYPE_CHECKING:
    from indieartist.ui.bridge import Bridge, Job
    from indieartist.ui.desk import Desk
    from indieartist.ui.job_log import JobLog

_SHOWN_AFTER_MS = 300


class JobStrip(QWidget):
    """One line per act, with its cross; nothing at all while nothing is done. `asked` for all."""

    asked = Signal()

    def __init__(self, bridge: Bridge, desk: Desk, log: JobLog) -> None:
        super().__init__()
        self.setAccessibleName("Work under way")
        self._rows: dict[Job, ProgressRow] = {}
        self._under_way: set[Job] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.M, 0, theme.XS, theme.S)
        self._column.setSpacing(theme.XS)
        desk.began.connect(self._begin)
        bridge.progressed.connect(self._move)
        bridge.finished.connect(self._end)
        self._log = log
        self.all = LinkButton("All work", "chevron-right")
        self.all.clicked.connect(self.asked)
        self._column.addWidget(self.all)
        log.changed.connect(self._lead)
        self._lead()

    def _begin(self, job: Job) -> None:
        self._under_way.add(job)
        QTimer.singleShot(_SHOWN_AFTER_MS, self, lambda: self._show(job))

    def _show(self, job: Job) -> None:
        if job in self._under_way:
            row = ProgressRow(job.label)
            row.stop_asked.connect(job.cancel)
            row.set_fraction(job.fraction)
            self._rows[job] = row
            self._column.insertWidget(self._column.count() - 1, row)
            self._lead()

    def _move(self, job: Job) -> None:
        if job in self._rows:
            self._rows[job].set_fraction(job.fraction)

    def _end(self, job: Job) -> None:
        self._under_way.discard(job)
        if row := self._rows.pop(job, None):
            row.hide()
            row.deleteLater()
        self._lead()

    def _lead(self) -> None:
        """Say whether something failed, and lead there."""
        failed = len(self._log.failed)
        words = f"{failed} failed" if failed else "All work"
        self.all.setText(words)
        self.all.setAccessibleName(f"{words}: show it" if failed else "Show all work")
        self.all.setVisible(bool(failed or self._rows))
        self.all.updateGeometry()
        self.all.update()

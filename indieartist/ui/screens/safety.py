"""So that nothing is lost: bin, backups, every file checked, the history, and the way out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.cards.history import HistoryCard
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import Card, Rule, column
from indieartist.ui.widgets.finding import Finding, FindingRow
from indieartist.ui.widgets.text import ElidedText, Paragraph, Text

if TYPE_CHECKING:
    from indieartist.domain.release import Release
    from indieartist.services.bin import Bin, BinLine
    from indieartist.services.keeping import Backup
    from indieartist.services.leaving import Archive
    from indieartist.services.studio import Studio
    from indieartist.services.verifying import Fault, Verdict
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

    Report = Callable[[float], None]

_WIDEST_PX, _SHOWN_FAULTS = 820, 20
BACKUP_NAME, ARCHIVE_NAME = "IndieArtist Backup", "IndieArtist – everything"
_KINDS = {"release": "Release", "track": "Track", "mix": "Mix", "artwork": "Cover of"}
_BACKUP = "A copy of the whole library, made while you go on working. The next one is quick."
_VERIFY = "Every file is read and compared with the fingerprint it came in with."
_RESTORE = "A library made of a backup, in an empty folder. This one stays as it is."
_LEAVE = "Audio, covers, CSV and JSON in plain folders that need no IndieArtist to read."
_EMPTY = "The bin is empty. Releases, tracks, mixes and covers that you remove wait here."
_FAULTS = {
    "missing": ("err", "is missing"),
    "changed": ("err", "was changed"),
    "unreadable": ("err", "cannot be read"),
    "unknown": ("info", "belongs to nothing in the library"),
}


class SafetyScreen(Screen):
    """`ask_folder` asks for a folder under a title; tests put their own in its place."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.path.show_path("Safe keeping")
        self.ask_folder: Callable[[str], Path | None] = self._ask_folder
        self.bin: Bin | None = None
        self.lines: dict[str, Button] = {}
        self.empty = Button("Empty the bin…", "trash")
        self.sure = Button("Delete for good", "trash", "danger")
        self.keep = Button("Keep it")
        self.warning = Text("", "strong", "err")
        self.bin_rows = QVBoxLayout()
        self.backup = Button("Back up…", "copy")
        self.check = Button("Check every file", "check-circle")
        self.mend = Button("Mend from a backup…", "refresh")
        self.restore = Button("Restore a backup…", "download")
        self.leave = Button("Export everything…", "external")
        self.history = HistoryCard(desk)
        self.verdict: Verdict | None = None
        self.found = QVBoxLayout()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.body.setSpacing(theme.L)
        bin_ = self._card("Bin")
        self.bin_rows.setSpacing(theme.M)
        bin_.column.addLayout(self.bin_rows)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, theme.S, 0, 0)
        foot.setSpacing(theme.S)
        foot.addWidget(self.warning)
        foot.addStretch(1)
        for button in (self.keep, self.sure, self.empty):
            foot.addWidget(button)
        bin_.column.addLayout(foot)
        safe = self._card("Safe and whole")
        safe.column.addWidget(_act("Backup", _BACKUP, self.backup))
        safe.column.addWidget(Rule())
        safe.column.addWidget(_act("Check", _VERIFY, self.check))
        self.found.setSpacing(0)
        safe.column.addLayout(self.found)
        safe.column.addWidget(self.mend, alignment=Qt.AlignmentFlag.AlignRight)
        self.mend.hide()
        safe.column.addWidget(Rule())
        safe.column.addWidget(_act("Restore", _RESTORE, self.restore))
        self._card("Leaving").column.addWidget(_act("Everything", _LEAVE, self.leave))
        self.history.setMaximumWidth(_WIDEST_PX)
        self.body.addWidget(self.history)
        self.body.addStretch(1)
        self._ask_sure(False)

    def _card(self, title: str) -> Card:
        card = Card(title)
        card.column.setSpacing(theme.M)
        card.setMaximumWidth(_WIDEST_PX)
        card.column.addWidget(Text(title, "section"))
        self.body.addWidget(card)
        return card

    def _connect(self) -> None:
        self.empty.clicked.connect(lambda: self._ask_sure(True))
        self.keep.clicked.connect(lambda: self._ask_sure(False))
        self.sure.clicked.connect(self._empty)
        self.backup.clicked.connect(self._back_up)
        self.check.clicked.connect(self._verify)
        self.mend.clicked.connect(self._mend)
        self.restore.clicked.connect(self._restore)
        self.leave.clicked.connect(self._export)

    # the bin

    def show_release(self, release: Release | None) -> None:
        def work(studio: Studio) -> Bin:
            from indieartist.services import bin as binning

            return binning.look(studio)

        self.desk.read("Reading the bin", work, self._show_bin, owner=self)
        self.history.read()

    def _show_bin(self, found: Bin) -> None:
        if found == self.bin:
            return
        self.bin = found
        _clear(self.bin_rows)
        self.lines = {}
        for place, line in enumerate(found.lines):
            if place:
                self.bin_rows.addWidget(Rule())
            self.bin_rows.addWidget(self._line(line))
        if not found.lines:
            self.bin_rows.addWidget(Paragraph(_EMPTY))
        self._ask_sure(False)

    def _line(self, line: BinLine) -> QWidget:
        back = Button("Bring back", "undo")
        back.setAccessibleName(f"Bring back {line.title}")
        back.clicked.connect(partial(self._bring_back, line))
        self.lines[line.id] = back
        about = f"{_KINDS[line.kind]} · removed {figures.day(line.removed_at.astimezone().date())}"
        return _act(line.title or "Untitled", about, back)

    def _ask_sure(self, asking: bool) -> None:
        """Emptying has no undo: it is said, and asked for a second time."""
        found = self.bin
        waste = bool(found and (found.lines or found.file_count))
        size = f"{found.size_bytes / 1e6:,.1f} MB" if found else ""
        self.warning.setText(f"{size} are deleted for good. This has no undo.")
        for part in (self.warning, self.keep, self.sure):
            part.setVisible(asking and waste)
        self.empty.setVisible(waste and not asking)
        if asking:
            self.keep.setFocus()

    def _bring_back(self, line: BinLine) -> None:
        def work(studio: Studio, _report: object) -> None:
            from indieartist.services import bin as binning

            binning.bring_back(studio, line.id)

        self.desk.act("Bringing back", work, says=f"“{line.title}” is back")

    def _empty(self) -> None:
        def work(studio: Studio, _report: object) -> Bin:
            from indieartist.services import bin as binning

            return binning.empty(studio)

        self._ask_sure(False)
        self.desk.act("Emptying the bin", work, says="The bin is empty", final=True)

    # safe and whole, and the way out

    def _back_up(self) -> None:
        if (folder := self.ask_folder("Where the backup goes")) is None:
            return
        target = folder / BACKUP_NAME

        def work(studio: Studio, report: Report) -> Backup:
            from indieartist.services import keeping

            return keeping.back_up(studio, target, report)

        says = f"The library is backed up in {target}"
        self.desk.act("Backing up", work, lane="audio", says=says, final=True)

    def _verify(self) -> None:
        def work(studio: Studio, report: Report) -> Verdict:
            from indieartist.services import verifying

            return verifying.verify(studio, report)

        self._forget_verdict()
        self.desk.act("Checking every file", work, self._show_verdict, lane="audio", owner=self)

    def _forget_verdict(self) -> None:
        _clear(self.found)
        self.mend.hide()

    def _show_verdict(self, verdict: Verdict) -> None:
        self._forget_verdict()
        self.verdict = verdict
        self.mend.setVisible(any(fault.kind != "unknown" for fault in verdict.faults))
        whole = figures.count(verdict.file_count, "file is", "files are")
        rows = [Finding("ok", f"{whole} as they came in.")]
        rows += [Finding("err", f"The database: {line}.") for line in verdict.database]
        rows += [_finding(fault) for fault in verdict.faults[:_SHOWN_FAULTS]]
        more = len(verdict.faults) - _SHOWN_FAULTS
        if more > 0:
            rows.append(Finding("info", f"And {more} more: `indieartist verify` lists them all."))
        shown = [FindingRow(row) for row in rows]
        shown[-1].end()
        for row in shown:
            self.found.addWidget(row)

    def _mend(self) -> None:
        """Take what is not whole from a backup, and check again."""
        verdict, folder = self.verdict, self.ask_folder("The backup to take them from")
        if verdict is None or folder is None:
            return

        def work(studio: Studio, report: Report) -> tuple[int, Verdict]:
            from indieartist.services import verifying

            count = verifying.mend(verdict, folder, report)
            return count, verifying.verify(studio)

        def done(found: tuple[int, Verdict]) -> None:
            self._show_verdict(found[1])
            files = figures.count(found[0], "file was", "files were")
            self.desk.say(f"{files} taken from the backup", "ok" if found[0] else "warn")

        self.desk.act("Mending", work, done, lane="audio", owner=self)

    def _restore(self) -> None:
        """Make a library of a backup beside this one; both stay as they are."""
        if (backup := self.ask_folder("The backup to restore")) is None:
            return
        if (folder := self.ask_folder("An empty folder for the library")) is None:
            return

        def work(_studio: Studio, report: Report) -> None:
            from indieartist.services import keeping

            keeping.restore(backup, folder, report)

        says = f"Restored, each file checked: open it with --library {folder}"
        self.desk.act("Restoring the backup", work, lane="audio", says=says, final=True)

    def _export(self) -> None:
        if (folder := self.ask_folder("Where everything goes")) is None:
            return
        target = folder / ARCHIVE_NAME

        def work(studio: Studio, report: Report) -> Archive:
            from indieartist.services import leaving

            return leaving.export_all(studio, target, report)

        says = f"Everything is in {target}"
        self.desk.act("Exporting everything", work, lane="audio", says=says, final=True)

    def _ask_folder(self, title: str) -> Path | None:
        name = QFileDialog.getExistingDirectory(self, title)
        return Path(name) if name else None


def _finding(fault: Fault) -> Finding:
    severity, words = _FAULTS[fault.kind]
    subject = "; ".join(fault.used_by) or Path(fault.path).name
    return Finding("err" if severity == "err" else "info", f"{subject} {words}.", fault.path)


def _act(name: str, about: str, button: Button) -> QWidget:
    """What it is on the left, the button that does it on the right."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.XL)
    line.addLayout(column(ElidedText(name, "strong"), Paragraph(about, "small"), gap=2), 1)
    line.addWidget(button)
    return row


def _clear(rows: QVBoxLayout) -> None:
    while taken := rows.takeAt(0):
        if old := taken.widget():
            old.hide()
            old.deleteLater()

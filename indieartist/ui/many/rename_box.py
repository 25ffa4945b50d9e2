"""Rename files by a pattern: each name beside its new one, and nothing where two would be one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.many.box import PreviewBox
from indieartist.ui.many.preview_table import PreviewRow, PreviewTable
from indieartist.ui.widgets.button import Button, LinkButton
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.flow import FlowLayout
from indieartist.ui.widgets.form import FieldRow, LineField
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.renaming import RenamePlan
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

_WORDS = (
    "Files in the library are called after their tracks, others after their own tags. They stay in"
    " their folders, and no file is written over."
)
_SLOTS = {
    "{position:02}": "Number",
    "{title}": "Title",
    "{version}": "Version",
    "{artist}": "Artist",
    "{release}": "Release",
    "{mix}": "Mix",
    "{year}": "Year",
    "{isrc}": "ISRC",
    "{catalogue}": "Catalogue no.",
    "{label}": "Label",
    "{name}": "Old name",
    "{n}": "Count",
}
_FIRST = "{position:02} {title}"
_SHOWN_MAX = 20_000
_AUDIO = "Audio (*.wav *.aif *.aiff *.flac *.mp3 *.m4a *.mp4 *.ogg *.opus);;All files (*)"
_NONE = "No file of these tracks is outside of the library any more. Choose others."
_WAYS = (
    Segment("newest", "Newest file of each track"),
    Segment("every", "All its files"),
    Segment("others", "Others"),
)


class RenameBox(PreviewBox):
    """`ask_files` lets the person choose files of any folder; tests put their own in its place."""

    def __init__(self, desk: Desk, track_ids: Sequence[int], parent: QWidget) -> None:
        super().__init__(desk, "Rename files", _WORDS, parent)
        self.ids = list(track_ids)
        self.plan: RenamePlan | None = None
        self.others: list[Path] = []
        self.ask_files: Callable[[], list[Path]] = self._ask_files
        self.pattern = LineField(_FIRST)
        self.pattern_row = FieldRow("Pattern", self.pattern)
        self.ways = SegmentedSwitch(_WAYS if self.ids else _WAYS[2:], "Which files")
        self.choose = Button("Choose files…", "folder")
        self.slots = {slot: LinkButton(words, "plus") for slot, words in _SLOTS.items()}
        headings = ("Now", "Then", "Folder")
        self.preview = PreviewTable("Files and what they would be called", headings, (5, 5, 4))
        self._lay_out()
        self._connect()
        self.look()

    def _lay_out(self) -> None:
        self.do.setText("Rename")
        offered = QWidget()
        flow = FlowLayout(theme.L, theme.XS, offered)
        for slot, button in self.slots.items():
            button.setToolTip(f"Put {slot} into the pattern")
            button.setAccessibleName(f"Put in: {button.text()}")
            flow.addWidget(button)
        self.body.addLayout(row(self.ways, self.choose, gap=theme.M))
        self.body.addWidget(self.pattern_row)
        self.body.addWidget(offered)
        self.body.addWidget(self.preview, 1)
        self.end()

    def _connect(self) -> None:
        self.pattern.textChanged.connect(self.look_soon)
        self.ways.chosen.connect(self._turn)
        self.choose.clicked.connect(self._choose)
        for slot, button in self.slots.items():
            button.clicked.connect(partial(self._put, slot))

    def _put(self, slot: str) -> None:
        """A placeholder goes where the cursor is, with a space before it where words meet."""
        before = self.pattern.text()[: self.pattern.cursorPosition()]
        parted = not before or self.pattern.hasSelectedText() or before[-1] in " -_(["
        self.pattern.insert(slot if parted else f" {slot}")
        self.pattern.setFocus()

    def _turn(self, key: str) -> None:
        if key == "others" and not self.others:
            self._choose()
        self.look()

    def _choose(self) -> None:
        if found := self.ask_files():
            self.others = found
            self.ways.choose("others")
            self.look()

    def _ask_files(self) -> list[Path]:
        names, _ = QFileDialog.getOpenFileNames(self, "Which files", "", _AUDIO)
        return [Path(name) for name in names]

    def look(self) -> None:
        """Read what the files would be called."""
        ids, way, others = self.ids, self.ways.key, list(self.others)
        pattern = self.pattern.text()

        def work(studio: Studio, _report: Report) -> RenamePlan | None:
            from indieartist.services import renaming

            paths = others
            if way != "others":
                paths = renaming.list_files(studio, ids, every=way == "every")
            return renaming.plan_renames(studio, paths, pattern) if paths else None

        self.loader.read("Looking at the names", work, self._show, failed=self.refuse)

    def _show(self, plan: RenamePlan | None) -> None:
        self.plan = plan
        self.preview.set_rows(_rows(plan)[:_SHOWN_MAX] if plan else [])
        if plan is None:
            others = self.ways.key == "others"
            self.show_count(0, "Rename")
            self.said.setText("Choose the files." if others else _NONE)
            return
        count, wrong = len(plan.moves), len(plan.faults)
        stops = f"{figures.count(wrong, 'file')} cannot be called so: nothing is renamed."
        self.show_count(count, f"Rename {figures.count(count, 'file')}", stops if wrong else "")
        if plan.unchanged and not wrong:
            are = "is" if plan.unchanged == 1 else "are"
            self.said.setText(f"{figures.count(plan.unchanged, 'file')} {are} called so already.")

    def refuse(self, error: BaseException) -> None:
        self.plan = None
        self.preview.set_rows([])
        super().refuse(error)

    def carry_out(self) -> None:
        """Rename them as one act."""
        plan = self.plan
        if plan is None:
            return

        def work(studio: Studio, _report: Report) -> int:
            from indieartist.services import renaming

            return renaming.carry_out(studio, plan)

        says = f"{figures.count(len(plan.moves), 'file')} renamed"
        self.desk.act("Rename files", work, says=says)
        self.accept()


def _rows(plan: RenamePlan) -> list[PreviewRow]:
    """What cannot be stands first, and says why."""
    names = {move.old: move.new.name for move in plan.moves}
    rows = [
        PreviewRow((path.name, names.get(path, "—"), _sentence(fault, names.get(path))), "err")
        for path, fault in plan.faults.items()
    ]
    fine = [move for move in plan.moves if move.old not in plan.faults]
    return rows + [PreviewRow((m.old.name, m.new.name, m.old.parent.name), "text3") for m in fine]


def _sentence(fault: str, name: str | None) -> str:
    """The fault, without the name that stands beside it."""
    short = fault.replace(f"called {name} too", "called so too")
    return short[:1].upper() + short[1:]

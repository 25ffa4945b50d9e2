"""Write the tags of many files: each value in the file beside the release's, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtWidgets import QWidget

from indieartist.domain import figures
from indieartist.domain.tags import FIELDS
from indieartist.ui import theme
from indieartist.ui.loader import Loader
from indieartist.ui.many.box import PreviewBox
from indieartist.ui.many.preview_table import PreviewRow, PreviewTable
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.progress import ProgressBar
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.toggle import ToggleSwitch

if TYPE_CHECKING:
    from pathlib import Path

    from indieartist.domain.progress import Report
    from indieartist.domain.tags import TagChange
    from indieartist.services.studio import Studio
    from indieartist.services.tag_many import TagPlan, Written
    from indieartist.ui.desk import Desk

_WORDS = (
    "What the releases say goes into the files that the tracks came from. Their audio stays bit"
    " for bit, fields the release says nothing of stay, and one Undo takes all of it back."
)
_WAYS = (Segment("newest", "Newest file of each track"), Segment("every", "All its files"))
_SHOWN_MAX, _LINE_MAX = 20_000, 400
_ARTWORK = "artwork"


class TagBox(PreviewBox):
    """The difference that writing would make, file by file and field by field."""

    def __init__(self, desk: Desk, track_ids: Sequence[int], parent: QWidget) -> None:
        super().__init__(desk, "Write tags into files", _WORDS, parent)
        self.loader = Loader(desk, self, "audio")
        self.ids = list(track_ids)
        self.read: TagPlan | None = None
        self.plan: TagPlan | None = None
        self.ways = SegmentedSwitch(_WAYS, "Which files")
        self.cover = ToggleSwitch("The cover too")
        self.cover.setChecked(True)
        self.bar = ProgressBar()
        self.bar.setAccessibleName("Reading the files")
        self.preview = PreviewTable(
            "What writing would change", ("File", "Field", "Now", "Then"), (4, 2, 4, 4)
        )
        self._lay_out()
        self.ways.chosen.connect(lambda _: self.look())
        self.cover.toggled.connect(lambda _: self._show_chosen())
        self.finished.connect(lambda _: self.loader.cancel())
        self.look()

    def _lay_out(self) -> None:
        self.do.setText("Write")
        self.body.addLayout(row(self.ways, self.cover, gap=theme.L))
        self.body.addWidget(self.bar)
        self.body.addWidget(self.preview, 1)
        self.end()

    def look(self) -> None:
        """Read the files; closing the box stops it."""
        ids, every = self.ids, self.ways.key == "every"
        self.read = self.plan = None
        self.do.setEnabled(False)
        self.said.setText("Reading the files …")
        self.said.set_tone("text2")
        self.bar.set_fraction(0.0)
        self.bar.show()

        def work(studio: Studio, report: Report) -> TagPlan:
            from indieartist.services import tag_many

            def tell(fraction: float) -> None:
                report(fraction)
                self.desk.bridge.post(lambda: self._tell(fraction))

            return tag_many.stage_many(studio, ids, tell, every=every)

        self.loader.read("Reading tags", work, self._show, failed=self.refuse)

    def _tell(self, fraction: float) -> None:
        if shiboken6.isValid(self):
            self.bar.set_fraction(fraction)

    def _show(self, read: TagPlan) -> None:
        self.read = read
        self.bar.hide()
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self.read is None:
            return
        from indieartist.services import tag_many

        skip = () if self.cover.isChecked() else (_ARTWORK,)
        self.plan = plan = tag_many.choose_fields(self.read, skip)
        self.preview.set_rows(_rows(plan)[:_SHOWN_MAX])
        fields = figures.count(plan.field_count, "field")
        files = figures.count(len(plan.files), "file")
        self.show_count(len(plan.files), f"Write {fields} in {files}" if plan.files else "Write")
        self.said.setText(_left(plan))

    def refuse(self, error: BaseException) -> None:
        self.bar.hide()
        self.preview.set_rows([])
        super().refuse(error)

    def carry_out(self) -> None:
        """Write them as one act."""
        if (plan := self.plan) is not None:
            write_tags(self.desk, plan)
            self.accept()


def write_tags(desk: Desk, plan: TagPlan) -> None:
    """Write beside all other work, and say what came of it in one toast."""

    def work(studio: Studio, report: Report) -> Written:
        from indieartist.services import tag_many

        return tag_many.write_many(studio, plan, report)

    def done(made: Written) -> None:
        words = f"Tags of {figures.count(made.count, 'file')} written"
        if made.cancelled:
            words += f", then stopped; {len(plan.files) - made.count} stay as they were"
        for path, fault in list(made.faults.items())[:1]:
            more = f" And {len(made.faults) - 1} more." if len(made.faults) > 1 else ""
            words += f". {_named(path, fault)}{more}"
        whole = not made.faults and not made.cancelled
        button = "Undo" if made.count else ""
        desk.say(words, "ok" if whole else "warn", button=button, then=desk.undo)

    desk.act(f"Writing tags of {figures.count(len(plan.files), 'file')}", work, done, lane="audio")


def _rows(plan: TagPlan) -> list[PreviewRow]:
    """Files that refuse stand first, then the tracks that have none, then the difference."""
    rows = [_wide(_named(path, fault), "err") for path, fault in plan.faults.items()]
    rows += [
        _wide(f"{title}: none of its files is outside the library any more.", "warn")
        for title in plan.without
    ]
    return rows + [_row(each.path.name, change) for each in plan.files for change in each.changes]


def _named(path: Path, fault: str) -> str:
    """The fault, with the name of its file where it does not say it."""
    return fault if path.name in fault else f"{path.name}: {fault}"


def _wide(words: str, tone: theme.ColourName) -> PreviewRow:
    return PreviewRow((words, "", "", ""), tone, wide=True)


def _row(name: str, change: TagChange) -> PreviewRow:
    label = FIELDS[change.field].label if change.field in FIELDS else "Artwork"
    return PreviewRow((name, label, _line(change.before), _line(change.after)))


def _line(values: tuple[str, ...]) -> str:
    return "; ".join(values)[:_LINE_MAX] or "—"


def _left(plan: TagPlan) -> str:
    """What of the files is not written, and why."""
    words = []
    if plan.unchanged:
        are = "says" if plan.unchanged == 1 else "say"
        words.append(f"{figures.count(plan.unchanged, 'file')} {are} the same already.")
    if plan.faults:
        stay = "stays" if len(plan.faults) == 1 else "stay"
        words.append(f"{figures.count(len(plan.faults), 'file')} cannot be read and {stay}.")
    if plan.without:
        words.append(f"{figures.count(len(plan.without), 'track')} without a file.")
    return " ".join(words)

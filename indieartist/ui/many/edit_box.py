"""Edit many tracks or releases at once: fields, find and replace, and the letters of titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from indieartist.domain import figures
from indieartist.domain.content_id import CHOICES as CONTENT_ID
from indieartist.domain.languages import LANGUAGES
from indieartist.domain.rewriting import CASES, SEVERAL, Plan, Search, Table
from indieartist.ui import theme
from indieartist.ui.many.box import PreviewBox
from indieartist.ui.many.preview_table import PreviewRow, PreviewTable
from indieartist.ui.widgets.card import column, row
from indieartist.ui.widgets.form import ChoiceField, FieldRow, LineField
from indieartist.ui.widgets.pages import Pages
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.text import Paragraph
from indieartist.ui.widgets.toggle import ToggleSwitch

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.rewriting import Row
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

_WAYS = (
    Segment("fields", "Fields"),
    Segment("replace", "Find and replace"),
    Segment("case", "Letters"),
    Segment("numbers", "Numbers off"),
)
_WORDS = (
    "What you fill in is set for all of them; the rest stays. {n}, {title}, {artist}, {release},"
    " {position} and {year} are filled in for each."
)
_NUMBERS = "“03. Night Bus” becomes “Night Bus”. “99 Luftballons” and “1999” are names, and stay."
_SHOWN_MAX = 20_000
_LONG = ("lyrics", "description")
_CHOICES = {
    "explicit": {"": "Not said", "none": "Not explicit", "explicit": "Explicit", "clean": "Clean"},
    "language": {"": "Not said"} | dict(sorted(LANGUAGES.items(), key=lambda row: row[1])),
    "content_id": CONTENT_ID,
}
_HINTS = {"release_on": "2026-12-04", "original_release_on": "2026-12-04"}


class EditBox(PreviewBox):
    """`table` says whether the numbers are those of tracks or of releases."""

    def __init__(self, desk: Desk, table: Table, ids: Sequence[int], parent: QWidget) -> None:
        super().__init__(desk, f"Edit {figures.count(len(ids), table)}", _WORDS, parent)
        self.table, self.ids = table, list(ids)
        self.plan = Plan(())
        self.ways = SegmentedSwitch(_WAYS, "What to do")
        self.fields: dict[str, LineField | ChoiceField] = {}
        self._first: dict[str, str] = {}
        self.pages = Pages()
        self.wanted, self.by = LineField(), LineField()
        self.pattern = ToggleSwitch("Patterns")
        self.match_case = ToggleSwitch("Match case")
        self.whole_words = ToggleSwitch("Whole words")
        self.where = ChoiceField({"title": "Title"})
        self.case = ChoiceField(CASES, "en")
        self.case_where = ChoiceField({"title": "Title"})
        self.preview = PreviewTable(
            "What would change", ("Of", "Field", "Now", "Then"), (3, 2, 4, 4)
        )
        self._lay_out()
        self._connect()
        self._read()

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setContentsMargins(2, 2, theme.M, 2)
        self._grid.setHorizontalSpacing(theme.L)
        self._grid.setVerticalSpacing(theme.S)
        inner = QWidget()
        inner.setLayout(self._grid)
        scroll = QScrollArea()
        scroll.setAccessibleName("Fields")
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        self.pages.addWidget(scroll)
        self.pages.addWidget(self._replacing())
        self.pages.addWidget(self._casing())
        self.pages.addWidget(_about_numbers())
        self.body.addLayout(row(self.ways))
        self.body.addWidget(self.pages, 1)
        self.body.addWidget(self.preview, 1)
        self.end()

    def _replacing(self) -> QWidget:
        page = QWidget()
        lines = row(FieldRow("Find", self.wanted), FieldRow("Replace by", self.by), stretch=False)
        lines.addWidget(FieldRow("In", self.where))
        whole = column(gap=theme.M)
        whole.addLayout(lines)
        whole.addLayout(row(self.match_case, self.whole_words, self.pattern, gap=theme.L))
        whole.addStretch(1)
        page.setLayout(whole)
        return page

    def _casing(self) -> QWidget:
        page = QWidget()
        whole = column(gap=theme.M)
        lines = row(
            FieldRow("Letters of", self.case), FieldRow("In", self.case_where), stretch=False
        )
        whole.addLayout(lines)
        whole.addStretch(1)
        page.setLayout(whole)
        return page

    def _connect(self) -> None:
        self.ways.chosen.connect(self._turn)
        for line in (self.wanted, self.by):
            line.textChanged.connect(self.look_soon)
        for toggle in (self.pattern, self.match_case, self.whole_words):
            toggle.toggled.connect(self.look_soon)
        for choice in (self.where, self.case, self.case_where):
            choice.edited.connect(self.look_soon)

    def _turn(self, key: str) -> None:
        self.pages.setCurrentIndex([way.key for way in _WAYS].index(key))
        self.lead.setVisible(key == "fields")
        self.body.setStretchFactor(self.pages, int(key == "fields"))
        self.look()

    def _read(self) -> None:
        table, ids = self.table, self.ids

        def work(studio: Studio, _report: Report) -> tuple[dict[str, str], dict[str, str]]:
            from indieartist.services import rewriting

            rows = rewriting.read_rows(studio, table, ids)
            return rewriting.fields_of(table), rewriting.shared_values(rows)

        self.loader.read("Reading the fields", work, self._show_fields)

    def _show_fields(self, read: tuple[dict[str, str], dict[str, str]]) -> None:
        labels, shared = read
        words = {key: _capital(label) for key, label in labels.items()}
        for choice in (self.where, self.case_where):
            choice.offer(words, choice.value or "title")
        for place, (key, label) in enumerate(words.items()):
            editor = self._editor(key, shared.get(key, ""))
            self.fields[key] = editor
            self._grid.addWidget(FieldRow(label, editor), place // 3, place % 3)
        self.show_count(0, "Change")
        self.said.setText("")

    def _editor(self, key: str, value: str) -> LineField | ChoiceField:
        """Where they differ, the field says so, and stays empty until something is typed."""
        several = value == SEVERAL
        if key in _CHOICES:
            unsaid = {SEVERAL: SEVERAL} if several else {}
            choice = ChoiceField(unsaid | _CHOICES[key], value)
            choice.edited.connect(self.look_soon)
            self._first[key] = choice.value
            return choice
        line = LineField("" if several else value, SEVERAL if several else _HINTS.get(key, ""))
        line.textChanged.connect(self.look_soon)
        self._first[key] = line.text()
        if key in _LONG:
            line.clear()
            line.setPlaceholderText("Edit these one by one")
            line.setEnabled(False)
        return line

    def values(self) -> dict[str, str]:
        """The fields that the person filled in, or emptied where all were alike."""
        now = {
            key: editor.value if isinstance(editor, ChoiceField) else editor.text()
            for key, editor in self.fields.items()
            if key not in _LONG
        }
        return {key: value for key, value in now.items() if value != self._first[key]}

    def look(self) -> None:
        """Read what would change."""
        table, ids, make = self.table, self.ids, self._planner()

        def work(studio: Studio, _report: Report) -> Plan:
            from indieartist.services import rewriting

            return make(studio, rewriting.read_rows(studio, table, ids))

        self.loader.read("Looking what would change", work, self._show, failed=self.refuse)

    def _planner(self) -> Callable[[Studio, Sequence[Row]], Plan]:
        """What is asked for now; the services are imported where the work is done."""
        if self.ways.key == "replace":
            flags = (self.pattern, self.match_case, self.whole_words)
            search = Search(
                self.wanted.text(), self.by.text(), *(flag.isChecked() for flag in flags)
            )
            return partial(_replacing, [self.where.value or "title"], search)
        if self.ways.key == "case":
            return partial(_casing, [self.case_where.value or "title"], self.case.value)
        if self.ways.key == "numbers":
            return _taking_numbers_off
        return partial(_setting, self.values())

    def _show(self, plan: Plan) -> None:
        self.plan = plan
        labels = {key: line.accessibleName() for key, line in self.fields.items()}
        self.preview.set_rows(
            [
                PreviewRow((r.name, labels.get(r.field, r.field), r.before or "—", r.after or "—"))
                for r in plan.rewrites[:_SHOWN_MAX]
            ]
        )
        count = len(plan.rewrites)
        problem = plan.problems[0] if plan.problems else ""
        more = f" And {len(plan.problems) - 1} more." if len(plan.problems) > 1 else ""
        self.show_count(count, f"Change {figures.count(count, 'value')}", problem + more)

    def carry_out(self) -> None:
        """Do what the preview shows."""
        plan = self.plan

        def work(studio: Studio, _report: Report) -> int:
            from indieartist.services import rewriting

            return rewriting.carry_out(studio, plan)

        says = f"{figures.count(len(plan.rewrites), 'value')} changed"
        self.desk.act("Edit many", work, says=says)
        self.accept()


def _setting(values: dict[str, str], _studio: Studio, rows: Sequence[Row]) -> Plan:
    from indieartist.services import rewriting

    return rewriting.plan_values(rows, values)


def _replacing(fields: list[str], search: Search, _studio: Studio, rows: Sequence[Row]) -> Plan:
    from indieartist.services import rewriting

    if not search.find:
        return Plan(())
    return rewriting.plan_replacing(rows, fields, search)


def _casing(fields: list[str], case: str, studio: Studio, rows: Sequence[Row]) -> Plan:
    from indieartist.services import rewriting

    return rewriting.plan_case(studio, rows, fields, case)


def _taking_numbers_off(_studio: Studio, rows: Sequence[Row]) -> Plan:
    from indieartist.services import rewriting

    return rewriting.plan_numbers_off(rows)


def _about_numbers() -> QWidget:
    page = QWidget()
    whole = column(gap=theme.M)
    whole.addWidget(Paragraph(_NUMBERS, "small"))
    whole.addStretch(1)
    page.setLayout(whole)
    return page


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]

"""What mastering changed: figures before and after, and each stage in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from indieartist.domain.measurement import Measurement
from indieartist.ui import figures, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.card import Card, Rule, column
from indieartist.ui.widgets.finding import Finding, FindingRow
from indieartist.ui.widgets.text import Paragraph, Text, Tone

_FIGURES = (
    ("Integrated loudness", "integrated_lufs", "LU"),
    ("Loudest 3 seconds", "short_term_max_lufs", "LU"),
    ("Loudness range", "loudness_range_lu", "LU"),
    ("True peak", "true_peak_dbtp", "dB"),
)


@dataclass(frozen=True, slots=True)
class Changes:
    """One master's making: what it was, what it became, by which stages."""

    name: str
    before: Measurement | None
    after: Measurement | None
    stages: Sequence[Mapping[str, Any]] = ()
    warnings: Sequence[str] = ()


class ChangesCard(Card):
    """Shows one master at a time."""

    def __init__(self) -> None:
        super().__init__("What changed")
        self._title = Text("What changed", "section")
        self.column.addWidget(self._title)
        self._content: QWidget | None = None

    def show_changes(self, changes: Changes | None) -> None:
        """Show how a master was made; None hides the card."""
        self.setVisible(changes is not None)
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
            self._content = None
        if changes is None:
            return
        self._title.setText(f"What changed: {changes.name}")
        self._content = QWidget()
        content = column(gap=theme.M)
        self._content.setLayout(content)
        if changes.warnings:
            rows = (FindingRow(Finding("warn", warning)) for warning in changes.warnings)
            content.addLayout(column(*rows, gap=0))
        if changes.before and changes.after:
            content.addLayout(_table(changes.before, changes.after))
            content.addWidget(Rule())
        for stage in changes.stages:
            line = column(Text(stage["label"], "strong"), Paragraph(stage["sentence"]), gap=2)
            content.addLayout(line)
        self.column.addWidget(self._content)


def _table(before: Measurement, after: Measurement) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.XL)
    grid.setVerticalSpacing(theme.XS)
    grid.setColumnStretch(0, 1)
    for place, heading in enumerate(("", "Original", "Master", "Change")):
        _put(grid, 0, place, Text(heading, "small", "text3"))
    for line, (label, name, unit) in enumerate(_FIGURES, 1):
        was, now = getattr(before, name), getattr(after, name)
        moved = None if was is None or now is None else now - was
        cells: tuple[tuple[str, Tone], ...] = (
            (label, "text2"),
            (figures.level(was), "text2"),
            (figures.level(now), "text"),
            (f"{figures.change(moved)} {unit}", "text2"),
        )
        for place, (words, tone) in enumerate(cells):
            _put(grid, line, place, Text(words, "body", tone, figures=True))
    return grid


def _put(grid: QGridLayout, line: int, place: int, cell: Text) -> None:
    if place:
        cell.setAlignment(painting.RIGHT)
    grid.addWidget(cell, line, place)

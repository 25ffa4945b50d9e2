"""What lies between two versions: in words, in figures, and how the second was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QWidget

from indieartist.domain import figures
from indieartist.domain.measurement import Measurement
from indieartist.ui import theme
from indieartist.ui.gradual import Gradual
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.button import IconButton
from indieartist.ui.widgets.card import Card, Rule, column
from indieartist.ui.widgets.finding import Finding, FindingRow
from indieartist.ui.widgets.form import ChoiceField, name_editor
from indieartist.ui.widgets.text import ElidedText, Paragraph, Text, Tone

if TYPE_CHECKING:
    from indieartist.domain.changes import Change

_FIGURES = (
    ("Integrated loudness", "integrated_lufs", "LUFS", "LU"),
    ("Loudest 3 seconds", "short_term_max_lufs", "LUFS", "LU"),
    ("Loudness range", "loudness_range_lu", "LU", "LU"),
    ("True peak", "true_peak_dbtp", "dBTP", "dB"),
)
_TOPIC_PX = 144


@dataclass(frozen=True, slots=True)
class Changes:
    """Two versions: their names and figures, what differs in words, and the second's making."""

    names: tuple[str, str]
    before: Measurement | None
    after: Measurement | None
    words: Sequence[Change] | None = None  # None while they are being worked out
    stages: Sequence[Mapping[str, Any]] = ()
    warnings: Sequence[str] = ()


class ChangesCard(Card):
    """`chosen` carries the ids of the two versions that are to be compared."""

    chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__("What changed")
        self.before, self.after = ChoiceField({}), ChoiceField({})
        name_editor(self.before, "Compare from")
        name_editor(self.after, "Compare to")
        self.swap = IconButton("swap", "Exchange the two", icon_px=16)
        self.swap.clicked.connect(self._exchange)
        for field in (self.before, self.after):
            field.edited.connect(lambda _: self._tell())
        self._parts = [_Part() for _ in range(4)]
        self._filling = Gradual(self)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(Text("What changed", "section"))
        head.addSpacing(theme.M)
        head.addWidget(self.before, 1)
        head.addWidget(self.swap)
        head.addWidget(self.after, 1)
        self.column.setSpacing(theme.M)
        self.column.addLayout(head)
        for part in self._parts:
            self.column.addWidget(part)

    def offer(self, names: Mapping[int, str], before: int, after: int) -> None:
        """Offer these versions, and show the two that are compared."""
        choices = {str(key): name for key, name in names.items()}
        for field, value in ((self.before, before), (self.after, after)):
            field.offer(choices, str(value))

    def _tell(self) -> None:
        self.chosen.emit(int(self.before.value or 0), int(self.after.value or 0))

    def _exchange(self) -> None:
        before, after = self.before.value, self.after.value
        self.before.set_value(after)
        self.after.set_value(before)
        self._tell()

    def show_changes(self, changes: Changes | None) -> None:
        """Show what lies between two versions; None hides the card."""
        self.setVisible(changes is not None)
        self._filling.begin(self._fill(changes) if changes is not None else iter(()))

    def _fill(self, changes: Changes) -> Iterator[None]:
        """One part at a step; what says the same stays as it stands."""
        pair = (changes.before, changes.after)
        figures_of = (changes.names, *pair) if all(pair) else None
        subjects = (tuple(changes.warnings), (changes.words,), figures_of, tuple(changes.stages))
        makers: tuple[Callable[[Any], QLayout], ...]
        makers = (_warned, _said, _table, _making)
        for part, subject, maker in zip(self._parts, subjects, makers, strict=True):
            if part.show_subject(subject, maker):
                yield


class _Part(QWidget):
    """A part of what is said, made anew where its subject is another."""

    def __init__(self) -> None:
        super().__init__()
        self._subject: object = None
        self._content: QWidget | None = None
        self._column = column()
        self.setLayout(self._column)
        self.hide()

    def show_subject(self, subject: Any, make: Callable[[Any], QLayout]) -> bool:
        """Show another subject, nothing where there is none; returns whether anything changed."""
        if subject == self._subject:
            return False
        self._subject = subject
        self.hide()
        if self._content is not None:
            self._content.deleteLater()
            self._content = None
        if subject:
            self._content = QWidget()
            self._content.setLayout(make(subject))
            self._column.addWidget(self._content)
            self.show()
        return True


def _warned(warnings: Sequence[str]) -> QLayout:
    rows = [FindingRow(Finding("warn", warning)) for warning in warnings]
    rows[-1].end()
    return column(*rows, gap=0)


def _said(subject: tuple[Sequence[Change] | None]) -> QLayout:
    """One plain sentence for each thing that changed."""
    grid, (words,) = _grid(), subject
    if words is None:
        grid.addWidget(Text("Comparing tone, level, dynamics and width…", "body", "text3"), 0, 0)
    elif not words:
        grid.addWidget(Text("They sound alike.", "body", "text2"), 0, 0)
    for line, change in enumerate(words or ()):
        topic = Text(change.topic.capitalize(), "small", "text3")
        topic.setFixedWidth(_TOPIC_PX)
        known = line and words is not None and words[line - 1].topic == change.topic
        topic.setText("" if known else topic.text())
        grid.addWidget(topic, line, 0, Qt.AlignmentFlag.AlignTop)
        sentence = Paragraph(change.words, "body", "text")
        grid.addWidget(sentence, line, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.M)
    grid.setVerticalSpacing(theme.XS)
    return grid


def _ruled(grid: QGridLayout) -> QLayout:
    """A part with a hairline over it."""
    whole = column(Rule(), gap=theme.M)
    whole.addLayout(grid)
    return whole


def _table(subject: tuple[tuple[str, str], Measurement, Measurement]) -> QLayout:
    names, before, after = subject
    grid = _grid()
    grid.setHorizontalSpacing(theme.XL)
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(1, 2)
    grid.setColumnStretch(2, 2)
    for place, heading in enumerate(("", *names, "Change")):
        label = ElidedText(heading, "small", "text3") if place in (1, 2) else None
        _put(grid, 0, place, label or Text(heading, "small", "text3"))
    for line, (label_words, name, unit, step) in enumerate(_FIGURES, 1):
        was, now = getattr(before, name), getattr(after, name)
        moved = None if was is None or now is None else now - was
        cells: tuple[tuple[str, Tone], ...] = (
            (label_words, "text2"),
            (f"{figures.level(was)} {unit}", "text2"),
            (f"{figures.level(now)} {unit}", "text"),
            (f"{figures.change(moved)} {step}", "text2"),
        )
        for place, (words, tone) in enumerate(cells):
            _put(grid, line, place, Text(words, "body", tone, figures=True))
    return _ruled(grid)


def _put(grid: QGridLayout, line: int, place: int, cell: Text) -> None:
    if place:
        cell.setAlignment(painting.RIGHT)
    grid.addWidget(cell, line, place)


def _making(stages: Sequence[Mapping[str, Any]]) -> QLayout:
    """What each stage did, as it was kept with the master."""
    grid = _grid()
    for line, stage in enumerate(stages):
        label = Paragraph(stage["label"], "small", "text3")
        label.setFixedWidth(_TOPIC_PX)
        grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Paragraph(stage["sentence"], "body", "text2"), line, 1)
    grid.setColumnStretch(1, 1)
    return _ruled(grid)

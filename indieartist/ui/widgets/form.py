"""Form editors in one style: a quiet label, a control, and under it a hint or what is wrong."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, QRectF, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from indieartist.domain import figures
from indieartist.ui import icons, theme
from indieartist.ui.widgets.button import IconButton
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.finding import Severity, SeverityIcon
from indieartist.ui.widgets.text import Paragraph, Text

_DAY_FORMATS = ("yyyy-MM-dd", "d MMM yyyy", "d MMMM yyyy", "d.M.yyyy", "d/M/yyyy")


class LineField(QLineEdit):
    """One line of text; `edited` carries it when the person has finished."""

    edited = Signal(str)

    def __init__(self, value: str = "", hint: str = "", *, figures: bool = False) -> None:
        super().__init__(value)
        self.setFont(theme.font("body", figures=figures))
        self.setPlaceholderText(hint)
        self.setFixedHeight(theme.CONTROL)
        self.setMinimumWidth(72)
        self.setCursorPosition(0)
        self._told = value
        self.editingFinished.connect(self._tell)

    def set_value(self, value: str) -> None:
        """Show `value`, unless the person is typing here."""
        self._told = value
        if not self.hasFocus() and self.text() != value:
            self.setText(value)
            self.setCursorPosition(0)

    def _tell(self) -> None:
        if self.text() != self._told:
            self._told = self.text()
            self.edited.emit(self._told)


class TextField(QPlainTextEdit):
    """Several lines of text; `edited` carries them when the field is left."""

    edited = Signal(str)

    def __init__(self, value: str = "", hint: str = "", lines: int = 5) -> None:
        super().__init__(value)
        self.setFont(theme.font("body"))
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(lines * 19 + 16)
        self._told = value

    def set_value(self, value: str) -> None:
        """Show `value`, unless the person is typing here."""
        self._told = value
        if not self.hasFocus() and self.toPlainText() != value:
            self.setPlainText(value)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.toPlainText() != self._told:
            self._told = self.toPlainText()
            self.edited.emit(self._told)


class ChoiceField(QComboBox):
    """One of many, found by typing any part of its name; `edited` carries the key."""

    edited = Signal(str)

    def __init__(self, choices: dict[str, str], value: str = "") -> None:
        super().__init__()
        self.setFont(theme.font("body"))
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFixedHeight(theme.CONTROL)
        self.setMaxVisibleItems(12)
        self.view().setAccessibleName("Choices")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.offer(choices, value)
        self.activated.connect(lambda: self.edited.emit(self.value))

    def offer(self, choices: dict[str, str], value: str = "") -> None:
        """Offer other choices, without telling."""
        self.clear()
        self.setEditable(len(choices) > 8)
        for key, label in choices.items():
            self.addItem(label, key)
        self._search(list(choices.values()))
        self.set_value(value)

    def _search(self, labels: list[str]) -> None:
        line = self.lineEdit()
        if line is None:
            return
        finder = QCompleter(QStringListModel(labels, self), self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(finder)
        line.setFont(self.font())
        line.setAccessibleName(self.accessibleName())
        line.editingFinished.connect(self._settle)

    def _settle(self) -> None:
        """Words that name no choice give way to the one before."""
        index = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        changed = index >= 0 and index != self.currentIndex()
        self.setCurrentIndex(index if index >= 0 else self.currentIndex())
        self.setEditText(self.itemText(self.currentIndex()))
        if changed:
            self.edited.emit(self.value)

    @property
    def value(self) -> str:
        """The chosen key."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose by key, without telling."""
        self.setCurrentIndex(max(self.findData(value), 0))
        if (line := self.lineEdit()) is not None:
            line.setCursorPosition(0)  # a long choice begins with its first word

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it never changes a choice by accident."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        spot = QRectF(self.width() - 24, 0, 14, self.height())
        with QPainter(self) as painter:
            icons.paint(painter, "chevron-down", spot, theme.colour("text2"))


class DateField(QWidget):
    """A day, typed or picked; `edited` carries a date, or None when it was cleared."""

    edited = Signal(object)
    misread = Signal(str)

    def __init__(self, value: date | None = None, hint: str = "14 Nov 2026") -> None:
        super().__init__()
        self._told = value
        self.line = QLineEdit()
        self.line.setFont(theme.font("body", figures=True))
        self.line.setPlaceholderText(hint)
        self.line.setFixedHeight(theme.CONTROL)
        self.line.editingFinished.connect(self._read)
        self.setFocusProxy(self.line)
        pick = IconButton("calendar", "Pick a day", icon_px=16)
        pick.clicked.connect(self._pick)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.line, 1)
        layout.addWidget(pick)
        self.set_value(value)

    @property
    def value(self) -> date | None:
        """The day that was read or picked last."""
        return self._told

    def set_value(self, value: date | None) -> None:
        """Show a day, without telling."""
        self._told = value
        self.line.setText(figures.day(value) if value else "")

    def _read(self) -> None:
        words = self.line.text().strip()
        found = read_day(words)
        if words and found is None:
            self.misread.emit(f"“{words}” is not a day. Write it like 14 Nov 2026.")
        elif found != self._told:
            self.set_value(found)
            self.edited.emit(found)

    def _pick(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setGridVisible(False)
        if self._told:
            calendar.setSelectedDate(QDate(self._told.year, self._told.month, self._told.day))
        calendar.clicked.connect(self._picked)
        calendar.clicked.connect(popup.close)
        QVBoxLayout(popup).addWidget(calendar)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + theme.XS)))
        popup.show()
        calendar.setFocus()

    def _picked(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))
        self.edited.emit(self._told)


def name_editor(editor: QWidget, label: str) -> None:
    """Let the editor, and the line inside it, be heard under this name."""
    editor.setAccessibleName(label)
    for line in editor.findChildren(QLineEdit):
        line.setAccessibleName(label)


def read_day(words: str) -> date | None:
    """A day as people write it, day before month; None where it is not one."""
    for pattern in _DAY_FORMATS:
        found = QDate.fromString(words, pattern)
        if found.isValid() and found.year() > 1000:
            return date(found.year(), found.month(), found.day())
    return None


class FieldRow(QWidget):
    """A label over its editor; below it the hint, or the problem in its place."""

    def __init__(self, label: str, editor: QWidget, hint: str = "") -> None:
        super().__init__()
        self.editor, self._hint = editor, hint
        name_editor(editor, label)
        self._note = Paragraph(hint, "small", "text3")
        self._sign = QHBoxLayout()
        name = Text(label, "small", "text2")
        name.setBuddy(editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(name)
        layout.addWidget(editor)
        foot = row(stretch=False, gap=6)
        foot.addLayout(self._sign)
        foot.addWidget(self._note, 1)
        layout.addLayout(foot)
        self._note.setVisible(bool(hint))

    def set_hint(self, hint: str) -> None:
        """Say something else under the editor, where nothing is wrong with the value."""
        self._hint = hint
        self.set_problem()

    def set_problem(self, words: str = "", severity: Severity = "err") -> None:
        """Say what is wrong with the value; empty words say that nothing is."""
        while taken := self._sign.takeAt(0):
            if old := taken.widget():
                old.deleteLater()
        if words:
            self._sign.addWidget(SeverityIcon(severity))
        tone = {"err": "err", "warn": "warn"}.get(severity) if words else None
        self._note.setText(words or self._hint)
        self._note.setVisible(bool(words or self._hint))
        self._mark(tone or "")
        self.editor.setAccessibleDescription(words or self._hint)

    def _mark(self, tone: str) -> None:
        target = self.editor.line if isinstance(self.editor, DateField) else self.editor
        target.setProperty("state", tone)
        for widget in (target, self._note):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._note.set_tone("err" if tone == "err" else "warn" if tone == "warn" else "text3")

"""One finding of the check: how grave, what is wrong, by which rule, and the way to fix it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.button import Button, LinkButton
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.text import ElidedText, Paragraph, breakable

_FIX_PX = 300
Severity = Literal["err", "warn", "info", "ok"]
_ICONS: dict[Severity, tuple[str, theme.ColourName, str]] = {
    "err": ("alert-triangle", "err", "Must be fixed"),
    "warn": ("alert-circle", "warn", "Worth fixing"),
    "info": ("info", "text2", "Good to know"),
    "ok": ("check-circle", "ok", "In order"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check found, ready to be shown."""

    severity: Severity
    sentence: str
    evidence: str = ""
    rule: str = ""
    source: str = ""  # the address of the page that states the rule
    fix: str = ""  # the label of the button that puts it right; empty where there is none
    place: str = ""  # the words that lead to the field it is about


class SeverityIcon(QWidget):
    """The sign of a severity; its name says the words."""

    def __init__(self, severity: Severity) -> None:
        super().__init__()
        self._icon, self._tone, words = _ICONS[severity]
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFixedSize(20, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            spot = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            icons.paint(painter, self._icon, spot, theme.colour(self._tone))


class FindingRow(QWidget):
    """A finding with its fix at hand; `fix_asked`, `source_asked`, `place_asked` when pressed."""

    fix_asked = Signal()
    source_asked = Signal(str)
    place_asked = Signal()

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.setAccessibleName(f"{_ICONS[finding.severity][2]}: {finding.sentence}")
        self.finding = finding
        self._last = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.M, 0, theme.M)
        layout.setSpacing(theme.M)
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(SeverityIcon(finding.severity), alignment=top)
        layout.addLayout(self._words(), 1)
        if finding.fix:
            button = Button(finding.fix)
            button.setAccessibleName(f"{finding.fix}: {finding.sentence}")
            button.setMaximumWidth(_FIX_PX)  # a title of 120 letters may stand in it
            if button.sizeHint().width() > _FIX_PX:
                button.setToolTip(finding.fix)
            button.clicked.connect(self.fix_asked)
            layout.addWidget(button, alignment=top)

    def end(self) -> None:
        """Close the list: no line under the last of its rows."""
        self._last = True

    def _words(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Paragraph(breakable(self.finding.sentence), "body", "text"))
        if self.finding.evidence:
            words.addWidget(Paragraph(breakable(self.finding.evidence), "small", "text2"))
        if self.finding.rule or self.finding.place:
            words.addLayout(self._rule())
        return words

    def _rule(self) -> QHBoxLayout:
        rule = ElidedText(self.finding.rule, "label", "text3")
        rule.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        parts: list[QWidget] = [rule]
        if self.finding.source:
            link = LinkButton("Source", "external", "label")
            link.setAccessibleName(f"Source of the rule {self.finding.rule}")
            link.setToolTip(self.finding.source)
            link.clicked.connect(lambda: self.source_asked.emit(self.finding.source))
            parts.append(link)
        if self.finding.place:
            place = LinkButton(self.finding.place, "edit", "label")
            place.setAccessibleName(f"{self.finding.place}: {self.finding.sentence}")
            place.clicked.connect(self.place_asked)
            parts.append(place)
        return row(*parts, gap=theme.M)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if not self._last:
                line = self.rect().adjusted(0, self.height() - 1, 0, 0)
                painter.fillRect(line, theme.colour("line"))

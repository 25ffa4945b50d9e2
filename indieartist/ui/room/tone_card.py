"""The spectrum of the song, its master and the reference: together, or how far they lie apart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout

from indieartist.ui import theme
from indieartist.ui.room.legend import Legend, Sign
from indieartist.ui.room.tone_chart import ToneChart, ToneLine
from indieartist.ui.widgets.button import IconButton
from indieartist.ui.widgets.card import Card
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.text import ElidedText, Text

_VIEWS = (
    Segment("together", "Together", tip="The spectra over one another, at one level"),
    Segment("apart", "Difference", tip="How far the others lie from the original"),
)
_HINT = "Third octaves at equal level; pink noise is flat"


class ToneCard(Card):
    """Shows what it is given; which view is on stays its own."""

    def __init__(self) -> None:
        super().__init__("Spectrum")
        self._lines: Sequence[ToneLine] = ()
        self.chart = ToneChart()
        self.views = SegmentedSwitch(_VIEWS, "View of the spectrum")
        self.views.chosen.connect(lambda _: self._show())
        self.copy = IconButton("copy", "Copy the spectrum as a table", icon_px=16)
        self.copy.clicked.connect(self._copy)
        self._legend = Legend()
        self._read = ElidedText(_HINT, "small", "text3")
        self.chart.read.connect(self._say)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(Text("Spectrum", "section"))
        head.addStretch(1)
        head.addWidget(self.copy)
        head.addWidget(self.views)
        self.column.addLayout(head)
        self.column.addWidget(self._legend)
        self.column.addWidget(self.chart, 1)
        self.column.addWidget(self._read)

    def show_lines(self, lines: Sequence[ToneLine]) -> None:
        """Show spectra, the original first."""
        self._lines = lines
        self._show()

    def _show(self) -> None:
        apart = self.views.key == "apart" and len(self._lines) > 1
        self.chart.show_lines(self._lines, apart=apart)
        shown = self._lines[1:] if apart else self._lines
        self._legend.show_signs([Sign(line.name, line.tone, line.dashed) for line in shown])

    def note(self, words: str) -> None:
        """Say why something is not shown."""
        self._say(words)

    def _say(self, words: str) -> None:
        self._read.setText(words or _HINT)
        self._read.set_tone("text2" if words else "text3")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.chart.table())
        self._say("Copied as a table; there is nothing to undo")

"""One mix of a track: what it is, how loud, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QCursor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from indieartist.domain import figures
from indieartist.domain.release import Mix, MixKind
from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.button import Button, IconButton
from indieartist.ui.widgets.card import column
from indieartist.ui.widgets.chip import Chip, Fact
from indieartist.ui.widgets.text import ElidedText
from indieartist.ui.widgets.value import ValueTile

_LOUDNESS_PX, _PEAK_PX, _APPROVE_PX = 84, 84, 104


class MixRow(QWidget):
    """Asks by signals, each about this mix; `shown` when its changes are to be seen."""

    play_asked = Signal()
    approve_asked = Signal(bool)
    export_asked = Signal()
    remove_asked = Signal()
    shown = Signal()

    def __init__(self, mix: Mix, *, approved: bool, chosen: bool) -> None:
        super().__init__()
        self.mix, self._approved, self._chosen = mix, approved, chosen
        self._last = False
        self.setAccessibleName(f"Mix {mix.number}, {mix.name}")
        self.play = IconButton("play", f"Play mix {mix.number}")
        self.play.clicked.connect(self.play_asked)
        self.more = IconButton("more", f"More for mix {mix.number}")
        self.more.clicked.connect(self._open_menu)
        self.menu = self._menu()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.S, theme.S, theme.XS, theme.S)
        layout.setSpacing(theme.M)
        layout.addWidget(self.play)
        layout.addLayout(self._words(), 1)
        layout.addLayout(self._figures())
        layout.addWidget(self._approval())
        layout.addWidget(self.more)

    def end(self) -> None:
        """Close the list: no line under the last of its rows."""
        self._last = True

    def _words(self) -> QHBoxLayout:
        dot = _Dot("accent" if self.mix.kind is MixKind.MASTER else "original")
        kind = "Master" if self.mix.kind is MixKind.MASTER else "Bounce"
        info = self.mix.info
        bits = f"{info.bits} bit, " if info.bits else ""
        about = f"{kind} {self.mix.number} · {bits}{info.sample_rate_hz / 1000:g} kHz"
        words = QHBoxLayout()
        words.setSpacing(theme.M)
        words.addWidget(dot)
        name = ElidedText(self.mix.name, "strong")
        words.addLayout(column(name, ElidedText(about, "small", "text3"), gap=1), 1)
        return words

    def _figures(self) -> QHBoxLayout:
        m = self.mix.measurement
        over = bool(m and m.true_peak_dbtp is not None and m.true_peak_dbtp > 0)
        pairs = (
            ("Loudness", m.integrated_lufs if m else None, "LUFS", False, _LOUDNESS_PX),
            ("True peak", m.true_peak_dbtp if m else None, "dBTP", over, _PEAK_PX),
        )
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        for caption, value, unit, bad, width in pairs:
            tile = ValueTile(caption, figures.level(value), unit, "err" if bad else "text")
            tile.setFixedWidth(width)
            line.addWidget(tile)
        return line

    def _approval(self) -> QWidget:
        if self._approved:
            shown: QWidget = Chip(Fact("Approved", "check-circle", "accent"))
        else:
            button = Button("Approve", "check")
            button.setAccessibleName(f"Approve mix {self.mix.number}")
            button.clicked.connect(lambda: self.approve_asked.emit(True))
            shown = self.approve = button
        holder = QWidget()
        holder.setFixedWidth(_APPROVE_PX)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(shown)
        return holder

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        if self.mix.kind is MixKind.MASTER:
            menu.addAction("Show what changed", self.shown.emit)
        if self._approved:
            menu.addAction("Withdraw approval", lambda: self.approve_asked.emit(False))
        menu.addAction("Export…", self.export_asked.emit)
        menu.addSeparator()
        menu.addAction("Remove", self.remove_asked.emit)
        return menu

    def _open_menu(self) -> None:
        self.menu.popup(QCursor.pos())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._chosen:
                painter.fillRect(self.rect(), theme.colour("surface3", 0.45))
                painter.fillRect(0, 0, 3, self.height(), theme.colour("accent"))
            if not self._last:
                line = self.rect().adjusted(0, self.height() - 1, 0, 0)
                painter.fillRect(line, theme.colour("line"))


class _Dot(QWidget):
    """The colour of a version, as the switch in the player has it."""

    def __init__(self, tone: theme.ColourName) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            painting.dot(painter, QPointF(5, 5), 8, theme.colour(self._tone))

"""Words on the page: a label in one of the theme's faces and tones, eliding where told to."""

from __future__ import annotations

from textwrap import wrap
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from indieartist.ui import theme

Tone = Literal["text", "text2", "text3", "accent", "service", "ok", "warn", "err"]
_LONGEST = 24  # letters of a word, before it may be broken


class Text(QLabel):
    """A label; its colour comes from the style sheet by tone, so a theme switch needs no code."""

    def __init__(
        self,
        words: str = "",
        role: theme.Role = "body",
        tone: Tone = "text",
        *,
        figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self.setFont(theme.font(role, figures=figures))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.set_tone(tone)

    def set_tone(self, tone: Tone) -> None:
        """Say it in another tone."""
        if self.property("tone") == tone:
            return
        self.setProperty("tone", tone)
        if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it comes with showing
            self.style().unpolish(self)
            self.style().polish(self)


class Paragraph(Text):
    """Words that wrap."""

    def __init__(self, words: str = "", role: theme.Role = "body", tone: Tone = "text2") -> None:
        super().__init__(words, role, tone)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


def breakable(words: str) -> str:
    """The same words; a name without spaces, such as a hash, may be broken anywhere."""
    return " ".join(
        "\u200b".join(wrap(word, _LONGEST)) if len(word) > _LONGEST else word
        for word in words.split(" ")
    )


class ElidedText(Text):
    """One line that gives way: it ends in '…' where the page is too narrow, and says it all on
    hover."""

    def __init__(self, words: str = "", role: theme.Role = "body", tone: Tone = "text") -> None:
        super().__init__(words, role, tone)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.XXL, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = QFontMetricsF(self.font())
        room = QRectF(self.contentsRect())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width() + 0.5)
        if self.toolTip() == self._whole:  # else somebody gave it words of its own
            self._whole = self.text() if shown != self.text() else ""
            self.setToolTip(self._whole)
        with QPainter(self) as painter:
            painter.setPen(self.palette().windowText().color())
            painter.drawText(room, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), shown)

"""The outbox: everything on its way out and what became of it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from indieartist.domain import figures
from indieartist.domain.publishing import Publication, State
from indieartist.ui import theme
from indieartist.ui.widgets.button import Button, LinkButton
from indieartist.ui.widgets.card import Card, column, row
from indieartist.ui.widgets.finding import Severity, SeverityIcon
from indieartist.ui.widgets.text import ElidedText, Paragraph, Text

WORDS: dict[State, tuple[Severity, str]] = {
    State.PLANNED: ("info", "Goes out {when}"),
    State.SENDING: ("info", "Is being sent"),
    State.WAITING: ("info", "Tries again {when}"),
    State.SENT: ("ok", "Done {when}"),
    State.UNCERTAIN: ("warn", "May have gone out: look, and say so here"),
    State.NEEDS_HUMAN: ("err", "Could not be sent and needs you"),
    State.REJECTED: ("err", "Was refused"),
    State.MISSED: ("warn", "Its time passed while the program was closed"),
    State.CANCELLED: ("info", "Was cancelled"),
}
_AGAIN = (State.MISSED, State.REJECTED, State.NEEDS_HUMAN, State.CANCELLED)


class OutboxRow(QWidget):
    """One publication, and what can still be done about it."""

    cancel_asked = Signal()
    send_asked = Signal()
    settled = Signal(bool)
    handed = Signal()
    link_asked = Signal(str)

    def __init__(self, publication: Publication) -> None:
        super().__init__()
        self.publication = publication
        severity, words = _said(publication)
        self.words = words.format(when=_moment(publication))
        self.setAccessibleName(f"{publication.summary} {self.words}")
        self.buttons: dict[str, Button] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, theme.S, 0, theme.S)
        line.setSpacing(theme.M)
        line.addWidget(SeverityIcon(severity))
        through = f"{publication.account_label}: " if publication.account_label else ""
        summary = ElidedText(f"{through}{publication.summary}", "strong")
        said = column(summary, ElidedText(self.words, "small", "text2"), gap=1)
        if publication.problem:
            said.addWidget(Paragraph(publication.problem, "small", "text2"))
        if publication.url:
            said.addLayout(row(self._link(publication.url)))
        line.addLayout(said, 1)
        self._offer(line)

    def _link(self, url: str) -> LinkButton:
        self.link = LinkButton("See it", "external", "label")
        self.link.setAccessibleName(f"See it: {self.publication.summary}")
        self.link.setToolTip(url)
        self.link.clicked.connect(lambda: self.link_asked.emit(url))
        return self.link

    def _offer(self, line: QHBoxLayout) -> None:
        state = self.publication.state
        if state is State.UNCERTAIN:
            self._button(line, "It went out").clicked.connect(lambda: self.settled.emit(True))
            self._button(line, "It did not").clicked.connect(lambda: self.settled.emit(False))
        if self.publication.awaits_person:
            given = self._button(line, "I handed it over")
            given.setToolTip("Say so once the store has it: its ISRCs and UPC are locked then")
            given.clicked.connect(self.handed)
        if state in _AGAIN:
            self._button(line, "Send after all").clicked.connect(self.send_asked)
        if self.publication.cancellable:
            self._button(line, "Cancel").clicked.connect(self.cancel_asked)

    def _button(self, line: QHBoxLayout, label: str) -> Button:
        button = self.buttons[label] = Button(label)
        button.setAccessibleName(f"{label}: {self.publication.summary}")
        line.addWidget(button)
        return button


class OutboxCard(Card):
    """The newest first; every signal carries the publication."""

    cancel_asked = Signal(object)
    send_asked = Signal(object)
    settled = Signal(object, bool)
    handed = Signal(object)

    def __init__(self) -> None:
        super().__init__("Outbox")
        self.rows: list[OutboxRow] = []
        self.column.setSpacing(0)
        self.column.addWidget(Text("Outbox", "section"))
        self._none = Paragraph("Nothing has gone out yet.")
        self._none.setContentsMargins(0, theme.S, 0, 0)
        self.column.addWidget(self._none)

    def show_publications(self, publications: Sequence[Publication]) -> None:
        """Show these instead."""
        for old in self.rows:
            old.hide()
            old.deleteLater()
        self._none.setVisible(not publications)
        newest = sorted(publications, key=lambda p: p.id, reverse=True)
        self.rows = [self._row(publication) for publication in newest]
        for each in self.rows:
            self.column.addWidget(each)

    def _row(self, publication: Publication) -> OutboxRow:
        made = OutboxRow(publication)
        made.cancel_asked.connect(lambda: self.cancel_asked.emit(publication))
        made.send_asked.connect(lambda: self.send_asked.emit(publication))
        made.link_asked.connect(lambda url: QDesktopServices.openUrl(QUrl(url)))
        made.handed.connect(lambda: self.handed.emit(publication))
        made.settled.connect(lambda sent: self.settled.emit(publication, sent))
        return made


def _said(publication: Publication) -> tuple[Severity, str]:
    """How it stands; what a person carries is not done when it is built."""
    if publication.handed_at is not None:
        return "ok", "Handed over {when}"
    if publication.awaits_person:
        return "info", "Built {when}"
    return WORDS[publication.state]


def _moment(publication: Publication) -> str:
    at: datetime = (
        publication.handed_at or publication.sent_at or publication.next_at or publication.due_at
    )
    here = at.astimezone()
    return f"{figures.day(here.date())}, {here:%H:%M}"

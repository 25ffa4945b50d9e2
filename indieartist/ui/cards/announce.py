"""Announcing: the words, how many of them fit, where and when they go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from indieartist.domain.publishing import Account
from indieartist.errors import UserError
from indieartist.ui import theme
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import Card, Rule, column, row
from indieartist.ui.widgets.form import ChoiceField, DateField, FieldRow, LineField, TextField
from indieartist.ui.widgets.text import Paragraph, Text

_WAIT_MS = 250
_FINAL = "A post cannot be undone. One that is scheduled can be cancelled until it goes out."
_KIT = (
    "Texts and pictures for every network you post to by hand, each in its size and length. "
    "Nothing leaves this machine."
)


class AnnounceCard(Card):
    """`drafted` when the words have rested a moment; the buttons ask by the other signals."""

    drafted = Signal()
    kit_asked = Signal()
    connect_asked = Signal()
    disconnect_asked = Signal()
    post_asked = Signal()
    schedule_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Announce")
        self.accounts: Sequence[Account] = ()
        self.text = TextField("", "What you want to say", lines=6)
        self.text.setFixedHeight(self.text.minimumHeight())
        self._resting = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._resting.timeout.connect(self.drafted)
        self.text.textChanged.connect(self._resting.start)
        self.text_row = FieldRow("Words", self.text)
        self.counter = Text("", "small", "text3", figures=True)
        self.kit = Button("Build share kit", "megaphone")
        self.day = DateField()
        self.time = LineField("", "18:00", figures=True)
        self.schedule = Button("Schedule", "clock")
        self.post_now = Button("Post now", "send")
        self.account = ChoiceField({})
        self.account.edited.connect(lambda _: self.drafted.emit())
        self.add = Button("Add account", "plus", "quiet")
        self.add.setCheckable(True)
        self.add.toggled.connect(lambda _: self._offer_joining())
        self.leave = Button("Disconnect", kind="quiet")
        self.server = LineField("", "https://mastodon.social")
        self.token = LineField("", "Access token")
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.join = Button("Connect", "plus")
        self._posting, self._joining = self._posting_part(), self._joining_part()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.column.setSpacing(theme.M)
        self.column.addWidget(Text("Announce", "section"))
        self.column.addWidget(self.text_row)
        self.column.addLayout(row(self.counter))
        self.column.addWidget(self._posting)
        self.column.addWidget(self._joining)
        self.column.addWidget(Rule())
        self.column.addWidget(Paragraph(_KIT, "small", "text3"))
        self.column.addLayout(row(self.kit))

    def _posting_part(self) -> QWidget:
        whole = column(gap=theme.M)
        account = column(FieldRow("Mastodon account", self.account), gap=theme.XS)
        account.addLayout(row(self.add, self.leave))
        when = row(FieldRow("Day", self.day), FieldRow("Time", self.time), stretch=False)
        when.setStretch(0, 2)
        when.setStretch(1, 1)
        whole.addLayout(account)
        whole.addLayout(when)
        whole.addLayout(row(self.schedule, self.post_now))
        whole.addWidget(Paragraph(_FINAL, "small", "text3"))
        part = QWidget()
        part.setLayout(whole)
        return part

    def _joining_part(self) -> QWidget:
        words = (
            "Connect a Mastodon account to post from here. On your server: Preferences, "
            "Development, New application; copy “Your access token”."
        )
        whole = column(Paragraph(words, "small", "text3"), gap=theme.M)
        whole.addWidget(FieldRow("Server", self.server))
        whole.addWidget(FieldRow("Token", self.token))
        whole.addLayout(row(self.join))
        part = QWidget()
        part.setLayout(whole)
        return part

    def _connect(self) -> None:
        for button, signal in (
            (self.kit, self.kit_asked),
            (self.join, self.connect_asked),
            (self.leave, self.disconnect_asked),
            (self.post_now, self.post_asked),
            (self.schedule, self.schedule_asked),
        ):
            button.clicked.connect(signal)

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Offer the connected accounts, or to connect one."""
        known, self.accounts = self.accounts, accounts
        if list(accounts) != list(known):
            choices = {str(account.id): account.label for account in accounts}
            joined = [key for key in choices if known and key not in {str(a.id) for a in known}]
            self.account.offer(choices, joined[-1] if joined else self.account.value)
            self.add.setChecked(False)
        self._posting.setVisible(bool(accounts))
        self._offer_joining()

    def _offer_joining(self) -> None:
        self._joining.setVisible(not self.accounts or self.add.isChecked())

    @property
    def chosen_account(self) -> Account | None:
        """The account to post through."""
        chosen = [a for a in self.accounts if str(a.id) == self.account.value]
        return next(iter(chosen), None)

    def show_judgement(self, length: int, most: int | None, problem: str, *, fits: bool) -> None:
        """Say how long the words are, and what stands against them."""
        self.counter.setText(f"{length} of {most} characters" if most else f"{length} characters")
        self.counter.set_tone("err" if most and length > most else "text3")
        self.text_row.set_problem(problem, "err" if not fits else "warn")
        for button in (self.schedule, self.post_now):
            button.setEnabled(fits)

    def read_when(self, now: datetime) -> datetime:
        """The chosen moment, where the person is; raises UserError unless it lies ahead."""
        words = self.time.text().strip() or self.time.placeholderText()
        if self.day.value is None:
            raise UserError("The post has no day yet.", "Choose the day it goes out.")
        try:
            clock = datetime.strptime(words, "%H:%M").time()
        except ValueError as error:
            raise UserError(f"“{words}” is not a time.", "Write it like 18:00.") from error
        chosen = datetime.combine(self.day.value, clock).astimezone()
        if chosen <= now:
            raise UserError("That moment has passed.", "Choose a later one, or post now.")
        return chosen

"""The next number of a series, offered beside its field, and the box that asks for the series."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from indieartist.domain.identifiers import format_isrc
from indieartist.domain.series import KINDS
from indieartist.ui import theme
from indieartist.ui.many import ways
from indieartist.ui.widgets.button import Button, LinkButton
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.form import FieldRow, LineField
from indieartist.ui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from indieartist.domain.release import Release, Track
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

_EXAMPLES = {"isrc": "GB-AYE", "gtin": "501234567###", "catalogue_number": "MOSS ###"}
_WORDS = {
    "isrc": "The first five signs of your ISRCs, as your agency gave them to you.",
    "gtin": "Your company prefix, and # for each digit that counts, up to the check digit.",
    "catalogue_number": "# for each digit that counts; {yy} and {yyyy} are the year.",
}


class NextNumbers(QWidget):
    """One link for each kind of number that is not there yet: take the next, or say the series."""

    def __init__(self, desk: Desk, kinds: tuple[str, ...]) -> None:
        super().__init__()
        self.desk = desk
        self._release: Release | None = None
        self._track: Track | None = None
        self.links = {kind: LinkButton("", "plus") for kind in kinds}
        self._offers: dict[str, str] = {}
        for kind, link in self.links.items():
            link.clicked.connect(partial(self._follow, kind))
            link.hide()
        self.setLayout(row(*self.links.values(), gap=theme.L))
        self.hide()

    def show_release(self, release: Release, track: Track | None = None) -> None:
        """Offer the numbers that the release, or the track, does not have."""
        self._release, self._track = release, track
        holder: Release | Track = track or release
        missing = [kind for kind in self.links if not getattr(holder, kind)]

        def work(studio: Studio) -> dict[str, str]:
            return {kind: _next(studio, kind, release, track) for kind in missing}

        self.setVisible(bool(missing))
        self.desk.read("Looking for the next number", work, self._show, owner=self)

    def _show(self, offers: dict[str, str]) -> None:
        self._offers = offers
        for kind, link in self.links.items():
            number = offers.get(kind)
            link.setVisible(number is not None)
            shown = format_isrc(number) if number and kind == "isrc" else number
            words = f"Use {shown}" if shown else f"Number {KINDS[kind]}s by yourself"
            link.setText(words)
            link.setAccessibleName(words)
            link.updateGeometry()

    def _follow(self, kind: str) -> None:
        if self._release is None:
            return
        if not self._offers.get(kind):
            owner = self._release.label or self._release.artist_line
            SeriesBox(self.desk, kind, owner, self.window()).open()
        elif self._track is not None:
            ways.give_isrcs(self.desk, [self._track.id])
        else:
            ways.give_numbers(self.desk, kind, [self._release.id])


def _next(studio: Studio, kind: str, release: Release, track: Track | None) -> str:
    """The next number, or nothing where no series says it."""
    from indieartist.errors import UserError
    from indieartist.services import numbers

    try:
        if track is not None:
            return numbers.next_isrc(studio, track)
        return numbers.next_number(studio, kind, release)
    except UserError:
        return ""


class SeriesBox(QDialog):
    """Asks once where the numbers of a label or artist come from."""

    def __init__(self, desk: Desk, kind: str, owner: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._kind, self._kept = desk, kind, False
        desk.changed.connect(self._leave)
        self.setWindowTitle(f"Series of {KINDS[kind]}s")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(440)
        self.pattern = LineField(hint=_EXAMPLES[kind], figures=True)
        self.owner = LineField(owner, "Everybody")
        self._row = FieldRow("Prefix" if kind == "isrc" else "Pattern", self.pattern, _WORDS[kind])
        keep = Button("Keep", "check", "primary")
        keep.clicked.connect(self.keep)
        cancel = Button("Cancel", kind="quiet")
        cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        layout.setSpacing(theme.M)
        layout.addWidget(Text(f"Where your {KINDS[kind]}s come from", "section"))
        layout.addWidget(Paragraph("Each number is given once, and never again.", "small"))
        layout.addWidget(self._row)
        layout.addWidget(FieldRow("Label or artist", self.owner, "Empty: for everybody else"))
        layout.addLayout(row(keep, cancel))

    def keep(self) -> None:
        """Keep the series; what cannot be one is said under the field."""
        kind, pattern, owner = self._kind, self.pattern.text(), self.owner.text()

        def work(studio: Studio) -> None:
            from indieartist.services import numbers

            numbers.set_series(studio, kind, pattern, owner)
            self._kept = True

        self._desk.edit(
            "Keeping the series", work, self._refuse, owner=self._row, says="The series is kept"
        )

    def _leave(self) -> None:
        if self._kept:
            self.accept()

    def _refuse(self, error: BaseException) -> None:
        self._row.set_problem(str(error))

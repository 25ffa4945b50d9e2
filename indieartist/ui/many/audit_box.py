"""What is wrong anywhere in the catalogue, rule by rule; edited at once, or opened one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from indieartist.domain import figures
from indieartist.domain.preflight.registry import Severity
from indieartist.ui import theme
from indieartist.ui.loader import Loader
from indieartist.ui.many.edit_box import EditBox
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.line_list import Line, LineList
from indieartist.ui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.catalogue_audit import Place, Trouble
    from indieartist.services.studio import Studio
    from indieartist.ui.window import StudioWindow

_SIGNS: dict[Severity, tuple[str, theme.ColourName]] = {
    Severity.ERROR: ("alert-triangle", "err"),
    Severity.WARNING: ("alert-circle", "warn"),
    Severity.INFO: ("info", "text2"),
}
_WIDTH, _LIST_PX = 720, 216


class AuditBox(QDialog):
    """The rules above, the releases that break the chosen one below; Return opens a release."""

    def __init__(self, window: StudioWindow) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self._loader = Loader(window.desk, self)
        self.troubles: list[Trouble] = []
        self.setWindowTitle("The whole catalogue")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.said = Paragraph("Checking every release …", "small")
        self.rules, self.places = LineList("What is wrong"), LineList("Where")
        self.where = Text("", "strong")
        self.edit = Button("Edit them…", "edit", "primary")
        self.open_one = Button("Open")
        self.shut = Button("Close", kind="quiet")
        self._lay_out()
        self.rules.selectionModel().currentChanged.connect(lambda *_: self._show_places())
        self.places.opened.connect(lambda key: self._go(int(str(key))))
        self.edit.clicked.connect(self._edit)
        self.open_one.clicked.connect(self._open)
        self.shut.clicked.connect(self.reject)
        self.finished.connect(lambda _: self._loader.cancel())
        window.desk.changed.connect(self.look)
        self.look()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        layout.setSpacing(theme.M)
        layout.addWidget(Text("The whole catalogue", "section"))
        for part in (self.said, self.rules, self.where, self.places):
            layout.addWidget(part)
        layout.addStretch(1)
        foot = row(self.edit, self.open_one)
        foot.addWidget(self.shut)
        layout.addLayout(foot)
        self._show([])

    def look(self) -> None:
        """Check every release anew."""

        def work(studio: Studio, report: Report) -> list[Trouble]:
            from indieartist.services.catalogue_audit import audit_catalogue

            return audit_catalogue(studio, report=report)

        self._loader.read("Checking the catalogue", work, self._take)

    def _take(self, troubles: list[Trouble]) -> None:
        self._show(troubles)
        rules = figures.count(len(troubles), "rule")
        self.said.setText(f"{rules} to look at." if troubles else "Nothing is wrong anywhere.")

    def _show(self, troubles: list[Trouble]) -> None:
        self.troubles = troubles
        _fill(self.rules, [_rule_line(trouble) for trouble in troubles])
        if troubles and self.rules.currentIndex().row() < 0:
            self.rules.setCurrentIndex(self.rules.lines.index(0))
        self._show_places()

    @property
    def chosen(self) -> Trouble | None:
        """The rule that is chosen."""
        place = self.rules.currentIndex().row()
        return self.troubles[place] if 0 <= place < len(self.troubles) else None

    def _show_places(self) -> None:
        trouble = self.chosen
        places = trouble.places if trouble else ()
        self.where.setText(trouble.title if trouble else "")
        _fill(self.places, [_place_line(place) for place in places])
        for button in (self.edit, self.open_one):
            button.setVisible(trouble is not None)

    def _edit(self) -> None:
        """Edit what the rule is about: the tracks it names, else the releases."""
        if (trouble := self.chosen) is None:
            return
        tracks = trouble.track_ids
        ids = tracks or tuple(place.release_id for place in trouble.places)
        EditBox(self._desk, "track" if tracks else "release", ids, self).open()

    def _open(self) -> None:
        at = max(self.places.currentIndex().row(), 0)
        if (trouble := self.chosen) is not None and at < len(trouble.places):
            self._go(trouble.places[at].release_id)

    def _go(self, release_id: int) -> None:
        self.accept()
        self._window.open_release(release_id, "check")


def _fill(view: LineList, lines: Sequence[Line]) -> None:
    """Show the lines, with less room than on a page: two lists stand over one another here."""
    view.show_lines(lines)
    view.setFixedHeight(min(view.height(), _LIST_PX))


def _rule_line(trouble: Trouble) -> Line:
    icon, tone = _SIGNS[trouble.severity]
    releases = figures.count(len(trouble.places), "release")
    tracks = figures.count(len(trouble.track_ids), "track") if trouble.track_ids else ""
    where = f"{tracks} on {releases}" if tracks else releases
    return Line(trouble.rule_id, trouble.title, where, trouble.rule_id, icon, tone)


def _place_line(place: Place) -> Line:
    title = " · ".join(part for part in (place.title, place.artist_line) if part)
    return Line(place.release_id, title, place.message, "", "disc")

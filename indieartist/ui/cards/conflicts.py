"""Codes that contradict each other anywhere in the catalogue, those of the release first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from indieartist.ui.widgets.card import Card, row
from indieartist.ui.widgets.finding import Finding, FindingRow, Severity, SeverityIcon
from indieartist.ui.widgets.text import Text

if TYPE_CHECKING:
    from indieartist.domain.conflicts import Conflict
    from indieartist.domain.release import Release
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

_SHOWN_MAX = 20


class ConflictsCard(Card):
    """Hidden while there are none."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__("Codes across the catalogue")
        self.desk, self.studio_window = desk, studio_window
        self.found: list[Conflict] = []
        self.rows: list[FindingRow] = []
        self._release_id: int | None = None
        self._head = Text("", "section")
        self._signs: dict[Severity, SeverityIcon] = {
            sign: SeverityIcon(sign) for sign in ("err", "warn")
        }
        self._rest = Text("", "small", "text3")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.column.setSpacing(0)
        self.column.addLayout(row(*self._signs.values(), self._head))
        self.column.addLayout(self._list)
        self.column.addWidget(self._rest)
        self.hide()

    def show_release(self, release: Release | None) -> None:
        """Read the conflicts anew."""
        self._release_id = release.id if release else None

        def work(studio: Studio) -> list[Conflict]:
            from indieartist.services import numbers

            return numbers.find_conflicts(studio)

        self.desk.read("Comparing codes", work, self._show, owner=self)

    def _show(self, found: list[Conflict]) -> None:
        mine = self._release_id
        found = sorted(found, key=lambda c: (mine not in c.release_ids, c.severity != "error"))
        self.setVisible(bool(found))
        if found == self.found:
            return
        self.found = found
        while taken := self._list.takeAt(0):
            if isinstance(old := taken.widget(), QWidget):
                old.hide()
                old.deleteLater()
        self.rows = [self._row(conflict) for conflict in found[:_SHOWN_MAX]]
        for each in self.rows:
            self._list.addWidget(each)
        if self.rows:
            self.rows[-1].end()
        worst = any(conflict.severity == "error" for conflict in found)
        self._signs["err"].setVisible(worst)
        self._signs["warn"].setVisible(not worst)
        self._head.setText(f"Codes that contradict each other ({len(found)})")
        rest = len(found) - _SHOWN_MAX
        self._rest.setVisible(rest > 0)
        self._rest.setText(f"And {rest} more; `indieartist conflicts` lists them all.")

    def _row(self, conflict: Conflict) -> FindingRow:
        sign: Severity = "err" if conflict.severity == "error" else "warn"
        place = "Open the track" if conflict.track_ids else "Open the release"
        made = FindingRow(Finding(sign, conflict.message, conflict.hint, "Catalogue", place=place))
        made.place_asked.connect(lambda: self._open(conflict))
        return made

    def _open(self, conflict: Conflict) -> None:
        release_id = conflict.release_ids[0]
        self.studio_window.open_release(release_id)
        field = "gtin" if conflict.kind.startswith("gtin") else "catalogue_number"
        if conflict.track_ids:
            self.studio_window.edit_fact("isrc", conflict.track_ids[0])
        else:
            self.studio_window.edit_fact(field)

"""The codes of a person whom credits name: they hold wherever that name stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.fact_form import FactForm, Field
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.text import ElidedText, Paragraph

if TYPE_CHECKING:
    from indieartist.services.people import Person
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

FIELDS = (
    Field("ipi", "IPI", "code", "Of a writer; the society gives it", "ipi"),
    Field("isni", "ISNI", "code", "Of anybody; isni.org finds it", "isni"),
)
_ABOUT = "They are kept as you leave the field, and hold wherever this name is credited."
_WIDTH_PX = 520


class PersonBox(QDialog):
    """Each code is kept when its field is left; what is none is said under the field."""

    def __init__(self, desk: Desk, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.name = desk, name
        self.setWindowTitle(f"Codes of {name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH_PX)
        self.form = FactForm(desk, FIELDS, self._save)
        close = Button("Close")
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        layout.setSpacing(theme.M)
        layout.addWidget(ElidedText(self.windowTitle(), "section"))
        layout.addWidget(Paragraph(_ABOUT, "small"))
        layout.addWidget(self.form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout.addLayout(foot)
        desk.changed.connect(self._read)
        self._read()
        self.form.go_to("ipi")

    def _read(self) -> None:
        name = self.name

        def work(studio: Studio) -> Person:
            from indieartist.services import people

            return people.find_codes(studio, name)

        self.desk.read("Reading the codes", work, self._show, owner=self)

    def _show(self, person: Person) -> None:
        self.form.show_values({"ipi": person.ipi, "isni": person.isni})

    def _save(self, key: str, text: str) -> Callable[[Studio], object]:
        name = self.name

        def work(studio: Studio) -> None:
            from indieartist.services import people

            people.set_codes(studio, name, {key: text})

        return work

"""Who did what: one line per credit, in the order that stores will show."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from indieartist.domain.codes import shown_code
from indieartist.domain.credits import ROLES
from indieartist.domain.release import Credit
from indieartist.ui import theme
from indieartist.ui.widgets.button import Button, IconButton
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.form import ChoiceField, LineField, name_editor

_ROLE_LABELS = {key: role.label for key, role in ROLES.items()}


class CreditLine(QWidget):
    """A name, a role, an instrument, and the ways to move or remove the line."""

    edited = Signal()
    removed = Signal()
    raised = Signal()
    codes_asked = Signal()

    def __init__(self, credit: Credit) -> None:
        super().__init__()
        self._name = LineField(credit.name, "Name")
        name_editor(self._name, "Name")
        self._role = ChoiceField(_ROLE_LABELS, credit.role)
        name_editor(self._role, f"Role of {credit.name or 'this person'}")
        self._instrument = LineField(credit.instrument, "Instrument")
        name_editor(self._instrument, "Instrument")
        self._codes = IconButton("user", "IPI and ISNI", icon_px=16)
        self._ipi, self._isni = credit.ipi, credit.isni
        up = IconButton("chevron-up", f"Move {credit.name or 'this line'} up", icon_px=16)
        remove = IconButton("close", f"Remove {credit.name or 'this line'}", icon_px=16)
        for signal in (self._name.edited, self._role.edited, self._instrument.edited):
            signal.connect(self._changed)
        self._codes.clicked.connect(self.codes_asked)
        up.clicked.connect(self.raised)
        remove.clicked.connect(self.removed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self._name, 5)
        layout.addWidget(self._role, 4)
        layout.addWidget(self._instrument, 3)
        layout.addWidget(self._codes)
        layout.addWidget(up)
        layout.addWidget(remove)
        self._show_instrument()
        self.show_codes(credit.ipi, credit.isni)

    @property
    def credit(self) -> Credit:
        """The credit as it stands."""
        plays = self._role.value == "performer"
        instrument = self._instrument.text().strip() if plays else ""
        name = self._name.text().strip()
        return Credit(name, self._role.value, instrument, self._ipi, self._isni)

    def show_codes(self, ipi: str, isni: str) -> None:
        """Say which codes the person has; the button that asks for them is lit where there are."""
        self._ipi, self._isni = ipi, isni
        named = (("IPI", "ipi", ipi), ("ISNI", "isni", isni))
        known = [f"{name} {shown_code(kind, code)}" for name, kind, code in named if code]
        whose = self._name.text().strip() or "this person"
        self._codes.set_name(f"IPI and ISNI of {whose}: {', '.join(known) or 'none yet'}")
        self._codes.tone = "accent" if known else "text2"
        self._codes.setEnabled(bool(self._name.text().strip()))
        self._codes.update()

    def begin(self) -> None:
        """Put the cursor where typing starts."""
        self._name.setFocus()

    def _changed(self) -> None:
        self._show_instrument()
        self.show_codes(self._ipi, self._isni)
        self.edited.emit()

    def _show_instrument(self) -> None:
        """Only a performer plays an instrument; the room is kept, so that nothing jumps."""
        policy = self._instrument.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._instrument.setSizePolicy(policy)
        self._instrument.setVisible(self._role.value == "performer")


class CreditsEditor(QWidget):
    """The lines, and a button for one more; `edited` carries a tuple of `Credit`.

    `codes_asked` carries the name whose IPI and ISNI the person wants to see.
    """

    edited = Signal(object)
    codes_asked = Signal(str)

    def __init__(self, credits: tuple[Credit, ...] = ()) -> None:
        super().__init__()
        self._lines: list[CreditLine] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.S)
        add = Button("Add person", "plus")
        add.clicked.connect(self._begin_line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(self._column)
        layout.addLayout(row(add))
        self._told: tuple[Credit, ...] = ()
        self.set_value(credits)

    @property
    def value(self) -> tuple[Credit, ...]:
        """The credits with a name, in order."""
        return tuple(line.credit for line in self._named_lines())

    def set_value(self, credits: tuple[Credit, ...]) -> None:
        """Show these credits, without telling; what is already shown is left alone."""
        self._told = credits
        if credits != self.value or not self._lines:
            self._rebuild(credits)
        for line, credit in zip(self._named_lines(), credits, strict=False):
            line.show_codes(credit.ipi, credit.isni)

    def _named_lines(self) -> list[CreditLine]:
        return [line for line in self._lines if line.credit.name]

    def _rebuild(self, credits: tuple[Credit, ...]) -> None:
        for line in self._lines:
            self._let_go(line)
        self._lines = []
        for credit in credits:
            self._add(credit)

    def _add(self, credit: Credit) -> CreditLine:
        line = CreditLine(credit)
        line.edited.connect(self._tell)
        line.removed.connect(lambda: self._remove(line))
        line.raised.connect(lambda: self._raise(line))
        line.codes_asked.connect(lambda: self.codes_asked.emit(line.credit.name))
        self._lines.append(line)
        self._column.addWidget(line)
        return line

    def _begin_line(self) -> None:
        self._add(Credit("", "artist" if not self._lines else "composer")).begin()

    def _remove(self, line: CreditLine) -> None:
        self._lines.remove(line)
        self._let_go(line)
        self._tell()

    def _let_go(self, line: CreditLine) -> None:
        """Until Qt deletes it, a press on its way to the line is heard no more."""
        line.blockSignals(True)
        self._column.removeWidget(line)
        line.deleteLater()

    def _raise(self, line: CreditLine) -> None:
        place = self._lines.index(line)
        if place == 0:
            return
        self._lines.insert(place - 1, self._lines.pop(place))
        self._column.insertWidget(place - 1, line)
        self._tell()

    def _tell(self) -> None:
        if self.value != self._told:
            self._told = self.value
            self.edited.emit(self._told)

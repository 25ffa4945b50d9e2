"""The versions of a track: heard, compared, named, noted, approved, taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from indieartist.domain.release import Mix, MixKind, Track
from indieartist.ui import theme
from indieartist.ui.widgets.card import Card
from indieartist.ui.widgets.form import LineField
from indieartist.ui.widgets.mix_row import MixRow
from indieartist.ui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from indieartist.ui.mix_acts import MixActs

_INDENT_PX = 74


class VersionRow(QWidget):
    """A mix's row with its note beneath, and a line to write a name or a note in."""

    renamed = Signal(str)
    noted = Signal(str)
    compared = Signal(str)  # "before" or "after"
    settings_asked = Signal()

    def __init__(self, mix: Mix, *, approved: bool, chosen: bool) -> None:
        super().__init__()
        self.mix = mix
        self.setAccessibleName(f"Version {mix.number}, {mix.name}")
        self.row = MixRow(mix, approved=approved, chosen=False)
        self.row.end()  # the line comes below the note
        self._chosen, self._last = chosen, False
        self._extend(self.row.menu)
        self._note = Paragraph(mix.note, "small", "text2")
        self._note.setContentsMargins(_INDENT_PX, 0, theme.L, theme.S)
        self._note.setVisible(bool(mix.note))
        self.line = _Line()
        self.line.hide()
        self.line.left.connect(self.line.hide)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.row)
        layout.addWidget(self._note)
        holder = QVBoxLayout()
        holder.setContentsMargins(_INDENT_PX, 0, theme.L, 0)
        holder.addWidget(self.line)
        layout.addLayout(holder)

    def end(self) -> None:
        """Close the list: no line under the last of its rows."""
        self._last = True

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._chosen:
                painter.fillRect(self.rect(), theme.colour("surface3", 0.45))
                painter.fillRect(0, 0, 3, self.height(), theme.colour("accent"))
            if not self._last:
                line = self.rect().adjusted(0, self.height() - 1, 0, 0)
                painter.fillRect(line, theme.colour("line"))

    def _extend(self, menu: QMenu) -> None:
        first = next(iter(menu.actions()), None)
        acts: list[tuple[str, Callable[[], object]]] = [
            ("Rename", lambda: self._write("Name", self.mix.name, self.renamed.emit)),
            ("Write a note", lambda: self._write("Note", self.mix.note, self.noted.emit)),
            ("Compare from here", lambda: self.compared.emit("before")),
            ("Compare to here", lambda: self.compared.emit("after")),
        ]
        if self.mix.kind is MixKind.MASTER:
            acts.append(("Use its settings", self.settings_asked.emit))
        for words, act in acts:
            made = menu.addAction(words, act)
            if first is not None:
                menu.insertAction(first, made)

    def _write(self, what: str, words: str, done: Callable[[str], object]) -> None:
        self.line.begin(f"{what} of version {self.mix.number}", words, done)


class _Line(LineField):
    """Enter keeps what is written, Escape does not; `left` either way."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._done: Callable[[str], object] = str
        self._was = ""
        self.returnPressed.connect(self._keep)

    def begin(self, name: str, words: str, done: Callable[[str], object]) -> None:
        """Let something be written."""
        self.setAccessibleName(name)
        self.setPlaceholderText(f"{name}; Enter keeps it, Escape does not")
        self._was, self._done = words, done
        self._told = words
        self.setText(words)
        self.show()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _keep(self) -> None:
        words = self.text().strip()
        self.left.emit()
        if words != self._was:
            self._done(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class VersionsCard(Card):
    """`seen` carries the mix whose changes are wanted; the others what their names say."""

    seen = Signal(object)
    renamed = Signal(object, str)
    noted = Signal(object, str)
    compared = Signal(object, str)
    settings_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("Versions")
        self.rows: list[VersionRow] = []
        self.column.setContentsMargins(0, theme.CARD_Y, 0, theme.XS)
        self.column.setSpacing(0)
        heading = Text("Versions", "section")
        heading.setContentsMargins(theme.CARD_X, 0, 0, theme.S)
        self.column.addWidget(heading)
        self._shown: tuple[object, ...] = ()

    def fill(self, track: Track, chosen: Mix | None, acts: MixActs) -> Iterator[None]:
        """List the versions of a track, the newest first, a row a step; a list that is the same
        stays as it stands."""
        shown = (track.id, track.mixes, track.approved_mix_id, chosen)
        if shown == self._shown:
            return
        self._shown = ()  # until all of it stands
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for mix in reversed(track.mixes):
            approved = mix.id == track.approved_mix_id
            row = VersionRow(mix, approved=approved, chosen=mix is chosen)
            acts.connect_row(row.row, track)
            self._connect(row)
            self.column.addWidget(row)
            self.rows.append(row)
            yield
        self.rows[-1].end()
        self._shown = shown

    def _connect(self, row: VersionRow) -> None:
        mix = row.mix
        row.row.shown.connect(lambda: self.seen.emit(mix))
        row.renamed.connect(lambda words: self.renamed.emit(mix, words))
        row.noted.connect(lambda words: self.noted.emit(mix, words))
        row.compared.connect(lambda side: self.compared.emit(mix, side))
        row.settings_asked.connect(lambda: self.settings_asked.emit(mix))

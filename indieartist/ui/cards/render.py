"""What becomes of the wishes: heard at once on a stretch, and rendered as a master or an album."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.room.preview import OFF, State
from indieartist.ui.widgets.button import Button, tip
from indieartist.ui.widgets.card import Card, Rule, column
from indieartist.ui.widgets.finding import SeverityIcon
from indieartist.ui.widgets.progress import ProgressRow
from indieartist.ui.widgets.text import Paragraph, Tone, breakable
from indieartist.ui.widgets.toggle import ToggleSwitch

_ALBUM = "The loudest reaches the target, the others keep their distance; one undo takes all back."
_INDENT_PX, _SIDE_BY_SIDE_PX = 40, 600
_TONES: dict[str, Tone] = {"failed": "err", "heard": "text2"}


class RenderCard(Card):
    """Asks by signals; the page answers through the `show_…` methods."""

    render_asked = Signal()
    stop_asked = Signal()
    again_asked = Signal()
    hear_toggled = Signal(bool)
    album_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__("Render")
        self.hear = ToggleSwitch("Hear changes at once")
        self.hear.setToolTip(tip("Hear changes at once", "Ctrl+H"))
        self.hear.toggled.connect(self.hear_toggled)
        self._heard = Paragraph(OFF.words, "small", "text3")
        self.album = ToggleSwitch("As one album")
        self.album.toggled.connect(self._mean_album)
        self.render_button = Button("Render master", "sliders", "primary", shortcut="Ctrl+R")
        self.render_button.clicked.connect(self.render_asked)
        self._progress = QWidget()
        self._row: ProgressRow | None = None
        QVBoxLayout(self._progress).setContentsMargins(0, 0, 0, 0)
        self._problem = Paragraph("", "small", "err")
        self.again = Button("Try again", "refresh")
        self.again.clicked.connect(self.again_asked)
        self._failure = self._make_failure()
        self._album_block, self._rule = QWidget(), Rule()
        self._lay_out()
        self.show_tracks(1)
        self.show_progress(None)
        self.show_failure("")

    def _lay_out(self) -> None:
        words = Paragraph(_ALBUM, "small", "text3")
        self._album_block.setLayout(_explained(self.album, words))
        choices = column(gap=theme.M)
        choices.addLayout(_explained(self.hear, self._heard))
        choices.addWidget(self._album_block)
        acts = column(self._failure, self._progress, self.render_button, gap=theme.M)
        acts.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setSpacing(theme.M)
        self._halves.addLayout(choices, 3)
        self._halves.addWidget(self._rule)
        self._halves.addLayout(acts, 2)
        self.column.addLayout(self._halves)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide card is a low one: what is done stands beside what is chosen."""
        super().resizeEvent(event)
        wide = self.width() >= _SIDE_BY_SIDE_PX
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._halves.setSpacing(theme.XXL if wide else theme.M)
        self._rule.setVisible(not wide)

    def _make_failure(self) -> QWidget:
        made, line = QWidget(), QHBoxLayout()
        line.setSpacing(theme.S)
        line.addWidget(SeverityIcon("err"), alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._problem, 1)
        layout = column(gap=theme.S)
        layout.addLayout(line)
        layout.addWidget(self.again)
        made.setLayout(layout)
        return made

    @property
    def as_album(self) -> bool:
        """Whether all tracks are to be mastered as one."""
        return self.album.isChecked() and not self._album_block.isHidden()

    def show_tracks(self, count: int) -> None:
        """Offer the album where there is more than one track to it."""
        self._count = count
        self._album_block.setVisible(count > 1)
        self.album.setText(f"All {count} tracks as one album")
        self.album.setAccessibleName(self.album.text())
        self._name_button()

    def _mean_album(self, on: bool) -> None:
        self._name_button()
        self.album_toggled.emit(on)

    def _name_button(self) -> None:
        words = (
            f"Render {figures.count(self._count, 'track')}" if self.as_album else "Render master"
        )
        self.render_button.setText(words)
        self.render_button.setAccessibleName(words)
        self.render_button.updateGeometry()
        self.render_button.update()

    def show_preview(self, state: State) -> None:
        """Say how far the preview is."""
        self._heard.setText(breakable(state.words))
        self._heard.set_tone(_TONES.get(state.kind, "text3"))
        self.hear.setAccessibleDescription(state.words)

    def show_progress(self, label: str | None) -> None:
        """Show work under way, by its name; None once it is over."""
        if self._row is not None:
            self._row.hide()
            self._row.deleteLater()
            self._row = None
        if label is not None:
            self._row = ProgressRow(label)
            self._row.stop_asked.connect(self.stop_asked)
            layout = self._progress.layout()
            assert layout is not None
            layout.addWidget(self._row)
            self.show_failure("")
        self._progress.setVisible(label is not None)
        self.render_button.setEnabled(label is None)

    def set_fraction(self, fraction: float) -> None:
        """Show how far it is, 0..1."""
        if self._row is not None:
            self._row.set_fraction(fraction)

    def show_failure(self, sentence: str) -> None:
        """Say why nothing was rendered; empty words take that away."""
        self._problem.setText(breakable(sentence))
        self._failure.setVisible(bool(sentence))
        self.again.setAccessibleDescription(sentence)


def _explained(toggle: ToggleSwitch, words: Paragraph) -> QVBoxLayout:
    words.setContentsMargins(_INDENT_PX, 0, 0, 0)
    return column(toggle, words, gap=0)

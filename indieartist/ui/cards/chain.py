"""The mastering chain: where the master is going, by which reference, through which stages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from indieartist.domain.mastering import ALWAYS_ON, PURPOSES, STAGES, Target
from indieartist.ui import figures, theme
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import Card, column, row
from indieartist.ui.widgets.file_row import FileRow
from indieartist.ui.widgets.form import ChoiceField, FieldRow
from indieartist.ui.widgets.slider import Slider
from indieartist.ui.widgets.text import Paragraph, Text
from indieartist.ui.widgets.toggle import ToggleSwitch

_LOW_FROM_PX = 680


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person chose, as the mastering settings name it."""

    target: str
    reference: Path | None
    amount_pct: float
    bypassed: tuple[str, ...]


class ChainCard(Card):
    """`render_asked` when the person wants the master."""

    render_asked = Signal()

    def __init__(self, choose_reference: Callable[[], Path | None]) -> None:
        super().__init__("Mastering chain")
        self._targets: Mapping[str, Target] = {}
        self._sentences: list[Paragraph] = []
        self._explained = True
        self.target = ChoiceField({})
        self.target.edited.connect(lambda _: self._explain())
        self._target_row = FieldRow("Target", self.target, " ")
        self.reference = FileRow("None: the tone stays as it is", "Choose", choose_reference)
        self.reference.chosen.connect(lambda _: self._wake())
        self.amount = Slider("Amount of the reference's tone", 60)
        self._share = Text("", "small", "text2", figures=True)
        self.stages = {
            stage: ToggleSwitch(STAGES[stage], checked=True)
            for stage in STAGES
            if stage != ALWAYS_ON
        }
        self.render_button = Button("Render master", "sliders", "primary")
        self.render_button.clicked.connect(self.render_asked)
        self._lay_out()
        self.amount.valueChanged.connect(lambda _: self._wake())
        self._wake()

    def _lay_out(self) -> None:
        reference = column(Text("Reference", "small", "text2"), self.reference, gap=5)
        amount = row(self.amount, self._share, stretch=False, gap=theme.M)
        amount.setStretch(0, 1)
        self._share.setMinimumWidth(34)
        block = column(Text("Amount", "small", "text2"), gap=5)
        block.addLayout(amount)
        for layout in (reference, block):
            layout.addStretch(1)
        self._wishes = column(self._target_row, gap=10)
        self._wishes.addLayout(reference, 1)
        self._wishes.addLayout(block, 1)
        self._chain = column(gap=10)
        for stage, toggle in self.stages.items():
            self._chain.addLayout(self._stage(toggle, PURPOSES[stage]))
        self.column.setSpacing(10)
        self.column.addWidget(Text("Master", "section"))
        self.column.addLayout(self._wishes)
        self.column.addLayout(self._chain)
        self.column.addSpacing(theme.XS)
        self.column.addWidget(self.render_button)

    def _stage(self, toggle: ToggleSwitch, sentence: str) -> QVBoxLayout:
        toggle.setToolTip(sentence)
        words = Paragraph(sentence, "small", "text3")
        words.setContentsMargins(40, 0, 0, 0)
        self._sentences.append(words)
        return column(toggle, words, gap=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide card is a low one: its parts stand side by side."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        low = self.width() >= _LOW_FROM_PX
        for layout, gap in ((self._wishes, theme.XL), (self._chain, theme.M)):
            layout.setDirection(direction.LeftToRight if low else direction.TopToBottom)
            layout.setSpacing(gap if low else 10)
        self._wishes.setStretch(0, 1 if low else 0)
        self._show_sentences()

    def explain_stages(self, on: bool) -> None:
        """Say beneath each stage what it does, where there is room; it is always said on hover."""
        self._explained = on
        self._show_sentences()

    def _show_sentences(self) -> None:
        for sentence in self._sentences:
            sentence.setVisible(self._explained and self.width() < _LOW_FROM_PX)

    def set_targets(self, targets: Mapping[str, Target]) -> None:
        """Offer these targets, by their key."""
        if dict(targets) == dict(self._targets):
            return
        self._targets = targets
        chosen = self.target.value
        self.target.offer({key: target.label for key, target in targets.items()}, chosen)
        self._explain()

    def _explain(self) -> None:
        if target := self._targets.get(self.target.value):
            goal = f"{figures.level(target.integrated_lufs)} LUFS, peaks under "
            goal += f"{figures.level(target.ceiling_dbtp)} dBTP."
            self._target_row.set_hint(f"{goal} {target.note}".strip())
            self.target.setToolTip(f"{target.source}, checked on {target.checked_on}")

    def _wake(self) -> None:
        """The amount means something only with a reference and with the tone stage on."""
        self.amount.setEnabled(self.reference.path is not None)
        self._share.setText(f"{self.amount.value()} %")

    @property
    def wishes(self) -> Wishes:
        """What is chosen now."""
        bypassed = tuple(name for name, toggle in self.stages.items() if not toggle.isChecked())
        return Wishes(self.target.value, self.reference.path, float(self.amount.value()), bypassed)

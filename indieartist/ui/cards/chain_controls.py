"""The controls of the chain: a block a stage, each control in a sentence, in one column or two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from indieartist.domain.mastering import ALWAYS_ON, PURPOSES, STAGES
from indieartist.ui import theme
from indieartist.ui.widgets.card import Rule, column, row
from indieartist.ui.widgets.dial import Dial
from indieartist.ui.widgets.file_row import FileRow
from indieartist.ui.widgets.form import ChoiceField, FieldRow
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.text import Paragraph, Text
from indieartist.ui.widgets.toggle import ToggleSwitch

_PHASES = (
    Segment("linear", "Linear"),
    Segment("minimum", "Minimum"),
)
PHASE_WORDS = {
    "linear": "Every frequency keeps its time; a strong curve can ring before a hit.",
    "minimum": "Nothing rings before a hit; phases turn a little, as in an analogue equaliser.",
}
_BITS = (Segment("24", "24 bit"), Segment("16", "16 bit"))
BITS_WORDS = {"24": "What stores want.", "16": "For a CD; the dither hides the rounding."}
_NOISES = (Segment("shaped", "Shaped"), Segment("flat", "Flat"))
NOISE_WORDS = {
    "shaped": "The noise lies above 12 kHz, where 9 dB less of it is heard.",
    "flat": "The noise is even: for a file that will be worked on further.",
}
_CEILING_WORDS = "No peak, not even between samples, passes it; coders need 1 dB of room."
_AMOUNT_WORDS = "How much of the way to that tone is gone."
_REFERENCE_WORDS = "A record whose tone yours shall lean towards; nothing of it is copied."
_CURVE_WORDS = "Leans towards it over whole octaves; no note is touched."
_OWN_WORDS = "Any level; how loud is still clean, the preview will say."
_SWITCH_PX, _TWO_COLUMNS_FROM_PX = 32, 680
_ROWS = {
    "tone": ("reference", "curve", "amount", "phase"),
    "level": ("target", "own"),
    "limiter": ("ceiling",),
    "dither": ("bits", "noise"),
}
_FIRST = ("offset", "tone")  # the stages of the first column


class ChainControls(QWidget):
    """The editors by name, the switches of the stages, and the rows that explain them."""

    def __init__(self, choose_reference: Callable[[], Path | None]) -> None:
        super().__init__()
        self.preset, self.target, self.curve = ChoiceField({}), ChoiceField({}), ChoiceField({})
        self.own = Dial("Own loudness", (-24.0, -6.0), 0.5, "LUFS")
        self.reference = FileRow("None", "Choose", choose_reference)
        self.amount = Dial("Amount of the tone", (0.0, 100.0), 1.0, "%")
        self.phase = SegmentedSwitch(_PHASES, "Phase of the tone match")
        self.ceiling = Dial("Ceiling", (-3.0, 0.0), 0.1, "dBTP")
        self.bits = SegmentedSwitch(_BITS, "Bits of the master")
        self.noise = SegmentedSwitch(_NOISES, "Noise of the dither")
        self.stages = {stage: _switch(STAGES[stage]) for stage in STAGES if stage != ALWAYS_ON}
        self.rows = {
            "preset": FieldRow("Begin from", self.preset, " "),
            "target": FieldRow("Target", self.target, " "),
            "own": FieldRow("Own loudness", self.own, _OWN_WORDS),
            "reference": FieldRow("Reference", self.reference, _REFERENCE_WORDS),
            "curve": FieldRow("House curve", self.curve, _CURVE_WORDS),
            "amount": FieldRow("Amount", self.amount, _AMOUNT_WORDS),
            "phase": FieldRow("Phase", self.phase, " "),
            "ceiling": FieldRow("Ceiling", self.ceiling, _CEILING_WORDS),
            "bits": FieldRow("Bits", self.bits, " "),
            "noise": FieldRow("Noise", self.noise, " "),
        }
        self._lay_out()

    def _lay_out(self) -> None:
        first, second = column(gap=theme.M), column(gap=theme.M)
        first.addWidget(self.rows["preset"])
        for stage in STAGES:
            half = first if stage in _FIRST else second
            rule = Rule()
            half.addWidget(rule)
            half.addWidget(self._stage(stage))
            if half is second and half.count() == 2:
                self._between = rule
        for half in (first, second):
            half.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(theme.M)
        self._halves.addLayout(first, 1)
        self._halves.addLayout(second, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide chain is a low one: it stands in two columns."""
        super().resizeEvent(event)
        two = self.width() >= _TWO_COLUMNS_FROM_PX
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if two else direction.TopToBottom)
        self._halves.setSpacing(theme.XXL if two else theme.M)
        self._between.setVisible(not two)

    def _stage(self, stage: str) -> QWidget:
        block = QWidget()
        head = row(Text(STAGES[stage], "strong"), stretch=True)
        if stage != ALWAYS_ON:
            self.stages[stage].setAccessibleDescription(PURPOSES[stage])
            head.addWidget(self.stages[stage])
        layout: QVBoxLayout = column(gap=2)
        layout.addLayout(head)
        layout.addWidget(Paragraph(PURPOSES[stage], "small", "text3"))
        for name in _ROWS.get(stage, ()):
            self.rows[name].setContentsMargins(0, theme.S, 0, 0)
            layout.addWidget(self.rows[name])
        block.setLayout(layout)
        return block


def _switch(stage: str) -> ToggleSwitch:
    """A switch without words: they stand before it."""
    made = ToggleSwitch("", checked=True)
    made.setAccessibleName(stage)
    made.setFixedWidth(_SWITCH_PX)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made

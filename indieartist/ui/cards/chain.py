"""The mastering chain: what to begin from, and each stage with its few controls in a sentence."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from indieartist.domain import figures
from indieartist.domain.mastering import PURPOSES
from indieartist.ui import theme
from indieartist.ui.cards.chain_controls import (
    BITS_WORDS,
    NOISE_WORDS,
    PHASE_WORDS,
    ChainControls,
)
from indieartist.ui.room.wishes import (
    NO_CURVE,
    OWN,
    Choices,
    Wishes,
    WishHistory,
    take_preset,
)
from indieartist.ui.widgets.button import IconButton
from indieartist.ui.widgets.card import Card
from indieartist.ui.widgets.text import Text


class ChainCard(Card):
    """`changed` carries the `Wishes` after every change, also one taken back."""

    changed = Signal(object)

    def __init__(self, choose_reference: Callable[[], Path | None]) -> None:
        super().__init__("Mastering chain")
        self.choices = Choices({}, {}, {})
        self._history = WishHistory()
        self._showing = False
        self.undo_button = IconButton("undo", "Take back the last change of the chain", icon_px=16)
        self.redo_button = IconButton("redo", "Do it again", icon_px=16)
        self.controls = ChainControls(choose_reference)
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(Text("Chain", "section"), 1)
        head.addWidget(self.undo_button)
        head.addWidget(self.redo_button)
        self.column.setSpacing(theme.M)
        self.column.addLayout(head)
        self.column.addWidget(self.controls)

    def _connect(self) -> None:
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.controls.preset.edited.connect(lambda key: self._want(take_preset(self.wishes, key)))
        self.controls.target.edited.connect(self._aim)
        self.controls.curve.edited.connect(lambda key: self._change(curve=key, amount_pct=None))
        self.controls.reference.chosen.connect(
            lambda path: self._change(reference=path, amount_pct=None)
        )
        self.controls.own.turned.connect(lambda value: self._change(own_lufs=value))
        self.controls.amount.turned.connect(lambda value: self._change(amount_pct=value))
        self.controls.ceiling.turned.connect(lambda value: self._change(ceiling_dbtp=value))
        self.controls.phase.chosen.connect(lambda key: self._change(phase=key))
        self.controls.bits.chosen.connect(lambda key: self._change(bits=int(key)))
        self.controls.noise.chosen.connect(lambda key: self._change(noise=key))
        for toggle in self.controls.stages.values():
            toggle.toggled.connect(lambda _: self._bypass())

    # what is wanted

    @property
    def wishes(self) -> Wishes:
        """What is chosen now."""
        return self._history.now

    def show_history(self, history: WishHistory) -> None:
        """Work on the wishes of another track."""
        self._history = history
        self._show()

    def set_choices(self, choices: Choices) -> None:
        """Offer these targets, presets and curves."""
        if choices == self.choices:
            return
        self.choices = choices
        self.controls.preset.offer({key: preset.label for key, preset in choices.presets.items()})
        levels = {key: target.label for key, target in choices.targets.items()}
        self.controls.target.offer({**levels, OWN: "Own loudness…"})
        curves = {key: curve.label for key, curve in choices.curves.items()}
        self.controls.curve.offer({NO_CURVE: "None: the tone stays as it is", **curves})
        self._show()

    def take(self, wishes: Wishes) -> None:
        """Want what another master was made by."""
        self._want(wishes)

    def undo(self) -> None:
        """Take the last change back."""
        self._history.undo()
        self._told()

    def redo(self) -> None:
        """Do it again."""
        self._history.redo()
        self._told()

    def _change(self, **values: Any) -> None:
        self._want(replace(self.wishes, **values))

    def _aim(self, key: str) -> None:
        lufs, _ = self.wishes.goal(self.choices)
        self._change(target=key, own_lufs=lufs, ceiling_dbtp=None)

    def _bypass(self) -> None:
        off = [stage for stage, toggle in self.controls.stages.items() if not toggle.isChecked()]
        self._change(bypassed=tuple(stage for stage in off if stage not in self._left_out))

    @property
    def _left_out(self) -> tuple[str, ...]:
        """What the preset leaves out by itself."""
        preset = self.choices.presets.get(self.wishes.preset)
        return preset.bypassed if preset else ()

    def _want(self, wishes: Wishes) -> None:
        if self._showing or wishes == self.wishes:
            return
        self._history.change(wishes, time.monotonic() * 1000)
        self._told()

    def _told(self) -> None:
        self._show()
        self.changed.emit(self.wishes)

    # what is shown

    def _show(self) -> None:
        self._showing = True
        try:
            self._show_values()
            self._explain()
            self._wake()
        finally:
            self._showing = False

    def _show_values(self) -> None:
        now, choices = self.wishes, self.choices
        self.controls.preset.set_value(now.preset)
        self.controls.target.set_value(now.target_name(choices))
        lufs, ceiling = now.goal(choices)
        self.controls.own.set_value(lufs)
        self.controls.ceiling.set_value(ceiling)
        self.controls.curve.set_value(now.curve_name(choices) or NO_CURVE)
        self.controls.reference.set_path(now.reference)
        self.controls.amount.set_value(self._amount)
        self.controls.phase.choose(now.phase)
        self.controls.bits.choose(str(now.bits))
        self.controls.noise.choose(now.noise)
        for stage, toggle in self.controls.stages.items():
            toggle.setChecked(stage not in (*now.bypassed, *self._left_out))

    @property
    def _amount(self) -> float:
        """The amount that is asked for, or the one that would be taken."""
        now = self.wishes
        if now.amount_pct is not None:
            return now.amount_pct
        preset, curve = self.choices.presets.get(now.preset), now.curve_name(self.choices)
        if curve:
            return preset.amount_pct if preset and curve == preset.curve else 30.0
        return 60.0

    def _explain(self) -> None:
        now, choices = self.wishes, self.choices
        if preset := choices.presets.get(now.preset):
            self.controls.rows["preset"].set_hint(preset.whom)
            self.controls.preset.setToolTip(f"{preset.source}; confidence {preset.confidence}")
        if target := choices.targets.get(now.target_name(choices)):
            goal = f"{figures.level(target.integrated_lufs)} LUFS. {target.note}"
            self.controls.rows["target"].set_hint(goal.strip())
            self.controls.target.setToolTip(f"{target.source}, checked on {target.checked_on}")
        elif now.target == OWN:
            self.controls.rows["target"].set_hint("")
        self.controls.rows["phase"].set_hint(PHASE_WORDS[now.phase])
        self.controls.rows["bits"].set_hint(BITS_WORDS[str(now.bits)])
        self.controls.rows["noise"].set_hint(NOISE_WORDS[now.noise])

    def _wake(self) -> None:
        """What means nothing now rests, or is put away."""
        now = self.wishes
        tone = self.controls.stages["tone"].isChecked()
        leads = now.reference is not None or bool(now.curve_name(self.choices))
        self.controls.rows["own"].setVisible(now.target == OWN)
        self.controls.rows["noise"].setVisible(now.bits == 16)
        for name in ("reference", "curve", "amount", "phase"):
            self.controls.rows[name].setEnabled(tone)
        self.controls.rows["curve"].setVisible(now.reference is None)
        for name in ("amount", "phase"):
            self.controls.rows[name].setVisible(leads)
        self.controls.ceiling.setEnabled(self.controls.stages["limiter"].isChecked())
        for stage, toggle in self.controls.stages.items():
            toggle.setEnabled(stage not in self._left_out)
            words = "The preset leaves this out" if stage in self._left_out else PURPOSES[stage]
            toggle.setToolTip(words)
        for button, name, words in (
            (self.undo_button, self._history.undo_name, "Take back"),
            (self.redo_button, self._history.redo_name, "Do again"),
        ):
            button.setEnabled(bool(name))
            button.set_name(f"{words}: {name}" if name else f"{words}: nothing yet")

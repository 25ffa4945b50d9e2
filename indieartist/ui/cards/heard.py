"""What was heard in a mix beside its loudness: tempo, key, stereo, noise, and its source."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from indieartist.domain import figures
from indieartist.domain.measurement import Measurement, Source
from indieartist.ui import theme
from indieartist.ui.widgets.card import Card
from indieartist.ui.widgets.flow import FlowLayout
from indieartist.ui.widgets.offstage import offstage
from indieartist.ui.widgets.text import Text
from indieartist.ui.widgets.value import ValueTile

MOST_LOSS_DB, MOST_BALANCE_DB = 3.0, 2.0  # as the check AU-04 has them
_SOURCES = {
    Source.NATIVE: ("Native", "Nothing speaks against it."),
    Source.UPSAMPLED: ("Upsampled", "It sounds as if it was brought up from a lower rate."),
    Source.LOSSY: ("Lossy", "It sounds as if it was an MP3 or the like."),
}


class HeardCard(Card):
    """Shows one mix; a figure to look at is toned, and says more on hover."""

    def __init__(self) -> None:
        super().__init__("Heard in the original")
        self.column.addWidget(Text("Heard in the original", "section"))
        self._measured: Measurement | None = None
        self._tiles = QWidget()
        self._flow = FlowLayout(theme.XL, theme.M, self._tiles)
        self.column.addWidget(self._tiles)

    def show_figures(self, measured: Measurement | None) -> None:
        """Show a mix; where it was measured for its loudness alone, the card hides."""
        self.setVisible(measured is not None and measured.complete)
        if measured == self._measured:
            return
        self._measured = measured
        with offstage(self._tiles):
            self._fill(measured)

    def _fill(self, measured: Measurement | None) -> None:
        while taken := self._flow.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        if measured is not None and measured.complete:
            for tile in _tiles(measured):
                self._flow.addWidget(tile)
        self._tiles.updateGeometry()


def _tiles(m: Measurement) -> Iterator[ValueTile]:
    yield _tempo(m)
    yield _key(m)
    yield ValueTile("Range", figures.level(m.loudness_range_lu), "LU")
    if m.channels > 1:
        lost = m.mono_loss_db or 0.0
        tile = ValueTile(
            "Lost in mono", figures.level(m.mono_loss_db), "dB", _tone(lost > MOST_LOSS_DB)
        )
        tile.setToolTip("What is left out where a telephone sums both channels")
        yield tile
        yield _balance(m.balance_db)
    yield ValueTile("Noise floor", figures.level(m.noise_floor_dbfs, 0), "dBFS")
    if m.dropouts:
        yield ValueTile("Dropouts", str(m.dropouts), "", "warn")
    yield _source(m)


def _tempo(m: Measurement) -> ValueTile:
    tile = ValueTile("Tempo", figures.level(m.tempo_bpm), "BPM" if m.tempo_bpm else "")
    half, double = figures.level(m.tempo_half_bpm), figures.level(m.tempo_double_bpm)
    others = f"Or {half}, or {double}; {_sure(m.tempo_confidence)}"
    tile.setToolTip(others if m.tempo_bpm else "No beat was heard")
    return tile


def _key(m: Measurement) -> ValueTile:
    tile = ValueTile("Key", m.key or figures.NONE, m.key_camelot or "")
    tile.setToolTip(_sure(m.key_confidence) if m.key else "No key was heard")
    return tile


def _balance(balance_db: float | None) -> ValueTile:
    if balance_db is None:
        return ValueTile("Balance", figures.NONE)
    side = "left" if balance_db > 0 else "right"
    tone = _tone(abs(balance_db) > MOST_BALANCE_DB)
    return ValueTile("Balance", figures.level(abs(balance_db)), f"dB {side}", tone)


def _source(m: Measurement) -> ValueTile:
    word, sentence = _SOURCES[m.source or Source.NATIVE]
    unit = f"to {m.shelf_hz / 1000:.1f} kHz" if m.shelf_hz else ""
    tile = ValueTile("Source", word, unit, _tone(m.source is not Source.NATIVE))
    tile.setToolTip(sentence)
    return tile


def _sure(confidence: float | None) -> str:
    return f"{100 * (confidence or 0.0):.0f} % sure"


def _tone(bad: bool) -> theme.ColourName:
    return "warn" if bad else "text"

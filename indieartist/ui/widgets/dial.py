"""A value on a slider with its figure beside it: steps of its own unit, by mouse and by keys."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.slider import Slider
from indieartist.ui.widgets.text import Text


class Dial(QWidget):
    """`turned` carries the value, in its unit, when the person changes it."""

    turned = Signal(float)

    def __init__(self, name: str, reach: tuple[float, float], step: float, unit: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._step, self._unit = step, unit
        self._digits = 0 if step >= 1 else 1
        self.slider = Slider(name, 0)
        self.slider.setRange(round(reach[0] / step), round(reach[1] / step))
        self.slider.valueChanged.connect(self._tell)
        self.setFocusProxy(self.slider)
        self._figure = Text("", "small", "text2", figures=True)
        widest = max(reach, key=lambda end: len(self._write(end)))
        width = painting.text_width(self._write(widest), "small", figures=True)
        self._figure.setFixedWidth(round(width) + theme.S)
        self._figure.setAlignment(painting.RIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self._figure)

    @property
    def value(self) -> float:
        """The value, in its unit."""
        return round(self.slider.value() * self._step, 6)

    def set_value(self, value: float) -> None:
        """Show a value, without telling; beyond the ends it stays at the end."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(value / self._step))
        self.slider.blockSignals(False)
        self.slider.update()
        self._say(value)

    def _write(self, value: float) -> str:
        return f"{figures.level(value, self._digits)} {self._unit}"

    def _say(self, value: float) -> None:
        self._figure.setText(self._write(value))
        self.slider.setAccessibleDescription(self._write(value))

    def _tell(self) -> None:
        self._say(self.value)
        self.turned.emit(self.value)

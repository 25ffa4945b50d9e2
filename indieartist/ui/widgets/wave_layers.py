"""The picture of a waveform: min/max columns to an anti-aliased mask, tinted once per colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QPolygonF

from indieartist.ui import theme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Mask = NDArray[np.uint8]

_SHELL_ALPHA = 0.45
_QUIETEST_LUFS, _LOUDEST_LUFS = -40.0, 0.0


@dataclass(frozen=True, slots=True)
class Columns:
    """One column per pixel: extremes -1..1, and the RMS 0..1 where it is known; shape (width,)."""

    low: Floats
    high: Floats
    rms: Floats | None = None


class Extremes(Protocol):
    """What is painted of a stretch of a song, as `Columns` has it."""

    @property
    def low(self) -> Floats: ...
    @property
    def high(self) -> Floats: ...
    @property
    def rms(self) -> Floats | None: ...


class Waveform(Protocol):
    """What a waveform view asks of a song."""

    @property
    def duration_ms(self) -> float:
        """How long the song is."""
        ...

    def columns(self, start_ms: float, end_ms: float, width: int) -> Extremes:
        """The columns of a stretch of the song."""
        ...

    def loudness(self, start_ms: float, end_ms: float, width: int) -> Floats | None:
        """Short-term loudness in LUFS per column, shape (width,), NaN where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Layers:
    """The same wave twice: as it rests, and as it has played."""

    rest: QPixmap
    played: QPixmap


def build_layers(
    columns: Extremes, loudness: Floats | None, size: QSize, dpr: float, tone: theme.ColourName
) -> Layers:
    """Both layers, `size` in device-independent px, `columns` one per device px."""
    height = max(round(size.height() * dpr), 1)
    mask = wave_mask(columns, height)
    curve = _curve(loudness, size, dpr) if loudness is not None else []
    rest = _tinted(mask, theme.colour("wave_rest"), curve, dpr)
    return Layers(rest, _tinted(mask, theme.colour(tone), curve, dpr))


def wave_mask(columns: Extremes, height: int) -> Mask:
    """Coverage 0..255, shape (height, width): the peaks as a shell, the RMS as a solid core."""
    import numpy as np

    middle = height / 2
    top = middle - np.clip(columns.high, -1, 1) * middle
    bottom = middle - np.clip(columns.low, -1, 1) * middle
    thin = bottom - top < 1
    top, bottom = np.where(thin, top - 0.5, top), np.where(thin, bottom + 0.5, bottom)
    shell = _coverage(top, bottom, height)
    if columns.rms is None:
        return np.asarray(np.rint(shell * 255), np.uint8)
    core = np.clip(columns.rms, 0, 1) * middle
    solid = _coverage(middle - core, middle + core, height)
    return np.asarray(np.rint(np.maximum(shell * _SHELL_ALPHA, solid) * 255), np.uint8)


def _coverage(top: Floats, bottom: Floats, height: int) -> Floats:
    """How much of each pixel lies between `top` and `bottom`, 0..1."""
    import numpy as np

    rows = np.arange(height, dtype=np.float32)[:, None]
    covered = np.minimum(rows + 1, bottom) - np.maximum(rows, top)
    return np.asarray(np.clip(covered, 0, 1))


def _curve(loudness: Floats, size: QSize, dpr: float) -> list[QPolygonF]:
    """The loudness as lines over the wave, one point per two px, broken where there is none."""
    lines: list[QPolygonF] = [QPolygonF()]
    for x in range(0, len(loudness), max(round(2 * dpr), 1)):
        value = float(loudness[x])
        if math.isnan(value):
            if not lines[-1].isEmpty():
                lines.append(QPolygonF())
            continue
        lines[-1].append(QPointF(x / dpr, curve_y(value, size.height())))
    return [line for line in lines if line.size() > 1]


def curve_y(lufs: float, height: float) -> float:
    """Where a loudness lies: 0 LUFS at the top, -40 LUFS and quieter at the middle."""
    share = (lufs - _QUIETEST_LUFS) / (_LOUDEST_LUFS - _QUIETEST_LUFS)
    return height / 2 * (1 - min(max(share, 0.0), 1.0))


def _tinted(mask: Mask, tint: QColor, curve: list[QPolygonF], dpr: float) -> QPixmap:
    height, width = mask.shape
    drawn = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(tint)
    # QImage keeps no reference to the bytes: they live in `mask` until the pixmap is drawn.
    alpha = QImage(mask.data, width, height, width, QImage.Format.Format_Alpha8)
    with QPainter(drawn) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.drawImage(0, 0, alpha)
    drawn.setDevicePixelRatio(dpr)
    _draw_curve(drawn, curve)
    return QPixmap.fromImage(drawn)


def _draw_curve(drawn: QImage, curve: list[QPolygonF]) -> None:
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("text"), 1.5, j=Qt.PenJoinStyle.RoundJoin))
        for line in curve:
            painter.drawPolyline(line)

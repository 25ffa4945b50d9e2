"""The picture of a waveform: min/max columns to an anti-aliased mask, tinted once per colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtGui import QColor, QImage, QPainter

from indieartist.ui import theme
from indieartist.ui.widgets import painting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Mask = NDArray[np.uint8]
    Pixels = NDArray[np.uint32]

_SHELL = 115  # of 255: peaks are a shell, 45 % of the solid core
_QUIETEST_LUFS, _LOUDEST_LUFS = -40.0, 0.0
_CURVE_PX = 1.6


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
class Curve:
    """A line over the wave: for each column its place in device-independent px, NaN for none."""

    y: Floats
    tone: theme.ColourName = "text"
    alpha: float = 1.0
    width_px: float = _CURVE_PX


class Layer:
    """A picture in memory of its own, which is written anew at every zoom and never allocated."""

    def __init__(self, width: int, height: int, dpr: float) -> None:
        import numpy as np

        self.pixels = np.zeros((height, width), np.uint32)
        whole = QImage.Format.Format_ARGB32_Premultiplied
        self.image = QImage(self.pixels.data, width, height, 4 * width, whole)
        self.image.setDevicePixelRatio(dpr)

    def fill(self, mask: Mask, ink: QColor, strokes: Sequence[_Stroke]) -> None:
        """Show a wave in one colour, and curves over it."""
        import numpy as np

        np.take(_table(ink.rgb()), mask, out=self.pixels, mode="clip")
        for stroke in strokes:
            stroke.draw(self.pixels)


class Layers:
    """The same wave twice, as it rests and as it has played; each is tinted when it is asked for.

    `over` draws on each of them what lies over the wave, and is told whether it is the played one.
    """

    def __init__(self, width: int, height: int, dpr: float) -> None:
        self._pictures = Layer(width, height, dpr), Layer(width, height, dpr)
        self._stale = [False, False]

    def fits(self, width: int, height: int, dpr: float) -> bool:
        """Whether a picture of this size can be drawn over the old one."""
        image = self._pictures[0].image
        return (image.width(), image.height(), image.devicePixelRatio()) == (width, height, dpr)

    def show(self, mask: Mask, tone: theme.ColourName, strokes: Sequence[_Stroke]) -> None:
        """Show another wave, or the same one in another tone."""
        self._mask, self._strokes = mask, strokes
        self._inks = theme.colour("wave_rest"), theme.colour(tone)
        self.over: Callable[[QPainter, bool], None] | None = None
        self._stale = [True, True]

    @property
    def rest(self) -> Layer:
        """As it rests."""
        return self._tinted(0)

    @property
    def played(self) -> Layer:
        """As it has played."""
        return self._tinted(1)

    def _tinted(self, which: int) -> Layer:
        picture = self._pictures[which]
        if self._stale[which]:
            self._stale[which] = False
            picture.fill(self._mask, self._inks[which], self._strokes)
            if self.over is not None:
                with QPainter(picture.image) as painter:
                    painting.smooth(painter)
                    self.over(painter, bool(which))
        return picture


def build_layers(
    columns: Extremes,
    curves: Sequence[Curve],
    size: tuple[float, float],
    tone: theme.ColourName,
    old: Layers | None = None,
) -> Layers:
    """Both layers, one column of `columns` and of each curve a device px.

    `size` is the height in device-independent px and the px of the device in one; `old` layers of
    the same size are written over.
    """
    height_px, dpr = size
    width, height = len(columns.high), max(round(height_px * dpr), 1)
    if old is None or not old.fits(width, height, dpr):
        old = Layers(width, height, dpr)
    strokes = [_Stroke(curve, height, dpr) for curve in curves]
    old.show(wave_mask(columns, height), tone, strokes)
    return old


def wave_mask(columns: Extremes, height: int) -> Mask:
    """Coverage 0..255, shape (height, width): the peaks as a shell, the RMS as a solid core."""
    import numpy as np

    middle = height / 2
    top = middle - np.clip(columns.high, -1, 1) * middle
    bottom = middle - np.clip(columns.low, -1, 1) * middle
    thin = bottom - top < 1
    top, bottom = np.where(thin, top - 0.5, top), np.where(thin, bottom + 0.5, bottom)
    mask = np.zeros((height, len(top)), np.uint8)
    _fill(mask, top, bottom, 255 if columns.rms is None else _SHELL)
    if columns.rms is not None:
        core = np.clip(columns.rms, 0, 1) * middle
        _fill(mask, middle - core, middle + core, 255)
    return mask


def _fill(mask: Mask, top: Floats, bottom: Floats, full: int) -> None:
    """Raise each column of `mask` to `full` from `top` to `bottom`, in part at its two ends."""
    import numpy as np

    rows = np.arange(mask.shape[0], dtype=np.int16)[:, None]
    first, last = np.ceil(top).astype(np.int16), np.floor(bottom).astype(np.int16)
    inside = (rows >= first) & (rows < last)
    np.maximum(mask, inside.view(np.uint8) * np.uint8(full), out=mask)
    for row in (first - 1, last):
        share = np.clip(np.minimum(row + 1, bottom) - np.maximum(row, top), 0, 1)
        at = np.clip(row, 0, mask.shape[0] - 1), np.arange(mask.shape[1])
        edge = np.rint(np.where(at[0] == row, share, 0) * full).astype(np.uint8)
        mask[at] = np.maximum(mask[at], edge)


def curve_y(lufs: float, height: float) -> float:
    """Where a loudness lies: 0 LUFS at the top, -40 LUFS and quieter at the middle."""
    share = (lufs - _QUIETEST_LUFS) / (_LOUDEST_LUFS - _QUIETEST_LUFS)
    return height / 2 * (1 - min(max(share, 0.0), 1.0))


def loudness_curve(loudness: Floats, height: float) -> Curve:
    """The loudness as a line in the upper half of the wave, as `curve_y` has it."""
    import numpy as np

    share = (loudness - _QUIETEST_LUFS) / (_LOUDEST_LUFS - _QUIETEST_LUFS)
    return Curve(height / 2 * (1 - np.clip(share, 0, 1)))


class _Stroke:
    """The pixels that a curve touches, and how much of each: few, so the wave is left alone."""

    def __init__(self, curve: Curve, height: int, dpr: float) -> None:
        import numpy as np

        self._ink = theme.colour(curve.tone, curve.alpha)
        y = np.asarray(curve.y, np.float32) * dpr
        half = np.pad((y[1:] + y[:-1]) / 2, 1, constant_values=np.nan)
        reach = np.stack([half[:-1], y, half[1:]])
        drawn = np.flatnonzero(np.isfinite(y))
        reach, width = reach[:, drawn], curve.width_px * dpr / 2
        top = np.clip(np.fmin.reduce(reach) - width, 0, height)
        bottom = np.clip(np.fmax.reduce(reach) + width, 0, height)
        first = np.floor(top).astype(np.intp)
        counts = np.ceil(bottom).astype(np.intp) - first
        starts = np.cumsum(counts) - counts
        row = np.arange(counts.sum()) - np.repeat(starts - first, counts)
        self._at = row, np.repeat(drawn, counts)
        low, high = np.repeat(top, counts), np.repeat(bottom, counts)
        share = np.minimum(row + 1, high) - np.maximum(row, low)
        self._share = np.clip(share, 0, 1).astype(np.float32) * np.float32(self._ink.alphaF())

    def draw(self, pixels: Pixels) -> None:
        """Lay the curve over premultiplied ARGB pixels."""
        import numpy as np

        ink = np.array(_premultiplied(self._ink), np.float32)
        here = pixels[self._at].view(np.uint8).reshape(-1, 4)
        share = self._share[:, None]
        pixels[self._at] = (
            np.rint(here + (ink - here) * share).astype(np.uint8).view(np.uint32).ravel()
        )


def _premultiplied(ink: QColor) -> tuple[int, int, int, int]:
    """Blue, green, red, alpha, 0..255: the order of bytes of Format_ARGB32_Premultiplied."""
    return ink.blue(), ink.green(), ink.red(), 255


@lru_cache(maxsize=16)
def _table(rgb: int) -> Pixels:
    """The colour at each coverage, shape (256,)."""
    import numpy as np

    steps = np.arange(256, dtype=np.float32)[:, None] / 255
    inks = np.rint(steps * np.array(_premultiplied(QColor.fromRgb(rgb)), np.float32))
    return inks.astype(np.uint8).view(np.uint32).ravel()

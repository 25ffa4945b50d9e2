"""What stands around the room's wave: its two axes, its marks, and what was taken off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.wave_layers import Curve
from indieartist.ui.widgets.wave_scale import WaveScale

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indieartist.services.mastering_views import Peak, Reductions

    Floats = NDArray[np.floating[Any]]

LOUDEST_LUFS, QUIETEST_LUFS = 0.0, -42.0
_DEPTHS_DB = (6.0, 12.0, 18.0, 24.0)  # of the lane of what was taken off
_LUFS_STEPS = range(-6, -37, -6)
_DBFS_STEPS = (0, -6, -12)
_LABEL = 12
_MARK = 7.0
_DASH, _GAP = 5, 4


def lufs_y(lufs: Floats, height: float) -> Floats:
    """Where loudness lies on its axis of the whole height of the wave."""
    import numpy as np

    share = (lufs - LOUDEST_LUFS) / (QUIETEST_LUFS - LOUDEST_LUFS)
    return np.asarray(np.clip(share, 0, 1) * height)


def dashed(lufs: float, width: int, height: float) -> Curve:
    """A dashed line at one loudness: where the master is going."""
    import numpy as np

    line = np.full(width, float(lufs_y(np.array(lufs), height)), np.float32)
    line[np.arange(width) % (_DASH + _GAP) >= _DASH] = np.nan
    return Curve(line, "accent", 0.9, 1.2)


def draw_axes(painter: QPainter, wave: QRectF, loudness: bool) -> None:
    """Peaks in dBFS on the left, and, where loudness is drawn, LUFS on the right."""
    _draw_levels(painter, wave)
    if loudness:
        _draw_loudness(painter, wave)


def _draw_levels(painter: QPainter, wave: QRectF) -> None:
    middle, ink = wave.center().y(), theme.colour("text3")
    room = QRectF(0, 0, wave.left() - 6, _LABEL)
    for level in _DBFS_STEPS:
        for side in (-1, 1):
            y = middle + side * wave.height() / 2 * 10 ** (level / 20)
            spot = room.translated(0, min(max(y - _LABEL / 2, wave.top() - 1), wave.bottom() - 11))
            words = figures.level(level, 0)
            painting.text(painter, spot, words, "ruler", ink, align=painting.RIGHT, figures=True)
    painter.fillRect(QRectF(wave.left(), round(middle), wave.width(), 1), theme.colour("line"))


def _draw_loudness(painter: QPainter, wave: QRectF) -> None:
    ink, grid = theme.colour("text3"), theme.colour("line")
    left = wave.right() + 7
    painting.text(painter, QRectF(left, wave.top() - 2, 40, _LABEL), "LUFS", "ruler", ink)
    for level in _LUFS_STEPS:
        y = wave.top() + wave.height() * level / QUIETEST_LUFS
        painter.fillRect(QRectF(wave.left(), round(y), wave.width(), 1), grid)
        spot = QRectF(left, y - _LABEL / 2, 40, _LABEL)
        painting.text(painter, spot, figures.level(level, 0), "ruler", ink, figures=True)


def marks_on(scale: WaveScale, peaks: Sequence[Peak]) -> list[tuple[float, Peak]]:
    """The marks that are drawn: on screen, and of those on top of each other only the loudest."""
    drawn: dict[int, tuple[float, Peak]] = {}  # by the cell, as wide as a mark, that it lies in
    for peak in peaks:  # the loudest comes first
        if scale.start_ms <= peak.moment_ms <= scale.end_ms:
            x = scale.x_at(peak.moment_ms)
            cell = int(x // _MARK)
            near = (drawn[at][0] for at in (cell - 1, cell, cell + 1) if at in drawn)
            if all(abs(x - other) >= _MARK for other in near):
                drawn[cell] = x, peak
    return list(drawn.values())


def draw_marks(painter: QPainter, xs: Sequence[float], bottom: float) -> None:
    """A small flag over each place where the true peak is too high."""
    painter.setPen(QColor(0, 0, 0, 0))
    painter.setBrush(theme.colour("err"))
    half = _MARK / 2
    for x in xs:
        top = bottom - _MARK
        corners = [QPointF(x - half, top), QPointF(x + half, top), QPointF(x, bottom - 0.5)]
        painter.drawPolygon(QPolygonF(corners))


def depth_db(made: Reductions) -> float:
    """How deep the lane must be for the most that is taken off anywhere in the song."""
    series = [*made.bands_db, made.limiter_db]
    most = max((-float(values.min()) for values in series if len(values)), default=0.0)
    return next((depth for depth in _DEPTHS_DB if most <= depth), _DEPTHS_DB[-1])


def draw_lane(
    painter: QPainter, lane: QRectF, series: tuple[Floats, Floats | None], depth: float, dpr: float
) -> None:
    """What limiter and compressor take off, hanging from the top to `depth` dB.

    `series` are theirs, values <= 0 dB, one a device px.
    """
    import numpy as np

    height = round(lane.height() * dpr)
    limiter_db, bands_db = series
    rows = (np.arange(height, dtype=np.float32)[:, None] + 0.5) / height * -depth
    mask = (rows > limiter_db).astype(np.uint8)
    if bands_db is not None:
        mask = np.where(mask, mask, 2 * (rows > bands_db).astype(np.uint8))
    mask = np.ascontiguousarray(mask)
    width = mask.shape[1]
    picture = QImage(mask.data, width, height, width, QImage.Format.Format_Indexed8)
    inks = (QColor(0, 0, 0, 0), theme.colour("accent"), theme.colour("text3", 0.55))
    picture.setColorTable([ink.rgba() for ink in inks])
    painter.drawImage(lane, picture)

"""A sheet of panels with axes, lines and areas, drawn by Pillow in the window's dark colours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fontpkg_inter
import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont

from indieartist.ui.theme import DARK

if TYPE_CHECKING:
    from numpy.typing import NDArray

FONT_PATH = Path(fontpkg_inter.__file__).parent / "files" / "Inter[opsz,wght].ttf"
WIDTH, HEIGHT, MARGIN = 1280, 720, 32
FINE = 2  # pixels drawn for each pixel of the picture
Box = tuple[int, int, int, int]
BOX: dict[str, Box] = {
    "spectrum": (68, 140, 628, 470),
    "change": (68, 530, 628, 664),
    "reduction": (704, 140, 1248, 704),
    "album": (72, 140, 1248, 450),
}
Curve = tuple["NDArray[np.float64]", "NDArray[np.float64]"]


def minus(value: float | None, digits: int = 1) -> str:
    """A figure with a real minus sign."""
    return "—" if value is None else f"{value:.{digits}f}".replace("-", "−")


class Sheet:
    """One picture: a title, a line beneath it, and panels."""

    def __init__(self, title: str, subtitle: str, height_px: int = HEIGHT) -> None:
        size = (WIDTH * FINE, height_px * FINE)
        self.image = PIL.Image.new("RGB", size, DARK.bg)
        self.draw = PIL.ImageDraw.Draw(self.image, "RGBA")
        self.text((MARGIN, 46), title, 24, "text", weight=650)
        self.text((MARGIN, 80), subtitle, 14, "text2")

    def text(
        self,
        at: tuple[float, float],
        words: str,
        size_px: int,
        colour: str,
        *,
        weight: int = 480,
        anchor: str = "ls",
    ) -> None:
        """Words in Inter, anchored at the left of their baseline unless said otherwise."""
        font = PIL.ImageFont.truetype(str(FONT_PATH), size_px * FINE)
        font.set_variation_by_axes([min(max(size_px, 14), 32), weight])
        place = (at[0] * FINE, at[1] * FINE)
        self.draw.text(place, words, font=font, fill=getattr(DARK, colour), anchor=anchor)

    def panel(self, box: Box, title: str, x: tuple[float, float], y: tuple[float, float]) -> Panel:
        """A panel with its title above it and the ranges of its axes."""
        self.text((box[0], box[1] - 12), title, 12, "text2", weight=550)
        return Panel(self, box, x, y)

    def save(self, path: Path) -> None:
        """Write the picture as a small PNG."""
        size = (self.image.width // FINE, self.image.height // FINE)
        image = self.image.resize(size, PIL.Image.Resampling.LANCZOS)
        path.parent.mkdir(parents=True, exist_ok=True)
        image.quantize(256, dither=PIL.Image.Dither.NONE).save(path, optimize=True)


class Panel:
    """A box with two axes."""

    def __init__(
        self, sheet: Sheet, box: Box, x: tuple[float, float], y: tuple[float, float]
    ) -> None:
        self.sheet, self.box, self.x, self.y = sheet, box, x, y
        self.log = False

    @property
    def width_px(self) -> int:
        """Its width in the picture's pixels."""
        return self.box[2] - self.box[0]

    def frame(
        self,
        x_ticks: Mapping[Any, str],
        y_ticks: Iterable[float],
        *,
        log: bool = False,
        label_x: bool = True,
        grid_x: bool = True,
    ) -> None:
        """Ground, grid and the figures along both axes."""
        self.log = log
        draw, (left, top, right, bottom) = self.sheet.draw, self._fine(self.box)
        draw.rectangle((left, top, right, bottom), fill=DARK.surface1)
        for value in y_ticks:
            y = self._y(value)
            strong = value == 0 and self.y[0] < 0 < self.y[1]
            draw.line((left, y, right, y), fill=DARK.line2 if strong else DARK.line, width=FINE)
            self.sheet.text(
                (self.box[0] - 8, y / FINE),
                f"{value:g}".replace("-", "−"),
                11,
                "text3",
                anchor="rm",
            )
        for value, name in x_ticks.items():
            x = self._x(value)
            if grid_x:
                draw.line((x, top, x, bottom), fill=DARK.line, width=FINE)
            if label_x:
                anchor = "ms" if x > left + 8 * FINE else "ls"
                self.sheet.text((x / FINE, self.box[3] + 18), name, 11, "text3", anchor=anchor)

    def line(self, curve: Curve, colour: str, *, width: float, dash: bool = False) -> None:
        """A line through the curve's points, within the box."""
        points = self._points(curve)
        ink, thick = getattr(DARK, colour), round(width * FINE)
        if not dash:
            self.sheet.draw.line(points, fill=ink, width=thick, joint="curve")
            return
        fine = np.interp(
            np.linspace(0, len(points) - 1, 240),
            np.arange(len(points)),
            np.array([x for x, _ in points]),
        )
        level = np.interp(fine, *np.array(points).T)
        for at in range(0, 236, 6):
            part = list(zip(fine[at : at + 4], level[at : at + 4], strict=True))
            self.sheet.draw.line(part, fill=ink, width=thick)

    def area(self, curve: Curve, colour: str, alpha: float = 0.85) -> None:
        """What lies between the curve and zero."""
        points = self._points(curve)
        zero = self._y(0.0)
        ink = (*_rgb(colour), round(255 * alpha))
        outline = [(points[0][0], zero), *points, (points[-1][0], zero)]
        self.sheet.draw.polygon(outline, fill=ink)

    def dots(self, curve: Curve, colour: str, names: Sequence[str], lift_px: int) -> None:
        """A dot at each point, with its figure `lift_px` below it, or above where negative."""
        for (x, y), name in zip(self._points(curve), names, strict=True):
            r = 5 * FINE
            self.sheet.draw.ellipse((x - r, y - r, x + r, y + r), fill=getattr(DARK, colour))
            self.sheet.text(
                (x / FINE, y / FINE + lift_px), name, 12, colour, weight=600, anchor="ms"
            )

    def rule(self, level: float, colour: str) -> None:
        """A level across the box."""
        left, _, right, _ = self._fine(self.box)
        y = self._y(level)
        self.sheet.draw.line((left, y, right, y), fill=getattr(DARK, colour), width=FINE)

    def remark(self, words: str) -> None:
        """What is to be said where there is nothing to draw."""
        left, top, right, bottom = self.box
        at = ((left + right) / 2, (top + bottom) / 2)
        self.sheet.text(at, words, 13, "text3", anchor="mm")

    def legend(self, names: Sequence[tuple[str, str]], dashed: str = "") -> None:
        """The colours' names, at the lower left; the last may be a dashed line's."""
        x, y = self.box[0] + 12, self.box[3] - 14
        for colour, name in [*names, *([("text3", dashed)] if dashed else [])]:
            dashes = ((0, 4), (6, 10), (12, 16)) if name == dashed else ((0, 16),)
            for start, end in dashes:
                ends = [(x + start) * FINE, (y - 4) * FINE, (x + end) * FINE, (y - 4) * FINE]
                self.sheet.draw.line(ends, fill=getattr(DARK, colour), width=3 * FINE)
            self.sheet.text((x + 22, y), name, 12, "text2")
            x += 40 + round(7.0 * len(name))

    def _points(self, curve: Curve) -> list[tuple[float, float]]:
        inside = (curve[0] >= self.x[0]) & (curve[0] <= self.x[1])
        return [
            (self._x(x), self._y(y))
            for x, y in zip(curve[0][inside], curve[1][inside], strict=True)
        ]

    def _x(self, value: float) -> float:
        low, high = self.x
        share = (value - low) / (high - low)
        if self.log:
            share = float(np.log(value / low) / np.log(high / low))
        return (self.box[0] + share * (self.box[2] - self.box[0])) * FINE

    def _y(self, value: float) -> float:
        low, high = self.y
        share = min(max((value - low) / (high - low), 0.0), 1.0)
        return (self.box[3] - share * (self.box[3] - self.box[1])) * FINE

    @staticmethod
    def _fine(box: Box) -> tuple[int, int, int, int]:
        left, top, right, bottom = (edge * FINE for edge in box)
        return left, top, right, bottom


def _rgb(colour: str) -> tuple[int, int, int]:
    code = getattr(DARK, colour)
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)

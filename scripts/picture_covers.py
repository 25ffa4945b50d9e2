"""Draws the covers of the releases in the pictures: a sun or moon, hills, and light on water."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Field = NDArray[np.floating]

SIDE_PX = 3000
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Scene:
    """A sky from top to shore, what shines in it, and the hills; places as shares of the side."""

    sky: tuple[Colour, ...]
    light: Colour
    hills: Colour
    water: Colour
    at: tuple[float, float] = (0.5, 0.5)
    radius: float = 0.165
    shore: float = 0.6
    hill: float = 0.045
    seed: int = 7


HARBOUR = Scene(
    ((35, 32, 74), (64, 58, 108), (132, 92, 122), (226, 134, 104), (244, 178, 122)),
    (252, 224, 178),
    (20, 20, 42),
    (110, 66, 66),
)
FERN = Scene(
    ((8, 32, 36), (14, 62, 58), (38, 112, 88), (122, 176, 128)),
    (226, 240, 196),
    (6, 26, 26),
    (20, 66, 58),
    at=(0.64, 0.31),
    radius=0.1,
    shore=0.7,
    hill=0.2,
    seed=11,
)
ROSEWATER = Scene(
    ((46, 16, 40), (110, 30, 66), (196, 72, 96), (246, 158, 140)),
    (255, 214, 198),
    (38, 12, 32),
    (122, 40, 66),
    at=(0.36, 0.585),
    radius=0.21,
    shore=0.6,
    hill=0.022,
    seed=5,
)


def render_cover(scene: Scene, path: Path) -> None:
    """Write the cover as a square RGB picture of `SIDE_PX`, always the same."""
    rng = np.random.default_rng(scene.seed)
    share = (np.arange(SIDE_PX, dtype=np.float32) + 0.5) / SIDE_PX
    x, y = share[None, :], share[:, None]
    picture = _sky(scene, y).repeat(SIDE_PX, axis=1)
    away = np.hypot(x - scene.at[0], y - scene.at[1])
    _lay(picture, scene.light, 0.5 * np.clip(1 - away / 0.55, 0, 1) ** 2)
    _lay(picture, scene.light, _edge(scene.radius - away))
    _lay(picture, scene.hills, _edge(y - _ridge(scene, share, rng)[None, :]))
    _pour(picture, scene, x, y, rng)
    picture += rng.normal(0, 2.0, (SIDE_PX, SIDE_PX, 1)).astype(np.float32)
    PIL.Image.fromarray(picture.clip(0, 255).astype(np.uint8)).save(path, quality=92)


def _sky(scene: Scene, y: Field) -> Field:
    """A column of colours from the top to the shore."""
    stops = np.linspace(0, scene.shore, len(scene.sky))
    channels = [np.interp(y, stops, channel) for channel in zip(*scene.sky, strict=True)]
    return np.stack(channels, axis=-1).astype(np.float32)


def _edge(inside: Field) -> Field:
    """1 inside, 0 outside, smooth over two pixels."""
    return np.clip(inside * SIDE_PX / 2 + 0.5, 0, 1).astype(np.float32)


def _lay(picture: Field, colour: Colour, cover: Field) -> None:
    """Lay a colour over the picture, as thickly as `cover` says."""
    picture += (np.asarray(colour, np.float32) - picture) * cover[..., None]


def _ridge(scene: Scene, x: Field, rng: np.random.Generator) -> Field:
    """The line of the hills, with a gap in the middle where the water goes on."""
    waves = [
        np.sin(2 * np.pi * (rate * x + rng.random())) / rate**0.9 for rate in (0.7, 1.6, 3.1, 7.3)
    ]
    rise = 0.55 + 0.28 * np.sum(waves, axis=0)
    ridge: Field = scene.shore - scene.hill * np.clip(rise, 0.05, None)
    return ridge


def _pour(picture: Field, scene: Scene, x: Field, y: Field, rng: np.random.Generator) -> None:
    """Water below the shore, darker towards the viewer, with strokes of light on it."""
    shore = int(scene.shore * SIDE_PX)
    depth = (y[shore:] - scene.shore) / (1 - scene.shore)
    far, near = np.asarray(scene.water, np.float32), np.asarray(scene.sky[0], np.float32) * 0.6
    picture[shore:] = far + (near - far) * (depth**0.7)[..., None]
    top = scene.shore + 0.008
    while top < 0.985:
        gone = (top - scene.shore) / (1 - scene.shore)
        half = scene.radius * (0.95 - 0.5 * gone) * rng.uniform(0.3, 1)
        middle, thick = scene.at[0] + rng.normal(0, 0.018), rng.uniform(0.002, 0.0045)
        rows = slice(int(top * SIDE_PX), int((top + thick) * SIDE_PX) + 1)
        cover = _edge(half - np.abs(x - middle)) * np.float32(0.72 - 0.5 * gone)
        _lay(picture[rows], scene.light, cover.repeat(picture[rows].shape[0], axis=0))
        top += thick + rng.uniform(0.004, 0.010) * (1 + 0.8 * gone)

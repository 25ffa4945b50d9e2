"""The demo song's cover: a lit bus crosses a bridge at dusk, before a city and its moon."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFilter
import PIL.ImageOps
from numpy.typing import NDArray

from indieartist.errors import world_error

SIDE_PX = 3000

Image = PIL.Image.Image
Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]  # left, top, right, bottom as shares of the side

_SKY: tuple[tuple[float, Colour], ...] = (  # from the top to the water's edge
    (0.0, (13, 17, 43)),
    (0.35, (38, 37, 88)),
    (0.6, (92, 63, 118)),
    (0.82, (188, 99, 112)),
    (1.0, (244, 160, 112)),
)
_CITY: tuple[tuple[Colour, float, float, float], ...] = (  # colour, height, width, share of lights
    ((122, 78, 120), 0.30, 0.045, 0.0),
    ((66, 49, 94), 0.22, 0.06, 0.1),
    ((30, 27, 62), 0.135, 0.075, 0.2),
)
_NIGHT: Colour = (14, 15, 36)
_MOON: Colour = (252, 231, 197)
_LAMP: Colour = (255, 205, 130)
_AMBER: Colour = (240, 164, 88)
_BODY: Colour = (33, 30, 70)
_RIM: Colour = (120, 104, 150)
_PANE: Colour = (255, 224, 164)
_TAIL: Colour = (222, 70, 74)

_SHORE = 0.665  # where the water begins
_ROAD, _RAIL, _UNDERSIDE = 0.618, 0.6055, 0.637
_BUS: Box = (0.335, 0.546, 0.625, 0.612)
_MOON_AT, _MOON_RADIUS = (0.655, 0.3), 0.135
_LAMPS_AT = (0.04, 0.216, 0.745, 0.921)
_PIERS_AT = (0.066, 0.242, 0.418, 0.594, 0.77, 0.946)

_SMOOTH = 4  # pixels drawn for each pixel of an edge


def render_demo_cover(path: Path) -> None:
    """Write the cover as a square RGB picture of `SIDE_PX`, PNG or JPEG by the name's ending.

    Always the same bytes. Raises UserError or WorldError where it cannot be written.
    """
    rng = np.random.default_rng(7)
    image = _sky()
    _draw_stars(image, rng)
    _draw_moon(image)
    _draw_city(image, rng)
    _draw_water(image, rng)
    _draw_bridge(image)
    _draw_bus(image)
    _write(_grained(image, rng), path)


def _write(image: Image, path: Path) -> None:
    partial = path.with_name(path.name + ".part")
    try:
        _save(image, partial, path.suffix.lower())
        partial.replace(path)
    except OSError as error:
        raise world_error(error, path) from error


def _save(image: Image, path: Path, ending: str) -> None:
    """Write the file and make sure it is on the disk; nothing stays of one that fails."""
    try:
        with path.open("wb") as file:
            if ending == ".png":
                image.save(file, "PNG", compress_level=4)
            else:
                image.save(file, "JPEG", quality=95, subsampling=0)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _sky() -> Image:
    stops, colours = zip(*_SKY, strict=True)
    height = np.linspace(0, 1 / _SHORE, SIDE_PX)
    channels = [np.interp(height, stops, channel) for channel in zip(*colours, strict=True)]
    column = np.stack(channels, axis=1).round().astype(np.uint8)
    return PIL.Image.fromarray(np.repeat(column[:, None], SIDE_PX, axis=1))


def _draw_stars(image: Image, rng: np.random.Generator) -> None:
    """A few, fainter towards the glow of the city."""
    for _ in range(70):
        x, y, size = rng.uniform(0, 1), 0.4 * rng.random() ** 1.3, rng.uniform(0.0009, 0.0021)
        _rounded(image, _MOON, (x, y, x + size, y + size), size / 2, 0.75 * (1 - y / 0.42))


def _draw_moon(image: Image) -> None:
    _glow(image, _MOON, _MOON_AT, 0.42, 0.42)
    _disc(image, _MOON, _MOON_AT, _MOON_RADIUS)


def _draw_city(image: Image, rng: np.random.Generator) -> None:
    """Three rows of houses, the nearer the darker; lights are on in the nearer two."""
    pen = PIL.ImageDraw.Draw(image)
    for colour, tallest, widest, share in _CITY:
        houses = _houses(rng, tallest, widest)
        _rectangles(pen, colour, houses)
        for house in houses:
            _rectangles(pen, _LAMP, _windows(house, share, rng))


def _houses(rng: np.random.Generator, tallest: float, widest: float) -> list[Box]:
    """Houses side by side, some with a mast; tallest on the left, as the moon is on the right."""
    left, houses = -0.02, []
    while left < 1:
        right = left + widest * rng.uniform(0.45, 1)
        lean = 0.55 + 0.45 * np.cos((left - 0.22) * 3.4) ** 2
        top = _SHORE - tallest * lean * rng.uniform(0.45, 1)
        houses.append((left, top, right, _SHORE))
        if rng.random() < 0.3:
            mast = left + (right - left) * rng.uniform(0.3, 0.7)
            houses.append((mast, top - 0.03 * rng.uniform(0.5, 1), mast + 0.0024, top))
        left = right
    return houses


def _windows(house: Box, share: float, rng: np.random.Generator) -> list[Box]:
    left, top, right, bottom = house
    columns = np.arange(left + 0.008, right - 0.009, 0.0115)
    rows = np.arange(top + 0.012, bottom - 0.01, 0.0144)
    places = [(float(x), float(y)) for y in rows for x in columns]
    return [(x, y, x + 0.0042, y + 0.0058) for x, y in places if rng.random() < share]


def _draw_water(image: Image, rng: np.random.Generator) -> None:
    """The scene upside down, drawn out sideways, sinking into the night; two paths of light."""
    shore, depth = _px(_SHORE), SIDE_PX - _px(_SHORE)
    mirror = PIL.ImageOps.flip(image.crop((0, shore - depth, SIDE_PX, shore)))
    small = mirror.resize((SIDE_PX // 40, depth // 6), PIL.Image.Resampling.BOX)
    soft = small.filter(PIL.ImageFilter.GaussianBlur(1.2))
    fade = 0.6 * np.linspace(1, 0, depth) ** 2 * 255
    cover = np.repeat(fade.round().astype(np.uint8)[:, None], SIDE_PX, axis=1)
    image.paste(_NIGHT, (0, shore, SIDE_PX, SIDE_PX))
    streaked = soft.resize(mirror.size, PIL.Image.Resampling.BICUBIC)
    image.paste(streaked, (0, shore), PIL.Image.fromarray(cover))
    _draw_light_path(image, _MOON, _MOON_AT[0], rng)
    _draw_light_path(image, _AMBER, (_BUS[0] + _BUS[2]) / 2, rng)


def _draw_light_path(image: Image, colour: Colour, middle: float, rng: np.random.Generator) -> None:
    """Light on waves: strokes that get shorter, fewer and fainter away from the shore."""
    y = _SHORE + 0.012
    while y < 0.985:
        far = (y - _SHORE) / (1 - _SHORE)
        half = 0.13 * (1 - 0.68 * far) * rng.uniform(0.35, 1)
        x, thick = middle + rng.normal(0, 0.022), rng.uniform(0.0016, 0.003)
        _rounded(image, colour, (x - half, y, x + half, y + thick), thick / 2, 0.62 - 0.4 * far)
        y += thick + rng.uniform(0.0035, 0.0085) * (1 + 1.2 * far)


def _draw_bridge(image: Image) -> None:
    for x in _LAMPS_AT:
        _glow(image, _LAMP, (x, 0.519), 0.11, 0.55)
    _glow(image, _LAMP, ((_BUS[0] + _BUS[2]) / 2, (_BUS[1] + _BUS[3]) / 2), 0.3, 0.4)
    pen = PIL.ImageDraw.Draw(image)
    posts = [(x, _RAIL, x + 0.0016, _ROAD) for x in np.arange(0, 1, 0.0125).tolist()]
    poles = [(x - 0.0014, 0.52, x + 0.0014, _ROAD) for x in _LAMPS_AT]
    piers = [(x - 0.008, _UNDERSIDE, x + 0.008, _SHORE + 0.006) for x in _PIERS_AT]
    deck = [(0.0, _ROAD, 1.0, _UNDERSIDE), (0.0, _RAIL, 1.0, _RAIL + 0.0022)]
    _rectangles(pen, _NIGHT, [*posts, *poles, *piers, *deck])
    _rectangles(pen, _BODY, [(0.0, _ROAD, 1.0, _ROAD + 0.0016)])
    for x in _LAMPS_AT:
        _rounded(image, _PANE, (x - 0.0075, 0.5155, x + 0.0075, 0.5215), 0.003)


def _draw_bus(image: Image) -> None:
    left, top, right, bottom = _BUS
    _glow(image, _PANE, (right, bottom - 0.013), 0.07, 0.7)
    _rounded(image, _RIM, _BUS, 0.013)
    _rounded(image, _BODY, (left, top + 0.0018, right, bottom), 0.013)
    for x in (left + 0.012 + 0.034 * np.arange(7)).tolist():
        _rounded(image, _PANE, (x, top + 0.013, x + 0.0285, top + 0.036), 0.004)
    _rounded(image, _PANE, (right - 0.04, top + 0.013, right - 0.005, top + 0.042), 0.006)
    stripe = (left, bottom - 0.0175, right, bottom - 0.0135)
    _rectangles(PIL.ImageDraw.Draw(image), _AMBER, [stripe])
    for x in (left + 0.055, right - 0.062):
        _disc(image, _NIGHT, (x, bottom - 0.001), 0.0145)
        _disc(image, _RIM, (x, bottom - 0.001), 0.0055)
    _disc(image, _MOON, (right - 0.007, bottom - 0.008), 0.0036)
    _disc(image, _TAIL, (left + 0.005, bottom - 0.008), 0.0032)


def _px(share: float) -> int:
    return round(share * SIDE_PX)


def _rectangles(pen: PIL.ImageDraw.ImageDraw, colour: Colour, boxes: list[Box]) -> None:
    for left, top, right, bottom in boxes:
        pen.rectangle((_px(left), _px(top), _px(right) - 1, _px(bottom) - 1), fill=colour)


def _disc(image: Image, colour: Colour, at: tuple[float, float], radius: float) -> None:
    x, y = at
    _rounded(image, colour, (x - radius, y - radius, x + radius, y + radius), radius)


def _rounded(image: Image, colour: Colour, box: Box, radius: float, opacity: float = 1.0) -> None:
    """A box with round corners and smooth edges."""
    left, top, right, bottom = (_px(share) for share in box)
    size = (max(1, right - left), max(1, bottom - top))
    mask = PIL.Image.new("L", (size[0] * _SMOOTH, size[1] * _SMOOTH))
    whole = (0, 0, mask.width - 1, mask.height - 1)
    pen = PIL.ImageDraw.Draw(mask)
    pen.rounded_rectangle(whole, radius * SIDE_PX * _SMOOTH, fill=round(255 * opacity))
    image.paste(colour, (left, top), mask.reduce(_SMOOTH))


def _glow(
    image: Image, colour: Colour, at: tuple[float, float], reach: float, strength: float
) -> None:
    """Light around a lamp, which is gone at `reach`."""
    radius = _px(reach)
    line = np.arange(-radius, radius + 1, dtype=np.float32) / radius
    away = np.minimum(np.hypot(line[:, None], line[None, :]), 1)
    light = strength * 255 * (1 - away) ** 2.6
    mask = PIL.Image.fromarray(light.round().astype(np.uint8))
    image.paste(colour, (_px(at[0]) - radius, _px(at[1]) - radius), mask)


def _grained(image: Image, rng: np.random.Generator) -> Image:
    """With film grain, which also hides the steps of the gradients."""
    noise = rng.normal(0, 2.2, (SIDE_PX, SIDE_PX, 1)).astype(np.float32)
    picture: NDArray[np.float32] = np.asarray(image, np.float32) + noise
    return PIL.Image.fromarray(picture.clip(0, 255).round().astype(np.uint8))

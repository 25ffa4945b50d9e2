"""The page's colours, taken from the cover and made readable in the dark and in the light."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

HUES = 36
LEAST_COLOUR = 0.02  # of all there could be; below it the cover counts as grey
AT_EASE = 8.0  # contrast of text on the glow
READABLE = 5.0  # contrast of accent against background; WCAG 2.2 AA wants 4.5


@dataclass(frozen=True, slots=True)
class Scheme:
    """One set of CSS colours, '#rrggbb'."""

    bg: str
    raised: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    glow: float  # opacity at which the ambient picture may lie behind text


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one release."""

    dark: Scheme
    light: Scheme


def palette_of(image: Image) -> Palette:
    """The palette of the light behind the cover: its strongest hue leads, greys stay grey."""
    hue, strength = _strongest_hue(image)
    schemes = [_scheme(hue, strength, dark=dark) for dark in (True, False)]
    return Palette(*(replace(scheme, glow=_safe_glow(image, scheme)) for scheme in schemes))


def _safe_glow(image: Image, scheme: Scheme) -> float:
    """The strongest glow that leaves text readable on every spot of it."""
    pixels = image.resize((24, 24)).convert("RGB").tobytes()
    spots = {tuple(pixels[at : at + 3]) for at in range(0, len(pixels), 3)}
    for step in range(round(scheme.glow * 50), 0, -1):
        glow = step / 50
        if all(contrast(scheme.text, mixed(scheme.bg, spot, glow)) >= AT_EASE for spot in spots):
            return glow
    return 0.0


def mixed(ground: str, colour: tuple[int, ...], opacity: float) -> str:
    """The colour laid over the ground."""
    under = [int(ground[at : at + 2], 16) for at in (1, 3, 5)]
    layers = zip(under, colour, strict=True)
    return "#" + "".join(f"{round(u + (c - u) * opacity):02x}" for u, c in layers)


def _strongest_hue(image: Image) -> tuple[float, float]:
    """Hue (0..1) that carries most colour, and how strong colour is there (0..1)."""
    pixels = image.resize((48, 48)).convert("RGB").tobytes()
    weights, strengths = [0.0] * HUES, [0.0] * HUES
    for at in range(0, len(pixels), 3):
        red, green, blue = pixels[at : at + 3]
        hue, saturation, value = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
        place = int(hue * HUES) % HUES
        weights[place] += saturation * value
        strengths[place] += saturation * saturation * value
    best = max(range(HUES), key=lambda i: weights[i - 1] + 2 * weights[i] + weights[(i + 1) % HUES])
    if weights[best] < LEAST_COLOUR * len(pixels) / 3:
        return 0.1, 0.0
    return (best + 0.5) / HUES, strengths[best] / weights[best]


def _scheme(hue: float, strength: float, *, dark: bool) -> Scheme:
    tint = min(strength, 1.0)
    bg = _colour(hue, 0.075 if dark else 0.97, (0.22 if dark else 0.35) * tint)
    accent = _readable_accent(hue, tint, bg, dark=dark)
    black, white = _colour(hue, 0.05, 0.3 * tint), "#ffffff"
    return Scheme(
        bg=bg,
        raised=_colour(hue, 0.125 if dark else 0.995, 0.2 * tint),
        line=_colour(hue, 0.2 if dark else 0.88, 0.16 * tint),
        text=_colour(hue, 0.95 if dark else 0.1, 0.12 * tint),
        quiet=_colour(hue, 0.7 if dark else 0.36, 0.1 * tint),
        accent=accent,
        on_accent=max(black, white, key=lambda ink: contrast(ink, accent)),
        glow=0.66 if dark else 0.46,
    )


def _readable_accent(hue: float, strength: float, bg: str, *, dark: bool) -> str:
    """The liveliest accent that can be read: from the middle towards light, or towards dark."""
    if strength == 0:
        return "#f4f4f4" if dark else "#1c1c1c"
    saturation = min(max(strength, 0.5), 0.85)
    for step in range(51):
        lightness = 0.5 + step / 100 if dark else 0.5 - step / 100
        accent = _colour(hue, lightness, saturation)
        if contrast(accent, bg) >= READABLE:
            return accent
    raise AssertionError("black and white are readable on every background here")


def _colour(hue: float, lightness: float, saturation: float) -> str:
    channels = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

"""The tokens keep their promises: contrast on every surface, and nothing outside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel

from indieartist.ui import fonts, theme
from indieartist.ui.theme import DARK, LIGHT, Colours

UI = Path(theme.__file__).parent
SURFACES = ("bg", "surface1", "surface2", "surface3")
INKS = (
    "text", "text2", "text3", "accent", "original", "service", "ok", "warn", "err",
)  # fmt: skip
SCHEMES = [pytest.param(DARK, id="dark"), pytest.param(LIGHT, id="light")]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def blend(ink: str, ground: str, alpha: float) -> str:
    """`ink` at `alpha` over `ground`."""
    pairs = zip(QColor(ink).getRgb()[:3], QColor(ground).getRgb()[:3], strict=True)
    return "#" + "".join(f"{round(a * alpha + b * (1 - alpha)):02x}" for a, b in pairs)


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", SCHEMES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("ink", INKS)
def test_words_are_readable_on_every_surface(colours: Colours, surface: str, ink: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, surface)) >= 4.5


@pytest.mark.parametrize("colours", SCHEMES)
@pytest.mark.parametrize("surface", SURFACES)
def test_control_edges_stand_out(colours: Colours, surface: str) -> None:
    assert contrast(colours.line2, getattr(colours, surface)) >= 3.0


@pytest.mark.parametrize("colours", SCHEMES)
def test_words_on_the_accent_are_readable(colours: Colours) -> None:
    assert contrast(colours.on_accent, colours.accent) >= 4.5


@pytest.mark.parametrize("colours", SCHEMES)
@pytest.mark.parametrize("tone", ["ok", "warn", "err", "service"])
@pytest.mark.parametrize("surface", ["bg", "surface1", "surface2"])
def test_toned_chips_are_readable(colours: Colours, tone: str, surface: str) -> None:
    ink = getattr(colours, tone)
    ground = blend(ink, getattr(colours, surface), theme.CHIP_ALPHA)
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("colours", SCHEMES)
def test_the_resting_wave_can_be_seen(colours: Colours) -> None:
    for surface in (colours.bg, colours.surface1):
        assert contrast(colours.wave_rest, surface) >= 2.9


def sources() -> list[Path]:
    return [path for path in UI.rglob("*.py") if path.name != "theme.py"]


@pytest.mark.parametrize("pattern", [r"#[0-9a-fA-F]{6}\b", r"setPixelSize|setPointSize"])
def test_colours_and_sizes_come_from_the_theme_alone(pattern: str) -> None:
    guilty = [path.name for path in sources() if re.search(pattern, path.read_text("utf-8"))]
    assert guilty == []


def test_the_typeface_is_inter_in_every_weight() -> None:
    widths = [
        QFontMetricsF(theme.font(role)).horizontalAdvance("Harbour") / theme.FACES[role].size_px
        for role in ("body", "medium", "strong")
    ]
    assert QFontInfo(theme.font("body")).family() == fonts.FAMILY
    assert widths == sorted(widths)
    assert widths[0] < widths[-1]


def test_figures_are_of_one_width() -> None:
    metrics = QFontMetricsF(theme.font("body", figures=True))
    assert metrics.horizontalAdvance("111.1") == metrics.horizontalAdvance("888.8")


def test_no_type_is_smaller_than_the_ruler() -> None:
    assert min(face.size_px for face in theme.FACES.values()) == 10
    assert all(face.size_px >= 11 for role, face in theme.FACES.items() if role != "ruler")


def test_a_theme_switch_reaches_labels_and_painters(qapp: QApplication) -> None:
    from indieartist.ui.widgets.text import Text

    label: QLabel = Text("Quiet", tone="text3")
    label.ensurePolished()
    assert label.palette().windowText().color() == QColor(DARK.text3)
    theme.THEME.choose(theme.Choice.LIGHT)
    assert label.palette().windowText().color() == QColor(LIGHT.text3)
    assert theme.colour("bg") == QColor(LIGHT.bg)
    assert qapp.palette().window().color() == QColor(LIGHT.bg)


def test_stillness_is_respected() -> None:
    assert theme.motion_ms(120) == 120
    theme.THEME.reduced_motion = True
    assert theme.motion_ms(120) == 0

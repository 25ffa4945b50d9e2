"""The look in one place: every colour, size, radius and typeface the window may use."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from indieartist.ui import fonts, stylesheet

ColourName = Literal[
    "bg", "surface1", "surface2", "surface3", "line", "line2", "text", "text2", "text3",
    "accent", "on_accent", "original", "service", "ok", "warn", "err", "wave_rest",
]  # fmt: skip
Role = Literal[
    "ruler", "caption", "label", "small", "chip", "small_strong", "body", "medium", "strong",
    "input", "section", "value", "number", "title", "display",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme's colours. Contrasts on every surface are recomputed by tests/ui/test_theme.py."""

    bg: str
    surface1: str  # sidebar, transport bar, wells
    surface2: str  # cards, fields, selected rows
    surface3: str  # buttons, chips, the selected page
    line: str  # decoration only
    line2: str  # the edge of a control: 3:1 on every surface
    text: str
    text2: str
    text3: str
    accent: str  # the master, and the one primary action of a page
    on_accent: str
    original: str  # the bounce as it came in
    service: str  # what a streaming service plays
    ok: str
    warn: str
    err: str
    wave_rest: str


DARK = Colours(
    bg="#0F1114", surface1="#14171B", surface2="#1A1E23", surface3="#252A31",
    line="#242930", line2="#6B7481", text="#ECEEF1", text2="#A9B1BC", text3="#89929E",
    accent="#F0A458", on_accent="#1B1206", original="#8FA8C8", service="#5FC7B2",
    ok="#74CC98", warn="#EBC45C", err="#F4837D", wave_rest="#5D6673",
)  # fmt: skip
LIGHT = Colours(
    bg="#F7F6F3", surface1="#EFEDE8", surface2="#FFFFFF", surface3="#E9E6E0",
    line="#E1DDD5", line2="#858078", text="#1B1D21", text2="#53585F", text3="#5F646C",
    accent="#9C4D08", on_accent="#FFFFFF", original="#47658B", service="#096556",
    ok="#186639", warn="#755000", err="#A8241C", wave_rest="#8C867C",
)  # fmt: skip

XS, S, M, L, XL, XXL, XXXL = 4, 8, 12, 16, 24, 32, 48  # spacing on a 4-px scale
PAGE_MARGIN, CARD_X, CARD_Y, BLOCK_GAP = 32, 18, 14, 24
CONTROL, ROW, ROW_DENSE, HEADER, NAV = 32, 46, 36, 32, 36  # heights
SIDEBAR, TRANSPORT = 232, 116
COVER = 212
RADIUS_SMALL, RADIUS, RADIUS_ART, RADIUS_CARD = 6, 8, 10, 14
CHIP_ALPHA = 0.15
FOCUS_WIDTH = 2


@dataclass(frozen=True, slots=True)
class Face:
    """One style of type: size in px, weight, optical size and letter spacing in px."""

    size_px: int
    weight: int
    optical: int = 14
    spacing_px: float = 0.0


# Inter without hinting looks a shade thin on screen: each weight stands half a step above its name,
# and the spacing takes back the width that this adds.
FACES: dict[Role, Face] = {
    "ruler": Face(10, 520),
    "caption": Face(11, 550),
    "label": Face(11, 480, spacing_px=-0.05),
    "small": Face(12, 490, spacing_px=-0.05),
    "chip": Face(12, 570, spacing_px=-0.05),
    "small_strong": Face(12, 650, spacing_px=-0.05),
    "body": Face(13, 485, spacing_px=-0.06),
    "medium": Face(13, 560, spacing_px=-0.03),
    "strong": Face(13, 650, spacing_px=-0.05),
    "input": Face(15, 460),
    "section": Face(15, 650, spacing_px=-0.05),
    "value": Face(15, 650),
    "number": Face(22, 650),
    "title": Face(24, 650, 24, -0.4),
    "display": Face(38, 650, 32, -1.2),
}


class Choice(StrEnum):
    """What the person chose in the settings."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class Theme(QObject):
    """The scheme on screen; `changed` follows every switch."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice.SYSTEM
        self.dark = True
        self.reduced_motion = False

    @property
    def colours(self) -> Colours:
        """The colours on screen now."""
        return DARK if self.dark else LIGHT

    def choose(self, choice: Choice) -> None:
        """Show the chosen scheme, and follow the system where that is the choice."""
        self.choice = choice
        self.dark = choice is Choice.DARK or (choice is Choice.SYSTEM and _system_is_dark())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyleSheet("")  # one sheet over another costs four times as much
            app.setPalette(palette(self.colours))
            app.setStyleSheet(stylesheet.build(asdict(self.colours)))
        self.changed.emit()


THEME = Theme()


def install(app: QApplication, choice: Choice = Choice.SYSTEM) -> None:
    """Dress the application: Fusion, our type, our colours."""
    fonts.load()
    app.setStyle("Fusion")
    app.setFont(font("body"))
    app.styleHints().colorSchemeChanged.connect(_follow_system)
    THEME.choose(choice)


def _follow_system() -> None:
    if THEME.choice is Choice.SYSTEM:
        THEME.choose(Choice.SYSTEM)


def _system_is_dark() -> bool:
    """Studios are dark: only a system that says it is light gets the light scheme."""
    return QApplication.styleHints().colorScheme() is not Qt.ColorScheme.Light


def colour(name: ColourName, alpha: float = 1.0) -> QColor:
    """A token's colour in the scheme on screen, `alpha` 0..1."""
    found = QColor(getattr(THEME.colours, name))
    found.setAlphaF(alpha)
    return found


def selected() -> QColor:
    """The fill of a selected row."""
    return colour("surface2" if THEME.dark else "surface3")


def lifted() -> QColor:
    """The fill of what rises from a well or from a selected row."""
    return colour("surface3" if THEME.dark else "surface2")


def hover(name: ColourName) -> QColor:
    """A fill under the pointer: a step lighter in the dark, a step darker in the light."""
    return colour(name).lighter(118) if THEME.dark else colour(name).darker(106)


def motion_ms(duration_ms: int) -> int:
    """How long a movement may last: nothing at all where the person asked for stillness."""
    return 0 if THEME.reduced_motion else duration_ms


@lru_cache(maxsize=64)
def _font(role: Role, figures: bool) -> QFont:
    face = FACES[role]
    made = QFont(fonts.FAMILY)
    made.setPixelSize(face.size_px)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # The axis sets Inter's weight; setWeight is for the fallback faces of other scripts, and
    # stays below 700, where Qt would embolden Inter a second time.
    made.setWeight(QFont.Weight(min(round(face.weight, -2), 600)))
    made.setVariableAxis(QFont.Tag("wght"), face.weight)
    made.setVariableAxis(QFont.Tag("opsz"), face.optical)
    made.setFeature(QFont.Tag("cv11"), 1)  # the single-storey a
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    if face.spacing_px:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, face.spacing_px)
    return made


def font(role: Role, *, figures: bool = False) -> QFont:
    """The typeface of a role; `figures` gives digits of one width for columns of numbers."""
    return QFont(_font(role, figures))


def palette(colours: Colours) -> QPalette:
    """Qt's own palette from the tokens, for the few controls that Fusion draws."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, value in (
        (roles.Window, colours.bg),
        (roles.WindowText, colours.text),
        (roles.Base, colours.surface2),
        (roles.AlternateBase, colours.surface1),
        (roles.Text, colours.text),
        (roles.PlaceholderText, colours.text3),
        (roles.Button, colours.surface3),
        (roles.ButtonText, colours.text),
        (roles.BrightText, colours.err),
        (roles.ToolTipBase, colours.surface3),
        (roles.ToolTipText, colours.text),
        (roles.Highlight, colours.accent),
        (roles.HighlightedText, colours.on_accent),
        (roles.Link, colours.accent),
        (roles.LinkVisited, colours.accent),
        (roles.Accent, colours.accent),
    ):
        made.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.text3))
    return made

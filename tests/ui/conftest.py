"""A dressed application for every test of the window."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from ui.samples import draw_sunset

from indieartist.ui import icons, theme

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def wardrobe(qapp: QApplication) -> QApplication:
    """The application in our look, dressed once."""
    icons.install(ROOT / "resources" / "icons")
    theme.install(qapp, theme.Choice.DARK)
    return qapp


@pytest.fixture(autouse=True)
def dressed(wardrobe: QApplication) -> Iterator[QApplication]:
    """Each test begins in the dark, with motion; its widgets are collected on this thread alone."""
    gc.disable()
    yield wardrobe
    gc.unfreeze()  # what a window put aside
    gc.collect()
    gc.enable()
    theme.THEME.reduced_motion = False
    if theme.THEME.choice is not theme.Choice.DARK:
        theme.THEME.choose(theme.Choice.DARK)


@pytest.fixture(scope="session")
def cover() -> QImage:
    """A sun over the sea."""
    return draw_sunset("#44406e", "#e8815a", "#fbdcb2", "#7a4a4a")

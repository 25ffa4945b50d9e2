"""A dressed application for every test of the window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from ui.samples import draw_sunset

from indieartist.ui import garbage, icons, theme

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def wardrobe(qapp: QApplication) -> QApplication:
    """The application in our look, dressed once."""
    icons.install(ROOT / "resources" / "icons")
    theme.install(qapp, theme.Choice.DARK)
    garbage.MODULES_GROWN = sys.maxsize  # what is put aside must be swept whole: 0.4 s a window
    return qapp


_FULL_SWEEP = 40  # tests
_dressings = count(1)


@pytest.fixture(autouse=True)
def dressed(wardrobe: QApplication) -> Iterator[QApplication]:
    """Each test begins in the dark, with motion; its widgets are collected on this thread alone.

    They are young, as nothing was collected while they lived; to look through all that was
    imported as well takes 0.3 s, which only some tests pay.
    """
    gc.disable()
    gc.collect(1)  # what the last test still held when it ended
    before = gc.get_freeze_count()
    yield wardrobe
    if gc.get_freeze_count() != before or next(_dressings) % _FULL_SWEEP == 0:
        gc.unfreeze()  # what a window put aside
        gc.collect()
    else:
        gc.collect(0)
    gc.enable()
    theme.THEME.reduced_motion = False
    if theme.THEME.choice is not theme.Choice.DARK:
        theme.THEME.choose(theme.Choice.DARK)


@pytest.fixture(autouse=True)
def no_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever asks for a file is told that the person thought better of it."""
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        nothing: object = [] if name.endswith("s") else ""
        monkeypatch.setattr(QFileDialog, name, lambda *_, nothing=nothing, **__: (nothing, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")


@pytest.fixture(scope="session")
def cover() -> QImage:
    """A sun over the sea."""
    return draw_sunset("#44406e", "#e8815a", "#fbdcb2", "#7a4a4a")

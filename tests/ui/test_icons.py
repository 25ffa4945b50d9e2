"""The icons are one set: one grid, one stroke, one colour that is given at run time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor
from PySide6.QtSvg import QSvgRenderer

from indieartist.ui import icons

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "icons"
FILES = sorted(FOLDER.glob("*.svg"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_icon_is_drawn_on_the_grid(path: Path) -> None:
    text = path.read_text("utf-8")
    assert QSvgRenderer(QByteArray(text.encode())).isValid()
    assert 'viewBox="0 0 24 24"' in text
    assert "currentColor" in text
    assert not re.search(r"#[0-9a-fA-F]{3,6}", text)
    image = icons.pixmap(path.stem, QColor("red"), 24).toImage()
    inked = [
        image.pixelColor(x, y)
        for x in range(24)
        for y in range(24)
        if image.pixelColor(x, y).alpha() > 200
    ]
    assert inked
    assert all(ink.red() > 200 and ink.blue() < 60 for ink in inked)


def test_an_icon_is_cached_by_what_is_shown() -> None:
    one = icons.pixmap("search", QColor("red"), 16, 2.0)
    assert one.width() == 32
    assert one.devicePixelRatio() == 2.0
    assert icons.pixmap("search", QColor("red"), 16, 2.0).cacheKey() == one.cacheKey()
    assert icons.pixmap("search", QColor("blue"), 16, 2.0).cacheKey() != one.cacheKey()


def test_transparency_is_kept() -> None:
    tint = QColor(255, 0, 0, 128)
    image = icons.pixmap("pause", tint, 24).toImage()
    assert image.pixelColor(8, 12).alpha() == pytest.approx(128, abs=2)


def test_an_unknown_icon_is_a_bug_that_shows() -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", QColor("red"))

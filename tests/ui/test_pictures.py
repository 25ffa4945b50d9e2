"""A chosen few pictures, held to the last pixel against the ones that were looked at.

`make pictures` takes them anew, as `RENEW=1 pytest tests/ui/test_pictures.py` does. They hold for
one typeface and one version of Qt, which each picture names; with another the test says so.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import fontpkg_inter
import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from ui.samples import draw_sunset, hero_view, readiness_view, sample_rows

from indieartist.ui import fonts, theme
from indieartist.ui.models.releases import ReleaseCard, ReleaseModel
from indieartist.ui.models.track_lists import TrackCard, TrackListModel
from indieartist.ui.models.tracks import Playing, TrackModel
from indieartist.ui.widgets.card import column
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.hero import Act, Hero
from indieartist.ui.widgets.readiness import ReadinessCard
from indieartist.ui.widgets.record_table import RecordTable
from indieartist.ui.widgets.release_grid import ReleaseGrid
from indieartist.ui.widgets.track_table import TrackTable

FOLDER = Path(__file__).parent / "pictures"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 2
ACTS = (Act("preview", "Preview masters", "headphones"), Act("facts", "Edit facts", "tag"))


def head() -> QWidget:
    page, hero, card = QWidget(), Hero(ACTS), ReadinessCard()
    hero.show_view(hero_view(draw_sunset("#44406e", "#e8815a", "#fbdcb2", "#7a4a4a")))
    card.show_view(readiness_view())
    page.setLayout(column(hero, card))
    page.resize(720, 520)
    return page


def record() -> QWidget:
    table = TrackTable(TrackModel(sample_rows()))
    table.resize(1000, table.sizeHint().height())
    table.choose(2)
    table.set_playing(Playing(3, 0.4, moving=False))
    return table


def covers() -> QWidget:
    model = ReleaseModel(lambda _hash, _then: None)
    model.set_ids(range(1, 6))
    titles = ("Harbour Lights", "Paper Boats", LONG[:120], "Undertow", "Salt")
    about = "3 tracks · out 14 Nov"
    model.set_cards([ReleaseCard(n, t, "Mara Vale", about) for n, t in enumerate(titles, 1)])
    grid = ReleaseGrid(model)
    grid.resize(720, 560)
    grid.choose(2)
    return grid


def tracks() -> QWidget:
    model = TrackListModel(lambda _hash, _then: None)
    model.set_ids(range(1, 6))
    rest = ("Harbour Lights", 1, None, "", "14 Nov 2026", "3:34", "−9.6 LUFS", "GBX7K2600101")
    titles = ("Low Water", "Signal Fires", LONG[:120], "Undertow", "Salt")
    model.set_cards(
        [TrackCard(n, t, "Mara Vale", *rest, "Approved") for n, t in enumerate(titles, 1)]
    )
    table = RecordTable("Tracks", model, ("day", "isrc"), takes=False)
    table.resize(1120, 280)
    table.show_sort("title", falling=True)
    table.choose(2)
    return table


def empty() -> QWidget:
    page = EmptyState("waveform", "Begin with a bounce", "Drop one anywhere.", "Try our demo song")
    page.resize(560, 320)
    return page


PARTS: dict[str, Callable[[], QWidget]] = {
    "head": head,
    "record": record,
    "covers": covers,
    "tracks": tracks,
    "empty": empty,
}


@cache
def made_with() -> dict[str, str]:
    """What decides on pixels beside our own drawing: Qt and the typeface."""
    face = Path(fontpkg_inter.ROOT) / "files" / fonts._FILE
    digest = hashlib.sha256(face.read_bytes()).hexdigest()[:16] if face.is_file() else "missing"
    return {"Qt": qVersion(), "Typeface": digest}


def take(part: QWidget) -> QImage:
    """The part over the window's ground, at one pixel a point."""
    image = QImage(part.size(), QImage.Format.Format_RGB32)
    image.fill(theme.colour("bg"))
    part.render(image)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    size = image.size()
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(size.height(), image.bytesPerLine() // 4, 4)[:, : size.width(), :3].copy()


def save(image: QImage, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    for key, value in made_with().items():
        image.setText(key, value)
    assert image.save(str(path), "PNG", 0)


@pytest.mark.parametrize("choice", [theme.Choice.DARK, theme.Choice.LIGHT])
@pytest.mark.parametrize("name", PARTS)
def test_it_looks_as_it_did(qtbot: QtBot, tmp_path: Path, name: str, choice: theme.Choice) -> None:
    theme.THEME.choose(choice)
    theme.THEME.reduced_motion = True
    part = PARTS[name]()
    part.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    qtbot.addWidget(part)
    part.show()
    qtbot.wait(1)
    seen, path = take(part), FOLDER / f"{name}-{choice.value}.png"
    if os.environ.get("RENEW"):
        save(seen, path)
    wanted = QImage(str(path))
    assert not wanted.isNull(), f"{path} is missing: RENEW=1 makes it"
    other = {k: wanted.text(k) for k, value in made_with().items() if wanted.text(k) != value}
    if other:
        pytest.skip(f"taken with {other}, and here is {made_with()}: pixels cannot be compared")
    assert differing(seen, wanted, tmp_path / "seen.png") == 0, f"look at {tmp_path}"


def differing(seen: QImage, wanted: QImage, seen_path: Path) -> int:
    """How many pixels differ; where any do, both pictures lie side by side."""
    if seen.size() != wanted.size():
        seen.save(str(seen_path))
        return max(seen.width() * seen.height(), 1)
    unlike = (pixels(seen) != pixels(wanted)).any(axis=2)
    if unlike.any():
        seen.save(str(seen_path))
        wanted.save(str(seen_path.with_name("wanted.png")))
    return int(unlike.sum())


def test_one_pixel_is_enough_to_be_seen(tmp_path: Path) -> None:
    seen, wanted = (QImage(QSize(8, 8), QImage.Format.Format_RGB32) for _ in range(2))
    for image in (seen, wanted):
        image.fill(Qt.GlobalColor.black)
    assert differing(seen, wanted, tmp_path / "seen.png") == 0
    seen.setPixelColor(3, 4, Qt.GlobalColor.darkBlue)
    assert differing(seen, wanted, tmp_path / "seen.png") == 1
    assert (tmp_path / "wanted.png").exists()

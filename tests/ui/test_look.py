"""What a designer circled stays put: words that fit, columns on wide screens, boxes in pictures."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from ui.samples import sample_rows

from indieartist.domain import figures
from indieartist.services.mastering_choices import Shipped, get_target
from indieartist.system.resources import read_table
from indieartist.ui import picture, release_views
from indieartist.ui.models.tracks import COLUMNS, TrackModel
from indieartist.ui.widgets.toggle import ToggleSwitch
from indieartist.ui.widgets.track_table import TrackTable
from indieartist.ui.window import StudioWindow

TITLE, WAVEFORM = (
    next(n for n, c in enumerate(COLUMNS) if c.key == k) for k in ("title", "waveform")
)


def test_short_words_stand_for_rules_there_are_and_fit_their_column() -> None:
    rules = {rule["id"] for rule in read_table(Shipped().folder / "rules" / "rules.toml")["rule"]}
    assert set(release_views._SHORT) <= rules
    assert max(map(len, release_views._SHORT.values())) <= release_views._SHORT_MAX


@pytest.mark.parametrize(
    ("digits", "shown"),
    [("5063412907713", "5 063412 907713"), ("012345678905", "0 12345 67890 5"), ("1", "1")],
)
def test_a_barcode_is_grouped_as_under_its_bars(digits: str, shown: str) -> None:
    assert figures.gtin(digits) == shown
    assert shown.replace(" ", "") == digits


def test_a_level_of_ones_own_has_a_real_minus() -> None:
    assert get_target(Shipped(), "-12").label == "−12 LUFS"


def test_a_bare_switch_ends_where_its_column_does(qtbot: QtBot) -> None:
    bare, named = ToggleSwitch(""), ToggleSwitch("Match loudness")
    qtbot.addWidget(bare)
    qtbot.addWidget(named)
    assert bare.sizeHint().width() == 32 < named.sizeHint().width()


def widths(table: TrackTable, width: int) -> tuple[int, int]:
    table.fit(width)
    return table.columnWidth(TITLE), table.columnWidth(WAVEFORM)


def test_on_a_wide_screen_the_waveform_takes_what_titles_do_not_need(qtbot: QtBot) -> None:
    table = TrackTable(TrackModel(sample_rows()))
    qtbot.addWidget(table)
    assert widths(table, 1144) == (228, 176)
    title, wave = widths(table, 2264)
    assert wave > title > 400
    narrow, hidden = widths(table, 800)
    assert narrow >= 200
    assert hidden == 0
    assert sum(widths(table, 3800)) == 3800 - sum(c.width for c in COLUMNS) + 228 + 176


def test_a_picture_shows_the_box_that_is_open_over_the_window(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(300, 200)
    qtbot.addWidget(window)
    box = QDialog(window)
    box.resize(100, 60)
    box.setStyleSheet("background: #ff0000")
    window.show()
    before = picture._see(cast(StudioWindow, window)).toImage()
    box.open()
    after = picture._see(cast(StudioWindow, window)).toImage()
    assert before.pixelColor(150, 100) == window.grab().toImage().pixelColor(150, 100)
    assert after.pixelColor(150, 100).name() == "#ff0000"

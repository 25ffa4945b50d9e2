"""The track table: a model that Qt's own tester accepts, and a hand that orders and plays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from ui.samples import sample_rows

from indieartist.ui import theme
from indieartist.ui.models.tracks import (
    COLUMNS,
    ROW_ROLE,
    Playing,
    TrackModel,
    TrackRow,
    shown,
    spoken,
)
from indieartist.ui.widgets.track_table import TrackTable

KEYS = [column.key for column in COLUMNS]


@pytest.fixture
def model() -> TrackModel:
    return TrackModel(sample_rows())


@pytest.fixture
def table(qtbot: QtBot, model: TrackModel) -> TrackTable:
    view = TrackTable(model)
    qtbot.addWidget(view)
    view.resize(1144, view.sizeHint().height())
    view.show()
    return view


@pytest.mark.parametrize("force_py", [False, True])
@pytest.mark.parametrize("count", [0, 1, 7])
def test_the_model_keeps_the_rules(qtmodeltester: ModelTester, count: int, force_py: bool) -> None:
    model = TrackModel(sample_rows()[:count])
    qtmodeltester.check(model, force_py=force_py)
    model.set_rows(sample_rows())
    model.set_rows(sample_rows()[:3])
    qtmodeltester.check(model, force_py=force_py)


def test_a_change_touches_its_row_alone(qtbot: QtBot, model: TrackModel) -> None:
    rows = sample_rows()
    rows[3] = replace(rows[3], status="Mastering", state="info")
    touched: list[int] = []
    model.dataChanged.connect(lambda first, last: touched.append((first.row(), last.row())))
    model.set_rows(rows)
    assert touched == [(3, 3)]
    assert model.index(3, KEYS.index("status")).data() == "Mastering"


def test_playing_touches_two_rows_at_most(model: TrackModel) -> None:
    touched: list[int] = []
    model.dataChanged.connect(lambda first, last: touched.append(first.row()))
    model.set_playing(Playing(2, 0.1, moving=True))
    model.set_playing(Playing(5, 0.0, moving=True))
    assert sorted(touched) == [1, 1, 4]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("title", "Paper Boats feat. Ines Okafor"),
        ("length", "3:18"),
        ("loudness", "−10.8 LUFS"),
        ("peak", "−1.0 dBTP"),
        ("service", "−3.2 dB"),
        ("isrc", "GBX7K2600103"),
    ],
)
def test_a_cell_reads_as_people_write(column: str, words: str) -> None:
    assert shown(sample_rows()[2], column) == words  # type: ignore[arg-type]


def test_what_the_eye_sees_is_said_in_words() -> None:
    rows = sample_rows()
    assert spoken(rows[1], "peak") == "−0.3 dBTP, over limit"
    assert spoken(rows[4], "isrc") == "No ISRC"
    assert spoken(rows[0], "waveform") == "Waveform of Low Water"


def test_a_track_with_nothing_known_shows_dashes() -> None:
    bare = TrackRow(1, 1, "Untitled")
    assert [shown(bare, key) for key in ("length", "loudness", "peak", "service", "isrc")] == [
        "—"
    ] * 5


def test_the_service_names_its_column(model: TrackModel) -> None:
    model.set_service("Apple Music")
    section = KEYS.index("service")
    assert model.headerData(section, Qt.Orientation.Horizontal) == "On Apple Music"


def test_columns_give_way_in_their_order(table: TrackTable) -> None:
    def hidden(width: int) -> list[str]:
        table.resize(width, 400)
        return [key for place, key in enumerate(KEYS) if table.isColumnHidden(place)]

    assert hidden(1144) == []
    assert hidden(1003) == ["waveform"]
    assert hidden(860) == ["waveform", "isrc"]
    assert hidden(700) == ["waveform", "service", "isrc"]
    assert hidden(1144) == []


@pytest.mark.parametrize("width", [812, 1003, 1144, 1800])
def test_the_columns_fill_the_table(table: TrackTable, width: int) -> None:
    table.resize(width, 400)
    assert sum(table.columnWidth(place) for place in range(len(KEYS))) == width


def test_enter_and_double_click_play(qtbot: QtBot, table: TrackTable) -> None:
    table.choose(3)
    with qtbot.waitSignal(table.played) as heard:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert heard.args == [3]
    spot = table.visualRect(table.model().index(4, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    with qtbot.waitSignal(table.played) as heard:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert heard.args == [5]


def test_alt_and_arrows_order(qtbot: QtBot, table: TrackTable) -> None:
    orders: list[tuple[int, int]] = []
    table.ordered.connect(lambda key, place: orders.append((key, place)))
    table.choose(1)
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(table, Qt.Key.Key_Up, alt)
    qtbot.keyClick(table, Qt.Key.Key_Down, alt)
    assert orders == [(1, 1)]


@pytest.mark.parametrize(("y", "place"), [(0, 0), (7 * 46, 6), (2 * 46 + 4, None), (5 * 46, 4)])
def test_a_drop_says_the_new_place(table: TrackTable, y: int, place: int | None) -> None:
    orders: list[tuple[int, int]] = []
    table.ordered.connect(lambda key, to: orders.append((key, to)))
    table.choose(3)
    move, none = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    data = QMimeData()
    drop = QDropEvent(QPointF(50, y), move, data, Qt.MouseButton.LeftButton, none)
    table.dropEvent(drop)
    assert orders == ([] if place is None else [(3, place)])
    assert [row.key for row in table.tracks.rows] == list(range(1, 8))


def test_the_bars_stand_still_where_stillness_is_asked_for(table: TrackTable) -> None:
    theme.THEME.reduced_motion = True
    table.set_playing(Playing(1, 0.5, moving=True))
    assert not table._beat.isActive()
    theme.THEME.reduced_motion = False
    table.set_playing(Playing(1, 0.6, moving=True))
    assert table._beat.isActive()
    table.set_playing(Playing(1, 0.6, moving=False))
    assert not table._beat.isActive()


def test_a_selection_stays_with_its_track_when_facts_change(table: TrackTable) -> None:
    table.choose(4)
    table.tracks.set_rows([replace(row, isrc="X") for row in sample_rows()])
    assert table.chosen_key == 4
    assert table.tracks.index(0, 0).data(ROW_ROLE).isrc == "X"


def test_the_status_tells_on_asking_what_is_behind_it() -> None:
    row = replace(sample_rows()[0], status="2 issues", reasons=("No writer", "No ISRC"))
    model = TrackModel([row])
    index = model.index(0, KEYS.index("status"))
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "No writer\nNo ISRC"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "2 issues: No writer; No ISRC"

"""All tracks: found, sorted, filtered, played from any release, moved and dragged out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bounces import write_bounce
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from ui.studios import make_studio, open_window, settle

from indieartist.services import editing, finding, importing
from indieartist.ui.models.records import CARD_ROLE, PAGE, TRACKS_MIME, read_keys
from indieartist.ui.models.track_lists import TrackCard, TrackListModel
from indieartist.ui.screens.tracks import TracksScreen
from indieartist.ui.widgets.sidebar import RecentItem
from indieartist.ui.window import StudioWindow

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = TrackListModel(lambda _hash, _then: None)
    model.set_ids(range(1, 6))
    model.set_cards([TrackCard(key, f"Song {key}") for key in range(1, 6)])
    qtmodeltester.check(model, force_py=True)
    qtmodeltester.check(model)


def test_of_a_hundred_thousand_only_the_page_on_screen_is_read() -> None:
    model, asked = TrackListModel(lambda _hash, _then: None), []
    model.page_wanted.connect(asked.append)
    model.set_ids(range(100_000))
    model.index(54_321, 0).data(CARD_ROLE)
    assert [len(page) for page in asked] == [PAGE]
    assert 54_321 in asked[0]


@pytest.fixture
def window(qtbot: QtBot, library_dir: Path, tmp_path: Path) -> Iterator[StudioWindow]:
    studio = make_studio(library_dir, 1.0)
    editing.set_artists(studio, finding.get_release(studio, "R1"), ["Ana"])
    for name, artist in (("Ähre", "Mara Vale"), ("Zenith", "Zoe")):
        number = editing.new_release(studio, f"On {name}", [artist])
        bounce = write_bounce(tmp_path / f"{name}.wav", seconds=1.2 if artist == "Zoe" else 1.5)
        importing.import_files(studio, [bounce], release_id=number)
    with open_window(qtbot, studio, "tracks") as made:
        settle(qtbot, lambda: len(titles(made)) == 3 and all(titles(made)))
        yield made


def screen_of(window: StudioWindow) -> TracksScreen:
    screen = window.screens["tracks"]
    assert isinstance(screen, TracksScreen)
    return screen


def titles(window: StudioWindow) -> list[str]:
    model = screen_of(window).model
    return [model.index(row, 0).data(CARD_ROLE).title for row in range(model.rowCount())]


def key_of(window: StudioWindow, title: str) -> int:
    model = screen_of(window).model
    return model.key_at(titles(window).index(title))


def test_headings_sort_and_accents_stand_beside_their_letter(
    qtbot: QtBot, window: StudioWindow
) -> None:
    screen = screen_of(window)
    headings = screen.table.headings
    at = QPoint(headings.sectionViewportPosition(0) + 20, 10)
    qtbot.mouseClick(headings.viewport(), LEFT, NONE, at)
    settle(qtbot, lambda: titles(window) == ["Ähre", "Night Bus", "Zenith"])
    qtbot.mouseClick(headings.viewport(), LEFT, NONE, at)
    settle(qtbot, lambda: titles(window) == ["Zenith", "Night Bus", "Ähre"])
    screen.table.sorted.emit("length")
    settle(qtbot, lambda: titles(window) == ["Night Bus", "Zenith", "Ähre"])


def test_typing_filters_and_the_choice_stays_with_its_track(
    qtbot: QtBot, window: StudioWindow
) -> None:
    screen = screen_of(window)
    key = key_of(window, "Zenith")
    screen.table.choose(key)
    qtbot.keyClicks(screen.filter.line, "zoe")
    settle(qtbot, lambda: titles(window) == ["Zenith"])
    assert screen.table.hand.keys == [key]
    screen.filter.line.clear()
    settle(qtbot, lambda: len(titles(window)) == 3)
    assert screen.table.hand.keys == [key]
    screen.lacking.edited.emit("audio")
    settle(qtbot, lambda: screen._pages.currentWidget() is screen._nothing)


def test_return_plays_a_track_of_any_release(qtbot: QtBot, window: StudioWindow) -> None:
    screen = screen_of(window)
    key = key_of(window, "Night Bus")
    assert window.release_id != 1
    screen.table.choose(key)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    settle(qtbot, lambda: window.player.track_id == key)
    assert window.page_key == "tracks"
    assert window.release_id == 1
    window.player.stop()


def test_the_menu_leads_to_the_track_and_to_its_release(qtbot: QtBot, window: StudioWindow) -> None:
    screen = screen_of(window)
    key = key_of(window, "Night Bus")
    acts = {act.text(): act for act in screen.make_menu([key]).actions()}
    acts["Open its release"].trigger()
    assert (window.page_key, window.release_id) == ("release", 1)
    window.show_page("tracks")
    acts["Open track"].trigger()
    assert (window.page_key, window.track_id) == ("track", key)


def test_a_track_is_dragged_onto_another_release_and_undone(
    qtbot: QtBot, window: StudioWindow
) -> None:
    screen = screen_of(window)
    key = key_of(window, "Zenith")
    screen.table.choose(key)
    data = screen.table.hand.data_of([key])
    assert data is not None
    drop_on_recent(window, "On Ähre", data)
    settle(qtbot, lambda: row_of(window, key).release == "On Ähre")
    window.commands["undo"].trigger()
    settle(qtbot, lambda: row_of(window, key).release == "On Zenith")


def test_a_bounce_is_dropped_onto_a_recent_release(
    qtbot: QtBot, window: StudioWindow, tmp_path: Path
) -> None:
    data = QMimeData()
    bounce = write_bounce(tmp_path / "Sail.wav", seconds=1.1)
    data.setUrls([QUrl.fromLocalFile(str(bounce))])
    drop_on_recent(window, "On Zenith", data)
    settle(qtbot, lambda: tracks_on(window) == ["Zenith", "Sail"])


def tracks_on(window: StudioWindow) -> list[str]:
    return [track.title for track in window.release.tracks] if window.release else []


def drop_on_recent(window: StudioWindow, title: str, data: QMimeData) -> None:
    found = window.sidebar.findChildren(RecentItem)
    item = next(each for each in found if each.recent.title == title)
    spot = item.rect().center()
    enter = QDragEnterEvent(spot, COPY, data, LEFT, NONE)
    item.dragEnterEvent(enter)
    assert enter.isAccepted()
    item.dropEvent(QDropEvent(spot.toPointF(), COPY, data, LEFT, NONE))


def row_of(window: StudioWindow, key: int) -> TrackCard:
    model = screen_of(window).model
    card = model.index(model.place_of(key), 0).data(CARD_ROLE)
    assert isinstance(card, TrackCard)
    return card


def test_what_is_dragged_out_is_a_file_with_a_name_for_people(
    qtbot: QtBot, window: StudioWindow
) -> None:
    screen = screen_of(window)
    key = key_of(window, "Ähre")
    screen.table.choose(key)
    settle(qtbot, lambda: bool(screen._laid[1]))
    data = screen.table.hand.data_of([key])
    assert data is not None
    (url,) = data.urls()
    path = Path(url.toLocalFile())
    assert path.name == "01 Ähre.wav"
    assert path.stat().st_size > 44
    assert read_keys(data, TRACKS_MIME) == [key]


def test_a_release_page_drags_its_track_out_too(qtbot: QtBot, window: StudioWindow) -> None:
    window.open_release(1)
    table = window.release_screen.table
    settle(qtbot, lambda: window.release_screen.tracks.rowCount() == 1)
    table.choose(1)
    settle(qtbot, lambda: table.audio_path is not None)
    data = table.outgoing()
    assert [Path(url.toLocalFile()).name for url in data.urls()] == ["01 Night Bus.wav"]
    assert read_keys(data, TRACKS_MIME) == [1]
    window.dragEnterEvent(QDragEnterEvent(QPoint(600, 300), COPY, data, LEFT, NONE))
    assert not window.veil.isVisible()

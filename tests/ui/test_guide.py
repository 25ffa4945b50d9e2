"""Ways through the window: back and on, anything by its name, the sheet of keys, a track's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bounces import write_bounce
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.studios import get_release, make_studio, open_window, settle

from indieartist.services import editing, finding, importing
from indieartist.services.studio import Studio
from indieartist.ui.commands import ACTIONS
from indieartist.ui.screens.track import TrackScreen
from indieartist.ui.shortcuts import KeyCap, ShortcutsBox, groups_of, written
from indieartist.ui.trail import Spot, Trail
from indieartist.ui.widgets.form import LineField
from indieartist.ui.window import StudioWindow

SPOTS = st.builds(Spot, st.sampled_from(["release", "master"]), st.integers(1, 3))


@given(st.lists(st.one_of(SPOTS, st.sampled_from(["back", "on"])), max_size=40))
def test_the_trail_is_a_browsers(steps: list[Spot | str]) -> None:
    """Against two plain stacks."""
    trail, behind, ahead = Trail(), [], []
    here: Spot | None = None
    for step in steps:
        if isinstance(step, Spot):
            trail.visit(step)
            if step != here:
                behind, ahead = [*behind, here] if here else [], []
                here = step
        elif step == "back":
            went = trail.back()
            assert (went is None) == (not behind)
            if behind:
                ahead.append(here)
                here = behind.pop()
        else:
            went = trail.on()
            assert (went is None) == (not ahead)
            if ahead:
                behind.append(here)
                here = ahead.pop()
        assert trail.here == here
        assert (trail.can_go_back, trail.can_go_on) == (bool(behind), bool(ahead))


def test_a_release_that_is_gone_is_on_no_way() -> None:
    trail = Trail()
    for number in (1, 2, 1):
        trail.visit(Spot("release", number))
    trail.forget(1)
    assert trail.here == Spot("release", 2)
    assert not trail.can_go_back


@pytest.fixture
def studio(library_dir: Path, tmp_path: Path) -> Studio:
    made = make_studio(library_dir, 1.0)
    importing.import_file(made, write_bounce(tmp_path / "Möwen.wav", seconds=1.4))
    editing.set_artists(made, get_release(made), ["Mara Vale"])
    return made


@pytest.fixture
def window(qtbot: QtBot, studio: Studio) -> Iterator[StudioWindow]:
    with open_window(qtbot, studio, "releases") as made:
        made.activateWindow()
        yield made


def press_alt(qtbot: QtBot, window: StudioWindow, key: Qt.Key) -> None:
    qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)


def test_one_goes_back_and_on_by_keys_and_by_the_mouse(qtbot: QtBot, window: StudioWindow) -> None:
    window.open_release(1)
    settle(qtbot, lambda: window.release is not None)
    window.show_page("master")
    press_alt(qtbot, window, Qt.Key.Key_Left)
    assert window.page_key == "release"
    qtbot.mouseClick(window.release_screen.table.viewport(), Qt.MouseButton.BackButton)
    assert window.page_key == "releases"
    assert not window.commands["back"].isEnabled()
    press_alt(qtbot, window, Qt.Key.Key_Right)
    press_alt(qtbot, window, Qt.Key.Key_Right)
    assert window.page_key == "master"
    assert not window.commands["on"].isEnabled()


def test_the_way_back_leads_to_the_release_before(qtbot: QtBot, window: StudioWindow) -> None:
    for number in (1, 2):
        window.open_release(number)
        settle(qtbot, lambda number=number: window.release and window.release.id == number)
    window.guide.back()
    settle(qtbot, lambda: window.release is not None and window.release.id == 1)
    assert window.page_key == "release"


@pytest.mark.parametrize(("words", "title"), [("night", "Night Bus"), ("MÖW", "Möwen")])
def test_names_are_found(studio: Studio, words: str, title: str) -> None:
    found = finding.find_names(studio, words)
    assert [(each.title, each.track_id is None) for each in found] == [
        (title, True),
        (title, False),
    ]
    assert finding.find_names(studio, f"{words} %") == []


def test_a_release_and_its_tracks_are_found_by_the_artist(studio: Studio) -> None:
    found = finding.find_names(studio, "mara bus")
    assert [each.about for each in found] == ["Mara Vale", "Night Bus"]


def test_the_palette_opens_a_track_by_its_name(qtbot: QtBot, window: StudioWindow) -> None:
    window.commands["palette"].trigger()
    palette = window.guide.palette
    palette.line.setText("möwen")
    settle(qtbot, lambda: len(palette._choices) == 2)
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.page_key == "track"
    screen = window.screens["track"]
    assert isinstance(screen, TrackScreen)
    settle(qtbot, lambda: screen.title.text() == "Möwen")


def test_every_key_stands_on_the_sheet(qtbot: QtBot, window: StudioWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(ShortcutsBox)
    assert isinstance(sheet, ShortcutsBox)
    shown = {cap.accessibleName() for cap in sheet.findChildren(KeyCap)}
    assert shown >= {written(each.shortcut) for each in ACTIONS if each.shortcut}
    sheet.close()
    QApplication.processEvents()


def test_no_two_acts_share_a_key() -> None:
    keys = [key for each in ACTIONS for key in each.shortcut.split("; ") if key]
    assert len(keys) == len(set(keys))
    assert sum(len(lines) for _, lines in groups_of(ACTIONS)) == sum(
        bool(each.shortcut) for each in ACTIONS
    )


# the page of a track


@pytest.fixture
def page(qtbot: QtBot, window: StudioWindow) -> TrackScreen:
    window.open_release(1)
    settle(qtbot, lambda: bool(window.release_screen.tracks.rowCount()))
    screen = window.screens["track"]
    assert isinstance(screen, TrackScreen)
    return screen


def test_the_end_of_a_row_opens_the_track(
    qtbot: QtBot, window: StudioWindow, page: TrackScreen
) -> None:
    table = window.release_screen.table
    end = QPoint(table.viewport().width() - 8, 20)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert window.page_key == "track"
    assert page.title.text() == "Night Bus"
    assert len(page.rows) == 1


def test_a_fact_is_kept_and_a_mix_approved_there(
    qtbot: QtBot, window: StudioWindow, page: TrackScreen
) -> None:
    window.release_screen.table.choose(1)
    window.commands["track"].trigger()
    isrc = page.facts.rows["isrc"].editor
    assert isinstance(isrc, LineField)
    isrc.setFocus()
    qtbot.keyClicks(isrc, "GBAYE6800011")
    qtbot.keyClick(isrc, Qt.Key.Key_Return)
    settle(qtbot, lambda: page.track is not None and page.track.isrc == "GBAYE6800011")
    qtbot.mouseClick(page.rows[0].approve, Qt.MouseButton.LeftButton)
    settle(qtbot, lambda: page.track is not None and page.track.approved is not None)


def test_compare_puts_all_its_mixes_side_by_side(
    qtbot: QtBot, studio: Studio, window: StudioWindow, page: TrackScreen, tmp_path: Path
) -> None:
    for number in range(2):
        bounce = write_bounce(tmp_path / f"take {number}.wav", seconds=1.1 + number / 10)
        importing.import_file(studio, bounce, track_id=1)
    window.open_track(1)
    window.reload()
    settle(qtbot, lambda: len(page.rows) == 3)
    qtbot.mouseClick(page.compare, Qt.MouseButton.LeftButton)
    player = window.player
    settle(qtbot, lambda: player.deck is not None)
    assert player.deck is not None
    assert sorted(version.mix.number for version in player.deck.versions) == [1, 2, 3]
    assert player.deck.heard.mix.number == 3


def test_a_track_that_is_gone_leads_to_its_release(
    qtbot: QtBot, window: StudioWindow, page: TrackScreen
) -> None:
    window.open_track(1)
    window.release_screen.table.choose(1)
    window.commands["remove"].trigger()
    settle(qtbot, lambda: window.page_key == "release")
    assert page.track is None

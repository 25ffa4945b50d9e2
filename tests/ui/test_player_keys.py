"""The player in the whole window, by real keys: nine versions, play, loop, and where one is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from ui.booths import mastered_studio
from ui.studios import HandSink, open_window, settle

from indieartist.services.listening import list_services
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch

KEY = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, library_dir: Path) -> Iterator[Any]:
    """The window on the release's page, with its master on and waiting."""
    with open_window(qtbot, mastered_studio(library_dir), "release") as opened:
        opened.player.turntable.make_sink = HandSink
        opened.player.cue()
        settle(qtbot, lambda: opened.player.deck is not None)
        opened.activateWindow()
        opened.setFocus()
        yield opened


def labels(window: Any) -> list[str]:
    return [segment.label for segment in window.transport.sources._segments]


def region_ms(window: Any) -> tuple[int, int] | None:
    player = window.player.deck.player
    loop = player.loop_region
    return (round(loop.start / 44.1), round(loop.end / 44.1)) if loop else None


def test_digits_reach_nine_versions_and_render_what_is_not_there(window: Any, qtbot: QtBot) -> None:
    window.player.hear_as(",".join(list(list_services())[:9]))
    window.player.stop()
    qtbot.keyClick(window, KEY.Key_Space)
    settle(qtbot, lambda: window.player.playing)
    keys = [shown.key for shown in window.player.deck.shown]
    assert len(keys) == 9
    assert labels(window)[:3] == ["Original", "Master", "Apple Music"]
    for number, key in enumerate(keys, 1):
        qtbot.keyClick(window, str(number))
        if number > 2:
            assert labels(window)[number - 1].endswith(" …")
        settle(qtbot, lambda key=key: window.player.deck.heard.key == key)
        assert window.transport.sources.key == key
        assert window.player.playing
    assert not any(label.endswith("…") for label in labels(window))
    assert window.transport.wave._tone == "service"
    said = window.transport._loudness
    assert said.text().startswith("Model · ")
    assert "A model" in said.toolTip()


def test_a_service_is_offered_from_the_start_and_remembered(window: Any, qtbot: QtBot) -> None:
    assert labels(window) == ["Original", "Master", "Spotify"]
    menu = open_menu(window, qtbot)
    services = {action.text(): action for action in menu.actions()}
    assert services["Spotify"].isChecked() and services["Master 2: Streaming"].isChecked()
    assert not services["Master 2: Streaming"].isEnabled()
    services["Apple Music"].trigger()
    settle(qtbot, lambda: labels(window) == ["Original", "Master", "Apple Music", "Spotify"])
    assert window.preferences.now.hear_as == "spotify,apple-music"
    menu.close()
    {a.text(): a for a in open_menu(window, qtbot).actions()}["Spotify"].trigger()
    settle(qtbot, lambda: labels(window) == ["Original", "Master", "Apple Music"])


def open_menu(window: Any, qtbot: QtBot) -> QMenu:
    qtbot.keyClick(window, KEY.Key_V)
    settle(qtbot, lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_without_the_match_a_service_shows_by_how_much_it_is_quieter(
    window: Any, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, "3")
    settle(qtbot, lambda: window.player.deck.heard.name == "Spotify")
    deck = window.player.deck
    matched = deck.player.loudness_matched
    assert matched
    window.transport.match.click()
    loudest = max(version.lufs for version in deck.versions)
    below = loudest - deck.heard.lufs
    text = window.transport._loudness.text().replace("\N{MINUS SIGN}", "-")
    assert f"{deck.heard.lufs:.1f} LUFS" in text
    assert (f"{-below:.1f} dB · " in text) == (below >= 0.05)


def test_space_plays_and_pauses(window: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(window, KEY.Key_Space)
    assert window.player.playing
    qtbot.keyClick(window, KEY.Key_Space)
    assert not window.player.playing


def test_arrows_seek(window: Any, qtbot: QtBot) -> None:
    window.player.seek(200.0)
    qtbot.keyClick(window, KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert window.player.deck.player.position == 52_920
    qtbot.keyClick(window, KEY.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert window.player.deck.player.position == 8820
    qtbot.keyClick(window, KEY.Key_Left)
    assert window.player.deck.player.position == 0
    qtbot.keyClick(window, KEY.Key_Right)
    assert window.player.deck.player.position == window.player.deck.player.frames


def test_l_loops_the_whole_song_or_the_stretch_in_hand(window: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(window, KEY.Key_L)
    assert region_ms(window) == (0, 2000)
    qtbot.keyClick(window, KEY.Key_L)
    assert region_ms(window) is None
    window.player.seek(500.0)
    qtbot.keyClick(window, KEY.Key_BracketLeft)
    assert region_ms(window) == (500, 2000)
    window.player.seek(900.0)
    qtbot.keyClick(window, KEY.Key_BracketRight)
    assert region_ms(window) == (500, 900)
    assert window.transport.wave._loop == pytest.approx((500.0, 900.0), abs=0.1)
    assert window.transport.loop.isChecked()
    qtbot.keyClick(window, KEY.Key_L)
    assert region_ms(window) is None
    assert window.transport.wave._loop is None
    qtbot.keyClick(window, KEY.Key_L)
    assert region_ms(window) == (500, 900), "the stretch in hand comes back"


def test_an_edge_beyond_the_other_takes_the_rest_of_the_song(window: Any, qtbot: QtBot) -> None:
    for moment, key in ((500.0, KEY.Key_BracketLeft), (900.0, KEY.Key_BracketRight)):
        window.player.seek(moment)
        qtbot.keyClick(window, key)
    window.player.seek(1500.0)
    qtbot.keyClick(window, KEY.Key_BracketLeft)
    assert region_ms(window) == (1500, 2000)
    window.player.seek(300.0)
    qtbot.keyClick(window, KEY.Key_BracketRight)
    assert region_ms(window) == (0, 300)


def test_a_drag_on_the_ruler_loops(window: Any, qtbot: QtBot) -> None:
    wave = window.transport.wave
    left, right = QPoint(wave.width() // 4, 8), QPoint(wave.width() // 2, 8)
    qtbot.mousePress(wave, Qt.MouseButton.LeftButton, pos=left)
    qtbot.mouseMove(wave, right)
    qtbot.mouseRelease(wave, Qt.MouseButton.LeftButton, pos=right)
    found = region_ms(window)
    assert found == pytest.approx((500, 1000), abs=15)
    assert window.player.deck.player.position == window.player.deck.player.loop_region.start


def test_the_palette_finds_what_the_player_can_do(window: Any, qtbot: QtBot) -> None:
    from indieartist.ui import actions

    for words, found in (("abx", "blind"), ("spotify", "hear"), ("loop from", "loop-start")):
        names = [a.objectName() for a in actions.search(window.commands.values(), words)]
        assert names == [found]
    window.commands["blind"].trigger()
    assert window.player.blind.sheet.isVisible()


class TestSwitch:
    """Nine names where there is room for three."""

    @pytest.fixture
    def switch(self, qtbot: QtBot) -> SegmentedSwitch:
        segments = tuple(Segment(f"{n}", f"Version of number {n}", "service") for n in range(9))
        made = SegmentedSwitch(segments, "Version heard")
        qtbot.addWidget(made)
        return made

    def test_names_the_one_that_is_heard_and_numbers_the_others(
        self, switch: SegmentedSwitch
    ) -> None:
        assert not switch.brief
        whole = switch.sizeHint().width()
        switch.set_room(whole)
        assert not switch.brief
        switch.set_room(whole - 1)
        assert switch.brief
        assert switch.sizeHint().width() < whole / 2
        switch.show_choice("4")
        rects = switch._rects()
        assert rects[4].width() > 100 and rects[3].width() == rects[8].width() < 30

    def test_is_chosen_by_click_all_the_same(self, switch: SegmentedSwitch, qtbot: QtBot) -> None:
        switch.set_room(100)
        switch.resize(switch.sizeHint())
        spot = switch._rects()[7].center().toPoint()
        qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=spot)
        assert switch.key == "7"
        assert switch.accessibleDescription() == "Version of number 7 is chosen"

"""Blind listening: by keys and by hand, with nothing that tells which version is which."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui.booths import MASTER, ORIGINAL, mastered_studio, open_booth, put_on
from ui.studios import get_release, settings, settle

from indieartist.domain.blind import AbxTest, FavouriteTest
from indieartist.services import mastering

KEY = Qt.Key


@pytest.fixture
def booth(qtbot: QtBot, library_dir: Path) -> Iterator[Any]:
    with open_booth(qtbot, mastered_studio(library_dir)) as opened:
        opened.window.resize(1200, 600)
        opened.blind = opened.player.blind
        opened.blind.rng = Random(11)
        yield opened


def begin(booth: Any, qtbot: QtBot, kind: str = "abx", trials: str = "8") -> Any:
    """A test of the original and the master, begun by hand."""
    sink = put_on(booth, qtbot)
    booth.player.open_blind()
    setup = booth.blind.sheet.setup
    setup.kind.choose(kind)
    setup.trials.set_value(trials)
    qtbot.mouseClick(setup.begin, Qt.MouseButton.LeftButton)
    return sink


def press(booth: Any, qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or booth.window, key)


def heard(booth: Any) -> str:
    return str(booth.player.deck.heard.key)


class TestAbx:
    def test_is_answered_by_keys_alone_and_scored(self, booth: Any, qtbot: QtBot) -> None:
        begin(booth, qtbot)
        test = booth.blind.test
        assert isinstance(test, AbxTest) and len(test.answers) == 8
        for place in range(8):
            test = booth.blind.test
            press(booth, qtbot, KEY.Key_X)
            x = heard(booth)
            press(booth, qtbot, KEY.Key_1)
            first = heard(booth)
            press(booth, qtbot, KEY.Key_2)
            assert {first, heard(booth)} == {ORIGINAL, MASTER}
            assert x == test.key_of("X")
            if place == 7:
                qtbot.keyClick(booth.bar.wave, KEY.Key_A if x == first else KEY.Key_B)
            else:
                press(booth, qtbot, KEY.Key_A if x == first else KEY.Key_B)
            press(booth, qtbot, KEY.Key_Return)
        reveal = booth.blind.sheet.reveal
        assert reveal.head.text() == "8 of 8: chance would do that in 0.4 % of tries."
        assert "speaks for a difference" in reveal.meaning.text()
        assert reveal.hits.accessibleName() == f"Trials: {', '.join(['right'] * 8)}"
        assert not booth.blind.running

    def test_is_answered_by_hand_and_tells_the_end(self, booth: Any, qtbot: QtBot) -> None:
        begin(booth, qtbot)
        trial = booth.blind.sheet.trial
        wrong = 0
        while booth.blind.running:
            test = booth.blind.test
            qtbot.mouseClick(trial.letters["X"], Qt.MouseButton.LeftButton)
            assert [key.isChecked() for key in trial.letters.values()] == [False, False, True]
            wrong += test.key_of("A") != test.key_of("X")
            qtbot.mouseClick(trial.answers["A"], Qt.MouseButton.LeftButton)
        reveal = booth.blind.sheet.reveal
        assert reveal.head.text().startswith(f"{8 - wrong} of 8: chance would do that in ")
        assert set(reveal.behind.text().split(" · ")) in (
            {"A was Original", "B was Master"},
            {"A was Master", "B was Original"},
        )
        qtbot.mouseClick(reveal.copy, Qt.MouseButton.LeftButton)
        copied = QGuiApplication.clipboard().text()
        assert copied.startswith("Blind test of “Night Bus”\n")
        assert "Loudness matched at" in copied
        assert reveal.copy.text() == "Copied"
        qtbot.mouseClick(reveal.again, Qt.MouseButton.LeftButton)
        assert booth.blind.sheet.setup.isVisible()

    def test_enter_answers_on_the_letter_that_was_pressed_too(
        self, booth: Any, qtbot: QtBot
    ) -> None:
        begin(booth, qtbot)
        letter = booth.blind.sheet.trial.letters["A"]
        letter.setFocus(Qt.FocusReason.MouseFocusReason)
        qtbot.mouseClick(letter, Qt.MouseButton.LeftButton)
        qtbot.keyClick(letter, KEY.Key_Return)
        assert booth.blind.test.done == 1

    def test_that_x_is_x_says_nothing(self, booth: Any, qtbot: QtBot) -> None:
        begin(booth, qtbot)
        press(booth, qtbot, KEY.Key_3, KEY.Key_Return)
        assert booth.blind.test.done == 0

    def test_ended_early_says_so(self, booth: Any, qtbot: QtBot) -> None:
        begin(booth, qtbot)
        press(booth, qtbot, KEY.Key_1, KEY.Key_Return)
        qtbot.mouseClick(booth.blind.sheet.trial.stop, Qt.MouseButton.LeftButton)
        assert "ended after 1 of 8 trials" in booth.blind.sheet.reveal.meaning.text()

    def test_the_players_keys_go_on_working(self, booth: Any, qtbot: QtBot) -> None:
        begin(booth, qtbot)
        booth.player.seek(500.0)
        press(booth, qtbot, KEY.Key_Right)
        assert booth.player.deck.player.position > 44_100
        assert booth.blind.test.done == 0
        qtbot.mouseClick(booth.bar.play, Qt.MouseButton.LeftButton)
        assert not booth.player.playing

    def test_every_switch_dips_whatever_it_leads_to(self, booth: Any, qtbot: QtBot) -> None:
        sink = begin(booth, qtbot)
        sink.pull(4410)
        for letter in ("A", "X", "B", "X"):
            booth.blind.hear(letter)
            out = np.abs(sink.pull(2000)).max(axis=1)
            assert out[440] < 1e-4
            assert out[1000:].max() > 1e-3


class TestFavourite:
    def test_is_chosen_among_letters_and_revealed(self, booth: Any, qtbot: QtBot) -> None:
        begin(booth, qtbot, "favourite")
        assert isinstance(booth.blind.test, FavouriteTest)
        press(booth, qtbot, KEY.Key_2)
        liked = heard(booth)
        press(booth, qtbot, KEY.Key_Return)
        name = {ORIGINAL: "Original", MASTER: "Master"}[liked]
        assert booth.blind.sheet.reveal.head.text() == f"You like {name} best."
        assert f"B was {name}" in booth.blind.sheet.reveal.behind.text()


def words(widget: QWidget) -> list[str]:
    """All that a widget and those in it show, say on hover and tell a screen reader."""
    said = []
    for each in (widget, *widget.findChildren(QWidget)):
        if not each.isVisibleTo(widget):
            continue
        said += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
        said.append(str(each.property("text") or ""))
    return said


def hovered(booth: Any) -> list[str]:
    """What the switch says of each of its segments."""
    switch = booth.bar.sources
    tips = []
    for rect in switch._rects():
        spot = QPointF(rect.center())
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            spot,
            switch.mapToGlobal(spot),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(switch, event)
        tips.append(switch.toolTip())
    return tips


class TestNothingTells:
    def shown(self, booth: Any, qtbot: QtBot, letter: str) -> tuple[Any, ...]:
        """All that can be seen and heard of the window while a letter is listened to."""
        bar = booth.bar
        booth.blind.hear(letter)
        booth.sinks[-1].pull(8820)
        booth.player.seek(1000.0)  # not heard before the next pull: there the clock stands
        booth.player._display.tick()
        said = [text for text in words(booth.window) if text]
        bar.meter.show()
        level = bar.meter.grab().toImage(), bar.meter.accessibleDescription()
        bar.meter.hide()
        wave = bar.wave._tone, id(bar.wave._wave), bar.wave.grab().toImage()
        return said, hovered(booth), wave, level

    def test_but_the_letter(self, booth: Any, qtbot: QtBot) -> None:
        begin(booth, qtbot)
        assert booth.player.playing
        seen = {letter: self.shown(booth, qtbot, letter) for letter in "ABX"}
        for letter in "BX":
            plain = [text.replace(f"{letter} is chosen", "A is chosen") for text in seen[letter][0]]
            assert plain == seen["A"][0]
            assert seen[letter][1:] == seen["A"][1:]
        assert seen["A"][2][:2] == ("text2", id(booth.player.deck.versions[0].waveform))

    def test_no_name_and_no_figure_is_anywhere(self, booth: Any, qtbot: QtBot) -> None:
        begin(booth, qtbot)
        said = " ".join([*words(booth.window), *hovered(booth)])
        for secret in ("Original", "Master ", "LUFS", "dBFS", "Night Bus.wav", "Streaming"):
            assert secret not in said.replace("Match loudness", "")
        assert [segment.tone for segment in booth.bar.sources._segments] == [None] * 3
        assert not booth.bar.meter.isVisible()
        assert not booth.bar.match.isEnabled() and booth.bar.match.isChecked()

    def test_afterwards_all_is_as_before(self, booth: Any, qtbot: QtBot) -> None:
        put_on(booth, qtbot)
        booth.bar.match.click()
        before = [segment.label for segment in booth.bar.sources._segments]
        begin_again(booth, qtbot)
        assert booth.player.deck.player.loudness_matched
        booth.blind.stop()
        assert [segment.label for segment in booth.bar.sources._segments] == before
        assert not booth.bar.match.isChecked() and booth.bar.match.isEnabled()
        assert not booth.player.deck.player.loudness_matched
        assert booth.bar.meter.isVisible()
        assert "LUFS" in booth.bar._loudness.text()


def begin_again(booth: Any, qtbot: QtBot) -> None:
    """A test of what is on already."""
    booth.player.open_blind()
    qtbot.mouseClick(booth.blind.sheet.setup.begin, Qt.MouseButton.LeftButton)


def test_one_version_is_not_enough(booth: Any) -> None:
    booth.player.open_blind()
    assert "needs two versions" in booth.desk._toast.accessibleName()
    assert booth.blind.sheet is None


def test_a_version_is_not_tested_against_itself(booth: Any, qtbot: QtBot) -> None:
    put_on(booth, qtbot)
    booth.player.open_blind()
    setup = booth.blind.sheet.setup
    setup.second.set_value(setup.first.value)
    qtbot.mouseClick(setup.begin, Qt.MouseButton.LeftButton)
    assert not booth.blind.running


def test_a_new_master_ends_the_test(booth: Any, qtbot: QtBot) -> None:
    begin(booth, qtbot)
    track = get_release(booth.studio).tracks[0]
    mastering.master_track(booth.studio, track, settings(booth.studio))
    booth.player.set_release(get_release(booth.studio))
    settle(qtbot, lambda: not booth.blind.running)
    assert "blind test was ended" in booth.desk._toast.accessibleName()
    assert not booth.blind.sheet.isVisible()


def test_another_song_ends_the_test(booth: Any, qtbot: QtBot) -> None:
    begin(booth, qtbot)
    booth.player.stop()
    assert not booth.blind.running
    assert booth.bar.sources._segments == ()


def test_escape_closes_what_is_no_test(booth: Any, qtbot: QtBot) -> None:
    put_on(booth, qtbot)
    booth.player.open_blind()
    qtbot.keyClick(booth.blind.sheet, KEY.Key_Escape)
    assert not booth.blind.sheet.isVisible()
    begin_again(booth, qtbot)
    qtbot.keyClick(booth.blind.sheet, KEY.Key_Escape)
    assert booth.blind.running and booth.blind.sheet.isVisible()

"""Turns: what waits is taken in order, alone, and never for somebody who is gone."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from indieartist.ui import turns
from indieartist.ui.main_window import MainWindow
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.offstage import offstage


def test_a_timer_that_is_due_goes_before_the_next_turn(qtbot: QtBot) -> None:
    owner, seen = QObject(), []
    timer = QTimer(owner, interval=1)
    timer.timeout.connect(lambda: seen.append("timer"))
    timer.start()
    for name in ("one", "two", "three"):
        turns.ask(owner, lambda name=name: (qtbot.wait(5), seen.append(name)))
    qtbot.waitUntil(lambda: "three" in seen)
    assert [name for name in seen if name != "timer"] == ["one", "two", "three"]
    assert "timer" in seen[seen.index("one") : seen.index("two")]


def test_nobody_is_called_who_is_gone(qtbot: QtBot) -> None:
    gone, owner, seen = QObject(), QObject(), []
    turns.ask(gone, lambda: seen.append("gone"))
    turns.ask(owner, lambda: seen.append("here"))
    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: "here" in seen)
    assert seen == ["here"]


def test_what_is_laid_out_is_painted_in_another_turn(qtbot: QtBot) -> None:
    seen: list[str] = []

    class Part(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            seen.append("painted")

    window, part = MainWindow("IndieArtist", ()), Part()
    qtbot.addWidget(window)
    window.add_page("part", part)
    window.show_page("part")
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.wait(20)
    seen.clear()
    turns.ask(window, lambda: (part.update(), seen.append("filled")))
    turns.ask(window, lambda: seen.append("went on"))
    qtbot.waitUntil(lambda: "painted" in seen)
    assert seen == ["filled", "went on", "painted"]


def test_parts_that_come_offstage_are_seen_and_the_focus_stays(qtbot: QtBot) -> None:
    holder, kept = QWidget(), Button("Kept")
    row = QHBoxLayout(holder)
    row.addWidget(kept)
    qtbot.addWidget(holder)
    with qtbot.waitExposed(holder):
        holder.show()
    page = QWidget(holder)
    inner, stays = QHBoxLayout(page), Button("Stays")
    row.addWidget(page)
    inner.addWidget(stays)
    qtbot.waitUntil(stays.isVisible)
    holder.activateWindow()
    stays.setFocus()
    new = Button("New")
    with offstage(page):
        assert not page.isVisible()
        inner.addWidget(new)
    assert new.isVisible()
    assert new.geometry().isValid()
    assert holder.focusWidget() is stays

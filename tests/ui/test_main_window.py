"""The frame: pages turn, files drop anywhere, toasts offer the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from indieartist.ui.main_window import MINIMUM, MainWindow
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.sidebar import Page
from indieartist.ui.widgets.toast import Toast

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    pages = (Page("releases", "Releases", "library"), Page("publish", "Publish", "send"))
    made = MainWindow("IndieArtist", pages)
    qtbot.addWidget(made)
    for page in pages:
        made.add_page(page.key, QWidget())
    made.show_page("releases")
    made.show()
    return made


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_page_is_turned_from_the_sidebar_and_by_code(window: MainWindow) -> None:
    shown: list[str] = []
    window.page_shown.connect(shown.append)
    window.sidebar.page_chosen.emit("publish")
    assert shown == ["publish"]
    assert window.stack.currentIndex() == 1


def test_it_fits_its_smallest_size(window: MainWindow) -> None:
    window.resize(*MINIMUM)
    hint = window.minimumSizeHint()
    assert hint.width() <= MINIMUM[0]
    assert hint.height() <= MINIMUM[1]


def test_files_are_dropped_anywhere(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    data = files(tmp_path / "a.wav", tmp_path / "ü b.flac")
    window.dragEnterEvent(QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NONE))
    assert window.veil.isVisible()
    window.grab()
    with qtbot.waitSignal(window.files_dropped) as heard:
        window.dropEvent(QDropEvent(QPointF(9, 9), COPY, data, LEFT, NONE))
    assert heard.args == [[tmp_path / "a.wav", tmp_path / "ü b.flac"]]
    assert not window.veil.isVisible()


def test_what_is_no_file_is_not_taken(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("hello")
    event = QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NONE)
    event.ignore()
    window.dragEnterEvent(event)
    assert not event.isAccepted()
    assert not window.veil.isVisible()


def test_a_drag_that_leaves_lifts_the_veil(window: MainWindow, tmp_path: Path) -> None:
    data = files(tmp_path)
    window.dragEnterEvent(QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NONE))
    window.dragLeaveEvent(QDragLeaveEvent())
    assert not window.veil.isVisible()


def test_a_toast_offers_the_way_back(qtbot: QtBot, window: MainWindow) -> None:
    toast: Toast = window.toast
    toast.say("Artwork replaced", button="Undo")
    assert toast.isVisible()
    undo = next(b for b in toast.findChildren(Button) if b.text() == "Undo")
    with qtbot.waitSignal(toast.acted):
        undo.click()
    assert not toast.isVisible()


def test_a_toast_follows_the_window(qtbot: QtBot, window: MainWindow) -> None:
    window.toast.say("Saved")
    window.resize(1300, 800)
    qtbot.wait(1)
    middle = window.toast.geometry().center().x()
    assert abs(middle - window.stack.width() // 2) <= 1


def test_an_error_stays_until_it_is_closed(window: MainWindow) -> None:
    window.toast.say("The disk is full.", "err")
    assert not window.toast._timer.isActive()
    window.toast.say("Saved")
    assert window.toast._timer.isActive()


def test_a_toast_over_a_toast_has_room_for_its_words(window: MainWindow) -> None:
    window.toast.say("The disk is full.", "err")
    first = window.toast.width()
    window.toast.say("The disk is full, and so is the other one.", "err")
    assert window.toast.width() > first


def test_a_message_after_another_has_the_room_that_its_words_need(
    qtbot: QtBot, window: MainWindow
) -> None:
    sizes = []
    for _ in range(3):
        window.toast.say("The disk is full, so “Salt” was not imported.", "err")
        qtbot.wait(1)
        sizes.append(window.toast.size())
    assert sizes[0].width() > 300
    assert sizes == sizes[:1] * 3


def test_closing_is_told_first(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closing):
        window.close()

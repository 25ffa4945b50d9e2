"""The drawer of work: progress, stopping, and what failed with a way to try it again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.studios import make_studio, open_window, settle

from indieartist.errors import UserError, WorldError
from indieartist.ui.job_drawer import FailedRow, OverRow
from indieartist.ui.window import StudioWindow


@pytest.fixture
def window(qtbot: QtBot, library_dir: Path) -> Iterator[StudioWindow]:
    with open_window(qtbot, make_studio(library_dir, 1.0), "release") as made:
        yield made


def failed_row(window: StudioWindow) -> FailedRow:
    return next(row for row in window.drawer.findChildren(FailedRow) if row.isVisible())


def test_what_is_under_way_is_seen_and_stopped(qtbot: QtBot, window: StudioWindow) -> None:
    go_on = threading.Event()

    def work(_studio: object, report: object) -> None:
        while not go_on.wait(0.01):
            report(0.5)  # type: ignore[operator]

    window.desk.act("A long job", work, lane="audio")
    settle(qtbot, window.jobs.all.isVisible)
    window.jobs.all.click()
    row = next(iter(window.drawer.moving.values()))
    settle(qtbot, lambda: row._bar.fraction == 0.5)
    row.stop_asked.emit()
    settle(qtbot, lambda: not window.drawer.moving)
    assert window.job_log.entries[0].state == "stopped"
    settle(qtbot, lambda: any(row.isVisible() for row in window.drawer.findChildren(OverRow)))
    go_on.set()


def test_what_failed_says_why_and_is_tried_again(qtbot: QtBot, window: StudioWindow) -> None:
    tries: list[int] = []

    def work(_studio: object, _report: object) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise WorldError("The disk is full.", "Free some space.")

    window.desk.act("Keeping a song", work)
    settle(qtbot, lambda: bool(window.job_log.failed))
    assert window.jobs.all.text() == "1 failed"
    window.commands["jobs"].trigger()
    row = failed_row(window)
    qtbot.mouseClick(row.copy, Qt.MouseButton.LeftButton)
    said = QGuiApplication.clipboard().text()
    assert "Keeping a song" in said
    assert "Free some space." in said
    row.again.click()
    settle(qtbot, lambda: window.job_log.entries[0].state == "done")
    assert len(tries) == 2
    assert not window.job_log.failed
    assert not window.jobs.all.isVisible()


def test_a_bug_is_a_report_in_the_details(qtbot: QtBot, window: StudioWindow) -> None:
    def work(_studio: object, _report: object) -> None:
        raise KeyError("token=abc")

    window.desk.act("A bug", work)
    settle(qtbot, lambda: bool(window.job_log.failed))
    details = window.job_log.failed[0].details
    assert "KeyError" in details
    assert "abc" not in details
    for box in QApplication.topLevelWidgets():
        if box is not window and box.isVisible():
            box.close()


def test_what_a_form_says_by_itself_needs_no_second_telling(
    qtbot: QtBot, window: StudioWindow
) -> None:
    def work(_studio: object) -> None:
        raise UserError("That is no ISRC.")

    refused: list[BaseException] = []
    window.desk.edit("Keeping the ISRC", work, refused.append, owner=window)
    settle(qtbot, lambda: bool(refused))
    assert not window.job_log.failed


def test_the_drawer_closes_with_escape(qtbot: QtBot, window: StudioWindow) -> None:
    window.activateWindow()
    window.commands["jobs"].trigger()
    assert window.drawer.isVisible()
    qtbot.keyClick(window.drawer.close_button, Qt.Key.Key_Escape)
    assert not window.drawer.isVisible()

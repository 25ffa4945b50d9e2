"""The board: releases sorted and thinned, and the chosen one's tasks ticked, proved and opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from ui.studios import get_release, make_studio, open_window, settle

from indieartist.domain.checklist import Standing
from indieartist.services import attaching, checklist, editing, finding
from indieartist.ui.models.board import BoardModel
from indieartist.ui.widgets.painted_lines import LineModel
from indieartist.ui.widgets.task_list import TaskLine

Key = Qt.Key


@pytest.fixture
def room(qtbot: QtBot, library_dir: Path) -> Iterator[Any]:
    """The window at the board, with three releases on their way."""
    studio = make_studio(library_dir)
    for title, label, days in (("Undertow", "Tideline", 30), ("Ährenfeld", "Kelp", 90)):
        number = editing.new_release(studio, title, ["Mara Vale"])
        facts = {
            "release_on": (studio.today + timedelta(days=days)).isoformat(),
            "label": label,
        }
        editing.edit_release(studio, finding.get_release(studio, f"R{number}"), facts)
    with open_window(qtbot, studio, "calendar") as window:
        screen = window.screens["calendar"]
        settle(qtbot, lambda: bool(screen.board.model.ids))
        screen.show_board()
        screen.board.choose(1)
        yield SimpleNamespace(studio=studio, window=window, board=screen.board)


def shown(room: Any) -> list[str]:
    model = room.board.model
    return [model.card_at(row).title for row in range(model.rowCount())]


def state_of(room: Any, key: str) -> Any:
    board = checklist.read_board(room.studio, get_release(room.studio))
    return next(state for state in board.tasks if state.key == key)


def drop(tasks: Any, key: str, path: Path) -> None:
    tasks.choose(key)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at = QPointF(tasks.visualRect(tasks.currentIndex()).center())
    button, modifier = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tasks.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, data, button, modifier))


def test_the_models_keep_the_contract_of_qt(qtbot: QtBot) -> None:
    tasks, board = LineModel(), BoardModel(lambda *_: None)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, mode) for model in (tasks, board)]
    tasks.show_lines([TaskLine("a", "A", "why"), TaskLine("b", "B", "why")])
    tasks.show_lines([TaskLine("a", "A", "done", done=True), TaskLine("b", "B", "why")])
    tasks.show_lines([])
    board.set_ids([3, 1])
    board.set_ids([])
    assert testers


def test_the_board_is_sorted_and_thinned_and_tells(room: Any) -> None:
    assert shown(room) == ["Undertow", "Ährenfeld", "Night Bus"]  # without a day: last
    room.board.table.sorted.emit("title")
    assert shown(room) == ["Ährenfeld", "Night Bus", "Undertow"]
    room.board.table.sorted.emit("title")
    assert shown(room) == ["Undertow", "Night Bus", "Ährenfeld"]
    assert room.board.chosen == 1  # stays chosen wherever it stands
    room.board.table.sorted.emit("day")
    _filter_thins(room)
    _row_tells(room)


def _filter_thins(room: Any) -> None:
    """By title, artist and label; what is wanted is shown whatever it leaves."""
    filter_ = room.board.filter
    filter_.set_words("ahren")
    assert shown(room) == ["Ährenfeld"]
    assert room.board.chosen == 3
    filter_.set_words("vale tide")
    assert shown(room) == ["Undertow"]
    assert room.board.count.text().startswith("1 of 3 releases")
    filter_.set_words("nobody")
    assert shown(room) == []
    assert room.board._lists.currentWidget() is room.board._nothing
    room.board.show_task(1, "splits")
    assert room.board.chosen == 1


def test_keys_go_down_the_board_and_return_opens(room: Any, qtbot: QtBot) -> None:
    table = room.board.table
    table.setFocus()
    room.board.choose(2)
    qtbot.keyClick(table, Key.Key_Down)
    assert room.board.card.name.text() == "Ährenfeld"
    qtbot.keyClick(table, Key.Key_Return)
    settle(qtbot, lambda: room.window.page_key == "release")
    assert room.window.release_id == 3


def _row_tells(room: Any) -> None:
    """How ready a release is, and what is next."""
    card = room.board.model.card_at(0)
    state = next(s for s in room.board._going[0].tasks if s.title == card.next_task)
    assert card.ready.endswith("%") and 0 <= card.share <= 1
    assert card.next_day and not state.task.optional
    assert f"next: {card.next_task}" in card.spoken


def test_space_ticks_and_takes_the_tick_back(room: Any, qtbot: QtBot) -> None:
    card, tasks = room.board.card, room.board.card.tasks
    tasks.choose("splits")
    qtbot.keyClick(tasks, Key.Key_Space)
    settle(qtbot, lambda: state_of(room, "splits").state is Standing.DONE)
    settle(qtbot, lambda: "splits" not in [line.key for line in tasks.lines.lines])
    card.shown.choose("all")
    tasks.choose("splits")
    qtbot.keyClick(tasks, Key.Key_Space)
    settle(qtbot, lambda: state_of(room, "splits").state is not Standing.DONE)
    _click_on_the_circle_ticks(tasks, room, qtbot)


def _click_on_the_circle_ticks(tasks: Any, room: Any, qtbot: QtBot) -> None:
    """A click elsewhere only chooses."""
    tasks.choose("pro")
    row = tasks.visualRect(tasks.currentIndex())
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(tasks.viewport(), left, pos=row.center())
    assert state_of(room, "pro").state is not Standing.DONE
    qtbot.mouseClick(tasks.viewport(), left, pos=QPoint(20, row.center().y()))
    settle(qtbot, lambda: state_of(room, "pro").state is Standing.DONE)


def test_a_dropped_file_proves_a_task_and_is_opened_from_it(
    room: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    card, opened = room.board.card, []
    card.open_path = lambda path: bool(opened.append(path)) or True
    proof = tmp_path / "splits.pdf"
    proof.write_bytes(b"%PDF-1.7")
    drop(card.tasks, "splits", proof)
    settle(qtbot, lambda: state_of(room, "splits").state is Standing.DONE)
    settle(qtbot, lambda: "splits" not in [line.key for line in card.tasks.lines.lines])
    card.choose("splits")
    assert card.shown.key == "all" and card.tasks.key == "splits"
    assert card.tasks.lines.lines[card.tasks.currentIndex().row()].files == 1
    qtbot.keyClick(card.tasks, Key.Key_Return)
    settle(qtbot, lambda: bool(opened))
    assert opened[0].read_bytes() == b"%PDF-1.7"
    room.window.desk.undo()
    settle(qtbot, lambda: state_of(room, "splits").proof.files == ())
    _automatic_task_takes_no_proof(room, proof)


def _automatic_task_takes_no_proof(room: Any, proof: Path) -> None:
    drop(room.board.card.tasks, "masters", proof)
    room.board.card.tick("masters")
    assert get_release(room.studio).attachments == ()
    room.board.card.tasks.choose("masters")
    assert not room.board.card.attach.isEnabled()


def test_a_broken_proof_is_marked(room: Any, qtbot: QtBot, tmp_path: Path) -> None:
    proof = tmp_path / "splits.pdf"
    proof.write_bytes(b"%PDF-1.7")
    checklist.attest(room.studio, get_release(room.studio), "splits", paths=[proof])
    (file,) = get_release(room.studio).attachments
    attaching.path_of(room.studio, file).unlink()
    room.window.desk.changed.emit()
    tasks = room.board.card.tasks

    def line() -> TaskLine:
        return next(line for line in tasks.lines.lines if line.key == "splits")

    settle(qtbot, lambda: line().icon == "alert-triangle")
    assert "missing" in line().evidence and not line().done


def test_a_task_is_skipped_and_applies_again(room: Any, qtbot: QtBot) -> None:
    card = room.board.card
    card.skip("licences")
    settle(qtbot, lambda: state_of(room, "licences").state is Standing.NOT_APPLICABLE)
    settle(qtbot, lambda: "licences" not in [line.key for line in card.tasks.lines.lines])
    card.tick("licences")
    settle(qtbot, lambda: state_of(room, "licences").state is not Standing.NOT_APPLICABLE)


def test_the_release_leads_to_its_checklist_and_tells_when_it_is_out(
    room: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    room.window.open_release(2)
    page = room.window.screens["release"]
    settle(qtbot, lambda: page.overview is not None and page.overview.release.id == 2)
    settle(qtbot, lambda: page.card._live.text().startswith("First out "))
    assert page.card._live.toolTip().startswith("Kiribati: ")
    proof = tmp_path / "mail.eml"
    proof.write_bytes(b"From: label")
    row = next(row for row in page.card._rows if row.text() == "Agree the splits")
    row.dropped.emit([proof])
    settle(qtbot, lambda: bool(finding.get_release(room.studio, "R2").attachments))
    page.card.all.click()
    settle(qtbot, lambda: room.board.chosen == 2 and room.window.page_key == "calendar")
    assert room.board.isVisible()


def test_the_facts_take_a_canvas_and_give_it_back(room: Any, qtbot: QtBot, tmp_path: Path) -> None:
    from PIL import Image

    still = tmp_path / "still.jpg"
    Image.new("RGB", (1080, 1920)).save(still)
    room.window.open_release(1)
    room.window.turn_to("facts")
    card = room.window.screens["facts"].attached
    settle(qtbot, lambda: card._release is not None and card._release.id == 1)
    card.ask_file = lambda _title, _names: still
    card.canvas._ask()
    settle(qtbot, lambda: "1080 × 1920" in card.canvas._name.text())
    card.canvas._take(None)
    settle(qtbot, lambda: get_release(room.studio).attachments == ())
    settle(qtbot, lambda: "9:16" in card.canvas._name.text())

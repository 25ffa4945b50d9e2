"""The page of safe keeping: the bin, backup, check and export, each with what it says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from ui.studios import get_release, make_studio, open_window, settle

from indieartist.services import bin as binning
from indieartist.services import editing, finding
from indieartist.services.studio import Studio, open_studio
from indieartist.ui.screens.safety import ARCHIVE_NAME, BACKUP_NAME, SafetyScreen
from indieartist.ui.widgets.finding import FindingRow
from indieartist.ui.window import StudioWindow


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    studio = make_studio(tmp_path / "Library", 1)
    editing.new_release(studio, "Paper Boats")
    binning.remove(studio, "R1")
    return studio


@pytest.fixture
def window(qtbot: QtBot, studio: Studio) -> Iterator[StudioWindow]:
    with open_window(qtbot, studio, "safety") as made:
        yield made


@pytest.fixture
def screen(window: StudioWindow) -> SafetyScreen:
    found = window.screens["safety"]
    assert isinstance(found, SafetyScreen)
    assert found.bin is not None
    return found


def test_bringing_back_and_emptying_which_is_asked_twice(
    qtbot: QtBot, window: StudioWindow, screen: SafetyScreen, studio: Studio
) -> None:
    (back,) = screen.lines.values()
    assert back.accessibleName() == "Bring back Night Bus"
    back.click()
    settle(qtbot, lambda: not screen.lines)
    assert get_release(studio).title == "Night Bus"
    assert not screen.empty.isVisible()
    window.desk.undo()
    settle(qtbot, lambda: bool(screen.lines))
    assert not screen.sure.isVisible()
    screen.empty.click()
    assert "This has no undo" in screen.warning.text()
    screen.keep.click()
    assert screen.empty.isVisible()
    assert not screen.sure.isVisible()
    screen.empty.click()
    screen.sure.click()
    settle(qtbot, lambda: not screen.lines)
    assert list(studio.library.vault.folder.glob("??/*")) == []
    assert [line.title for line in finding.list_releases(studio)] == ["Paper Boats"]


def test_check_backup_and_export(
    qtbot: QtBot, screen: SafetyScreen, studio: Studio, tmp_path: Path
) -> None:
    screen.ask_folder = lambda _title: None
    screen.backup.click()
    screen.leave.click()
    screen.ask_folder = lambda _title: tmp_path
    screen.backup.click()
    settle(qtbot, (tmp_path / BACKUP_NAME / "library.sqlite").exists)
    screen.leave.click()
    settle(qtbot, (tmp_path / ARCHIVE_NAME / "SHA256SUMS").exists)
    screen.check.click()
    settle(qtbot, lambda: screen.found.count() == 1)
    (path,) = studio.library.vault.folder.glob("??/*")
    path.unlink()
    screen.check.click()
    settle(qtbot, lambda: screen.found.count() == 2)
    row = screen.found.itemAt(1).widget()
    assert isinstance(row, FindingRow)
    assert "is missing" in row.finding.sentence
    assert screen.mend.isVisible()
    screen.ask_folder = lambda _title: tmp_path / BACKUP_NAME
    screen.mend.click()
    settle(qtbot, lambda: screen.found.count() == 1 and not screen.mend.isVisible())
    assert path.is_file()


def test_a_backup_becomes_a_library_beside_this_one(
    qtbot: QtBot, window: StudioWindow, screen: SafetyScreen, tmp_path: Path
) -> None:
    screen.ask_folder = lambda _title: tmp_path
    screen.backup.click()
    settle(qtbot, (tmp_path / BACKUP_NAME / "library.sqlite").exists)
    settle(qtbot, lambda: "backed up" in window.toast.accessibleName())
    folders = iter([tmp_path / BACKUP_NAME, tmp_path / "Again"])
    screen.ask_folder = lambda _title: next(folders)
    screen.restore.click()
    settle(qtbot, lambda: "Restored" in window.toast.accessibleName())
    with closing(open_studio(tmp_path / "Again").library) as library:
        assert library.folder == tmp_path / "Again"
        assert (library.folder / "library.sqlite").exists()


def test_the_history_stands_there_and_is_undone(
    qtbot: QtBot, screen: SafetyScreen, studio: Studio
) -> None:
    card = screen.history
    settle(qtbot, lambda: len(card.lines) == 3)
    assert [state for _at, _label, state in card.lines] == ["", "", ""]
    assert not card.redo.isEnabled()
    card.undo.click()
    settle(qtbot, lambda: card.lines[0][2] == "undone")
    assert card.redo.isEnabled()
    card.redo.click()
    settle(qtbot, lambda: card.lines[0][2] == "")
    for number in range(12):
        editing.new_release(studio, f"Boat {number}")
    screen.show_release(None)
    settle(qtbot, card.more.isVisible)
    card.more.click()
    settle(qtbot, lambda: len(card.lines) == 15)


def test_the_way_there(qtbot: QtBot, window: StudioWindow) -> None:
    window.show_page("settings")
    window.screens["settings"].safety.click()  # type: ignore[attr-defined]
    assert window.page_key == "safety"
    window.show_page("releases")
    window.commands["safety"].trigger()
    assert window.page_key == "safety"

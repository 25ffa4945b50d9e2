"""The watched folder in the window: chosen, followed, taken from, undone, and left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bounces import write_bounce
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.studios import make_studio, open_window, settle

from indieartist.services import finding
from indieartist.services.settings import Settings, write_settings
from indieartist.services.studio import Studio
from indieartist.services.watching import Watch
from indieartist.ui.watch import BounceWatch
from indieartist.ui.window import StudioWindow


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    return make_studio(library_dir, 1.0)


@pytest.fixture
def window(qtbot: QtBot, studio: Studio) -> Iterator[StudioWindow]:
    with open_window(qtbot, studio, "release") as made:
        yield made
    write_settings(Settings())


@pytest.fixture
def bounces(tmp_path: Path) -> Path:
    folder = tmp_path / "Bounces"
    folder.mkdir()
    return folder


def choose(qtbot: QtBot, window: StudioWindow, folder: Path) -> BounceWatch:
    window.watch.choose_folder = lambda: folder
    qtbot.mouseClick(window.sidebar.watching, Qt.MouseButton.LeftButton)
    settle(qtbot, lambda: window.watch._watch is not None)
    return window.watch


def titles(studio: Studio) -> set[str]:
    return {line.title for line in finding.list_releases(studio)}


def test_nothing_is_watched_until_a_folder_is_chosen(window: StudioWindow) -> None:
    assert window.sidebar.watching.isVisible()
    assert window.sidebar.watching.accessibleName().startswith("Bounces that land")
    assert window.watch.folder == ""


def test_a_bounce_that_lands_comes_in_and_is_undone(
    qtbot: QtBot, window: StudioWindow, studio: Studio, bounces: Path, monkeypatch
) -> None:
    monkeypatch.setattr("indieartist.services.watching.STABLE_S", 0.0)
    watch = choose(qtbot, window, bounces)
    assert window.preferences.now.watch_bounces
    write_bounce(bounces / "Undertow v1.wav", 4.0, seed=3)
    watch.look()
    settle(qtbot, lambda: "Undertow" in titles(studio))
    settle(qtbot, lambda: "begins “Undertow”" in window.toast.accessibleName())
    assert window.sidebar.watching.accessibleName() == "Watching Bounces, Undertow: mix 1"
    window.desk._follow_toast()
    settle(qtbot, lambda: "Undertow" not in titles(studio))
    watch.look()
    qtbot.wait(300)
    assert "Undertow" not in titles(studio)


def test_what_lay_there_before_is_offered(
    qtbot: QtBot, window: StudioWindow, studio: Studio, bounces: Path, monkeypatch
) -> None:
    monkeypatch.setattr("indieartist.services.watching.STABLE_S", 0.0)
    write_bounce(bounces / "Undertow v1.wav", 4.0, seed=3)
    watch = choose(qtbot, window, bounces)
    settle(qtbot, lambda: watch._earlier == 1)
    assert "Undertow" not in titles(studio)
    qtbot.mouseClick(window.sidebar.watching, Qt.MouseButton.LeftButton)
    assert "1 bounce lay in" in window.toast.accessibleName()
    window.desk._follow_toast()
    settle(qtbot, lambda: "Undertow" in titles(studio))


def test_a_folder_that_is_gone_is_said_and_awaited(
    qtbot: QtBot, window: StudioWindow, bounces: Path
) -> None:
    watch = choose(qtbot, window, bounces)
    bounces.rmdir()
    watch.look()
    line = window.sidebar.watching
    settle(qtbot, lambda: "cannot be read" in line.accessibleName())
    assert watch._timer.isActive()


def test_the_watch_ends_with_the_setting(qtbot: QtBot, window: StudioWindow, bounces: Path) -> None:
    watch = choose(qtbot, window, bounces)
    window.preferences.choose("watch_bounces", False)
    assert watch._watch is None
    assert not watch._timer.isActive()
    assert window.sidebar.watching.accessibleName().startswith("Bounces that land")


def test_the_systems_word_brings_the_next_look_forward(
    qtbot: QtBot, window: StudioWindow, bounces: Path
) -> None:
    watch = choose(qtbot, window, bounces)
    settle(qtbot, lambda: watch._hint is not None and watch._timer.isActive())
    assert watch._hint is not None and watch._hint.works
    watch.look()
    settle(qtbot, lambda: watch._timer.isActive() and watch._timer.interval() > 5_000)
    (bounces / "notes.txt").write_text("x")
    settle(qtbot, lambda: watch._timer.interval() < 5_000)


def test_a_watch_that_was_left_open_is_caught_up_with(
    qtbot: QtBot, window: StudioWindow, studio: Studio, bounces: Path, monkeypatch
) -> None:
    monkeypatch.setattr("indieartist.services.watching.STABLE_S", 0.0)
    Watch(bounces).begin(studio)
    write_bounce(bounces / "earlier.wav", 1.0)
    assert Watch(bounces).begin(studio) == 1
    write_bounce(bounces / "Undertow.wav", 4.0, seed=3)
    choose(qtbot, window, bounces)
    settle(qtbot, lambda: "Undertow" in titles(studio))

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


def test_a_bounce_that_lands_comes_in_and_is_undone(
    qtbot: QtBot, window: StudioWindow, studio: Studio, bounces: Path, monkeypatch
) -> None:
    monkeypatch.setattr("indieartist.services.watching.STABLE_S", 0.0)
    line = window.sidebar.watching
    assert line.isVisible()
    assert line.accessibleName().startswith("Bounces that land")
    watch = choose(qtbot, window, bounces)
    assert window.preferences.now.watch_bounces
    write_bounce(bounces / "Undertow v1.wav", 4.0, seed=3)
    watch.look()
    settle(qtbot, lambda: "Undertow" in titles(studio))
    settle(qtbot, lambda: "begins “Undertow”" in window.toast.accessibleName())
    assert line.accessibleName() == "Watching Bounces, Undertow: mix 1"
    window.desk._follow_toast()
    settle(qtbot, lambda: "Undertow" not in titles(studio))
    settle(qtbot, watch._timer.isActive)
    watch.look()
    settle(qtbot, watch._timer.isActive)
    assert "Undertow" not in titles(studio)
    window.preferences.choose("watch_bounces", False)
    assert watch._watch is None
    assert not watch._timer.isActive()
    assert line.accessibleName().startswith("Bounces that land")


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


def test_the_systems_word_brings_the_next_look_forward_and_a_lost_folder_is_said(
    qtbot: QtBot, window: StudioWindow, bounces: Path
) -> None:
    watch = choose(qtbot, window, bounces)
    settle(qtbot, lambda: watch._hint is not None and watch._timer.isActive())
    assert watch._hint is not None and watch._hint.works
    watch.look()
    settle(qtbot, lambda: watch._timer.isActive() and watch._timer.interval() > 5_000)
    with qtbot.waitSignal(watch._timer.timeout, timeout=20_000):  # else it comes a minute later
        (bounces / "notes.txt").write_text("x")
    (bounces / "notes.txt").unlink()
    bounces.rmdir()
    settle(qtbot, lambda: not watch._busy)
    watch.look()
    settle(qtbot, lambda: "cannot be read" in window.sidebar.watching.accessibleName())
    settle(qtbot, watch._timer.isActive)

"""The settings: one declaration, in force at once, and the two questions of the first run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from bounces import write_bounce
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from ui.studios import make_studio, open_window, settle

from indieartist.services.settings import SETTINGS, Settings, read_settings, write_settings
from indieartist.ui import theme
from indieartist.ui.screens.settings import SettingsScreen
from indieartist.ui.welcome import Welcome
from indieartist.ui.widgets.file_row import FileRow
from indieartist.ui.widgets.form import LineField
from indieartist.ui.widgets.segmented import SegmentedSwitch
from indieartist.ui.widgets.toggle import ToggleSwitch
from indieartist.ui.window import StudioWindow


@pytest.fixture
def window(qtbot: QtBot, library_dir: Path) -> Iterator[StudioWindow]:
    with open_window(qtbot, make_studio(library_dir, 1.0), "settings") as made:
        yield made
    write_settings(Settings())


def page_of(window: StudioWindow) -> SettingsScreen:
    screen = window.screens["settings"]
    assert isinstance(screen, SettingsScreen)
    return screen


def test_each_setting_has_its_field_and_begins_as_declared() -> None:
    untouched = Settings()
    for setting in SETTINGS:
        assert getattr(untouched, setting.key) == setting.default, setting.key
        if setting.choices:
            assert setting.default in dict(setting.choices)
    named = {setting.key for setting in SETTINGS} | {"geometry", "welcomed", "hear_as"}
    assert named == {field.name for field in fields(Settings)}


@pytest.mark.parametrize("junk", ['{"buffer_ms": "7"}', '{"reduced_motion": "yes"}', "[]"])
def test_a_value_that_is_not_offered_is_none(tmp_path: Path, junk: str) -> None:
    (tmp_path / "settings.json").write_text(junk)
    assert read_settings(tmp_path) == Settings()


def test_what_is_chosen_counts_at_once_and_is_kept(qtbot: QtBot, window: StudioWindow) -> None:
    editors = page_of(window).editors
    look, motion, name = editors["appearance"], editors["reduced_motion"], editors["artist"]
    assert isinstance(look, SegmentedSwitch)
    assert isinstance(motion, ToggleSwitch)
    assert isinstance(name, LineField)
    look.choose("light")
    motion.click()
    name.setFocus()
    qtbot.keyClicks(name, "Mara Vale")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert not theme.THEME.dark
    assert theme.THEME.reduced_motion
    settle(qtbot, lambda: read_settings().artist == "Mara Vale")
    kept = read_settings()
    assert (kept.appearance, kept.reduced_motion) == ("light", True)


def test_a_command_that_chooses_is_seen_in_the_settings(window: StudioWindow) -> None:
    window.commands["light"].trigger()
    look = page_of(window).editors["appearance"]
    assert isinstance(look, SegmentedSwitch)
    assert look.key == "light"


def test_where_things_are_is_shown(qtbot: QtBot, window: StudioWindow, library_dir: Path) -> None:
    facts = page_of(window).facts
    settle(qtbot, lambda: facts["library"].text() == str(library_dir))
    assert facts["secrets"].text() in (
        "In the system's keyring",
        "In memory, until the program ends",
    )


def test_a_bounce_without_tags_begins_a_record_of_the_artist(
    qtbot: QtBot, window: StudioWindow, tmp_path: Path
) -> None:
    window.preferences.choose("artist", "Mara Vale")
    window.show_page("releases")
    window.intake.import_bounces([write_bounce(tmp_path / "Other.wav", seconds=1.3)])
    settle(qtbot, lambda: window.release is not None and window.release.title == "Other")
    assert window.release is not None
    assert window.release.artist_line == "Mara Vale"


def test_the_first_run_asks_for_two_things(
    qtbot: QtBot, window: StudioWindow, tmp_path: Path
) -> None:
    window.welcome()
    card = window.findChild(Welcome)
    assert isinstance(card, Welcome)
    card.choose_folder = lambda: tmp_path
    folder = card.editors["bounce_folder"]
    assert isinstance(folder, FileRow)
    folder._button.click()
    line = card.editors["artist"]
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "Ana")
    qtbot.keyClick(card, Qt.Key.Key_Return)
    now = window.preferences.now
    assert (now.artist, now.bounce_folder, now.welcomed) == ("Ana", str(tmp_path), True)


def test_the_first_run_can_be_put_off(qtbot: QtBot, window: StudioWindow) -> None:
    window.welcome()
    card = window.findChild(Welcome)
    assert card is not None
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert window.preferences.now == Settings(welcomed=True)
    QApplication.processEvents()

"""The check by click: a finding is fixed and gone, and undo brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import PIL.Image
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.studios import fill_in, get_release, make_studio, open_window, settle

from indieartist.services import editing
from indieartist.ui.widgets.button import Button, LinkButton
from indieartist.ui.widgets.text import Paragraph


@pytest.fixture
def room(
    qtbot: QtBot, library_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """The window at the check page; the title of the song is written as no store takes it."""
    monkeypatch.setenv("PATH", str(tmp_path))  # nothing reads words
    studio = make_studio(library_dir)
    editing.edit_release(studio, get_release(studio), {"title": "NIGHT BUS (Official Audio)"})
    with open_window(qtbot, studio, "check") as window:
        screen = window.screens["check"]
        settle(qtbot, lambda: is_filled(screen))
        yield SimpleNamespace(studio=studio, window=window, screen=screen)


def is_filled(screen: Any) -> bool:
    """Rows come one at a time; a test begins when all are there, on the page."""
    found = screen.result.findings if screen.result is not None else None
    return found is not None and len(screen.rows) == len(found) and not screen._filler.busy


def rules(room: Any) -> list[str]:
    return [row.finding.rule.split()[0] for row in room.screen.rows]


def sentences(room: Any) -> list[str]:
    return [row.finding.sentence for row in room.screen.rows]


def test_a_fix_by_click_is_gone_and_undo_brings_it_back(room: Any, qtbot: QtBot) -> None:
    row = next(row for row in room.screen.rows if row.finding.fix)
    sentence = row.finding.sentence
    button = next(b for b in row.findChildren(Button) if b.text() == row.finding.fix)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, lambda: sentence not in sentences(room))
    room.window.desk.undo()
    settle(qtbot, lambda: sentence in sentences(room))


def test_all_corrections_are_one_act(room: Any, qtbot: QtBot) -> None:
    before = sorted(rules(room))
    assert room.screen.correct.isVisible()
    qtbot.mouseClick(room.screen.correct, Qt.MouseButton.LeftButton)
    settle(qtbot, room.screen.correct.isHidden)
    assert sorted(rules(room)) != before
    room.window.desk.undo()
    settle(qtbot, lambda: sorted(rules(room)) == before)


def test_destinations_change_what_is_found(room: Any, qtbot: QtBot) -> None:
    before = rules(room)
    chip = room.screen.destinations.chips["site"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    settle(qtbot, lambda: room.screen.result.destinations == ("site",))
    settle(qtbot, lambda: is_filled(room.screen))
    assert rules(room) != before


def test_a_finding_leads_to_its_field(room: Any, qtbot: QtBot) -> None:
    row = next(row for row in room.screen.rows if row.finding.place)
    link = next(b for b in row.findChildren(LinkButton) if b.text() == row.finding.place)
    with qtbot.waitSignal(room.screen.edit_asked) as asked:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked.args[0].replace("_", " ") in row.finding.place


def test_what_was_not_checked_is_folded(room: Any, qtbot: QtBot) -> None:
    assert room.screen.unseen.isHidden()  # everything was looked at
    track = get_release(room.studio).tracks[0]
    editing.approve_mix(room.studio, track, track.mixes[0])
    room.studio.library.vault.path_of(track.mixes[0].audio_hash, ".wav").unlink()
    room.window.desk.changed.emit()
    settle(qtbot, room.screen.unseen.isVisible)
    assert room.screen._unseen_list.isHidden()
    qtbot.mouseClick(room.screen.unseen, Qt.MouseButton.LeftButton)
    assert room.screen._unseen_list.isVisible()


def test_a_release_in_order_is_said_to_be_ready(
    qtbot: QtBot, library_dir: Path, tmp_path: Path
) -> None:
    studio = make_studio(library_dir, seconds=31)
    fill_in(studio, tmp_path)
    with open_window(qtbot, studio, "check") as window:
        screen = window.screens["check"]
        settle(qtbot, lambda: bool(screen.destinations.chips))
        qtbot.mouseClick(screen.destinations.chips["site"], Qt.MouseButton.LeftButton)
        settle(qtbot, lambda: screen.headline.text().startswith("Ready"))
        assert screen.headline.property("tone") == "ok"


def test_a_cover_is_looked_at_and_what_is_seen_is_said(
    room: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # nothing reads words
    path = tmp_path / "one.png"
    PIL.Image.new("RGB", (3000, 3000), "teal").save(path)
    editing.set_artwork(room.studio, get_release(room.studio), path)
    room.window.reload()
    settle(qtbot, lambda: "The cover is a single colour." in sentences(room))


def test_a_fix_says_what_it_would_change(room: Any) -> None:
    said = [row.finding.evidence for row in room.screen.rows if row.finding.fix]
    assert any("NIGHT BUS (Official Audio) → " in words for words in said)


def test_titles_of_120_letters_wrap_beside_a_long_fix(qtbot: QtBot, library_dir: Path) -> None:
    studio = make_studio(library_dir, seconds=1)
    titles = ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk " * 3, "夜明け前の電車" * 17)
    editing.edit_release(studio, get_release(studio), {"title": titles[0][:120].strip()})
    editing.edit_track(studio, get_release(studio).tracks[0], {"title": titles[1][:120]})
    with open_window(qtbot, studio, "check") as window:
        window.resize(1120, 700)
        screen = window.screens["check"]
        settle(qtbot, lambda: len(screen.rows) == len(screen.result.findings))
        settle(qtbot, lambda: not clipped(screen))
        assert all(row.width() <= screen.area.viewport().width() for row in screen.rows)


def clipped(screen: Any) -> list[str]:
    parts = [part for row in screen.rows for part in row.findChildren(Paragraph)]
    return [part.text() for part in parts if part.heightForWidth(part.width()) > part.height()]

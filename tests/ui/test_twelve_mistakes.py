"""A first release with twelve mistakes goes from red to green by what the window alone says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import PIL.Image
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from ui.studios import get_release, make_studio, open_window, settle

from indieartist.domain.release import Credit
from indieartist.library import tables as t
from indieartist.services import editing
from indieartist.ui.picture import Rest
from indieartist.ui.widgets.button import Button, LinkButton

pytestmark = pytest.mark.real

# What a person answers, by the field that the window leads to.
TYPED = {
    "genre": "Electronic",
    "gtin": "036000291452",
    "p_line": "2026 Mara Vale",
    "c_line": "2026 Mara Vale",
    "title": "Night Bus",
    "isrc": "GBAYE2600001",
    "release_on": "2027-03-05",
}
CHOSEN = {"language": "English", "explicit": "none"}
RELEASE = {  # raw, as an older program or a hurried hand left them
    "title": "NIGHT BUS (Official Audio) 🔥",
    "gtin": "036000291453",
    "genre": "",
    "language": "",
    "p_line": "",
    "c_line": "© 2026 Mara Vale",
    "ai_disclosure": "",
}
TRACK = {"title": "NIGHT BUS ft. Ana 🔥", "isrc": "GBAYE260000I", "explicit": "", "language": ""}


@pytest.fixture
def room(
    qtbot: QtBot, library_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """The check of a release with a song that nobody approved and a cover made for print."""
    monkeypatch.setenv("PATH", str(tmp_path))  # nothing reads words
    studio = make_studio(library_dir, seconds=65)
    cover = tmp_path / "print.tif"
    PIL.Image.radial_gradient("L").resize((3000, 3000)).convert("CMYK").save(cover)
    editing.set_artwork(studio, get_release(studio), cover)
    editing.set_artists(studio, get_release(studio), ["Mara Vale"])
    with studio.library.act("Mistakes") as act:
        act.update(t.release, 1, **RELEASE)
        act.update(t.track, 1, **TRACK)
    with open_window(qtbot, studio, "check") as window:
        screen = window.screens["check"]
        settle(qtbot, lambda: is_filled(screen))
        rest = Rest(window.bridge)
        yield SimpleNamespace(studio=studio, window=window, screen=screen, rest=rest)


def is_filled(screen: Any) -> bool:
    return screen.result is not None and len(screen.rows) == len(screen.result.findings)


def errors(room: Any) -> tuple[Any, ...]:
    return room.screen.result.errors


def mend(room: Any, qtbot: QtBot) -> None:
    """Do what the first thing that must be fixed says: its fix, else go where it leads.

    As a person would, once the page stands still.
    """
    room.rest.wait()
    settle(qtbot, lambda: is_filled(room.screen))
    if not errors(room):
        return
    finding, row = errors(room)[0], room.screen.rows[0]
    before = room.screen.result
    if finding.fix:
        (button,) = [b for b in row.findChildren(Button) if b.text() == finding.fix.label]
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        (link,) = [b for b in row.findChildren(LinkButton) if b.text() == row.finding.place]
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        answer(room, qtbot, finding)
        room.window.show_page("check")
    settle(qtbot, lambda: room.screen.result is not before)
    settle(qtbot, lambda: is_filled(room.screen))


def answer(room: Any, qtbot: QtBot, finding: Any) -> None:
    window, field = room.window, finding.field
    if field in ("approved_mix_id", "mixes"):
        assert window.page_key == "master"
        track = get_release(room.studio).tracks[0]
        editing.approve_mix(room.studio, track, track.bounce)
        window.desk.changed.emit()
        return
    assert window.page_key == "facts"
    if field == "credits":
        roles = ("composer", "lyricist", "vocals", "producer")
        credits = [Credit("Mara Vale", role) for role in roles]
        editing.set_track_credits(room.studio, get_release(room.studio).tracks[0], credits)
        window.desk.changed.emit()
        return
    editor = QApplication.focusWidget()
    assert editor is not None, field
    if field in CHOSEN:
        box = editor if isinstance(editor, QComboBox) else editor.parent()
        box.setCurrentIndex(
            next(
                i for i in range(box.count()) if CHOSEN[field] in (box.itemText(i), box.itemData(i))
            )
        )
        box.activated.emit(box.currentIndex())
        return
    assert field in TYPED, finding.message
    editor.selectAll()
    qtbot.keyClicks(editor, TYPED[field])
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_from_red_to_green_by_what_the_window_says(room: Any, qtbot: QtBot) -> None:
    rules = {finding.rule_id for finding in errors(room)}
    mistakes = {(finding.rule_id, finding.field) for finding in room.screen.result.findings}
    assert len(mistakes) >= 12, sorted(mistakes)
    assert {"AP-01", "AW-02", "CP-01", "GN-01", "ID-03", "TI-09", "TI-12"} <= rules
    for _step in range(40):
        if not errors(room):
            break
        mend(room, qtbot)
    assert errors(room) == (), [f.message for f in errors(room)]
    assert room.screen.headline.text().startswith("Ready")

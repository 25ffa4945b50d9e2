"""Journey 2: a label's catalogue comes in, is looked over, and is mended in bulk, by hand.

Left out, as their engines come with later issues: contracts and artists' store numbers (4), royalty
statements and payments (5 to 8), and the move to another distributor (9).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import mutagen.flac
import pytest
from bounces import write_bounce, write_cover
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from ui.person import CONTROL, Person
from ui.studios import open_window

from indieartist.library import tables as t
from indieartist.services.studio import open_studio
from indieartist.ui.many.audit_box import AuditBox
from indieartist.ui.many.edit_box import EditBox
from indieartist.ui.many.import_box import ImportBox
from indieartist.ui.widgets.line_list import LineList

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]
KEY = Qt.Key
TABLE = """Strichcode;Albumtitel;Interpret;Titel-Nr;Songtitel;ISRC;Erscheinungsdatum;Haus
5012345678900;Ebbe;Die Möwen;1;Flut;DE-A12-26-00001;24.12.2020;Moss
5012345678901;Watt;Die Moewen;1;Schlick;DE-A12-26-00001;24.12.2021;Moss
;Priel;Die Möwen;1;Sand;;24.12.2022;Moss
"""


@pytest.fixture
def scene(
    qtbot: QtBot, library_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """An empty library, a folder of tagged files with small covers, and an old spreadsheet."""
    root, studio = tmp_path / "Catalogue", open_studio(library_dir)
    for number, title in enumerate(("Low Water", "Undertow", "Salt"), 1):
        write_song(root / f"Mara Vale/{title}/01 {title}.flac", title, number)
    table = tmp_path / "old.csv"
    table.write_text(TABLE, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(root))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    with open_window(qtbot, studio, "releases") as window:
        yield SimpleNamespace(studio=studio, window=window, person=Person(qtbot, window))


def write_song(path: Path, title: str, seed: int) -> None:
    write_bounce(path, 0.4, seed=seed, subtype="PCM_16")
    song = mutagen.flac.FLAC(path)
    song.update(title=title, album=title, artist="Mara Vale", tracknumber="1")
    if seed < 3:
        song["isrc"] = "GBAYE2600001"  # one code for two recordings
    picture = mutagen.flac.Picture()
    picture.data = write_cover(path.with_suffix(".png"), 600).read_bytes()
    picture.type, picture.mime = 3, "image/png"
    song.add_picture(picture)
    song.save()
    path.with_suffix(".png").unlink()


def count(scene: Any, table: Any) -> int:
    with scene.studio.library.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar() or 0)


def acts(scene: Any) -> int:
    return count(scene, t.act)


def genres(scene: Any) -> set[str]:
    with scene.studio.library.read() as connection:
        return set(connection.execute(select(t.release.c.genre)).scalars())


def test_a_catalogue_comes_in_and_is_mended_in_bulk(scene: Any) -> None:
    import_the_folder(scene)
    import_the_spreadsheet(scene)
    look_over_everything(scene)
    mend_in_bulk(scene)
    undo_it(scene)


def import_the_folder(scene: Any) -> None:
    """(1a) A tree of tagged files; the files themselves stay untouched."""
    person = scene.person
    person.command("import a folder")
    person.wait(lambda: person.all(ImportBox) or isinstance(person.root, ImportBox))
    person.wait(person.root.do.isEnabled)
    assert len(person.root.preview.rows.rows) == 3
    person.click("Take the audio in too")
    person.click("Import 3 releases")
    person.wait(lambda: count(scene, t.mix) == 3)
    person.settle()


def import_the_spreadsheet(scene: Any) -> None:
    """(1b) A spreadsheet in the label's own words: one column is named by hand."""
    person = scene.person
    person.command("import a spreadsheet")
    person.wait(lambda: isinstance(person.root, ImportBox) and len(person.root.columns) == 8)
    box = person.root
    assert box.columns[7].value == ""
    person.choose("Haus", "Label", box.columns[7])
    person.wait(lambda: box.columns[7].value == "label" and box.do.isEnabled())
    person.wait(lambda: "left out" in box.said.text())  # the bar code with a bad digit
    person.click("Import 3 releases")
    person.wait(lambda: count(scene, t.track) == 6)
    person.settle()


def look_over_everything(scene: Any) -> None:
    """(2) What is missing, double, spelled twice and too small, over all releases."""
    person = scene.person
    person.press(KEY.Key_4, CONTROL)
    person.settle()
    person.click("Whole catalogue")
    person.wait(lambda: isinstance(person.root, AuditBox) and person.root.troubles)
    box = person.root
    found = {trouble.title: len(trouble.places) for trouble in box.troubles}
    assert found["ISRC is well formed"] == 2  # missing
    assert found["Cover is square and large enough"] == 6
    assert found["Names are spelled alike across the catalogue"] == 1
    assert found["UPC or EAN is right"] == 5  # missing, one for its bad digit
    person.click("Close")
    person.wait(lambda: person.sees("Codes that contradict each other ("))


def mend_in_bulk(scene: Any) -> None:
    """(3a) The genre of all releases at once, shown before it is done, one entry of the journal."""
    person = scene.person
    person.press(KEY.Key_K, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    person.wait(lambda: isinstance(person.root, AuditBox) and person.root.troubles)
    box = person.root
    rule = next(n for n, each in enumerate(box.troubles) if each.rule_id == "GN-01")
    person.click_row(person.find(LineList, "What is wrong"), rule)
    person.click("Edit them")
    person.wait(lambda: isinstance(person.root, EditBox) and "genre" in person.root.fields)
    edit = person.root
    line = edit.fields["genre"]
    assert isinstance(line, QLineEdit)
    person.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    person.qtbot.keyClicks(line, "Electronic")
    person.wait(lambda: edit.do.isEnabled() and len(edit.preview.rows.rows) == 6)
    assert genres(scene) == {""}
    before = acts(scene)
    person.click("Change 6 values")
    person.wait(lambda: genres(scene) == {"Electronic"})
    assert acts(scene) == before + 1
    person.wait(lambda: box.isVisible() and "GN-01" not in {x.rule_id for x in box.troubles})
    person.click("Close")


def undo_it(scene: Any) -> None:
    """(3b) Undone as one."""
    person = scene.person
    person.settle()
    person.press(KEY.Key_Z, CONTROL)
    person.wait(lambda: genres(scene) == {""})

"""The search in the top line: one types a few letters on any page, and opens what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bounces import write_bounce
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.studios import get_release, make_studio, open_window, settle

from indieartist.domain.release import Credit
from indieartist.services import editing, finding, importing
from indieartist.services.studio import Studio, open_studio
from indieartist.ui.screens.tracks import TracksScreen
from indieartist.ui.widgets.choice_row import ChoiceRow
from indieartist.ui.window import StudioWindow

TIDES = ("Harbour", "Salt", "Glass", "Ember", "Winter")
ISRC, UPC = "GBAYE2600001", "036000291452"


@pytest.fixture
def studio(library_dir: Path, tmp_path: Path) -> Studio:
    made = make_studio(library_dir, 0.5)
    bounce = write_bounce(tmp_path / "Möwen.wav", seconds=0.6)
    importing.import_file(made, bounce)
    editing.set_artists(made, get_release(made), ["Mara Vale"])
    editing.edit_release(made, get_release(made), {"gtin": UPC, "catalogue_number": "LOW-007"})
    track = get_release(made).tracks[0]
    editing.edit_track(made, track, {"isrc": ISRC})
    roles = ("composer", "producer")
    editing.set_track_credits(made, track, [Credit("Ólafur Ström", role) for role in roles])
    return made


@pytest.fixture
def window(qtbot: QtBot, studio: Studio) -> Iterator[StudioWindow]:
    with open_window(qtbot, studio, "calendar") as made:
        made.activateWindow()
        yield made


def type_words(qtbot: QtBot, window: StudioWindow, words: str) -> None:
    """Into the field of the page that is on, after its keys."""
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    line = window.shown.search.line
    assert QApplication.focusWidget() is line
    line.selectAll()
    qtbot.keyClicks(line, words)
    settle(qtbot, lambda: window.anywhere._shown_for == words)


def offered(window: StudioWindow) -> list[tuple[str, str]]:
    return [(hit.words, hit.aside) for hit in window.anywhere.results.hits]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("night", ("Night Bus", "Mara Vale")),
        ("MOW", ("Möwen", "")),
        ("GB-AYE-26", ("Night Bus", ISRC)),
        ("0 36000 29145 2", ("Night Bus", UPC)),
        ("low-00", ("Night Bus", "LOW-007")),
        ("olafur", ("Night Bus", "Night Bus")),
    ],
)
def test_anything_is_found_from_any_page(
    qtbot: QtBot, window: StudioWindow, words: str, first: tuple[str, str]
) -> None:
    type_words(qtbot, window, words)
    assert window.anywhere.results.isVisible()
    assert offered(window)[0] == first


def test_arrows_choose_and_enter_opens(qtbot: QtBot, window: StudioWindow) -> None:
    type_words(qtbot, window, "night")
    line = window.shown.search.line
    assert offered(window) == [("Night Bus", "Mara Vale"), ("Night Bus", "Night Bus")]
    assert line.accessibleDescription() == "Night Bus, Mara Vale, 1 of 2"
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert line.accessibleDescription() == "Night Bus, Night Bus, 2 of 2"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert (window.page_key, window.track_id) == ("track", 1)
    assert not window.anywhere.results.isVisible()
    assert line.text() == ""


def test_enter_before_the_answer_opens_the_first(qtbot: QtBot, window: StudioWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Slash)
    qtbot.keyClicks(window.shown.search.line, "mow")
    qtbot.keyClick(window.shown.search.line, Qt.Key.Key_Return)
    settle(qtbot, lambda: window.page_key == "release")
    settle(qtbot, lambda: window.release is not None and window.release.title == "Möwen")


def test_a_person_leads_to_all_their_tracks(qtbot: QtBot, window: StudioWindow) -> None:
    type_words(qtbot, window, "strom")
    people = ("Ólafur Ström", "Composer, producer")
    assert people in offered(window)
    place = offered(window).index(people)
    rows = window.anywhere.results.findChildren(ChoiceRow)
    (row,) = [r for r in rows if r.text() == people[0] and r.isVisible()]
    assert place == len(offered(window)) - 1
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    screen = window.shown
    assert isinstance(screen, TracksScreen)
    assert screen.filter.words == "Ólafur Ström"
    settle(qtbot, lambda: list(screen.model.ids) == [1])


def test_what_is_not_there_is_said_and_escape_goes_back(qtbot: QtBot, window: StudioWindow) -> None:
    type_words(qtbot, window, "no such thing")
    assert offered(window) == []
    assert window.anywhere.results.isVisible()
    line = window.shown.search.line
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not window.anywhere.results.isVisible()
    assert line.text() == ""
    assert QApplication.focusWidget() is window.shown.area


def test_a_slash_in_a_field_is_a_letter(qtbot: QtBot, window: StudioWindow) -> None:
    window.show_page("tracks")
    settle(qtbot, lambda: window.shown.filter is not None and window.shown.filter.isVisible())
    qtbot.keyClick(
        window,
        Qt.Key.Key_F,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert window.shown.filter is not None
    line = window.shown.filter.line
    assert QApplication.focusWidget() is line
    qtbot.keyClicks(line, "a/b")
    assert line.text() == "a/b"


def test_more_than_the_list_shows_are_all_in_tracks(qtbot: QtBot, tmp_path: Path) -> None:
    studio = open_studio(tmp_path / "Many")
    bounce = write_bounce(tmp_path / "Tide in.wav", seconds=0.5)
    first = importing.import_file(studio, bounce).release_id
    for number in range(5):
        path = write_bounce(tmp_path / f"Tide {TIDES[number]}.wav", seconds=0.5, seed=number + 9)
        importing.import_file(studio, path, release_id=first)
    with open_window(qtbot, studio, "publish") as window:
        window.activateWindow()
        window.resize(1120, 700)
        type_words(qtbot, window, "tide")
        assert offered(window)[-1] == ("Show all in Tracks", "")
        results = window.anywhere.results
        assert window.rect().contains(results.geometry())
        qtbot.keyClick(window.shown.search.line, Qt.Key.Key_Up)
        qtbot.keyClick(window.shown.search.line, Qt.Key.Key_Return)
        screen = window.shown
        assert isinstance(screen, TracksScreen)
        settle(qtbot, lambda: len(screen.model.ids) == 6)


def test_an_empty_library_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, open_studio(tmp_path / "None"), "releases") as window:
        window.activateWindow()
        type_words(qtbot, window, "anything")
        assert offered(window) == []


def test_people_come_with_their_roles(studio: Studio) -> None:
    found = finding.find_anything(studio, "ólafur", 4)
    assert [(each.name, each.roles) for each in found.people] == [
        ("Ólafur Ström", ("composer", "producer"))
    ]
    assert [each.id for each in finding.list_releases(studio)] == [2, 1]
    assert finding.find_anything(studio, "vale", 4).people[0].roles == ("artist",)
    assert finding.find_anything(studio, "night", 4).people == ()

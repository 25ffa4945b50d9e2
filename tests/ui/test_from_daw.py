"""The track's page offers what a DAW project says, takes it, gives it back, and packs stems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bounces import write_bounce
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from readers import makers
from ui.studios import make_studio, open_window, settle

from indieartist.readers.projects import read_project
from indieartist.ui.cards.from_daw import FromDaw
from indieartist.ui.screens.track import TrackScreen
from indieartist.ui.window import StudioWindow


@pytest.fixture
def project(library_dir: Path) -> Path:
    """Beside the bounce that `make_studio` writes."""
    return makers.write_als(library_dir.parent)


@pytest.fixture
def window(qtbot: QtBot, library_dir: Path, project: Path) -> Iterator[StudioWindow]:
    with open_window(qtbot, make_studio(library_dir, 1.0), "release") as made:
        made.open_track(1)
        yield made


@pytest.fixture
def card(window: StudioWindow) -> FromDaw:
    screen = window.screens["track"]
    assert isinstance(screen, TrackScreen)
    return screen.daw


def test_a_project_is_offered_taken_packed_and_undone(
    qtbot: QtBot, window: StudioWindow, card: FromDaw, tmp_path: Path
) -> None:
    settle(qtbot, card.take.isVisible)
    assert card.offered.text().startswith("Night Bus 12.als (Ableton Live 12.1d1) says 92.5 bpm")
    assert card.missing.text() == "2 samples are missing: kick 01.wav, lost & gone.wav."
    qtbot.keyClick(card.take, Qt.Key.Key_Space)
    settle(qtbot, card.drop.isVisible)
    settle(qtbot, lambda: not card.take.isVisible())
    assert card.facts.text() == "92.5 bpm · 6/8 · Ableton Live 12.1d1, Night Bus 12.als"
    assert card.markers.text() == "0:00 Intro · 0:24 Chorus & Köln"
    told = read_project(make_pack(qtbot, card, tmp_path))
    assert (told.tempo_bpm, told.tracks) == (92.5, ("Drums", "Bass", "Master"))
    window.desk.undo()
    settle(qtbot, lambda: not card.drop.isVisible())
    settle(qtbot, card.take.isVisible)


def make_pack(qtbot: QtBot, card: FromDaw, folder: Path) -> Path:
    stems = [write_bounce(folder / f"{name}.wav", 0.5) for name in ("Drums", "Bass")]
    out = folder / "Night Bus.dawproject"
    card.choose_files = lambda *_: stems
    card.choose_target = lambda _name: out
    qtbot.mouseClick(card.pack, Qt.MouseButton.LeftButton)
    settle(qtbot, out.exists)
    return out


def test_an_offer_is_declined_and_any_project_is_read(
    qtbot: QtBot, window: StudioWindow, card: FromDaw, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settle(qtbot, card.take.isVisible)
    qtbot.mouseClick(card.decline, Qt.MouseButton.LeftButton)
    assert not card.take.isVisible()
    with qtbot.waitSignal(window.release_read):
        window.reload()
    assert not card.take.isVisible()
    assert "No project" in card.facts.text()
    other = makers.write_rpp(tmp_path_factory.mktemp("elsewhere"))
    card.choose_file = lambda *_: other
    qtbot.mouseClick(card.read, Qt.MouseButton.LeftButton)
    settle(qtbot, lambda: "Reaper 7.22" in card.offered.text())
    assert card.offer is not None
    assert card.offer.source.sample_rate_hz == 48_000
    window.intake.take([makers.write_flp(other.parent)])
    settle(qtbot, lambda: "FL Studio" in card.offered.text())
    other.write_bytes(b"what")
    qtbot.mouseClick(card.read, Qt.MouseButton.LeftButton)
    settle(qtbot, lambda: "no project that can be read" in window.toast.accessibleName())
    window.show_page("releases")
    window.intake.take([other])
    assert "on the page of its track" in window.toast.accessibleName()

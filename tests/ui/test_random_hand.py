"""A thousand things that a hand might do, in an order that nobody thought of."""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from bounces import write_bounce, write_cover
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.studios import fill_in, make_studio, open_window, settings

from indieartist.errors import AppError
from indieartist.services import editing, finding, importing, mastering
from indieartist.services.settings import Settings, write_settings
from indieartist.services.studio import Studio, open_studio
from indieartist.ui.errors import BugReport
from indieartist.ui.picture import Rest
from indieartist.ui.window import StudioWindow

ACTS, SEED = 1000, int(os.environ.get("HAND_SEED", "20261122"))
CACHE = Path(__file__).resolve().parents[2] / ".cache"
REAL_SONGS = tuple(
    CACHE / name
    for name in ("songs/feelings.wav", "bench/album-03.flac", "bench/frozen-bubble.wav")
)
TONGUES = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft "[:78] * 2,
    "夜明け前の長い電車に乗って海沿いの町へ帰る君の背中を見送りながら歌う" * 4,
    "",
    "x",
    "14 Nov 2027",
    "GBAYE6800011",
    "%_'\"\\",
)
KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Delete,
    Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_L, Qt.Key.Key_PageDown, Qt.Key.Key_Home,
)  # fmt: skip
QUIET = ("propagateSizeHints", "This plugin does not support")


class Offline(requests.Session):
    """A machine with no network."""

    def request(self, *_args: Any, **_kwargs: Any) -> Any:
        raise requests.ConnectionError("no network in a test")


class Nowhere(QObject):
    """Takes what would open in other programs."""

    @Slot(QUrl)
    def take(self, _url: QUrl) -> None:
        return


@pytest.fixture
def _indoors(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing opens outside the window; dialogs for files are answered at once."""
    nowhere = Nowhere()
    for scheme in ("file", "http", "https", "mailto"):
        QDesktopServices.setUrlHandler(scheme, nowhere, "take")
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out / "mix.wav"), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    yield
    for scheme in ("file", "http", "https", "mailto"):
        QDesktopServices.unsetUrlHandler(scheme)
    write_settings(Settings())


class Hand:
    """What a hand can do; every choice is the seed's."""

    def __init__(self, window: StudioWindow, folder: Path) -> None:
        self.window, self.chance = window, random.Random(SEED)
        self.files = [write_bounce(folder / f"Song {i}.wav", seconds=0.5 + i / 4) for i in range(4)]
        self.files.append(write_cover(folder / "cover.png", 320))
        bad = folder / "bad.wav"
        bad.write_bytes(b"no music")
        self.files.append(bad)
        self.acts: list[Callable[[], None]] = [
            self.click, self.click, self.click, self.key, self.key, self.type, self.type,
            self.command, self.command, self.turn, self.drop, self.pick, self.resize, self.find,
            self.mouse_back,
        ]  # fmt: skip

    def act(self) -> str:
        """Do something; its name."""
        act = self.chance.choice(self.acts)
        act()
        return act.__name__

    def _visible(self, kind: type[QWidget]) -> Any:
        root = QApplication.activeModalWidget() or self.window
        found = [w for w in root.findChildren(kind) if w.isVisible() and w.isEnabled()]
        return self.chance.choice(found) if found else None

    def click(self) -> None:
        if (button := self._visible(QAbstractButton)) is not None:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def key(self) -> None:
        modifiers = self.chance.choice(
            [Qt.KeyboardModifier.NoModifier] * 4
            + [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier]
        )
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, self.chance.choice(KEYS), modifiers)

    def type(self) -> None:
        if (line := self._visible(QLineEdit)) is not None:
            line.setFocus()
            line.setText(self.chance.choice(TONGUES))
            QTest.keyClick(line, Qt.Key.Key_Return)

    def command(self) -> None:
        commands = [a for key, a in self.window.commands.items() if key != "demo" and a.isEnabled()]
        self.chance.choice(commands).trigger()

    def turn(self) -> None:
        self.window.show_page(self.chance.choice(list(self.window.screens)))

    def drop(self) -> None:
        data = QMimeData()
        chosen = self.chance.sample(self.files, self.chance.randint(1, 3))
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in chosen])
        spot = QPoint(600, 300).toPointF()
        buttons = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        self.window.dropEvent(QDropEvent(spot, Qt.DropAction.CopyAction, data, *buttons))

    def pick(self) -> None:
        if (view := self._visible(QAbstractItemView)) is None:
            return
        room = view.viewport().rect()
        at = QPoint(
            self.chance.randint(0, max(room.width() - 1, 0)),
            self.chance.randint(0, max(room.height() - 1, 0)),
        )
        how = self.chance.choice(
            [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier]
        )
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, how, at)

    def resize(self) -> None:
        self.window.resize(self.chance.randint(1120, 1700), self.chance.randint(700, 1000))

    def find(self) -> None:
        self.window.guide.open_palette()
        self.window.guide.palette.line.setText(self.chance.choice(["ni", "song", "ma", "undo"]))

    def mouse_back(self) -> None:
        button = self.chance.choice([Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton])
        QTest.mouseClick(self.window.stack, button)


def put_away(chance: random.Random) -> None:
    """Close what lies over the window, as often as not; a bug's report is a failure."""
    for box in QApplication.topLevelWidgets():
        if isinstance(box, BugReport):
            pytest.fail(box._words)
        if isinstance(box, QDialog) and box.isVisible() and chance.random() < 0.5:
            box.reject()
    if (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def orphans() -> set[QWidget]:
    """Windows that belong to nobody."""
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {w for w in QApplication.topLevelWidgets() if w.parent() is None}


def short_songs(library_dir: Path, folder: Path) -> Studio:
    """Songs of a second or two, so that much happens between two acts."""
    studio = make_studio(library_dir, mastered=True)
    fill_in(studio, folder)
    importing.import_file(studio, write_bounce(folder / "Möwen.wav", seconds=1.1))
    return studio


def real_songs(library_dir: Path, _folder: Path) -> Studio:
    """Music as people make it, fetched for the tour and the benchmarks; minutes of it."""
    songs = [path for path in REAL_SONGS if path.exists()]
    if not songs:
        pytest.skip("no real song was fetched: `make song` does")
    studio = open_studio(library_dir)
    first = importing.import_file(studio, songs[0])
    release = finding.get_release(studio, f"R{first.release_id}")
    mastering.master_track(studio, release.tracks[0], settings(studio))
    for song in songs[1:]:
        importing.import_file(studio, song)
    return studio


@pytest.mark.real
@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("_indoors")
@pytest.mark.parametrize("make", [short_songs, real_songs])
def test_a_thousand_acts_by_chance_break_nothing(
    qtbot: QtBot,
    library_dir: Path,
    tmp_path: Path,
    qtlog: Any,
    make: Callable[[Path, Path], Studio],
) -> None:
    studio = make(library_dir, tmp_path)
    studio.__dict__["session"] = Offline()
    editing.new_release(studio, TONGUES[1][:120], ["Mara Vale"])
    with open_window(qtbot, studio, "release") as window:
        window.activateWindow()
        hand, rest, done = Hand(window, tmp_path), Rest(window.bridge), []
        before = orphans()
        for number in range(ACTS):
            done.append(hand.act())
            put_away(hand.chance)
            QApplication.processEvents()
            if number % 10 == 0:
                rest.wait()
        rest.wait()
        put_away(random.Random(0))
        bugs = [e for e in window.job_log.failed if not isinstance(e.error, AppError)]
        assert not bugs, bugs[0].details
        assert len(set(done)) == len(set(hand.acts))
        for box in window.findChildren(QDialog):
            box.close()
        assert orphans() <= before
    said = [r.message for r in qtlog.records if not any(q in r.message for q in QUIET)]
    assert not said, said[:5]

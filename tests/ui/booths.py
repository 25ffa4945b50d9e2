"""A bar and a player over a studio with one mastered song, worked by hand."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from ui.studios import HandSink, get_release, make_studio, settle

from indieartist.jobs.runner import ThreadRunner
from indieartist.services.studio import Studio, open_studio
from indieartist.ui.bridge import Bridge
from indieartist.ui.desk import Desk
from indieartist.ui.keys import PlayerKeys
from indieartist.ui.player import SongPlayer
from indieartist.ui.widgets.toast import Toast
from indieartist.ui.widgets.transport import TransportBar

ORIGINAL, MASTER = "mix:1", "mix:2"


@lru_cache(maxsize=1)
def _mastered() -> Path:
    """The library of a studio with one mastered song, made once, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="booth-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make_studio(folder / "Library", mastered=True).library.close()
    return folder / "Library"


def mastered_studio(library_dir: Path) -> Studio:
    """A studio of one's own with one mastered song in it."""
    shutil.copytree(_mastered(), library_dir, dirs_exist_ok=True)
    return open_studio(library_dir)


@contextmanager
def open_booth(qtbot: QtBot, studio: Studio) -> Iterator[Any]:
    """The booth, with all it is made of; no error may have come of the work in it."""
    errors: list[BaseException] = []
    sinks: list[HandSink] = []
    window = QWidget()
    qtbot.addWidget(window)
    bar, line = TransportBar(), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(line)
    layout.addWidget(bar)
    bridge = Bridge(ThreadRunner(), errors.append, window)
    desk = Desk(bridge, Toast(window), lambda: studio)

    def make_sink(rate_hz: int) -> HandSink:
        sinks.append(HandSink(rate_hz))
        return sinks[-1]

    player = SongPlayer(desk, bar, lambda release: None, make_sink)
    PlayerKeys(player, window)
    window.resize(1200, 200)
    window.show()
    with qtbot.waitSignal(desk.opened):
        desk.open()
    player.set_release(get_release(studio))
    try:
        yield SimpleNamespace(**locals())
    finally:
        bridge.close()
    assert errors == []


def put_on(booth: Any, qtbot: QtBot, track: int = 1) -> HandSink:
    booth.player.play_track(track)
    settle(qtbot, lambda: booth.player.playing)
    return booth.sinks[-1]

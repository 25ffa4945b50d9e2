"""A real studio with real, short music in it, for the window's tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from bounces import write_bounce, write_cover
from pytestqt.qtbot import QtBot

from indieartist.domain.release import Credit, Release
from indieartist.jobs.runner import ThreadRunner
from indieartist.services import editing, finding, importing, mastering
from indieartist.services.studio import Studio, open_studio
from indieartist.ui.picture import Rest
from indieartist.ui.window import StudioWindow


class HandSink:
    """A sound card that asks for sound when the test says so."""

    latency_ms = 0.0
    audible = True

    def __init__(self, rate_hz: int) -> None:
        self.rate_hz, self.render, self.running = rate_hz, None, False

    def start(self, render: Any) -> None:
        self.render, self.running = render, True

    def stop(self) -> None:
        self.running = False

    def pull(self, frames: int) -> np.ndarray:
        assert self.render is not None
        return np.array(self.render(frames))


def make_studio(folder: Path, seconds: float = 2.0, *, mastered: bool = False) -> Studio:
    """A library with one song in it."""
    studio = open_studio(folder)
    bounce = write_bounce(folder.parent / "Night Bus.wav", seconds=seconds)
    importing.import_file(studio, bounce)
    if mastered:
        mastering.master_track(studio, get_release(studio).tracks[0], settings(studio))
    return studio


def settings(studio: Studio) -> Any:
    return mastering.get_settings(studio)


def get_release(studio: Studio) -> Release:
    return finding.get_release(studio, "R1")


def fill_in(studio: Studio, folder: Path) -> None:
    """Say all that a destination asks."""
    values = {"genre": "Electronic", "language": "en", "label": "Mara Vale"}
    values |= {"release_on": "2027-01-15", "ai_disclosure": "none"}
    values |= {"p_line": "2026 Mara Vale", "c_line": "2026 Mara Vale"}
    editing.edit_release(studio, get_release(studio), values)
    editing.set_artists(studio, get_release(studio), ["Mara Vale"])
    editing.set_artwork(studio, get_release(studio), write_cover(folder / "cover.png"))
    track = get_release(studio).tracks[0]
    editing.edit_track(studio, track, {"explicit": "none", "language": "zxx"})
    roles = ("composer", "performer", "producer")
    editing.set_track_credits(studio, track, [Credit("Mara Vale", role) for role in roles])
    editing.approve_mix(studio, track, track.mixes[-1])


def settle(qtbot: QtBot, check: Any) -> None:
    """Wait until `check()` holds."""
    qtbot.waitUntil(check, timeout=20_000)


@contextmanager
def open_window(qtbot: QtBot, studio: Studio, page: str) -> Iterator[StudioWindow]:
    """The whole window over a studio, at a page."""
    window = StudioWindow(lambda: studio, ThreadRunner())
    qtbot.addWidget(window)
    rest = Rest(window.bridge)
    with qtbot.waitSignal(window.desk.opened):
        window.desk.open()
    window.show_page(page)
    window.show()
    rest.wait()  # pages are read again when they are turned to: what stands then stays
    try:
        yield window
    finally:
        window.close()
        window.bridge.close()

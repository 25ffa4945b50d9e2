"""The sound device keeps nobody waiting: it is opened, stopped and dropped on its own thread."""

from __future__ import annotations

import gc
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from pytestqt.qtbot import QtBot
from ui.studios import make_studio, open_window, settle

from indieartist.errors import WorldError
from indieartist.ui.player import SongPlayer
from indieartist.ui.sound import PatientSink

PATIENCE_S = 10.0


class SlowDevice:
    """A device that does not start before it is let."""

    latency_ms = 60.0
    audible = False

    def __init__(self, refuses: Exception | None = None) -> None:
        self.free, self.refuses = threading.Event(), refuses
        self.did: list[str] = []
        self.threads: set[str] = set()

    def start(self, render: Any) -> None:
        assert self.free.wait(PATIENCE_S)
        self._note("start")
        if self.refuses:
            raise self.refuses

    def stop(self) -> None:
        self._note("stop")

    def _note(self, what: str) -> None:
        self.did.append(what)
        self.threads.add(threading.current_thread().name)


def test_a_device_that_is_slow_to_open_holds_nobody_up() -> None:
    device, told = SlowDevice(), threading.Event()
    sink = PatientSink(device, lambda _error: told.set())
    sink.start(lambda frames: frames)  # returns while the device still waits
    sink.stop()
    assert device.did == []
    device.free.set()
    assert told.wait(PATIENCE_S)
    del sink
    gc.collect()
    flushed = threading.Event()
    probe = SlowDevice()
    probe.free.set()
    PatientSink(probe, lambda _: flushed.set()).start(None)
    assert flushed.wait(PATIENCE_S)
    assert device.did == ["start", "stop", "stop"]
    assert all(name.startswith("sound") for name in device.threads)


def test_what_the_device_says_is_told() -> None:
    device = SlowDevice(WorldError("The sound device did not start."))
    heard: SimpleQueue[BaseException | None] = SimpleQueue()
    device.free.set()
    sink = PatientSink(device, heard.put)
    sink.start(None)
    assert isinstance(heard.get(timeout=PATIENCE_S), WorldError)


def test_a_device_that_fails_stops_the_song_and_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    device = SlowDevice(WorldError("The sound device did not start.", "Check the system's sound."))
    with open_window(qtbot, make_studio(tmp_path / "Library"), "release") as window:
        player = SongPlayer(window.desk, window.transport, lambda _: None)
        player.turntable.make_sink = lambda _rate: player.card.watched(device)
        player.set_release(window.release)
        assert window.release is not None
        player.play_track(window.release.tracks[0].id)
        settle(qtbot, lambda: player.playing)
        device.free.set()
        settle(qtbot, lambda: not player.playing)
        assert "did not start" in window.toast.accessibleName()
        player.stop()

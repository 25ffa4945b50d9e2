"""The miniaudio sink on its silent clock: the true callback thread, with no sound card."""

from __future__ import annotations

import logging
import threading
import time

import miniaudio
import numpy as np
import pytest

from indieartist.audio import sinks
from indieartist.audio.engine import Player, Source
from indieartist.audio.sinks import MiniaudioSink

NULL = [miniaudio.Backend.NULL]


def until(condition, seconds=10.0):
    ends_at = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends_at, "it did not happen"
        time.sleep(0.005)


@pytest.fixture
def sink():
    made = MiniaudioSink(44100, NULL)
    yield made
    made.stop()


def test_a_song_plays_to_its_end_in_the_devices_thread(sink):
    song = np.ones((8000, 2), np.float32) * np.float32(0.1)
    player = Player(44100, sink)
    player.load([Source("a", song, 44100), Source("b", song / 2, 44100)])
    player.play()
    player.select(1)
    until(lambda: not player.playing)
    until(lambda: player.position == 8000)
    player.close()


def test_render_is_called_from_another_thread_until_stop(sink):
    threads = []

    def render(frames):
        threads.append(threading.get_ident())
        return np.zeros((frames, 2), np.float32)

    sink.start(render)
    sink.start(render)
    until(lambda: len(threads) > 3)
    sink.stop()
    sink.stop()
    calls = len(threads)
    time.sleep(0.15)
    assert len(threads) == calls
    assert threading.get_ident() not in threads
    sink.start(render)
    until(lambda: len(threads) > calls)


def test_says_that_it_is_silent(sink):
    assert sink.backend == ""
    sink.start(lambda frames: np.zeros((frames, 2), np.float32))
    assert sink.backend == "Null"
    assert not sink.audible


def test_late_sound_lengthens_the_buffer_at_the_next_start(sink):
    calls = []

    def render(frames):
        calls.append(frames)
        time.sleep(0.2 if len(calls) == 3 else 0)
        return np.zeros((frames, 2), np.float32)

    sink.start(render)
    assert sink.latency_ms == 60
    until(lambda: len(calls) > 4)
    sink.start(render)
    assert sink.latency_ms == 150
    frames_of_a_period = 44100 * 150 // 1000
    until(lambda: calls[-1] == frames_of_a_period)


def test_a_broken_device_leads_to_the_silent_clock(monkeypatch, caplog):
    real = miniaudio.PlaybackDevice

    def device(**wanted):
        if wanted["backends"] != NULL:
            raise miniaudio.MiniaudioError("failed to init device", -401)
        return real(**wanted)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", device)
    made = MiniaudioSink(44100)
    with caplog.at_level(logging.WARNING):
        made.start(lambda frames: np.zeros((frames, 2), np.float32))
    made.stop()
    assert not made.audible
    assert "runs in silence" in caplog.text


def test_a_linux_without_a_card_asks_sound_servers_alone(monkeypatch):
    monkeypatch.setattr(sinks.sys, "platform", "linux")
    monkeypatch.setattr(sinks.Path, "glob", lambda self, pattern: iter(()))
    backends = sinks._likely_backends()
    assert backends is not None
    assert miniaudio.Backend.ALSA not in backends
    monkeypatch.setattr(sinks.Path, "glob", lambda self, pattern: iter(("pcmC0D0p",)))
    assert sinks._likely_backends() is None

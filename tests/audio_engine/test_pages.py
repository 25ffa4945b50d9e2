"""Long songs from the disk: page by page the same samples, within a bound of memory."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indieartist.audio.decode import probe, read_audio
from indieartist.audio.engine import Player, Source
from indieartist.audio.feeder import Feeder, order_pages
from indieartist.audio.pages import PAGE_FRAMES, FileSound
from indieartist.audio.samples import as_stereo
from indieartist.audio.sound import MemorySound
from indieartist.errors import UserError

RATE = 44100
FRAMES = 4 * PAGE_FRAMES + 12_345
PATIENCE_S = 20.0


def until(condition):
    ends_at = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < ends_at, "it did not happen"
        time.sleep(0.002)


def song(seed, frames=FRAMES, channels=2):
    rng = np.random.default_rng(seed)
    return (rng.standard_normal((frames, channels)) * 0.1).astype(np.float32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("songs")


def write(path, samples, rate_hz=RATE, subtype="PCM_24"):
    soundfile.write(path, samples, rate_hz, subtype=subtype)
    return path


@pytest.fixture(scope="module")
def paths(folder):
    return [write(folder / f"{seed}.flac", song(seed)) for seed in (1, 2, 3)]


@pytest.fixture(scope="module")
def wholes(paths):
    return [read_audio(path)[0] for path in paths]


def paged(path, rate_hz=RATE):
    return FileSound(path, probe(path), rate_hz, path.name)


def load_all(sound):
    for page in range(sound.pages):
        sound.load(page)
    return sound


class Nowhere:
    """A place where no sound goes."""

    latency_ms = 0.0

    def start(self, render): ...

    def stop(self): ...


class TestSound:
    @settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        order=st.permutations(range(5)),
        cut=st.tuples(st.integers(0, FRAMES - 1), st.integers(1, 100_000)),
    )
    def test_pages_read_in_any_order_are_the_song(self, paths, wholes, order, cut):
        sound = paged(paths[0])
        for page in order:
            sound.load(page)
        stop = min(sum(cut), FRAMES)
        assert sound.frames == FRAMES
        assert np.array_equal(sound.read(cut[0], stop), wholes[0][cut[0] : stop])
        assert sound.available(0) >= PAGE_FRAMES
        sound.close()

    def test_what_has_not_come_is_not_available(self, paths):
        sound = paged(paths[0])
        sound.load(1)
        assert sound.available(0) == 0
        assert sound.available(PAGE_FRAMES + 5) == PAGE_FRAMES - 5
        assert sound.available(FRAMES) == 0
        assert not sound.read(0, 100).any()
        sound.drop(1)
        assert sound.available(PAGE_FRAMES) == 0

    @pytest.mark.parametrize("rate_hz", [48_000, 96_000, 22_050])
    def test_another_rate_sounds_as_if_the_whole_were_resampled(self, folder, rate_hz):
        samples = song(5, 3 * PAGE_FRAMES + 777)
        path = write(folder / f"{rate_hz}.wav", samples, rate_hz, "FLOAT")
        sound = load_all(paged(path))
        whole = as_stereo(samples, (rate_hz, RATE), "x")
        assert sound.frames == pytest.approx(len(whole), abs=1)
        frames = min(sound.frames, len(whole))
        assert np.abs(sound.read(0, frames) - whole[:frames]).max() < 2e-6

    def test_mono_takes_half_and_sounds_on_both_sides(self, folder):
        path = write(folder / "mono.wav", song(6, channels=1))
        sound = load_all(paged(path))
        assert sound.page_bytes == PAGE_FRAMES * 4
        out = sound.read(100, 70_000)
        assert out.shape == (69_900, 2)
        assert np.array_equal(out[:, 0], out[:, 1])

    @pytest.mark.parametrize("kind", [("mp3", None), ("ogg", "VORBIS"), ("ogg", "OPUS")])
    def test_lossy_pages_are_the_song(self, folder, kind):
        rate_hz = 48_000 if kind[1] == "OPUS" else RATE
        path = write(folder / f"lossy-{kind[1]}.{kind[0]}", song(7), rate_hz, kind[1])
        whole, _ = read_audio(path)
        sound = paged(path, rate_hz)
        for page in (2, 0, 4, 1, 3):
            sound.load(page)
        frames = min(len(whole), sound.frames)
        assert np.abs(sound.read(0, frames) - whole[:frames]).max() < 1e-4

    def test_a_file_that_breaks_off_is_silent_and_says_why(self, folder):
        path = write(folder / "cut.flac", song(8))
        info = probe(path)
        sound = FileSound(path, info, RATE, "cut")
        sound.load(0)
        sound.close()
        path.unlink()
        with pytest.raises(UserError, match="no file"):
            sound.load(1)
        assert sound.failure is not None
        assert sound.available(PAGE_FRAMES) > 0
        assert not sound.read(PAGE_FRAMES, 2 * PAGE_FRAMES).any()

    def test_refuses_surround(self, folder):
        path = write(folder / "six.wav", np.zeros((1000, 6), np.float32))
        with pytest.raises(UserError, match="neither mono nor stereo"):
            paged(path)


class TestOrder:
    def test_begins_at_the_places_and_leaves_nothing_out(self, paths):
        sounds = [paged(path) for path in paths[:2]]
        found = list(order_pages((2 * PAGE_FRAMES, 0), sounds))
        assert set(found[:8]) == {(s, p) for s in sounds for p in (0, 1, 2, 3)}
        assert set(found) == {(s, p) for s in sounds for p in range(5)}
        assert {step[1] for step in found[:4]} == {0, 2}

    def test_of_no_sounds_is_nothing(self):
        assert list(order_pages((0,), ())) == []


class TestFeeder:
    def test_keeps_to_its_bound_and_follows_the_playhead(self, paths):
        place = [0]
        feeder = Feeder(lambda: place, budget_bytes=3 * PAGE_FRAMES * 8)
        sound = paged(paths[0])
        feeder.follow([sound])
        until(lambda: sound.loaded == {0, 1, 2})
        place[0] = 4 * PAGE_FRAMES + 5
        feeder.look()
        until(lambda: sound.loaded == {2, 3, 4})
        feeder.follow(())
        until(lambda: feeder._thread is None)
        assert sound._spool._reader is None

    def test_reads_first_what_is_listened_to(self, paths):
        feeder = Feeder(lambda: (0,), budget_bytes=PAGE_FRAMES * 8)
        sounds = [paged(path) for path in paths]
        feeder.first = sounds[2]
        feeder.follow(sounds)
        until(lambda: sounds[2].loaded == {0})
        feeder.follow(())
        until(lambda: feeder._thread is None)
        assert not sounds[0].loaded


@pytest.fixture
def player(paths):
    made = Player(RATE, Nowhere())
    made.load([Source(path.name, paged(path), RATE) for path in paths])
    yield made
    made.load(())
    until(lambda: made._feeder._thread is None)


def wait_for_all(player):
    until(lambda: all(len(sound.loaded) == 5 for sound in player.sounds))


def test_a_song_from_the_disk_plays_bit_exactly(player, wholes):
    wait_for_all(player)
    player.play()
    out = np.concatenate([player.render(4410) for _ in range(30)])
    assert np.array_equal(out, wholes[0][: len(out)])
    player.select(2)
    player.render(1000)
    assert np.array_equal(player.render(1000), wholes[2][len(out) + 1000 : len(out) + 2000])


class Held(MemorySound):
    """A song that comes when the test says so."""

    ready = FRAMES

    def available(self, start):
        return max(0, self.ready - start)


def held_player(*samples):
    player = Player(RATE, Nowhere())
    player.load([Source(f"{n}", Held(each), RATE) for n, each in enumerate(samples)])
    return player


class TestWaiting:
    """What was asked for and has not come: the music goes on, and nothing clicks or is lost."""

    def test_a_seek_is_heard_once_its_place_has_come(self):
        a = song(1)
        player = held_player(a)
        player.sounds[0].ready = 50_000
        player.play()
        player.render(1000)
        player.seek(100_000)
        assert player.position == 100_000
        assert np.array_equal(player.render(3000), a[1000:4000])
        player.sounds[0].ready = FRAMES
        out = player.render(1000)
        assert np.array_equal(out[220:], a[100_220:101_000])

    def test_a_switch_waits_as_well(self):
        a, b = song(1), song(2)
        player = held_player(a, b)
        player.sounds[1].ready = 0
        player.play()
        player.render(1000)
        player.select(1)
        assert np.array_equal(player.render(2000), a[1000:3000])
        player.sounds[1].ready = FRAMES
        assert np.array_equal(player.render(2000)[441:], b[3441:5000])

    def test_a_song_that_has_not_come_begins_with_its_first_frame(self):
        a = song(1)
        player = held_player(a)
        player.sounds[0].ready = 0
        player.play()
        assert not player.render(5000).any()
        player.sounds[0].ready = FRAMES
        assert np.array_equal(player.render(2000), a[:2000])

    def test_a_slow_disk_loses_no_frame(self):
        a = song(1)
        player = held_player(a)
        player.sounds[0].ready = 15_000
        player.play()
        out = player.render(20_000)
        assert np.array_equal(out[:15_000], a[:15_000])
        assert not out[15_000:].any()
        player.sounds[0].ready = FRAMES
        assert np.array_equal(player.render(1000), a[15_000:16_000])

    def test_a_pause_needs_nothing(self):
        player = held_player(song(1))
        player.play()
        player.render(1000)
        player.sounds[0].ready = 1000
        player.seek(100_000)
        player.pause()
        player.render(5000)
        assert not player.render(500).any()
        assert player.position == 100_000


def test_a_player_that_is_dropped_lets_its_files_go(paths):
    made = Player(RATE, Nowhere())
    sound = paged(paths[0])
    made.load([Source("a", sound, RATE)])
    until(lambda: len(sound.loaded) == 5)
    before = {thread.name for thread in threading.enumerate()}
    assert "feeder" in before
    feeder = made._feeder
    del made
    until(lambda: feeder._thread is None)
    assert sound._spool._reader is None

"""The A/B player, sample by sample: what a switch, a seek and a loop change, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indieartist.audio.engine import Player, Source
from indieartist.audio.tape import matched_gains_db
from indieartist.errors import UserError

RATE = 44100
SWITCH, SEAM = 441, 220


@dataclass
class FakeSink:
    """Remembers what it was told; the test itself asks for sound."""

    latency_ms: float = 0.0
    told: list[str] = field(default_factory=list)

    def start(self, render):
        self.told.append("start")

    def stop(self):
        self.told.append("stop")


@dataclass
class Clock:
    """A clock that the test moves."""

    seconds: float = 0.0

    def __call__(self):
        return self.seconds


def noise(seed, frames=20_000):
    rng = np.random.default_rng(seed)
    return (rng.standard_normal((frames, 2)) * 0.2).astype(np.float32)


def tone(frames=20_000, hz=220.0, rate_hz=RATE):
    wave = np.sin(2 * np.pi * hz * np.arange(frames) / rate_hz).astype(np.float32) * np.float32(0.5)
    return np.stack([wave, wave], axis=1)


A, B = noise(1), noise(2)


def player(*sounds, rate_hz=RATE, **kw):
    made = Player(rate_hz, FakeSink(), **kw)
    made.load([Source(f"s{i}", sound, rate_hz) for i, sound in enumerate(sounds)])
    return made


def steepest(sound):
    return float(np.abs(np.diff(sound, axis=0)).max())


class TestPlain:
    def test_plays_bit_exactly_from_the_first_frame(self):
        p = player(A)
        p.play()
        assert np.array_equal(p.render(5000), A[:5000])
        assert np.array_equal(p.render(5000), A[5000:10_000])

    def test_is_silent_before_play(self):
        p = player(A)
        assert not p.render(1000).any()
        p.play()
        assert np.array_equal(p.render(1000), A[:1000])

    def test_an_empty_player_is_silent_and_does_not_play(self):
        p = Player(RATE, FakeSink())
        p.play()
        assert not p.render(1000).any()
        assert not p.playing
        assert p.position == 0

    def test_stops_at_the_end_and_starts_again(self):
        p = player(A)
        p.play()
        out = p.render(30_000)
        assert np.array_equal(out[:20_000], A)
        assert not out[20_000:].any()
        assert not p.playing
        assert not p.render(100).any()
        p.play()
        assert p.playing
        assert np.array_equal(p.render(100), A[:100])

    def test_seeking_after_the_end_does_not_start(self):
        p = player(A)
        p.play()
        p.render(30_000)
        p.seek(100)
        assert not p.playing
        assert not p.render(500).any()
        assert p.position == 100

    def test_a_shorter_source_ends_in_silence(self):
        p = player(A[:1000], B)
        p.play()
        out = p.render(3000)
        assert np.array_equal(out[:1000], A[:1000])
        assert not out[1000:].any()
        assert p.playing
        p.select(1)
        assert np.array_equal(p.render(2000)[SWITCH:], B[3000 + SWITCH : 5000])

    def test_mono_sounds_on_both_sides(self):
        p = player(A[:, 0])
        p.play()
        assert np.array_equal(p.render(1000), A[:1000, [0, 0]])

    def test_refuses_surround(self):
        with pytest.raises(UserError, match=r"s0.*neither mono nor stereo"):
            player(np.zeros((100, 6), np.float32))

    def test_sounds_that_are_no_numbers_are_silent(self):
        broken = A.copy()
        broken[100], broken[200] = np.nan, np.inf
        p = player(broken)
        p.play()
        out = p.render(1000)
        assert np.isfinite(out).all()
        assert np.array_equal(out[101:200], A[101:200])


class TestSwitch:
    def test_changes_its_ramp_alone(self):
        p = player(A, B)
        p.play()
        head = p.render(1000)
        p.select(1)
        out = p.render(4000)
        assert np.array_equal(head, A[:1000])
        assert np.array_equal(out[SWITCH - 1 :], B[1000 + SWITCH - 1 : 5000])
        k = np.arange(1, SWITCH)[:, None] / SWITCH
        mixed = A[1000 : 1000 + SWITCH - 1] * (1 - k) + B[1000 : 1000 + SWITCH - 1] * k
        assert np.allclose(out[: SWITCH - 1], mixed, atol=1e-6)

    @pytest.mark.parametrize("rate_hz", [22050, 44100, 48000, 96000])
    def test_lasts_ten_milliseconds_at_any_rate(self, rate_hz):
        p = player(A, A * np.float32(0.5), rate_hz=rate_hz)
        p.play()
        p.select(1)
        p.render(100)
        p.select(0)
        out = p.render(5000)
        exact = np.all(out == A[100:5100], axis=1)
        assert exact[round(rate_hz / 100) - 1 :].all()
        assert not exact[: round(rate_hz / 100) - 2].all()

    def test_versions_in_phase_keep_their_level(self):
        p = player(tone(), tone())
        p.play()
        p.render(500)
        p.select(1)
        assert np.allclose(p.render(1000), tone()[500:1500], atol=1e-6)

    def test_turning_back_in_mid_fade_does_not_click(self):
        p = player(tone(), -tone())
        p.play()
        p.render(777)
        steps = []
        for index in (1, 0, 1, 0, 1, 0):
            p.select(index)
            steps.append(p.render(100))
        out = np.concatenate([*steps, p.render(2000)])
        assert steepest(out) < steepest(tone()) * 1.5 + 1 / SWITCH
        assert np.array_equal(out[600 + SWITCH :], tone()[1377 + SWITCH : 3377])

    def test_refuses_what_is_not_there(self):
        with pytest.raises(IndexError, match="no source 2"):
            player(A, B).select(2)

    def test_in_pause_changes_nothing_but_the_next_sound(self):
        p = player(A, B)
        p.select(1)
        assert not p.render(1000).any()
        p.play()
        assert np.array_equal(p.render(1000), B[:1000])


class TestDip:
    """The switch of a blind test: it sounds the same whichever source it leads to."""

    @pytest.mark.parametrize("goal", [0, 1])
    def test_falls_to_silence_and_rises_and_loses_no_frame(self, goal):
        p = player(A, B)
        p.play()
        p.render(1000)
        p.select(goal, dip=True)
        out = p.render(3000)
        heard = (A, B)[goal]
        k = np.arange(1, SWITCH + 1)[:, None] / SWITCH
        assert np.allclose(out[:SWITCH], A[1000 : 1000 + SWITCH] * (1 - k), atol=1e-6)
        rise = heard[1000 + SWITCH : 1000 + 2 * SWITCH] * k
        assert np.allclose(out[SWITCH : 2 * SWITCH], rise, atol=1e-6)
        assert np.array_equal(out[2 * SWITCH :], heard[1000 + 2 * SWITCH : 4000])

    def test_of_the_same_source_is_told_from_none(self):
        p = player(A, A)
        p.play()
        p.render(1000)
        gains = []
        for goal in (0, 1):
            p.seek(1000)
            p.render(2000)
            p.select(goal, dip=True)
            gains.append(p.render(1000))
        assert np.array_equal(*gains)

    def test_in_pause_is_over_before_it_sounds(self):
        p = player(A, B)
        p.select(1, dip=True)
        p.render(100)
        p.play()
        assert np.array_equal(p.render(1000), B[:1000])


class TestPause:
    def test_fades_out_and_in_and_loses_no_frame(self):
        p = player(A)
        p.play()
        p.render(1000)
        p.pause()
        out = p.render(2000)
        k = 1 - np.arange(1, SWITCH + 1)[:, None] / SWITCH
        assert np.allclose(out[:SWITCH], A[1000 : 1000 + SWITCH] * k, atol=1e-6)
        assert not out[SWITCH:].any()
        p.play()
        out = p.render(2000)
        assert np.array_equal(out[SWITCH:], A[1000 + 2 * SWITCH : 3000 + SWITCH])
        assert steepest(out[:SWITCH]) <= steepest(A)

    def test_a_pause_between_two_switches(self):
        p = player(A, B)
        p.play()
        p.render(1000)
        p.select(1)
        p.render(50)
        p.pause()
        p.render(50)
        p.play()
        assert np.array_equal(p.render(3000)[SWITCH:], B[1100 + SWITCH : 4100])


class TestSeek:
    def test_crosses_over_and_is_exact_after(self):
        p = player(tone())
        p.play()
        p.render(1000)
        p.seek(7061)
        out = p.render(4000)
        assert steepest(np.concatenate([tone()[990:1000], out])) < steepest(tone()) + 2 * 0.5 / SEAM
        assert np.array_equal(out[SEAM:], tone()[7061 + SEAM : 11_061])

    def test_a_storm_of_seeks_does_not_click(self):
        p = player(tone())
        p.play()
        rng = np.random.default_rng(3)
        blocks = []
        for goal in rng.integers(1, 19_000, 60):
            p.seek(int(goal))
            blocks.append(p.render(int(rng.integers(1, 150))))
        assert steepest(np.concatenate(blocks)) < 0.01 + steepest(tone()) + 1.0 / SEAM

    def test_stays_in_the_song(self):
        p = player(A)
        p.seek(-5)
        assert p.position == 0
        p.seek(10**9)
        assert p.position == 20_000

    def test_in_pause_is_silent_and_exact(self):
        p = player(A)
        p.seek(5000)
        assert not p.render(700).any()
        p.play()
        assert np.array_equal(p.render(2000)[SWITCH:], A[5000 + SWITCH : 7000])


class TestLoop:
    def test_repeats_exactly_but_for_its_seam(self):
        p = player(A)
        p.loop(4000, 9000)
        p.play()
        out = p.render(12_000)
        first, second = out[:5000], out[5000:10_000]
        body = 5000 - SEAM
        assert np.array_equal(first[SWITCH:body], A[4000 + SWITCH : 4000 + body])
        assert np.array_equal(second[:body], A[4000 : 4000 + body])
        assert np.array_equal(second[body:], first[body:])
        k = np.arange(1, SEAM + 1)[:, None] / SEAM
        seam = A[9000 - SEAM : 9000] * (1 - k) + A[4000 - SEAM : 4000] * k
        assert np.allclose(first[body:], seam, atol=1e-6)

    def test_has_no_click(self):
        p = player(tone())
        p.loop(4001, 9077)
        p.play()
        assert steepest(p.render(30_000)) < steepest(tone()) + 1.0 / SEAM

    def test_from_the_first_frame_leads_in_from_silence(self):
        p = player(A)
        p.loop(0, 5000)
        p.play()
        out = p.render(10_000)
        assert np.array_equal(out[5000 : 10_000 - SEAM], A[: 5000 - SEAM])
        assert not out[4999].any()

    def test_setting_and_lifting_it_around_the_playhead_changes_nothing(self):
        p = player(A)
        p.play()
        p.render(5000)
        p.loop(4000, 9000)
        out = [p.render(1000)]
        p.loop(0, None)
        out.append(p.render(5000))
        assert np.array_equal(np.concatenate(out), A[5000:11_000])

    def test_takes_a_playhead_outside_to_its_start(self):
        p = player(A)
        p.play()
        p.render(1000)
        p.loop(4000, 9000)
        assert p.position == 4000
        assert np.array_equal(p.render(2000)[SEAM:], A[4000 + SEAM : 6000])

    def test_is_never_too_short_to_sound(self):
        p = player(A)
        p.loop(19_999, 20_000)
        assert p.loop_region
        assert (p.loop_region.start, p.loop_region.end) == (20_000 - 2 * SEAM, 20_000)


class TestLoudness:
    @given(
        st.lists(
            st.tuples(st.one_of(st.none(), st.floats(-60, 0)), st.floats(-20, 0)),
            min_size=1,
            max_size=6,
        )
    )
    def test_is_matched_downward_alone(self, facts):
        sources = [Source("s", A, RATE, lufs, gain_db) for lufs, gain_db in facts]
        gains = matched_gains_db(sources)
        heard = [lufs + gain for (lufs, _), gain in zip(facts, gains, strict=True) if lufs]
        assert all(gain <= own + 1e-9 for (_, own), gain in zip(facts, gains, strict=True))
        assert not heard or max(heard) - min(heard) < 1e-9

    def test_ramps_and_then_holds(self):
        p = Player(RATE, FakeSink())
        p.load([Source("original", A, RATE, -20.0), Source("master", B, RATE, -14.0)])
        p.select(1)
        p.play()
        p.render(1000)
        p.match_loudness(True)
        out = p.render(2000)
        quiet = B * np.float32(10 ** (-6 / 20))
        assert np.array_equal(out[SWITCH:], quiet[1000 + SWITCH : 3000])
        assert steepest(out[:SWITCH]) <= steepest(B)
        p.select(0)
        assert np.array_equal(p.render(2000)[SWITCH:], A[3000 + SWITCH : 5000])

    def test_a_service_turns_the_master_down(self):
        p = Player(RATE, FakeSink())
        p.load([Source("master", A, RATE, -9.0), Source("service", A, RATE, -9.0, -5.0)])
        p.select(1)
        p.play()
        assert np.array_equal(p.render(100), A[:100] * np.float32(10 ** (-5 / 20)))


class TestReload:
    def test_plays_on_in_the_new_version(self):
        p = player(A, B)
        p.select(1)
        p.play()
        p.render(3000)
        p.reload([Source("a", A, RATE), Source("b", A * np.float32(0.5), RATE)])
        out = p.render(2000)
        assert np.array_equal(out[SEAM:], A[3000 + SEAM : 5000] * np.float32(0.5))
        assert p.playing

    def test_load_fades_the_old_song_and_waits_at_the_start(self):
        p = player(tone())
        p.play()
        p.render(1077)
        p.load([Source("next", B, RATE)])
        out = p.render(2000)
        assert steepest(out) < steepest(tone()) + 1.0 / SEAM
        assert not out[SEAM:].any()
        assert not p.playing
        p.play()
        assert np.array_equal(p.render(100), B[:100])

    def test_other_rates_are_brought_to_the_players(self):
        p = Player(RATE, FakeSink())
        p.load([Source("48k", tone(48_000, 220, 48_000), 48_000)])
        assert p.frames == RATE
        p.play()
        out = p.render(RATE)[2000:-2000]
        assert np.abs(out - tone(RATE)[2000:-2000]).max() < 1e-3


class TestPosition:
    def test_is_what_is_heard_not_what_is_rendered(self):
        clock = Clock()
        p = Player(RATE, FakeSink(latency_ms=100), clock)
        p.load([Source("a", noise(1, 2 * RATE), RATE)])
        p.play()
        for _ in range(10):
            p.render(4410)
            clock.seconds += 0.1
        assert p.position == 9 * 4410
        clock.seconds += 0.05
        assert p.position == 9 * 4410 + 2205
        clock.seconds += 10
        assert p.position == 10 * 4410

    def test_follows_a_loop_round(self):
        clock = Clock()
        p = Player(RATE, FakeSink(latency_ms=100), clock)
        p.load([Source("a", noise(1, RATE), RATE)])
        p.loop(0, 6000)
        p.play()
        for _ in range(2):
            p.render(4410)
            clock.seconds += 0.1
        assert p.position == 4410
        clock.seconds += 0.05
        assert p.position == 4410 + 2205 - 6000

    def test_shows_a_seek_at_once_and_goes_on_from_there(self):
        clock = Clock()
        p = Player(RATE, FakeSink(latency_ms=50), clock)
        p.load([Source("a", noise(1, RATE), RATE)])
        p.play()
        p.render(2205)
        p.seek(30_000)
        assert p.position == 30_000
        p.render(2205)
        assert p.position == 30_000
        clock.seconds += 0.06
        assert p.position == 30_000 + 441

    def test_meters_show_what_is_heard(self):
        clock = Clock()
        p = Player(RATE, FakeSink(latency_ms=100), clock)
        p.load([Source("a", np.full((RATE, 2), [0.5, 0.25], np.float32), RATE)])
        assert p.levels().peak_dbfs == (-120.0, -120.0)
        p.play()
        p.render(4410)
        clock.seconds += 0.1
        levels = p.levels()
        assert levels.peak_dbfs == pytest.approx((-6.02, -12.04), abs=0.01)
        assert levels.rms_dbfs == pytest.approx((-6.02, -12.04), abs=0.01)


def test_the_device_runs_from_play_to_close():
    p = player(A)
    assert p._sink.told == []
    p.play()
    p.pause()
    p.close()
    assert p._sink.told == ["start", "stop"]


ACTS = st.one_of(
    st.tuples(st.just("select"), st.integers(0, 2)),
    st.tuples(st.just("dip"), st.integers(0, 2)),
    st.tuples(st.just("match_loudness"), st.booleans()),
    st.tuples(st.just("seek"), st.integers(0, 20_000)),
    st.tuples(
        st.just("loop"), st.integers(0, 15_000), st.one_of(st.none(), st.integers(0, 20_000))
    ),
    st.tuples(st.just("play")),
    st.tuples(st.just("pause")),
)


@settings(max_examples=40, deadline=None)
@given(
    script=st.lists(st.tuples(st.integers(1, 2000), ACTS), max_size=6),
    cuts=st.lists(st.one_of(st.integers(1, 600), st.integers(1, 100_000)), min_size=2),
)
def test_blocks_of_any_size_give_the_same_samples(script, cuts):
    """One block between two acts, against many of the given sizes."""
    whole, cut = (_perform(script, sizes) for sizes in ([10**6], cuts))
    assert np.array_equal(whole, cut)


@pytest.mark.parametrize("size", [1, 2, 219, 440, 441, 4096, 100_000])
def test_each_block_size_gives_the_same_samples(size):
    script = [(700, ("select", 1)), (100, ("loop", 500, 1700)), (3000, ("pause",))]
    assert np.array_equal(_perform(script, [10**6]), _perform(script, [size]))


def _do(p, act, *args):
    if act == "dip":
        p.select(*args, dip=True)
    else:
        getattr(p, act)(*args)


def _perform(script, sizes):
    p = Player(RATE, FakeSink(), Clock())
    p.load([Source("a", A, RATE, -14.0), Source("b", B, RATE, -9.0), Source("c", -A, RATE, -20.0)])
    p.play()
    out, turn = [], 0
    for frames, act in [*script, (2000, ("pause",))]:
        left = frames
        while left:
            count = min(left, sizes[turn % len(sizes)])
            out.append(p.render(count))
            left, turn = left - count, turn + 1
        _do(p, *act)
    return np.concatenate(out)


SEEDS = st.integers(0, 2**32 - 1)
RATES = st.sampled_from([22_050, 44_100, 48_000])


def exact(out, whole, start):
    """Of each frame, whether it is that of `whole`."""
    return np.all(out == whole[start : start + len(out)], axis=1)


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS, rate_hz=RATES, at=st.integers(1, 8000), size=st.integers(1, 100_000))
def test_a_switch_changes_its_ramp_alone_for_any_music(seed, rate_hz, at, size):
    a, b, ramp = noise(seed), noise(seed + 1), rate_hz // 100
    p = player(a, b, rate_hz=rate_hz)
    p.play()
    head = _in_blocks(p, at, size)
    p.select(1)
    out = _in_blocks(p, 5000, size)
    assert exact(head, a, 0).all()
    assert exact(out[ramp:], b, at + ramp).all()
    low, high = np.minimum(a, b)[at : at + ramp], np.maximum(a, b)[at : at + ramp]
    assert ((out[:ramp] >= low - 1e-6) & (out[:ramp] <= high + 1e-6)).all()


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS, rate_hz=RATES, goal=st.integers(300, 12_000), size=st.integers(1, 100_000))
def test_a_seek_changes_its_seam_alone_for_any_music(seed, rate_hz, goal, size):
    a, seam = noise(seed), round(rate_hz * 0.005)
    p = player(a, rate_hz=rate_hz)
    p.play()
    head = _in_blocks(p, 1000, size)
    p.seek(goal)
    out = _in_blocks(p, 5000, size)
    assert exact(head, a, 0).all()
    assert exact(out[seam:], a, goal + seam).all()
    old, new = a[1000 : 1000 + seam], a[goal : goal + seam]
    k = np.arange(1, seam + 1)[:, None] / seam
    assert np.allclose(out[:seam], old * (1 - k) + new * k, atol=1e-6)


@settings(max_examples=12, deadline=None)
@given(
    seed=SEEDS,
    rate_hz=RATES,
    edges=st.tuples(st.integers(0, 9000), st.integers(600, 9000)),
    size=st.integers(1, 100_000),
)
def test_a_loop_changes_its_seam_alone_for_any_music(seed, rate_hz, edges, size):
    a, seam = noise(seed), round(rate_hz * 0.005)
    start, length = edges
    p = player(a, rate_hz=rate_hz)
    p.seek(start)
    p.render(1)
    p.loop(start, start + length)
    p.play()
    ramp = rate_hz // 100 if start else 0
    out = _in_blocks(p, 3 * length, size)
    for turn in range(3):
        body = out[turn * length : (turn + 1) * length - seam]
        skip = ramp if turn == 0 else 0
        assert exact(body[skip:], a, start + skip).all()
        tail = out[(turn + 1) * length - seam : (turn + 1) * length]
        old, new = a[start + length - seam : start + length], np.zeros((seam, 2), np.float32)
        known = min(seam, start)
        new[seam - known :] = a[start - known : start]
        k = np.arange(1, seam + 1)[:, None] / seam
        assert (turn == 0 and length - seam < ramp) or np.allclose(
            tail, old * (1 - k) + new * k, atol=1e-6
        )


@settings(max_examples=12, deadline=None)
@given(
    seed=SEEDS,
    lufs=st.tuples(st.floats(-40, -5), st.floats(-40, -5)),
    size=st.integers(1, 100_000),
)
def test_matching_turns_the_louder_down_and_leaves_the_quieter_exact(seed, lufs, size):
    sounds = noise(seed), noise(seed + 1)
    p = Player(RATE, FakeSink())
    p.load([Source("s", sound, RATE, level) for sound, level in zip(sounds, lufs, strict=True)])
    p.match_loudness(True)
    p.play()
    quieter = int(lufs[1] < lufs[0])
    for index in (quieter, 1 - quieter):
        p.select(index)
        p.seek(0)
        out = _in_blocks(p, 3000, size)[1000:]
        heard = sounds[index][1000:3000]
        if index == quieter:
            assert np.array_equal(out, heard)
        assert (np.abs(out) <= np.abs(heard)).all()


def _in_blocks(p, frames, size):
    """The next frames, asked for in blocks."""
    sizes = [size] * (frames // size) + [frames % size]
    return np.concatenate([p.render(count) for count in sizes if count])

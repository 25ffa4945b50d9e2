"""What sources are read from: a section laid over a song, heard there and nowhere else."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indieartist.audio.engine import Player, Source
from indieartist.audio.samples import as_stereo
from indieartist.audio.sound import MemorySound, PatchedSound, all_available
from indieartist.errors import UserError

RATE = 44100
SEAM = 220


def noise(seed, frames):
    rng = np.random.default_rng(seed)
    return (rng.standard_normal((frames, 2)) * 0.2).astype(np.float32)


SONG, PATCH = noise(1, 9000), noise(2, 3000)


class Nowhere:
    """A place where no sound goes."""

    latency_ms = 0.0

    def start(self, render): ...

    def stop(self): ...


class Late(MemorySound):
    """Samples of which only some have come."""

    ready = range(0)

    def available(self, start):
        return self.ready.stop - start if start in self.ready else 0


@settings(max_examples=200, deadline=None)
@given(
    start=st.integers(-4000, 10_000),
    cuts=st.lists(st.integers(0, 9000), min_size=1, max_size=6),
    seam=st.integers(1, 2000),
)
def test_a_section_is_exact_inside_and_leaves_all_else(start, cuts, seam):
    sound = PatchedSound(MemorySound(SONG), PATCH, start, seam)
    edges = sorted({0, *cuts, 9000})
    out = np.concatenate([sound.read(a, b) for a, b in pairwise(edges)])
    assert len(out) == sound.frames == 9000
    first, last = max(start, 0), min(start + 3000, 9000)
    if first >= last:
        assert np.array_equal(out, SONG)
        return
    assert np.array_equal(out[:first], SONG[:first])
    assert np.array_equal(out[last:], SONG[last:])
    seam = max(1, min(seam, (last - first) // 2))
    inside = slice(first + seam, last - seam)
    assert np.array_equal(out[inside], PATCH[inside.start - start : inside.stop - start])
    low, high = np.minimum(SONG, 0) - 2, np.maximum(SONG, 0) + 2
    assert ((out >= low) & (out <= high)).all()


def test_its_seams_are_straight_lines_between_the_two():
    out = PatchedSound(MemorySound(SONG), PATCH, 1000, 100).read(0, 9000)
    k = np.arange(1, 101, dtype=np.float32)[:, None] / 100
    assert np.allclose(out[1000:1100], SONG[1000:1100] * (1 - k) + PATCH[:100] * k, atol=1e-6)
    assert np.allclose(
        out[3900:4000], SONG[3900:4000] * (1 - k[::-1]) + PATCH[2900:] * k[::-1], atol=1e-6
    )


def test_equal_sounds_stay_exact_through_the_seams():
    out = PatchedSound(MemorySound(SONG), SONG[1000:4000], 1000, SEAM).read(0, 9000)
    assert np.array_equal(out, SONG)


def test_a_section_sounds_before_the_song_around_it_has_come():
    late = Late(SONG)
    sound = PatchedSound(late, PATCH, 1000, 100)
    assert sound.available(500) == 0
    assert sound.available(1100) == 2800
    assert sound.available(3900) == 0
    late.ready = range(9000)
    assert sound.available(1100) == 7900


def test_what_is_over_waits_for_nobody():
    sounds = [MemorySound(SONG), MemorySound(SONG[:100])]
    assert all_available(sounds, 5000) == 4000
    assert all_available(sounds, 50) == 50
    assert all_available(sounds, 9000) > 9000


def test_a_section_is_heard_without_stopping_the_music():
    player = Player(RATE, Nowhere())
    player.load([Source("original", SONG, RATE)])
    player.play()
    head = player.render(1500)
    patched = PatchedSound(player.sounds[0], PATCH, 1000, SEAM)
    sources = [Source("original", player.sounds[0], RATE), Source("preview", patched, RATE)]
    player.reload(player.prepare(sources), 1)
    out = player.render(5000)
    assert np.array_equal(head, SONG[:1500])
    assert np.array_equal(out[SEAM : 2500 - SEAM], PATCH[500 + SEAM : 3000 - SEAM])
    assert np.array_equal(out[2500:], SONG[4000:6500])
    assert player.selected == 1


def test_other_forms_become_stereo_at_the_players_rate():
    assert as_stereo(SONG[:, 0], (RATE, RATE), "x").shape == (9000, 2)
    assert len(as_stereo(SONG, (48_000, RATE), "x")) == pytest.approx(9000 * RATE / 48_000, abs=1)
    with pytest.raises(UserError, match="neither mono nor stereo"):
        as_stereo(np.zeros((3, 3)), (RATE, RATE), "x")

"""Aligned versions of one song, and the voice that reads them: ramped gains, a loop with a seam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indieartist.audio.samples import Samples, as_stereo
from indieartist.audio.sound import MemorySound, Sound, all_available

Gains = NDArray[np.float32]
"""One linear gain for each source."""


@dataclass(frozen=True, slots=True)
class Source:
    """One version of the song: (frames,), (frames, 1) or (frames, 2) samples at `rate_hz`.

    Or a `Sound`, which is at the player's rate already. `gain_db` is what a service does to it at
    playback; `lufs` its loudness before that, None where it has none.
    """

    name: str
    samples: NDArray[np.floating] | Sound
    rate_hz: int
    lufs: float | None = None
    gain_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Loop:
    """A stretch that repeats, `start` included and `end` not, in frames."""

    start: int
    end: int

    def after(self, frame: int, moved: int) -> int:
        """Where the playhead stands `moved` frames after `frame`."""
        beyond = frame + moved - self.end
        if frame >= self.end or beyond < 0:
            return frame + moved
        return self.start + beyond % (self.end - self.start)


class Tape:
    """Versions of one song at one rate, sharing their first frame; the shorter end in silence."""

    def __init__(self, sources: Sequence[Source], rate_hz: int) -> None:
        self.names = tuple(source.name for source in sources)
        self.sounds = tuple(_sound(source, rate_hz) for source in sources)
        self.frames = max((sound.frames for sound in self.sounds), default=0)
        self._plain_db = tuple(source.gain_db for source in sources)
        self._matched_db = matched_gains_db(sources)

    def available(self, start: int, gains: NDArray[np.floating]) -> int:
        """How many frames from `start` on can be read now of all sources that have a gain."""
        heard = (sound for sound, gain in zip(self.sounds, gains, strict=True) if gain)
        return all_available(heard, max(start, 0))

    def gains(self, selected: int | None, matched: bool) -> Gains:
        """Gain of each source when only `selected` sounds; None is silence."""
        gains = np.zeros(len(self.sounds), np.float32)
        if selected is not None and self.sounds:
            gain_db = (self._matched_db if matched else self._plain_db)[selected]
            gains[selected] = 10 ** (gain_db / 20)
        return gains

    def mix(self, start: int, gains: NDArray[np.float32]) -> Samples:
        """Sum the sources from `start` (which may lie before the song); gains (sources, count)."""
        count = gains.shape[1]
        out = np.zeros((count, 2), np.float32)
        first = max(start, 0)
        for sound, gain in zip(self.sounds, gains, strict=True):
            last = max(first, min(start + count, sound.frames))
            if last > first and gain.any():
                here = slice(first - start, last - start)
                out[here] += sound.read(first, last) * gain[here, None]
        return out


def matched_gains_db(sources: Sequence[Source]) -> tuple[float, ...]:
    """Gains in dB that bring every source down to the quietest; none is ever raised.

    A source of unknown loudness keeps its own gain.
    """
    heard = [None if s.lufs is None else s.lufs + s.gain_db for s in sources]
    floor = min((lufs for lufs in heard if lufs is not None), default=0.0)
    drops = [0.0 if lufs is None else floor - lufs for lufs in heard]
    return tuple(s.gain_db + drop for s, drop in zip(sources, drops, strict=True))


def _sound(source: Source, rate_hz: int) -> Sound:
    if not isinstance(source.samples, np.ndarray):
        return source.samples
    return MemorySound(as_stereo(source.samples, (source.rate_hz, rate_hz), source.name))


class Ramp:
    """Gains on a straight line from where they are to where they shall be.

    Straight (equal gain), not equal power: versions of one song correlate.
    """

    def __init__(self, gains: Gains, length: int) -> None:
        self._start: NDArray[np.floating] = gains
        self._target = gains
        self._length, self.left = length, 0

    @property
    def audible(self) -> Gains:
        """Other than 0 for each source that sounds, or is about to."""
        return np.maximum(self._start, self._target) if self.left else self._target

    @property
    def silent(self) -> bool:
        """At rest, with every gain at zero."""
        return not self.left and not self._target.any()

    def aim(self, target: Gains) -> None:
        """Head for `target` from the gains of this moment, so that a turn in mid-fade is smooth."""
        if not np.array_equal(target, self._target):
            self._start = self._at(np.array([self._length - self.left]))[:, 0]
            self._target, self.left = target, self._length

    def jump(self, target: Gains) -> None:
        """Be at `target` now."""
        self._start, self._target, self.left = target, target, 0

    def take(self, count: int) -> NDArray[np.float32]:
        """Gains (sources, count) of the next frames; `count` must not pass the ramp's end."""
        if not self.left:
            return np.broadcast_to(self._target[:, None], (len(self._target), count))
        done = self._length - self.left
        self.left -= count
        return self._at(np.arange(done + 1, done + count + 1)).astype(np.float32)

    def copy(self) -> Ramp:
        """A ramp at the same point of the same way."""
        twin = Ramp(self._target, self._length)
        twin._start, twin.left = self._start, self.left
        return twin

    def _at(self, steps: NDArray[np.int_]) -> NDArray[np.float64]:
        way = self._target.astype(np.float64) - self._start
        return self._start[:, None] + way[:, None] * (steps / self._length)


class Voice:
    """One reading of a tape: where it is, where it loops, how loud each source sounds."""

    def __init__(self, tape: Tape, frame: int, loop: Loop | None, ramp: Ramp, seam: int) -> None:
        self.tape, self.loop, self.ramp = tape, loop, ramp
        self.frame = max(0, min(frame, tape.frames))
        self._seam = seam
        self.begin_block()

    def begin_block(self) -> None:
        """Remember this moment: `moved` frames lead from `begun_at` to the playhead."""
        self.begun_at, self.moved = self.frame, 0

    @property
    def ended(self) -> bool:
        """The song is over."""
        return self.frame >= self.tape.frames

    @property
    def still(self) -> bool:
        """Silent, so standing still; or at the song's end."""
        return self.ramp.silent or self.ended

    def read(self, frames: int) -> Samples:
        """The next `frames` frames; silence from where the voice stands still, or has to wait."""
        out = np.zeros((frames, 2), np.float32)
        done = 0
        while done < frames and not self.still:
            count = min(frames - done, self._stretch())
            if not count:
                break
            out[done : done + count] = self._sound(self.ramp.take(count))
            self.frame = self.loop.after(self.frame, count) if self.loop else self.frame + count
            done += count
        self.moved += done
        return out

    def aim(self, target: Gains) -> None:
        """Head for other gains; at the song's start at once, for nothing sounds before it."""
        if self.frame == 0 and self.ramp.silent:
            self.ramp.jump(target)
        self.ramp.aim(target)

    def _stretch(self) -> int:
        """Frames up to the next point where something begins or ends."""
        edges = [self.tape.frames]
        if self.loop:
            edges += [self.loop.end - self._seam, self.loop.end]
        ahead = [edge - self.frame for edge in edges if edge > self.frame]
        return min([*ahead, self.ramp.left or self.tape.frames, self._available()])

    def _available(self) -> int:
        """Frames that can be read now; near a loop's end, of what leads to its start as well."""
        audible = self.ramp.audible
        ready = self.tape.available(self.frame, audible)
        if self.loop and 0 <= self.frame - (self.loop.end - self._seam) < self._seam:
            lead_in = self.frame - (self.loop.end - self.loop.start)
            ready = min(ready, self.tape.available(lead_in, audible))
        return ready

    def _sound(self, gains: NDArray[np.float32]) -> Samples:
        """The sources at the playhead; near the loop's end, fading into what leads to its start."""
        here = self.tape.mix(self.frame, gains)
        done = self.frame - (self.loop.end - self._seam) if self.loop else -1
        if self.loop is None or not 0 <= done < self._seam:
            return here
        lead_in = self.tape.mix(self.frame - (self.loop.end - self.loop.start), gains)
        return blend(here, lead_in, done, self._seam)


def blend(old: Samples, new: Samples, done: int, length: int) -> Samples:
    """Cross-fade `old` to `new`, `done` of `length` frames being past; equal sounds stay exact."""
    steps = np.arange(done + 1, done + len(old) + 1, dtype=np.float32) / np.float32(length)
    faded: Samples = old + (new - old) * steps[:, None]
    return faded

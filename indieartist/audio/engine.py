"""The A/B player: versions of one song on one playhead; switches, seeks and loops do not click."""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indieartist.audio.feeder import Feeder
from indieartist.audio.playhead import Levels, Playhead
from indieartist.audio.sinks import Sink
from indieartist.audio.sound import Samples, Sound
from indieartist.audio.tape import Gains, Loop, Ramp, Source, Tape, Voice, blend

__all__ = ["Levels", "Loop", "Player", "Source"]

SWITCH_MS = 10
SEAM_MS = 5
READY_MS = 250  # what has to be in memory of a place before one goes there


class _Cue:
    """A wish to be at `frame`; one object for each wish, so that each is obeyed once."""

    def __init__(self, frame: int) -> None:
        self.frame = frame


@dataclass(frozen=True, slots=True)
class _Wish:
    """All that the listener wants, in one object: the audio thread never sees half a change."""

    tape: Tape
    cue: _Cue
    loop: Loop | None = None
    selected: int = 0
    matched: bool = False
    playing: bool = False


class Player:
    """Plays one of several aligned versions of a song through `sink`, at `rate_hz`.

    One thread calls the methods, the sink's thread calls `render`; they meet in single attribute
    writes, with no lock. Switches ramp over 10 ms; seeks, loops and reloads cross-fade over 5 ms.
    Sources from files are read ahead by a third thread: until what was asked for has come, what
    is heard goes on.
    """

    def __init__(
        self, rate_hz: int, sink: Sink, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.rate_hz = rate_hz
        self._sink = sink
        self._switch = round(rate_hz * SWITCH_MS / 1000)
        self._seam = round(rate_hz * SEAM_MS / 1000)
        self._enough = round(rate_hz * READY_MS / 1000)
        self._playhead = Playhead(rate_hz, clock)
        self._wish = _Wish(Tape((), rate_hz), _Cue(0))
        self._cue, self._finished = self._wish.cue, self._wish.cue
        silence = Ramp(self._wish.tape.gains(None, False), self._switch)
        self._voice = Voice(self._wish.tape, 0, None, silence, self._seam)
        self._leaving, self._splice_left = self._voice, 0
        self._feeder = Feeder(_asked_of(self))
        weakref.finalize(self, self._feeder.follow, ())

    # What the listener does

    def load(self, sources: Sequence[Source]) -> None:
        """Put another song on: at its start, stopped, first source selected, no loop.

        Resamples what has another rate, so call it from a worker. Raises UserError for a source
        that is neither mono nor stereo.
        """
        tape = Tape(sources, self.rate_hz)
        self._want(_Wish(tape, _Cue(0), matched=self._wish.matched))

    def prepare(self, sources: Sequence[Source]) -> Tape:
        """The sources ready for `reload`; this may resample, so call it from a worker."""
        return Tape(sources, self.rate_hz)

    def reload(self, sources: Sequence[Source] | Tape, selected: int | None = None) -> None:
        """Exchange versions of the same song, as after a new master: it plays on where it is.

        `selected` is the source to listen to from now on; None leaves the place that is chosen.
        """
        tape = sources if isinstance(sources, Tape) else self.prepare(sources)
        wanted = self._wish.selected if selected is None else selected
        selected = max(0, min(wanted, len(tape.names) - 1))
        loop = self._wish.loop
        kept = loop if loop and loop.end <= tape.frames else None
        self._want(replace(self._wish, tape=tape, selected=selected, loop=kept))

    def select(self, index: int) -> None:
        """Listen to source `index`; raises IndexError where there is none."""
        if not 0 <= index < len(self._wish.tape.sounds):
            raise IndexError(f"no source {index}")
        self._want(replace(self._wish, selected=index))

    def match_loudness(self, on: bool) -> None:
        """Bring every source down to the quietest, or let each sound as it is."""
        self._wish = replace(self._wish, matched=on)

    def play(self) -> None:
        """Play on; from the start when the song is over. Opens the device when it is closed."""
        over = self._finished is self._wish.cue or self._ahead >= self.frames
        cue = _Cue(0) if over else self._wish.cue
        self._want(replace(self._wish, cue=cue, playing=True))
        self._sink.start(self.render)

    def pause(self) -> None:
        """Fade out and stand still."""
        self._want(replace(self._wish, playing=False))

    def seek(self, frame: int) -> None:
        """Go to `frame`, kept within the song."""
        cue = _Cue(max(0, min(frame, self.frames)))
        self._want(replace(self._wish, cue=cue, playing=self.playing))

    def loop(self, start: int, end: int | None) -> None:
        """Repeat `start`..`end`; with `end` None, play on.

        A playhead outside goes to the start. The shortest loop is two seams (10 ms) long.
        """
        if end is None:
            self._wish = replace(self._wish, loop=None)
            return
        shortest = min(2 * self._seam, self.frames)
        start = max(0, min(start, self.frames - shortest))
        loop = Loop(start, max(start + shortest, min(end, self.frames)))
        inside = loop.start <= self._ahead < loop.end
        cue = self._wish.cue if inside else _Cue(loop.start)
        self._want(replace(self._wish, loop=loop, cue=cue, playing=self.playing))

    def close(self) -> None:
        """Stop and let the device go; `play` opens it again."""
        self.pause()
        self._sink.stop()

    def _want(self, wish: _Wish) -> None:
        """Let the audio thread see it, and have read what it needs."""
        fed, sounds = self._feeder, wish.tape.sounds
        fed.first = next(iter(sounds[wish.selected].paged), None) if sounds else None
        fed.moving = wish.playing
        changed, self._wish = wish.tape is not self._wish.tape, wish
        if changed:
            fed.follow([each for sound in sounds for each in sound.paged])
        else:
            fed.look()

    def find_places(self) -> tuple[int, ...]:
        """Where sound is needed: where it shall be, where it is, what leads to the loop's start."""
        wish, here = self._wish, self._voice.frame
        ahead = here if wish.cue is self._cue else wish.cue.frame
        return (ahead, here, max(0, wish.loop.start - self._seam)) if wish.loop else (ahead, here)

    # What the screen shows

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the sources."""
        return self._wish.tape.names

    @property
    def sounds(self) -> tuple[Sound, ...]:
        """What the sources are read from; they may be used in other sources beside them."""
        return self._wish.tape.sounds

    @property
    def frames(self) -> int:
        """Length of the longest source."""
        return self._wish.tape.frames

    @property
    def selected(self) -> int:
        """Index of the source being listened to."""
        return self._wish.selected

    @property
    def loudness_matched(self) -> bool:
        """Whether the sources are brought to one loudness."""
        return self._wish.matched

    @property
    def loop_region(self) -> Loop | None:
        """The stretch that repeats."""
        return self._wish.loop

    @property
    def playing(self) -> bool:
        """False when paused, and when the song has come to its end."""
        return self._plays(self._wish)

    @property
    def failure(self) -> BaseException | None:
        """Why a source cannot be read on; it is silent from there."""
        return self._feeder.failure

    @property
    def position(self) -> int:
        """The frame that is heard now; after a seek, its goal until that is heard."""
        cue = self._wish.cue
        frame = self._playhead.find_frame(self._sink.latency_ms) if cue is self._cue else None
        return cue.frame if frame is None else frame

    def levels(self) -> Levels:
        """Peak and RMS of the block that is heard now, for the meters."""
        return self._playhead.levels(self._sink.latency_ms)

    # What the audio thread does

    def render(self, frames: int) -> Samples:
        """The next `frames` frames for the device, (frames, 2) float32; the sink calls this."""
        wish, out, done = self._wish, np.zeros((frames, 2), np.float32), 0
        self._voice.begin_block()
        while done < frames:
            self._follow(wish)
            count = min(frames - done, self._splice_left or frames)
            out[done : done + count] = self._read(count)
            done += count
            if self._voice.ended:
                self._finished = self._cue
        self._playhead.note(out, self._voice)
        return out

    @property
    def _ahead(self) -> int:
        """The frame to be rendered next, which is ahead of the ear."""
        cue = self._wish.cue
        return self._voice.frame if cue is self._cue else cue.frame

    def _plays(self, wish: _Wish) -> bool:
        return wish.playing and self._finished is not wish.cue

    def _follow(self, wish: _Wish) -> None:
        """Do what the listener wants; a splice in progress is finished first."""
        if self._splice_left:
            return
        if self._differs(wish) and self._ready(wish):
            self._move(wish)
        voice = self._voice
        if not self._plays(wish):
            voice.aim(voice.tape.gains(None, wish.matched))
        elif voice.tape is wish.tape and self._has(wish, voice.frame):
            voice.aim(self._gains(wish))

    def _differs(self, wish: _Wish) -> bool:
        """Whether another voice is wanted."""
        voice = self._voice
        return wish.cue is not self._cue or (wish.tape, wish.loop) != (voice.tape, voice.loop)

    def _ready(self, wish: _Wish) -> bool:
        """Whether a voice that sounds can be left for the one that is wanted."""
        place = self._voice.frame if wish.cue is self._cue else wish.cue.frame
        return self._voice.still or not self._plays(wish) or self._has(wish, place)

    def _has(self, wish: _Wish, place: int) -> bool:
        """Whether what is listened to is in memory from a place on."""
        if not wish.tape.sounds:
            return True
        sound = wish.tape.sounds[wish.selected]
        return sound.available(place) >= min(self._enough, sound.frames - place)

    def _move(self, wish: _Wish) -> None:
        """Start another voice, and cross-fade to it where the old one sounds."""
        old, frame = self._voice, self._voice.frame
        if wish.cue is not self._cue:
            self._playhead.jumped()
            self._cue, frame = wish.cue, wish.cue.frame
        if old.still:
            ramp = Ramp(wish.tape.gains(None, wish.matched), self._switch)
        elif wish.tape is old.tape:
            ramp = old.ramp.copy()
        else:
            ramp = Ramp(self._gains(wish), self._switch)
        self._voice = Voice(wish.tape, frame, wish.loop, ramp, self._seam)
        if not old.still:
            self._leaving, self._splice_left = old, self._seam

    def _gains(self, wish: _Wish) -> Gains:
        return wish.tape.gains(wish.selected if self._plays(wish) else None, wish.matched)

    def _read(self, count: int) -> Samples:
        sound = self._voice.read(count)
        if not self._splice_left:
            return sound
        done = self._seam - self._splice_left
        self._splice_left -= count
        return blend(self._leaving.read(count), sound, done, self._seam)


def _asked_of(player: Player) -> Callable[[], tuple[int, ...]]:
    """The player's places for another thread, which does not keep the player alive."""
    find = weakref.WeakMethod(player.find_places)

    def find_places() -> tuple[int, ...]:
        found = find()
        return found() if found else (0,)

    return find_places

"""What the audio thread plays: it reads the listener's wish, and follows it without a click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indieartist.audio.playhead import Playhead
from indieartist.audio.samples import Samples
from indieartist.audio.tape import Gains, Loop, Ramp, Tape, Voice, blend

SWITCH_MS = 10
SEAM_MS = 5
READY_MS = 250  # what has to be in memory of a place before one goes there


class Cue:
    """A wish to be at `frame`; one object for each wish, so that each is obeyed once."""

    def __init__(self, frame: int) -> None:
        self.frame = frame


class Dip:
    """A wish to fall silent for a moment; each is obeyed once."""


@dataclass(frozen=True, slots=True)
class Wish:
    """All that the listener wants, in one object: the audio thread never sees half a change."""

    tape: Tape
    cue: Cue
    loop: Loop | None = None
    selected: int = 0
    matched: bool = False
    playing: bool = False
    dip: Dip | None = None


class Performer:
    """Renders what `wish` says; whoever listens puts another wish in its place, as a whole."""

    def __init__(self, rate_hz: int, clock: Callable[[], float]) -> None:
        self._switch = round(rate_hz * SWITCH_MS / 1000)
        self.seam = round(rate_hz * SEAM_MS / 1000)
        self._enough = round(rate_hz * READY_MS / 1000)
        self.playhead = Playhead(rate_hz, clock)
        self.wish = Wish(Tape((), rate_hz), Cue(0))
        self._cue, self._finished = self.wish.cue, self.wish.cue
        self._dip: Dip | None = None
        silence = Ramp(self.wish.tape.gains(None, False), self._switch)
        self._voice = Voice(self.wish.tape, 0, None, silence, self.seam)
        self._leaving, self._splice_left = self._voice, 0

    def render(self, frames: int) -> Samples:
        """The next `frames` frames for the device, (frames, 2) float32; the sink calls this."""
        wish, out, done = self.wish, np.zeros((frames, 2), np.float32), 0
        self._voice.begin_block()
        while done < frames:
            self._follow(wish)
            count = min(frames - done, self._splice_left or self._falling(wish) or frames)
            out[done : done + count] = self._read(count)
            done += count
            if self._voice.ended:
                self._finished = self._cue
        self.playhead.note(out, self._voice)
        return out

    @property
    def obedient(self) -> bool:
        """Whether it is where the listener wanted to go."""
        return self.wish.cue is self._cue

    @property
    def ahead(self) -> int:
        """The frame to be rendered next, which is ahead of the ear."""
        cue = self.wish.cue
        return self._voice.frame if cue is self._cue else cue.frame

    @property
    def finished(self) -> bool:
        """Whether the song has come to its end."""
        return self._finished is self.wish.cue

    def find_places(self) -> tuple[int, ...]:
        """Where sound is needed: where it shall be, where it is, what leads to the loop's start."""
        places, loop = (self.ahead, self._voice.frame), self.wish.loop
        return (*places, max(0, loop.start - self.seam)) if loop else places

    def _plays(self, wish: Wish) -> bool:
        return wish.playing and self._finished is not wish.cue

    def _follow(self, wish: Wish) -> None:
        """Do what the listener wants; a splice in progress is finished first."""
        if self._splice_left:
            return
        if self._differs(wish) and self._ready(wish):
            self._move(wish)
        voice = self._voice
        if not self._plays(wish):
            voice.aim(voice.tape.gains(None, wish.matched))
        elif voice.tape is wish.tape and self._has(wish, voice.frame):
            self._aim(voice, wish)

    def _aim(self, voice: Voice, wish: Wish) -> None:
        """Head for what is listened to; through silence, where that is wanted."""
        if voice.ramp.silent:
            self._dip = wish.dip
        voice.aim(self._gains(wish) if wish.dip is self._dip else wish.tape.gains(None, False))

    def _falling(self, wish: Wish) -> int:
        """How many frames a dip still has to fall; what rises from it begins with the next."""
        return 0 if wish.dip is self._dip else self._voice.ramp.left

    def _differs(self, wish: Wish) -> bool:
        """Whether another voice is wanted."""
        voice = self._voice
        return wish.cue is not self._cue or (wish.tape, wish.loop) != (voice.tape, voice.loop)

    def _ready(self, wish: Wish) -> bool:
        """Whether a voice that sounds can be left for the one that is wanted."""
        place = self._voice.frame if wish.cue is self._cue else wish.cue.frame
        return self._voice.still or not self._plays(wish) or self._has(wish, place)

    def _has(self, wish: Wish, place: int) -> bool:
        """Whether what is listened to is in memory from a place on."""
        if not wish.tape.sounds:
            return True
        sound = wish.tape.sounds[wish.selected]
        return sound.available(place) >= min(self._enough, sound.frames - place)

    def _move(self, wish: Wish) -> None:
        """Start another voice, and cross-fade to it where the old one sounds."""
        old, frame = self._voice, self._voice.frame
        if wish.cue is not self._cue:
            self.playhead.jumped()
            self._cue, frame = wish.cue, wish.cue.frame
        if old.still:
            ramp = Ramp(wish.tape.gains(None, wish.matched), self._switch)
        elif wish.tape is old.tape:
            ramp = old.ramp.copy()
        else:
            ramp = Ramp(self._gains(wish), self._switch)
        self._voice = Voice(wish.tape, frame, wish.loop, ramp, self.seam)
        if not old.still:
            self._leaving, self._splice_left = old, self.seam

    def _gains(self, wish: Wish) -> Gains:
        return wish.tape.gains(wish.selected if self._plays(wish) else None, wish.matched)

    def _read(self, count: int) -> Samples:
        sound = self._voice.read(count)
        if not self._splice_left:
            return sound
        done = self.seam - self._splice_left
        self._splice_left -= count
        return blend(self._leaving.read(count), sound, done, self.seam)

"""The A/B player: versions of one song on one playhead; switches, seeks and loops do not click."""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace

from indieartist.audio.feeder import Feeder
from indieartist.audio.performer import Cue, Dip, Performer, Wish
from indieartist.audio.playhead import Levels
from indieartist.audio.samples import Samples
from indieartist.audio.sinks import Sink
from indieartist.audio.sound import Sound
from indieartist.audio.tape import Loop, Source, Tape

__all__ = ["Levels", "Loop", "Player", "Source"]


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
        self._performer = Performer(rate_hz, clock)
        self._feeder = Feeder(self._performer.find_places)
        weakref.finalize(self, self._feeder.follow, ())

    @property
    def _wish(self) -> Wish:
        return self._performer.wish

    # What the listener does

    def load(self, sources: Sequence[Source]) -> None:
        """Put another song on: at its start, stopped, first source selected, no loop.

        Resamples what has another rate, so call it from a worker. Raises UserError for a source
        that is neither mono nor stereo.
        """
        tape = Tape(sources, self.rate_hz)
        self._want(Wish(tape, Cue(0), matched=self._wish.matched))

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

    def select(self, index: int, *, dip: bool = False) -> None:
        """Listen to source `index`; raises IndexError where there is none.

        With `dip` the sound falls to silence and rises again, 10 ms each, whatever was heard: in
        a blind test no switch may tell whether it leads to another source or to the same.
        """
        if not 0 <= index < len(self._wish.tape.sounds):
            raise IndexError(f"no source {index}")
        wanted = Dip() if dip else self._wish.dip
        self._want(replace(self._wish, selected=index, dip=wanted))

    def match_loudness(self, on: bool) -> None:
        """Bring every source down to the quietest, or let each sound as it is."""
        self._want(replace(self._wish, matched=on))

    def play(self) -> None:
        """Play on; from the start when the song is over. Opens the device when it is closed."""
        over = self._performer.finished or self._performer.ahead >= self.frames
        cue = Cue(0) if over else self._wish.cue
        self._want(replace(self._wish, cue=cue, playing=True))
        self._sink.start(self._performer.render)

    def pause(self) -> None:
        """Fade out and stand still."""
        self._want(replace(self._wish, playing=False))

    def seek(self, frame: int) -> None:
        """Go to `frame`, kept within the song."""
        cue = Cue(max(0, min(frame, self.frames)))
        self._want(replace(self._wish, cue=cue, playing=self.playing))

    def loop(self, start: int, end: int | None) -> None:
        """Repeat `start`..`end`; with `end` None, play on.

        A playhead outside goes to the start. The shortest loop is two seams (10 ms) long.
        """
        if end is None:
            self._want(replace(self._wish, loop=None))
            return
        shortest = min(2 * self._performer.seam, self.frames)
        start = max(0, min(start, self.frames - shortest))
        loop = Loop(start, max(start + shortest, min(end, self.frames)))
        inside = loop.start <= self._performer.ahead < loop.end
        cue = self._wish.cue if inside else Cue(loop.start)
        self._want(replace(self._wish, loop=loop, cue=cue, playing=self.playing))

    def close(self) -> None:
        """Stop and let the device go; `play` opens it again."""
        self.pause()
        self._sink.stop()

    def _want(self, wish: Wish) -> None:
        """Let the audio thread see it, and have read what it needs."""
        fed, sounds = self._feeder, wish.tape.sounds
        fed.first = next(iter(sounds[wish.selected].paged), None) if sounds else None
        fed.moving = wish.playing
        changed, self._performer.wish = wish.tape is not self._wish.tape, wish
        if changed:
            fed.follow([each for sound in sounds for each in sound.paged])
        else:
            fed.look()

    def render(self, frames: int) -> Samples:
        """What the sink gets: the next `frames` frames, (frames, 2) float32."""
        return self._performer.render(frames)

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
        return self._wish.playing and not self._performer.finished

    @property
    def failure(self) -> BaseException | None:
        """Why a source cannot be read on; it is silent from there."""
        return self._feeder.failure

    @property
    def position(self) -> int:
        """The frame that is heard now; after a seek, its goal until that is heard."""
        heard = self._performer.playhead.find_frame(self._sink.latency_ms)
        if heard is None or not self._performer.obedient:
            return self._wish.cue.frame
        return heard

    def levels(self) -> Levels:
        """Peak and RMS of the block that is heard now, for the meters."""
        return self._performer.playhead.levels(self._sink.latency_ms)

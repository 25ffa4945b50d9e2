"""The room and the player: one playhead, one loop; what is heard is what is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from indieartist.ui.deck_display import at_ms

if TYPE_CHECKING:
    from indieartist.domain.release import Track
    from indieartist.ui.room.meters import RoomMeters
    from indieartist.ui.room.stage_card import StageCard
    from indieartist.ui.window import StudioWindow


class Hearing(QObject):
    """Plays through the window's player. `switched` when another version is heard; `looped` when
    another stretch repeats."""

    switched = Signal()
    looped = Signal()

    def __init__(self, window: StudioWindow, stage: StageCard, meters: RoomMeters) -> None:
        super().__init__(stage)
        self._player, self._bar = window.player, window.transport
        self._stage, self._meters = stage, meters
        self._track: Track | None = None
        self._pending: Callable[[], None] | None = None
        self._at_ms = 0.0
        self._heard = ""
        self._player.ticked.connect(self._follow)
        self._player.moved.connect(lambda _: self._catch_up())
        self._bar.wave.song_shown.connect(self._notice_soon)
        self._bar.loop.toggled.connect(lambda _: self._mark_loop())
        stage.sought.connect(self._seek)
        stage.looped.connect(self._loop)

    def show_track(self, track: Track | None) -> None:
        """Work on another track."""
        if (track.id if track else None) != (self._track.id if self._track else None):
            self._pending = None
            self._at_ms = 0.0
            self._stage.show_loop(None)
        self._track = track
        self._catch_up()

    @property
    def is_on(self) -> bool:
        """Whether the player has this track on."""
        return self._track is not None and self._player.track_id == self._track.id

    @property
    def at_ms(self) -> float:
        """Where the track is."""
        return at_ms(self._player.deck) if self.is_on and self._player.deck else self._at_ms

    @property
    def mix_id(self) -> int | None:
        """The mix that is heard; None where it is none of this track's, a preview, or hidden."""
        kind, _, number = self._key.partition(":")
        return int(number) if kind == "mix" else None

    @property
    def is_preview(self) -> bool:
        """Whether a preview is heard."""
        return self._key == "preview"

    @property
    def _key(self) -> str:
        """Which version is heard; empty while that is not to be told."""
        deck = self._player.deck
        if not self.is_on or deck is None or not deck.versions or self._player.blind.running:
            return ""
        return str(deck.heard.key)

    def _notice_soon(self) -> None:
        """The player chooses first; then it is asked."""
        QTimer.singleShot(0, self, self._notice)

    def _notice(self) -> None:
        if self._key != self._heard:
            self._heard = self._key
            self.switched.emit()

    def _follow(self, moment_ms: float) -> None:
        if self.is_on and self._stage.isVisible():
            self._at_ms = moment_ms
            self._stage.wave.set_position(moment_ms)
            self._meters.set_moment(moment_ms)
            self._mark_loop()

    def _catch_up(self) -> None:
        """The song is on now: do what waited for it, and show where it is."""
        if not self.is_on:
            return
        pending, self._pending = self._pending, None
        if pending is not None:
            pending()
        self._follow(self.at_ms)
        self._notice()

    def _mark_loop(self) -> None:
        deck = self._player.deck
        if not self.is_on or deck is None:
            return
        region, ms = deck.player.loop_region, 1000 / deck.player.rate_hz
        loop = (region.start * ms, region.end * ms) if region else None
        whole = loop is not None and loop[1] - loop[0] >= deck.player.frames * ms - 1
        before = self._stage.wave.loop
        self._stage.show_loop(None if whole else loop)
        if self._stage.wave.loop != before:
            self.looped.emit()

    def _seek(self, moment_ms: float) -> None:
        self._do(lambda: self._bar.sought.emit(moment_ms))
        self._at_ms = moment_ms
        self._stage.wave.set_position(moment_ms)
        self._meters.set_moment(moment_ms)

    def _loop(self, start_ms: float, end_ms: float) -> None:
        self._do(lambda: self._bar.looped.emit(start_ms, end_ms))
        self.looped.emit()

    def _do(self, act: Callable[[], None]) -> None:
        """Do it now, or once the song has been put on."""
        if self.is_on:
            act()
        elif self._track is not None:
            self._pending = act
            self._player.cue(self._track.id)

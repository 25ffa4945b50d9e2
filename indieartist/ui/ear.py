"""What one hears of the deck: which version, from where, in a loop or not, how loud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from indieartist.ui.deck_display import DeckDisplay, at_ms, frame_at

if TYPE_CHECKING:
    from indieartist.services.decks import Deck
    from indieartist.ui.widgets.transport import TransportBar


class Ear(QObject):
    """Works the player of the deck that is on; with none on, nothing happens."""

    def __init__(self, bar: TransportBar, display: DeckDisplay) -> None:
        super().__init__(bar)
        self._bar, self._display = bar, display
        self._track_id: int | None = None
        self._in_hand: tuple[int, int] | None = None  # the stretch that repeated before
        bar.loop_toggled.connect(self._loop_whole)
        bar.sought.connect(self.seek)
        bar.looped.connect(self._loop)
        bar.match_toggled.connect(self._match)

    @property
    def _deck(self) -> Deck | None:
        return self._display.deck

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._deck is not None and self._deck.player.playing

    def take(self, deck: Deck) -> None:
        """Listen to another deck, at the loudness that the bar asks for."""
        if self._track_id != deck.track_id:
            self._track_id, self._in_hand = deck.track_id, None
        self._display.show_deck(deck)
        deck.player.match_loudness(self._bar.match.isChecked())

    def toggle(self) -> None:
        """Play or pause."""
        if self._deck is None:
            return
        player = self._deck.player
        if player.playing:
            player.pause()
        else:
            player.play()
        self._display.tick()
        self._display.follow()

    def play(self) -> None:
        """Play, if it does not yet."""
        if not self.playing:
            self.toggle()

    def pause(self) -> None:
        """Play no more, if it plays."""
        if self.playing:
            self.toggle()

    # where

    def seek(self, moment_ms: float) -> None:
        """Go to a place in the song."""
        if self._deck is not None:
            self._deck.player.seek(frame_at(self._deck, moment_ms))
            self._display.tick()

    def seek_by(self, step_ms: float) -> None:
        """Go on, or back, by so much."""
        if self._deck is not None:
            self.seek(max(at_ms(self._deck) + step_ms, 0.0))

    def begin_loop(self) -> None:
        """Let the stretch that repeats begin where the song is."""
        if (deck := self._deck) is not None:
            at, whole, region = deck.player.position, deck.player.frames, deck.player.loop_region
            beyond = region is not None and region.end > at
            self._repeat(deck, at, region.end if region and beyond else whole)

    def end_loop(self) -> None:
        """Let the stretch that repeats end where the song is."""
        if (deck := self._deck) is not None:
            at, region = deck.player.position, deck.player.loop_region
            before = region is not None and region.start < at
            self._repeat(deck, region.start if region and before else 0, at)

    def _repeat(self, deck: Deck, start: int, end: int) -> None:
        """Repeat these frames, and mark what the player makes of them."""
        deck.player.loop(start, end)
        self._bar.loop.setChecked(True)
        self._mark_loop(deck)
        self._display.tick()

    def _mark_loop(self, deck: Deck) -> None:
        region, ms = deck.player.loop_region, 1000 / deck.player.rate_hz
        self._bar.wave.set_loop((region.start * ms, region.end * ms) if region else None)

    def _loop_whole(self, on: bool) -> None:
        if self._deck is None:
            return
        player = self._deck.player
        region = player.loop_region
        if not on:
            self._in_hand = (region.start, region.end) if region else None
            player.loop(0, None)
        elif region is None:
            player.loop(*(self._in_hand or (0, player.frames)))
        self._mark_loop(self._deck)

    def _loop(self, start_ms: float, end_ms: float) -> None:
        if self._deck is None:
            return
        if start_ms < 0:
            self._bar.loop.setChecked(False)
            self._in_hand = None
            return
        start, end = (frame_at(self._deck, moment_ms) for moment_ms in (start_ms, end_ms))
        self._repeat(self._deck, start, end)

    # what

    def choose(self, key: str) -> None:
        """Hear a version; the music goes on."""
        deck = self._deck
        place = deck.place_of(key) if deck else None
        if deck is None or place is None:
            return
        deck.player.select(place)
        self._display.show_version(deck)

    def _match(self, on: bool) -> None:
        if self._deck is not None:
            self._deck.player.match_loudness(on)
            self._display.show_loudness(self._deck)

"""What the player's bar shows of the deck that is on: song, version, moment, levels, loudness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal

from indieartist.domain import figures
from indieartist.domain.listening import VersionKind
from indieartist.ui import theme
from indieartist.ui.models.tracks import Playing
from indieartist.ui.widgets.segmented import Segment

if TYPE_CHECKING:
    from indieartist.services.decks import Deck, Shown
    from indieartist.ui.widgets.transport import TransportBar

_FRAME_MS = 16
_SILENCE_DBFS = -120.0
_NOTICED_DB = 0.05  # shown with one digit it is not zero
TONES: dict[VersionKind, theme.ColourName] = {
    VersionKind.ORIGINAL: "original",
    VersionKind.MASTER: "accent",
    VersionKind.SERVICE: "service",
    VersionKind.PREVIEW: "accent",
}


class DeckDisplay(QObject):
    """Follows `deck` while it plays and can be seen; `moved` carries a `Playing` on a change.

    `ticked` carries the moment in ms at every look.

    `failed` carries, once for each deck, why one of its versions cannot be read on.
    """

    moved = Signal(object)
    ticked = Signal(float)
    failed = Signal(object)

    def __init__(self, bar: TransportBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self.deck: Deck | None = None
        self._shown = Playing()
        self._told: BaseException | None = None
        self._waiting = ""
        self._veil: tuple[str, ...] = ()
        self._timer = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        bar.installEventFilter(self)

    def clear(self) -> None:
        """Show that nothing is on."""
        self.deck = None
        self._timer.stop()
        self._bar.set_sources(())
        self._veil = ()
        self._bar.set_wave(None, "accent")
        self._bar.set_loudness("")
        self._bar.meter.set_levels(_SILENCE_DBFS, _SILENCE_DBFS)
        self._bar.play.set_playing(False)
        self._bar.clear()
        self._tell()

    def show_deck(self, deck: Deck) -> None:
        """Offer the versions of a deck, and follow it from now on."""
        self.deck = deck
        self._offer(deck)
        self._tell()

    def veil(self, letters: tuple[str, ...]) -> None:
        """Show letters in place of versions, and one picture for all: nothing tells them apart."""
        self._veil = letters
        if self.deck is not None:
            self._offer(self.deck)
            self.show_version(self.deck)

    def unveil(self) -> None:
        """Show the versions by their names again."""
        self.veil(())

    def show_waiting(self, key: str) -> None:
        """Show that a version is being rendered; empty, that none is."""
        self._waiting = key
        if self.deck is not None:
            self._offer(self.deck)

    def _offer(self, deck: Deck) -> None:
        if self._veil:
            self._bar.set_sources(tuple(Segment(letter, letter) for letter in self._veil))
            return
        segments = [self._segment(deck, *each) for each in enumerate(deck.shown, 1)]
        self._bar.set_sources(tuple(segments))
        self._bar.sources.show_choice(deck.heard.key)

    def _segment(self, deck: Deck, number: int, shown: Shown) -> Segment:
        waits = shown.key == self._waiting
        label = f"{deck.name_of(shown)} …" if waits else deck.name_of(shown)
        tip = "It is being rendered" if waits else f"{shown.detail}  ({number})"
        return Segment(shown.key, label, TONES[shown.kind], tip)

    def key_at(self, place: int) -> str:
        """The key of the version at a place in the switch; empty where there is none."""
        shown = [each.key for each in self.deck.shown] if self.deck else []
        keys = self._veil or shown
        return keys[place] if 0 <= place < len(keys) else ""

    def show_version(self, deck: Deck) -> None:
        """Show which version is heard, in its colour."""
        version = deck.heard
        if self._veil:
            self._bar.set_wave(deck.versions[0].waveform, "text2")
            self._bar.set_loudness("Hidden in a blind test")
            return
        self._bar.sources.show_choice(version.key)
        self._bar.set_wave(version.waveform, TONES[version.kind])
        self._bar.set_position(at_ms(deck))
        self.show_loudness(deck)

    def show_loudness(self, deck: Deck) -> None:
        """The loudness it is heard at: the quietest version's where they are matched."""
        if self._veil:
            return
        known = [version.lufs for version in deck.versions if version.lufs is not None]
        version, own = deck.heard, deck.heard.lufs
        matched = deck.player.loudness_matched
        if own is None:
            self._bar.set_loudness("")
            return
        below = max(known) - own
        words = f"{figures.level(min(known) if matched else own)} LUFS"
        if not matched and below >= _NOTICED_DB:
            words = f"{figures.level(-below)} dB · {words}"
        more = "" if matched else f"{figures.level(below)} dB quieter than the loudest of them"
        if version.kind is VersionKind.SERVICE:
            words, more = f"Model · {words}", f"{version.detail} {more}".strip()
        self._bar.set_loudness(words, more)

    def tick(self) -> None:
        """Show where the song is."""
        deck = self.deck
        if deck is None:
            return
        levels = deck.player.levels() if deck.player.playing and not self._veil else None
        self._bar.set_position(at_ms(deck))
        self.ticked.emit(at_ms(deck))
        peaks = levels.peak_dbfs if levels else (_SILENCE_DBFS, _SILENCE_DBFS)
        self._bar.meter.set_levels(*peaks)
        if self._bar.play.playing != deck.player.playing:
            self._bar.play.set_playing(deck.player.playing)
            self.follow()
        if (failure := deck.player.failure) not in (None, self._told):
            self._told = failure
            self.failed.emit(failure)
        self._tell()

    def _tell(self) -> None:
        deck = self.deck
        now = Playing()
        if deck is not None:
            share = deck.player.position / max(deck.player.frames, 1)
            now = Playing(deck.track_id, round(share, 2), deck.player.playing)
        if now != self._shown:
            self._shown = now
            self.moved.emit(now)

    def follow(self) -> None:
        """Tick only while it plays and can be seen."""
        if self.deck is not None and self.deck.player.playing and self._bar.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.follow()
        return super().eventFilter(watched, event)


def at_ms(deck: Deck) -> float:
    """Where the deck is."""
    return deck.player.position * 1000 / deck.player.rate_hz


def frame_at(deck: Deck, moment_ms: float) -> int:
    """The frame of a moment."""
    return round(moment_ms * deck.player.rate_hz / 1000)

"""What is on: a track's versions are read, put on the deck, exchanged there, and taken off."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from indieartist.domain.listening import choose_mixes
from indieartist.ui.loader import Loader
from indieartist.ui.widgets.transport import NowPlaying

if TYPE_CHECKING:
    from collections.abc import Callable

    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release, Track
    from indieartist.services.listening import Choice, Deck, MakeSink, Section, Version
    from indieartist.services.studio import Studio
    from indieartist.ui.deck_display import DeckDisplay
    from indieartist.ui.desk import Desk
    from indieartist.ui.ear import Ear
    from indieartist.ui.widgets.transport import TransportBar

    FindCover = Callable[[Release], QImage | None]


class Turntable(QObject):
    """Holds the release in hand, and which of its tracks is on. `taken_off` comes before one goes.

    `make_sink` makes the place where sound goes, in a worker.
    """

    taken_off = Signal()

    def __init__(
        self, desk: Desk, bar: TransportBar, display: DeckDisplay, ear: Ear, find_cover: FindCover
    ) -> None:
        super().__init__(bar)
        self._desk, self._bar, self._display, self._ear = desk, bar, display, ear
        self._find_cover = find_cover
        self.make_sink: MakeSink | None = None
        self.release: Release | None = None
        self._mix_id: int | None = None
        self._song = Loader(desk, self)
        self._section = Loader(desk, self, "library")

    @property
    def deck(self) -> Deck | None:
        """The deck that is on."""
        return self._display.deck

    @property
    def track_id(self) -> int | None:
        """The track that is on."""
        return self.deck.track_id if self.deck else None

    @property
    def tracks(self) -> list[Track]:
        """The tracks of the release in hand that can be heard."""
        return [track for track in self.release.tracks if track.current] if self.release else []

    def _find_track(self, track_id: int | None) -> Track | None:
        return next((track for track in self.tracks if track.id == track_id), None)

    # put on, taken off

    def set_release(self, release: Release | None) -> None:
        """Work on this release; the track that is on gets its new versions, where it has some."""
        self.release = release
        track, deck = self._find_track(self.track_id), self.deck
        if deck is None or track is None:
            return
        wanted = [mix.id for mix in choose_mixes(track, self._mix_id)]
        if wanted != [v.mix.id for v in deck.versions if v.key.startswith("mix:")]:
            self._renew(track, deck)

    def play(self, track_id: int, mix_id: int | None = None) -> None:
        """Play a track from its start, or go on with it where it is already on."""
        track = self._find_track(track_id)
        if track is None:
            return
        if self.deck and (self.deck.track_id, self._mix_id) == (track_id, mix_id):
            self._ear.toggle()
            return
        self.take_off()
        self._mix_id = mix_id
        self._load(track)

    def cue(self, track_id: int | None = None) -> None:
        """Put a track on, the first unless another is named, ready to be played."""
        track = next(iter(self.tracks), None) if track_id is None else self._find_track(track_id)
        if track is not None:
            self.take_off()
            self._load(track, play=False)

    def take_off(self) -> None:
        """Take the track off, and let its sound go."""
        self._song.cancel()
        self._section.cancel()
        self.taken_off.emit()
        if self.deck is not None:
            self.deck.player.close()
            self.deck.player.load(())
        self._display.clear()

    @property
    def _choice(self) -> Choice:
        from indieartist.services.listening import Choice

        return Choice(self._mix_id)

    def _load(self, track: Track, *, play: bool = True) -> None:
        """Put a track on, and play it."""
        mix_id, make_sink = self._mix_id, self.make_sink

        def work(studio: Studio, report: Report) -> Deck:
            from indieartist.services import listening

            choice = listening.Choice(mix_id)
            return listening.open_deck(studio, track, choice, make_sink=make_sink, report=report)

        def done(deck: Deck) -> None:
            self._bar.show_song(self._describe(track))
            self._ear.take(deck)
            ids = [version.mix.id for version in deck.versions]
            place = ids.index(mix_id) if mix_id in ids else len(ids) - 1
            self._ear.choose(deck.versions[place].key)
            if play:
                self._ear.toggle()

        self._song.read(f"Loading “{track.title}”", work, done)

    def _describe(self, track: Track) -> NowPlaying:
        release = self.release
        artist = release.artist_line if release else ""
        cover = self._find_cover(release) if release else None
        return NowPlaying(track.title, artist, track.duration_ms, cover)

    # exchanged

    def _renew(self, track: Track, deck: Deck) -> None:
        """Exchange the versions of the track that is on; it plays on where it is."""
        choice = self._choice

        def work(studio: Studio, report: Report) -> tuple[Version, ...]:
            from indieartist.services import listening

            return listening.read_versions(studio, track, choice, deck.versions, report)

        def done(versions: tuple[Version, ...]) -> None:
            self._exchange(replace(deck, versions=versions), versions[-1].key)

        self._song.read(f"Loading “{track.title}”", work, done)

    def _exchange(self, deck: Deck, key: str) -> None:
        """Put other versions on the player of the deck that is on; the music goes on."""
        sources = [version.source for version in deck.versions]
        deck.player.reload(sources, deck.place_of(key))
        self._ear.take(deck)
        self._ear.choose(key)

    def hear_section(self, section: Section, *, select: bool) -> None:
        """Lay a section of a master in the making beside the versions; see `SongPlayer`."""
        deck = self.deck
        if deck is None:
            return

        def work(_studio: Studio, _report: Report) -> Any:
            from indieartist.services import listening

            return listening.lay_section(deck, section)

        self._section.read(f"Playing “{section.name}”", work, lambda v: self._lay(v, select))

    def _lay(self, version: Version, select: bool) -> None:
        from indieartist.services.listening import with_version

        if self.deck is not None:
            heard = version.key if select else self.deck.heard.key
            self._exchange(with_version(self.deck, version), heard)

    def drop_section(self) -> None:
        """Take the preview off; where it was heard, the original is."""
        from indieartist.services.listening import PREVIEW_KEY, without_version

        self._section.cancel()
        deck = self.deck
        if deck is None or deck.place_of(PREVIEW_KEY) is None:
            return
        heard, rest = deck.heard.key, without_version(deck, PREVIEW_KEY)
        self._exchange(rest, heard if heard != PREVIEW_KEY else rest.versions[0].key)

"""What is on: a track of the release in hand is read, put on the deck, and taken off again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from indieartist.ui.loader import Loader
from indieartist.ui.widgets.transport import NowPlaying

if TYPE_CHECKING:
    from collections.abc import Callable

    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release, Track
    from indieartist.services.decks import Deck
    from indieartist.services.listening import MakeSink
    from indieartist.services.studio import Studio
    from indieartist.ui.deck_display import DeckDisplay
    from indieartist.ui.desk import Desk
    from indieartist.ui.versions import Versions
    from indieartist.ui.widgets.transport import TransportBar

    FindCover = Callable[[Release], QImage | None]


class Turntable(QObject):
    """Holds the release in hand, and which of its tracks is on. `taken_off` comes before one goes.

    `put_on` comes when one is there, and carries whether it shall play. `make_sink` makes the
    place where sound goes, in a worker.
    """

    put_on = Signal(str, bool)
    taken_off = Signal()

    def __init__(
        self,
        desk: Desk,
        bar: TransportBar,
        display: DeckDisplay,
        versions: Versions,
        find_cover: FindCover,
    ) -> None:
        super().__init__(bar)
        self._bar, self._display, self._versions = bar, display, versions
        self._find_cover = find_cover
        self.make_sink: MakeSink | None = None
        self.release: Release | None = None
        self._song = Loader(desk, self, "library")  # not behind what is being mastered

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

    @property
    def track(self) -> Track | None:
        """The track that is on, as it is in the release in hand."""
        return self._find_track(self.track_id)

    def _find_track(self, track_id: int | None) -> Track | None:
        return next((track for track in self.tracks if track.id == track_id), None)

    # put on, taken off

    def set_release(self, release: Release | None) -> None:
        """Work on this release; the track that is on gets its new versions, where it has some."""
        self.release = release
        if (track := self.track) is not None:
            self._versions.follow(track)

    def holds(self, track_id: int, mix_id: int | None) -> bool:
        """Whether this track is on for the sake of this mix."""
        return self.track_id == track_id and self._versions.mix_id == mix_id

    def play(self, track_id: int, mix_id: int | None = None) -> None:
        """Put a track on, and play it from its start."""
        if (track := self._find_track(track_id)) is not None:
            self.take_off()
            self._versions.begin(mix_id)
            self._load(track)

    def compare(self, track_id: int) -> None:
        """Put a track on with all of its mixes, and play it from its start."""
        if (track := self._find_track(track_id)) is not None:
            self.take_off()
            self._versions.begin(None, self._versions.all_of(track))
            self._load(track)

    def cue(self, track_id: int | None = None) -> None:
        """Put a track on, the first unless another is named, ready to be played."""
        track = next(iter(self.tracks), None) if track_id is None else self._find_track(track_id)
        if track is not None:
            self.take_off()
            self._versions.begin(None)
            self._load(track, play=False)

    def take_off(self) -> None:
        """Take the track off, and let its sound go."""
        self._song.cancel()
        self._versions.cancel()
        self.taken_off.emit()
        if self.deck is not None:
            self.deck.player.close()
            self.deck.player.load(())
        self._display.clear()

    def _load(self, track: Track, *, play: bool = True) -> None:
        choice, make_sink = self._versions.choice, self.make_sink

        def work(studio: Studio, report: Report) -> tuple[Deck, dict[str, str]]:
            from indieartist.services import listening

            deck = listening.open_deck(studio, track, choice, make_sink=make_sink, report=report)
            return deck, listening.list_services()

        def done(read: tuple[Deck, dict[str, str]]) -> None:
            deck, self._versions.known_services = read
            self._bar.show_song(self._describe(track))
            self._display.show_deck(deck)
            mixes = [version for version in deck.versions if version.key.startswith("mix:")]
            asked = [version for version in mixes if version.mix.id == choice.mix_id]
            self.put_on.emit((asked or mixes[-1:])[0].key, play)

        self._song.read(f"Loading “{track.title}”", work, done)

    def _describe(self, track: Track) -> NowPlaying:
        release = self.release
        artist = release.artist_line if release else ""
        cover = self._find_cover(release) if release else None
        return NowPlaying(track.title, artist, track.duration_ms, cover)

    def beside(self, step: int) -> int | None:
        """The track so many places after the one that is on; None where there is none."""
        ids = [track.id for track in self.tracks]
        if self.track_id not in ids:
            return None
        place = ids.index(self.track_id) + step
        return ids[place] if 0 <= place < len(ids) else None

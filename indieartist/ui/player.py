"""The player: puts a track's versions on, and lets the bar, the keys and the pages work it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from indieartist.domain.listening import choose_mixes
from indieartist.ui.deck_display import DeckDisplay, at_ms, frame_at
from indieartist.ui.loader import Loader
from indieartist.ui.sound import PatientSink
from indieartist.ui.widgets.transport import NowPlaying, TransportBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release, Track
    from indieartist.services.listening import Deck, MakeSink
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

    FindCover = Callable[[Release], QImage | None]

_BEGUN_MS = 2500.0
_SILENT = "There is no sound card, so this plays in silence."


class SongPlayer(QObject):
    """Plays the tracks of the release in hand, the original and the master on one playhead.

    `moved` carries a `Playing` whenever another track is heard, or the same one has moved on.
    """

    moved = Signal(object)

    def __init__(
        self,
        desk: Desk,
        bar: TransportBar,
        find_cover: FindCover,
        make_sink: MakeSink | None = None,
    ) -> None:
        super().__init__(bar)
        self._desk, self._bar = desk, bar
        self._find_cover, self._make_sink = find_cover, make_sink or self._patient_sink
        self._release: Release | None = None
        self._display = DeckDisplay(bar)
        self._display.moved.connect(self.moved)
        self._mix_id: int | None = None
        self._loader = Loader(desk, self)
        self._told_silence = False
        self.buffer_ms = 60  # of the sound card, from the next song on
        self._connect()

    def _connect(self) -> None:
        bar = self._bar
        bar.play_asked.connect(self.toggle)
        bar.previous_asked.connect(self.play_previous)
        bar.next_asked.connect(self.play_next)
        bar.loop_toggled.connect(self._loop_whole)
        bar.sought.connect(self.seek)
        bar.looped.connect(self._loop)
        bar.source_chosen.connect(lambda key: self.choose_version(int(key)))
        bar.match_toggled.connect(self._match)

    # what is put on

    @property
    def _deck(self) -> Deck | None:
        return self._display.deck

    @property
    def track_id(self) -> int | None:
        """The track that is on."""
        return self._deck.track_id if self._deck else None

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._deck is not None and self._deck.player.playing

    def set_release(self, release: Release | None) -> None:
        """Work on this release; the track that is on gets its new versions, where it has some."""
        self._release = release
        track, deck = self._find_track(self.track_id), self._deck
        if deck is None or track is None or track.current is None:
            return
        wanted = [mix.id for mix in choose_mixes(track, self._mix_id)]
        if wanted != [version.mix.id for version in deck.versions]:
            self._renew(track, deck)

    def play_track(self, track_id: int, mix_id: int | None = None) -> None:
        """Play a track from its start, or go on with it where it is already on."""
        track = self._find_track(track_id)
        if track is None:
            return
        if self._deck and (self._deck.track_id, self._mix_id) == (track_id, mix_id):
            self.toggle()
            return
        self.stop()
        self._mix_id = mix_id
        self._load(track)

    def stop(self) -> None:
        """Take the track off, and let its sound go."""
        self._loader.cancel()
        if self._deck is not None:
            self._deck.player.close()
            self._deck.player.load(())
        self._display.clear()

    def _find_track(self, track_id: int | None) -> Track | None:
        tracks = self._release.tracks if self._release else ()
        return next((track for track in tracks if track.id == track_id), None)

    def _load(self, track: Track, *, play: bool = True) -> None:
        """Put a track on, and play it."""
        mix_id, make_sink = self._mix_id, self._make_sink

        def work(studio: Studio, report: Report) -> Deck:
            from indieartist.services import listening

            return listening.open_deck(studio, track, mix_id, make_sink=make_sink, report=report)

        def done(deck: Deck) -> None:
            self._bar.show_song(self._song(track))
            self._offer_versions(deck)
            ids = [version.mix.id for version in deck.versions]
            self._choose(ids.index(mix_id) if mix_id in ids else len(ids) - 1)
            if play:
                self.toggle()

        self._loader.read(f"Loading “{track.title}”", work, done)

    def _renew(self, track: Track, deck: Deck) -> None:
        """Exchange the versions of the track that is on; it plays on where it is."""
        mix_id = self._mix_id

        def work(studio: Studio, report: Report) -> Any:
            from indieartist.services import listening

            versions, sources = listening.read_versions(studio, track, mix_id, report)
            return versions, deck.player.prepare(sources)

        def done(read: Any) -> None:
            versions, tape = read
            deck.player.reload(tape)
            self._offer_versions(replace(deck, versions=versions))
            self._choose(len(versions) - 1)

        self._loader.read(f"Loading “{track.title}”", work, done)

    def _song(self, track: Track) -> NowPlaying:
        release = self._release
        artist = release.artist_line if release else ""
        cover = self._find_cover(release) if release else None
        return NowPlaying(track.title, artist, track.duration_ms, cover)

    def _offer_versions(self, deck: Deck) -> None:
        self._display.show_deck(deck)
        deck.player.match_loudness(self._bar.match.isChecked())

    # what one hears

    def toggle(self) -> None:
        """Play or pause; with nothing on, play the first track."""
        if self._deck is None:
            self._play_first()
            return
        player = self._deck.player
        if player.playing:
            player.pause()
        else:
            player.play()
        self._display.tick()
        self._display.follow()

    def cue(self) -> None:
        """Put the first track on, ready to be played."""
        if (track := self._first_track()) is not None:
            self.stop()
            self._load(track, play=False)

    def _play_first(self) -> None:
        if (track := self._first_track()) is not None:
            self.play_track(track.id)

    def _first_track(self) -> Track | None:
        tracks = self._release.tracks if self._release else ()
        return next((track for track in tracks if track.current), None)

    def _patient_sink(self, rate_hz: int) -> PatientSink:
        """The sound card, kept off the window's thread; called by a worker."""
        from indieartist.services.listening import sound_card

        return PatientSink(sound_card(rate_hz, self.buffer_ms), self._hear_of_sound)

    def _hear_of_sound(self, error: BaseException | None) -> None:
        self._desk.bridge.post(lambda: self._tell_of_sound(error))

    def _tell_of_sound(self, error: BaseException | None) -> None:
        """Say that there is no sound, and once that there is no sound card."""
        if self._deck is None:
            return
        if error is not None:
            self._deck.player.pause()
            self._display.tick()
            self._desk.bridge.present(error)
        elif not getattr(self._deck.sink, "audible", True) and not self._told_silence:
            self._told_silence = True
            self._desk.say(_SILENT, "info")

    def play_next(self) -> None:
        """Play the track after this one."""
        self._play_beside(1)

    def play_previous(self) -> None:
        """Play this track from its start, or the one before where it has hardly begun."""
        if self._deck and at_ms(self._deck) > _BEGUN_MS:
            self.seek(0.0)
        else:
            self._play_beside(-1)

    def _play_beside(self, step: int) -> None:
        ids = [track.id for track in self._release.tracks if track.current] if self._release else []
        if self.track_id not in ids:
            return
        place = ids.index(self.track_id) + step
        if 0 <= place < len(ids):
            self.play_track(ids[place])
        elif step < 0:
            self.seek(0.0)

    def seek(self, moment_ms: float) -> None:
        """Go to a place in the song."""
        if self._deck is not None:
            self._deck.player.seek(frame_at(self._deck, moment_ms))
            self._display.tick()

    def seek_by(self, step_ms: float) -> None:
        """Go on, or back, by so much."""
        if self._deck is not None:
            self.seek(max(at_ms(self._deck) + step_ms, 0.0))

    def toggle_loop(self) -> None:
        """Repeat the song, or stop repeating."""
        if self._deck is not None:
            self._bar.loop.toggle()

    def _loop_whole(self, on: bool) -> None:
        if self._deck is None:
            return
        player = self._deck.player
        if not on:
            player.loop(0, None)
            self._bar.wave.set_loop(None)
        elif player.loop_region is None:
            player.loop(0, player.frames)

    def _loop(self, start_ms: float, end_ms: float) -> None:
        if self._deck is None:
            return
        if start_ms < 0:
            self._bar.loop.setChecked(False)
            return
        frames = (frame_at(self._deck, moment_ms) for moment_ms in (start_ms, end_ms))
        self._deck.player.loop(*frames)
        self._bar.loop.setChecked(True)

    def _match(self, on: bool) -> None:
        if self._deck is not None:
            self._deck.player.match_loudness(on)
            self._display.show_loudness(self._deck)

    def choose_version(self, index: int) -> None:
        """Hear version `index` where there is one; the music goes on."""
        if self._deck is not None and 0 <= index < len(self._deck.versions):
            self._bar.sources.choose(str(index))
            self._choose(index)

    def _choose(self, index: int) -> None:
        deck = self._deck
        if deck is None:
            return
        deck.player.select(index)
        self._display.show_version(deck, index)

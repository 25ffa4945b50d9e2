"""The player: puts a track's versions on, and lets the bar, the keys and the pages work it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal

from indieartist.ui.blind import BlindListening
from indieartist.ui.deck_display import DeckDisplay, at_ms
from indieartist.ui.ear import Ear
from indieartist.ui.sound import SoundCard
from indieartist.ui.turntable import Turntable
from indieartist.ui.versions import Versions
from indieartist.ui.versions_menu import versions_menu

if TYPE_CHECKING:
    from indieartist.domain.release import Release
    from indieartist.services.decks import Deck
    from indieartist.services.listening import MakeSink
    from indieartist.ui.desk import Desk
    from indieartist.ui.turntable import FindCover
    from indieartist.ui.widgets.transport import TransportBar

_BEGUN_MS = 2500.0


class SongPlayer(QObject):
    """Plays the tracks of the release in hand, their versions on one playhead.

    `turntable` knows which track is on, `versions` what of it is on, and `ear` what is heard of
    that; `blind` hides what it is, and `card` is where the sound goes.
    `moved` carries a `Playing` whenever another track is heard, or the same one has moved on;
    `ticked` carries the moment in ms, many times a second.
    """

    moved = Signal(object)
    ticked = Signal(float)

    def __init__(
        self,
        desk: Desk,
        bar: TransportBar,
        find_cover: FindCover,
        make_sink: MakeSink | None = None,
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._display = DeckDisplay(bar)
        self.ear = Ear(bar, self._display)
        self.versions = Versions(desk, self._display, self.ear)
        self.turntable = Turntable(desk, bar, self._display, self.versions, find_cover)
        self.turntable.put_on.connect(self._begin)
        self.blind = BlindListening(desk, bar, self._display)
        self.blind.begun.connect(self.ear.play)
        self.turntable.taken_off.connect(self.blind.give_up)
        self.versions.exchanged.connect(self.blind.give_up)
        self.card = SoundCard(desk, self)
        self.card.failed.connect(self.ear.pause)
        self._display.failed.connect(desk.bridge.present)
        self.turntable.make_sink = make_sink or self.card.make_sink
        self._display.moved.connect(self.moved)
        self._display.ticked.connect(self.ticked)
        self._display.moved.connect(lambda now: self.card.heed(now.key is not None))
        bar.play_asked.connect(self.toggle)
        bar.previous_asked.connect(self.play_previous)
        bar.next_asked.connect(self.play_next)
        bar.versions_asked.connect(self.open_versions)
        bar.source_chosen.connect(self._choose)

    @property
    def deck(self) -> Deck | None:
        """The deck that is on."""
        return self._display.deck

    @property
    def track_id(self) -> int | None:
        """The track that is on."""
        return self.turntable.track_id

    @property
    def buffer_ms(self) -> int:
        """The sound card's buffer, from the next song on."""
        return self.card.buffer_ms

    @buffer_ms.setter
    def buffer_ms(self, length_ms: int) -> None:
        self.card.buffer_ms = length_ms

    def hear_as(self, services: str) -> None:
        """Offer what these services play, their keys parted by commas, from the next song on."""
        self.versions.services = tuple(key for key in services.split(",") if key)

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self.ear.playing

    # what is on

    def set_release(self, release: Release | None) -> None:
        """Work on this release; the track that is on gets its new versions, where it has some."""
        self.turntable.set_release(release)

    def play_track(self, track_id: int, mix_id: int | None = None) -> None:
        """Play a track from its start, or go on with it, or pause it, where it is already on."""
        if self.turntable.holds(track_id, mix_id):
            self.ear.toggle()
        else:
            self.turntable.play(track_id, mix_id)

    def compare_mixes(self, track_id: int) -> None:
        """Play a track with all of its mixes side by side."""
        self.turntable.compare(track_id)

    def _begin(self, key: str, play: bool) -> None:
        """Listen to a track that was just put on."""
        if self.deck is not None:
            self.ear.take(self.deck)
            self.ear.choose(key)
            if play:
                self.ear.toggle()

    def cue(self, track_id: int | None = None) -> None:
        """Put a track on, the first unless another is named, ready to be played."""
        self.turntable.cue(track_id)

    def stop(self) -> None:
        """Take the track off, and let its sound go."""
        self.turntable.take_off()

    def play_next(self) -> None:
        """Play the track after this one."""
        if (following := self.turntable.beside(1)) is not None:
            self.play_track(following)

    def play_previous(self) -> None:
        """Play this track from its start, or the one before where it has hardly begun."""
        begun = self.deck is not None and at_ms(self.deck) > _BEGUN_MS
        before = None if begun else self.turntable.beside(-1)
        if before is None:
            self.seek(0.0)
        else:
            self.play_track(before)

    def open_versions(self) -> None:
        """Open the menu of what can be heard of the track that is on."""
        track = self.turntable.track
        if track is None or self.blind.running:
            return
        menu = versions_menu(track, self.versions, self.open_blind, self._bar)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = self._bar.more.mapToGlobal(QPoint(0, 0))
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    def open_blind(self) -> None:
        """Begin a blind test of the versions that are on."""
        self.blind.open()

    def hear_section(
        self,
        samples: Any,
        rate_hz: int,
        start_ms: float,
        name: str = "Preview",
        *,
        lufs: float | None = None,
        select: bool = True,
    ) -> bool:
        """Put a section of a master in the making on, beside the versions of the track that is on.

        `samples` are (frames,) or (frames, 1 or 2) at `rate_hz`, and lie `start_ms` into the song.
        The music goes on; a later section takes the place of the one before, and the loop that is
        set stays. Outside the section one hears the original, with fades of 5 ms: what was not
        rendered is not guessed. `lufs` is what the whole master will have, for the loudness
        match. `select` listens to it at once. False where no track is on: put one on before.
        """
        from indieartist.services.decks import Section

        section = Section(samples, rate_hz, start_ms, name, lufs)
        self.versions.hear_section(section, select=select)
        return self.deck is not None

    def drop_section(self) -> None:
        """Take the preview off; where it was heard, the original is."""
        self.versions.drop_section()

    # what is heard

    def toggle(self) -> None:
        """Play or pause; with nothing on, play the first track."""
        if self.deck is not None:
            self.ear.toggle()
        elif self.turntable.tracks:
            self.play_track(self.turntable.tracks[0].id)

    def seek(self, moment_ms: float) -> None:
        """Go to a place in the song."""
        self.ear.seek(moment_ms)

    def seek_by(self, step_ms: float) -> None:
        """Go on, or back, by so much."""
        self.ear.seek_by(step_ms)

    def toggle_loop(self) -> None:
        """Repeat the song, or the stretch in hand, or stop repeating."""
        if self.deck is not None:
            self._bar.loop.toggle()

    def begin_loop(self) -> None:
        """Let the stretch that repeats begin where the song is."""
        self.ear.begin_loop()

    def end_loop(self) -> None:
        """Let the stretch that repeats end where the song is."""
        self.ear.end_loop()

    def choose_version(self, place: int) -> None:
        """Hear the version at a place in the switch, from 0 on; the music goes on."""
        if key := self._display.key_at(place):
            self._choose(key)

    def _choose(self, key: str) -> None:
        if self.blind.running:
            self.blind.hear(key)
        else:
            self.versions.choose(key)

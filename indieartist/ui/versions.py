"""Which versions are on the deck: exchanged, rendered when chosen, added and left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from indieartist.domain.listening import MOST_VERSIONS, VersionKind, choose_mixes
from indieartist.ui.loader import Loader

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Track
    from indieartist.services.decks import Choice, Deck, Offer, Section, Version
    from indieartist.services.studio import Studio
    from indieartist.ui.deck_display import DeckDisplay
    from indieartist.ui.desk import Desk
    from indieartist.ui.ear import Ear


class Versions(QObject):
    """Puts other versions on the player while it plays on. `exchanged` comes when it has.

    `more` are the ids of mixes that are heard beside the usual pair, `services` the keys of those
    whose playing is heard; `services_chosen` carries these when they are chosen anew.
    """

    exchanged = Signal()
    services_chosen = Signal(tuple)

    def __init__(self, desk: Desk, display: DeckDisplay, ear: Ear) -> None:
        super().__init__(display)
        self._desk, self._display, self._ear = desk, display, ear
        self.mix_id: int | None = None
        self.more: frozenset[int] = frozenset()
        self.services: tuple[str, ...] = ()
        self.known_services: dict[str, str] = {}
        # Reading takes milliseconds, and must not wait behind songs that are being mastered.
        self._mixes = Loader(desk, self, "library")
        self._section = Loader(desk, self, "library")
        self._rendering = Loader(desk, self)

    @property
    def choice(self) -> Choice:
        """What is compared."""
        from indieartist.services.decks import Choice

        return Choice(self.mix_id, self.more, self.services)

    def begin(self, mix_id: int | None, more: frozenset[int] = frozenset()) -> None:
        """Compare the usual versions of another track, and other mixes of it beside them."""
        self.mix_id, self.more = mix_id, more

    def all_of(self, track: Track) -> frozenset[int]:
        """The mixes of a track that can be heard side by side, the newest where there are many.

        The usual two, which may be older, and the services have their room beside them.
        """
        room = max(MOST_VERSIONS - len(self.services) - 2, 1)
        return frozenset(mix.id for mix in track.mixes[-room:])

    def cancel(self) -> None:
        """Give up what is being read and rendered."""
        for loader in (self._mixes, self._section, self._rendering):
            loader.cancel()
        self._display.show_waiting("")

    # of the library

    def follow(self, track: Track) -> None:
        """Put the track's new mixes on, where it has some, and listen to the newest."""
        deck = self._display.deck
        wanted = [mix.id for mix in choose_mixes(track, self.mix_id, self.more)]
        here = [v.mix.id for v in deck.versions if v.key.startswith("mix:")] if deck else wanted
        if wanted != here:
            self._renew(track, f"mix:{wanted[-1]}", section=False)

    def compare(self, track: Track, more: frozenset[int], services: tuple[str, ...]) -> None:
        """Compare other versions; what is heard is heard on where it is still among them."""
        if self._display.deck is None:
            return
        room = MOST_VERSIONS - len(choose_mixes(track, self.mix_id, more))
        self.more = more
        if (kept := services[: max(room, 0)]) != self.services:
            self.services = kept
            self.services_chosen.emit(kept)
        self._renew(track, self._display.deck.heard.key, section=True)

    def _renew(self, track: Track, key: str, *, section: bool) -> None:
        """Exchange the versions of the track that is on; it plays on where it is.

        `section` keeps the preview of a master in the making, if there is one.
        """
        choice, known = self.choice, self._display.deck.versions if self._display.deck else ()

        def work(studio: Studio, report: Report) -> tuple[tuple[Version, ...], tuple[Offer, ...]]:
            from indieartist.services import listening

            versions = listening.read_versions(studio, track, choice, known, report)
            return versions, listening.list_offers(track, choice, versions)

        def done(read: tuple[tuple[Version, ...], tuple[Offer, ...]]) -> None:
            deck = self._display.deck
            if deck is None:
                return
            previews = [v for v in deck.versions if v.kind is VersionKind.PREVIEW and section]
            versions = (*read[0], *previews)
            self._exchange(replace(deck, versions=versions, offers=read[1]), key)

        self._rendering.cancel()
        self._mixes.read(f"Loading “{track.title}”", work, done)

    def _exchange(self, deck: Deck, key: str) -> None:
        """Put other versions on the player of the deck that is on; the music goes on."""
        place = deck.place_of(key)
        place = 0 if place is None else place
        deck.player.reload([version.source for version in deck.versions], place)
        self._ear.take(deck)
        self._ear.choose(deck.versions[place].key)
        self.exchanged.emit()

    # of services

    def choose(self, key: str) -> None:
        """Hear a version; one that has to be rendered is heard once it is."""
        deck = self._display.deck
        offer = deck.find_offer(key) if deck else None
        if deck is None or offer is None:
            self._rendering.cancel()
            self._display.show_waiting("")
            self._ear.choose(key)
            return
        self._render(deck, offer)

    def _render(self, deck: Deck, offer: Offer) -> None:
        def work(studio: Studio, report: Report) -> Version:
            from indieartist.services import listening

            return listening.render_offer(studio, deck, offer, report)

        def done(version: Version) -> None:
            self._display.show_waiting("")
            self._add(version, select=True)

        self._display.show_waiting(offer.key)
        self._rendering.read(f"Playing it as {offer.name} would", work, done)

    def _add(self, version: Version, *, select: bool) -> None:
        from indieartist.services.decks import with_version

        if (deck := self._display.deck) is not None:
            heard = version.key if select else deck.heard.key
            self._exchange(with_version(deck, version), heard)

    # in the making

    def hear_section(self, section: Section, *, select: bool) -> None:
        """Lay a section of a master in the making beside the versions; see `SongPlayer`."""
        deck = self._display.deck
        if deck is None:
            return

        def work(_studio: Studio, _report: Report) -> Version:
            from indieartist.services import listening

            return listening.lay_section(deck, section)

        def done(version: Version) -> None:
            self._add(version, select=select)

        self._section.read(f"Playing “{section.name}”", work, done)

    def drop_section(self) -> None:
        """Take the preview off; where it was heard, the original is."""
        from indieartist.services.decks import PREVIEW_KEY, without_version

        self._section.cancel()
        deck = self._display.deck
        if deck is None or deck.place_of(PREVIEW_KEY) is None:
            return
        heard, rest = deck.heard.key, without_version(deck, PREVIEW_KEY)
        self._exchange(rest, heard if heard != PREVIEW_KEY else rest.versions[0].key)

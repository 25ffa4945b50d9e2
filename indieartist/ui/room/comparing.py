"""Which two versions are compared, and what the page says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from indieartist.domain.release import Mix, MixKind, Track
from indieartist.ui.cards.changes import Changes, ChangesCard
from indieartist.ui.loader import Loader

if TYPE_CHECKING:
    from indieartist.domain.changes import Change
    from indieartist.domain.progress import Report
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

_LONGEST = 24


def name_of(mix: Mix) -> str:
    """A version as it is named beside others: 'Master 2 · Streaming'."""
    kind = "Master" if mix.kind is MixKind.MASTER else "Bounce"
    name = mix.name if len(mix.name) <= _LONGEST else f"{mix.name[: _LONGEST - 1].rstrip()}…"
    return f"{kind} {mix.number} · {name}"


class Comparing(QObject):
    """Shows on `card` what lies between two versions of a track; `chosen` when they are others."""

    chosen = Signal()

    def __init__(self, desk: Desk, card: ChangesCard) -> None:
        super().__init__(card)
        self._card = card
        self._track: Track | None = None
        self._wanted: tuple[int, int] = (0, 0)
        self._words: dict[tuple[str, str], tuple[Change, ...]] = {}
        self._loader = Loader(desk, self)
        card.chosen.connect(self.compare)

    @property
    def pair(self) -> tuple[Mix, Mix] | None:
        """The two that are compared: the chosen ones, else the newest master and its bounce."""
        track = self._track
        if track is None or len(track.mixes) < 2:
            return None
        mixes = {mix.id: mix for mix in track.mixes}
        before, after = (mixes.get(wanted) for wanted in self._wanted)
        if after is None:
            masters = [mix for mix in track.mixes if mix.kind is MixKind.MASTER]
            after = (masters or list(track.mixes))[-1]
        if before is None:
            parent = mixes.get(after.parent_id or 0)
            others = [mix for mix in track.mixes if mix is not after]
            before = parent or others[-1]
        return before, after

    def show_track(self, track: Track | None) -> None:
        """Work on another track, or on the same one with other versions."""
        if (track.id if track else None) != (self._track.id if self._track else None):
            self._wanted = (0, 0)
        self._track = track
        self._show()

    def see(self, mix: Mix) -> None:
        """Compare a version with the one it was made of."""
        self.compare(0, mix.id)

    def put(self, mix: Mix, side: str) -> None:
        """Compare from, or to, a version; the other one stays."""
        before, after = self.pair or (mix, mix)
        ids = (mix.id, after.id) if side == "before" else (before.id, mix.id)
        self.compare(*ids)

    def compare(self, before_id: int, after_id: int) -> None:
        """Compare these two."""
        self._wanted = before_id, after_id
        self._show()
        self.chosen.emit()

    def _show(self) -> None:
        pair = self.pair
        if pair is None or self._track is None:
            self._card.show_changes(None)
            return
        names = {mix.id: name_of(mix) for mix in reversed(self._track.mixes)}
        self._card.offer(names, pair[0].id, pair[1].id)
        key = (pair[0].audio_hash, pair[1].audio_hash)
        self._show_pair(pair, self._words.get(key))
        if key not in self._words:
            self._read(pair, key)

    def _show_pair(self, pair: tuple[Mix, Mix], words: tuple[Change, ...] | None) -> None:
        before, after = pair
        made = after.settings if after.kind is MixKind.MASTER else {}
        self._card.show_changes(
            Changes(
                (name_of(before), name_of(after)),
                before.measurement,
                after.measurement,
                words,
                made.get("stages", ()),
                made.get("warnings", ()),
            )
        )

    def _read(self, pair: tuple[Mix, Mix], key: tuple[str, str]) -> None:
        def work(studio: Studio, report: Report) -> tuple[Change, ...]:
            from indieartist.services import mastering_room

            return mastering_room.tell_changes(studio, *pair, report)

        def done(words: tuple[Change, ...]) -> None:
            self._words[key] = words
            if self.pair == pair:
                self._show_pair(pair, words)

        self._loader.read("Comparing two versions", work, done)

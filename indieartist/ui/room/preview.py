"""A change heard at once: the stretch in hand, mastered as wished, beside what is on the player."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from indieartist.domain import figures
from indieartist.ui.loader import Loader

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Track
    from indieartist.services.mastering_views import Section
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.player import SongPlayer
    from indieartist.ui.room.wishes import Wishes

_DEBOUNCE_MS, _SLOW_MS, _BEHIND_MS = 120, 350, 1200
LONGEST_MS, AROUND_MS = 20_000, 12_000
_WHOLE_UP_TO_MS = 10 * 60_000

Kind = Literal["off", "busy", "heard", "failed"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to hear: a track, its wishes, and the stretch."""

    track: Track
    wishes: Wishes
    start_ms: int
    length_ms: int


@dataclass(frozen=True, slots=True)
class State:
    """How far a preview is, in a word and in words."""

    kind: Kind
    words: str


OFF = State("off", "Off: changes are heard once a master is rendered.")


def choose_stretch(
    loop: tuple[float, float] | None, at_ms: float, duration_ms: float
) -> tuple[int, int]:
    """Start and length of what is heard: the loop, as far as it goes, else around the playhead."""
    if loop is not None:
        start, end = loop
        return round(start), round(min(end - start, LONGEST_MS))
    length = min(AROUND_MS, duration_ms)
    start = min(max(at_ms - 1000.0, 0.0), max(duration_ms - length, 0.0))
    return round(start), round(length)


class Preview(QObject):
    """`told` carries a `State`. Off until `turn` turns it on; the newest wish alone is rendered.

    Once a stretch is heard and nothing is changed for a while, the whole song is made behind it,
    and takes its place.
    """

    told = Signal(object)
    rendered = Signal(object)

    def __init__(self, desk: Desk, player: SongPlayer) -> None:
        super().__init__(desk)
        self._player = player
        self.on = False
        self.state = OFF
        self._wanted: Wanted | None = None
        self._waiting: Section | None = None
        self.section: Section | None = None  # what is heard of it
        self._loader = Loader(desk, self)
        self._soon = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self._soon.timeout.connect(self._begin)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self._say_slow)
        self._behind = QTimer(self, singleShot=True, interval=_BEHIND_MS)
        self._behind.timeout.connect(self._render_whole)
        player.moved.connect(lambda _: self._lay_waiting())

    def turn(self, on: bool) -> None:
        """Hear changes from now on, or no more."""
        self.on = on
        if not on:
            self._stop()
            self._player.drop_section()
            self._tell(OFF)

    def ask(self, wanted: Wanted) -> None:
        """Hear this, as soon as nothing more is changed."""
        if self.on and wanted != self._wanted:
            self._wanted = wanted
            self._behind.stop()
            self._soon.start()

    def forget(self) -> None:
        """Another track is worked on: what was heard of the last one is gone."""
        self._stop()
        self._wanted = self._waiting = self.section = None
        self._player.drop_section()
        if self.on:
            self._tell(State("off", "Change something, or loop a stretch, to hear it."))

    def _stop(self) -> None:
        for timer in (self._soon, self._slow, self._behind):
            timer.stop()
        self._loader.cancel()
        self._wanted = None

    def _begin(self) -> None:
        if (wanted := self._wanted) is None:
            return
        self._tell(State("busy", "Preparing the preview…"))
        self._slow.start()
        self._render(wanted, (wanted.start_ms, wanted.length_ms), self._hear, at_once=True)

    def _render_exactly(self) -> None:
        if (wanted := self._wanted) is not None:
            self._render(wanted, (wanted.start_ms, wanted.length_ms), self._hear)

    def _render_whole(self) -> None:
        wanted = self._wanted
        if wanted is None or self.state.kind != "heard":
            return
        length_ms = wanted.track.bounce.info.duration_ms if wanted.track.bounce else 0
        if wanted.length_ms < length_ms <= _WHOLE_UP_TO_MS:
            self._render(wanted, (0, length_ms), self._hear_whole)

    def _render(
        self, wanted: Wanted, stretch: tuple[int, int], done: Any, *, at_once: bool = False
    ) -> None:
        def work(studio: Studio, report: Report) -> Section:
            from indieartist.services import finding, mastering_room

            fresh = finding.get_track(studio, f"T{wanted.track.id}")
            wish = fresh, wanted.wishes.settings(studio), wanted.wishes.reference
            start_ms, length_ms = stretch
            if at_once:
                return mastering_room.sketch_section(
                    studio, *wish, start_ms=start_ms, length_ms=length_ms
                )
            return mastering_room.render_section(
                studio, *wish, start_ms=start_ms, length_ms=length_ms, report=report
            )

        self._loader.read("Rendering a preview", work, done, failed=self._fail)

    def _hear(self, section: Section) -> None:
        self._slow.stop()
        self._lay(section)
        start = figures.position(section.start_ms)
        end = figures.position(section.start_ms + _length_ms(section))
        how = "as it would be mastered" if section.exact else "about as it would be mastered"
        words = f"You hear {start} to {end} {how}: {_level_words(section)}."
        follows = "A preview; nothing is kept yet." if section.exact else "Its exact sound follows."
        self._tell(State("heard", f"{words} {follows}"))
        self._tell_rendered(section)
        if section.exact:
            self._behind.start()
        else:
            self._render_exactly()

    def _hear_whole(self, section: Section) -> None:
        self._lay(section)
        words = f"You hear the whole song as it would be mastered: {_level_words(section)}."
        self._tell(State("heard", f"{words} A preview; nothing is kept yet."))
        self._tell_rendered(section)

    def _tell_rendered(self, section: Section) -> None:
        self.section = section
        self.rendered.emit(section)

    def _lay(self, section: Section) -> None:
        """Put it on the player, or wait for the player to have the song on."""
        track_id = self._wanted.track.id if self._wanted else None
        self._waiting = None
        deck = self._player.deck
        if deck is None or self._player.track_id != track_id:
            self._waiting = section
            self._player.cue(track_id)
            return
        previewed = any(version.key == "preview" for version in deck.versions)
        heard_preview = not previewed or deck.heard.key == "preview"
        self._player.hear_section(
            section.sound,
            section.sample_rate_hz,
            section.start_ms,
            lufs=section.lufs,
            select=heard_preview,
        )

    def _lay_waiting(self) -> None:
        waiting, wanted = self._waiting, self._wanted
        if waiting is not None and wanted and self._player.track_id == wanted.track.id:
            self._lay(waiting)

    def _say_slow(self) -> None:
        if self.state.kind == "busy":
            words = "Another tone or compression is worked out once for the whole song…"
            self._tell(State("busy", words))

    def _fail(self, error: BaseException) -> None:
        self._slow.stop()
        self._wanted = None
        self._tell(State("failed", str(error)))

    def _tell(self, state: State) -> None:
        self.state = state
        self.told.emit(state)


def _length_ms(section: Section) -> float:
    return len(section.sound) * 1000 / section.sample_rate_hz


def _level_words(section: Section) -> str:
    """The loudness it would have, and whether that is what was asked for."""
    level = f"{figures.level(section.lufs)} LUFS"
    return level if section.reached else f"{level}, the loudest that stays clean"

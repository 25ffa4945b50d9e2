"""Reads the pages that the player will need, in the order of need, within a bound of memory."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING

from indieartist.audio.pages import PAGE_FRAMES
from indieartist.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indieartist.audio.pages import FileSound

_log = logging.getLogger(__name__)

BUDGET_BYTES = 128 << 20  # of pages, all sounds together; a song of 4 minutes takes 85 MB
_LOOK_S = 0.1  # how often it looks where the playhead is, while it moves
_AHEAD, _BEHIND = 4, 1  # pages read on for each that is read back


class Feeder:
    """Keeps the pages around some places in memory, in a thread of its own while there are files.

    `find_places` gives frames: where it shall play, where it plays, where a loop begins. `first`,
    the sound that is listened to, and `moving` are written by whoever knows; nobody waits for it.
    """

    def __init__(
        self, find_places: Callable[[], Sequence[int]], budget_bytes: int = BUDGET_BYTES
    ) -> None:
        self._find_places = find_places
        self._budget_bytes = budget_bytes
        self._sounds: tuple[FileSound, ...] = ()
        self._opened: set[FileSound] = set()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._start = threading.Lock()
        self.first: FileSound | None = None
        self.moving = False

    def follow(self, sounds: Sequence[FileSound]) -> None:
        """Feed these sounds from now on, and let the files of all others go."""
        with self._start:
            self._sounds = tuple(dict.fromkeys(sounds))
            if self._sounds and self._thread is None:
                self._thread = threading.Thread(target=self._run, name="feeder", daemon=True)
                self._thread.start()
        self._wake.set()

    def look(self) -> None:
        """See at once what has changed."""
        self._wake.set()

    @property
    def failure(self) -> BaseException | None:
        """Why a sound cannot be read on, where one cannot."""
        return next((sound.failure for sound in self._sounds if sound.failure), None)

    def _run(self) -> None:
        while True:
            self._wake.clear()
            self._feed()
            with self._start:
                if not self._sounds:
                    self._thread = None
                    return
            self._wake.wait(_LOOK_S if self.moving else None)

    def _feed(self) -> None:
        """Load what is missing, in the order of need, until nothing is."""
        aim = self._aim()
        plan = self._plan(*aim)
        while plan:
            sound, page = plan.popleft()
            if sound.failure is None and page not in sound.loaded:
                self._load(sound, page)
            if (now := self._aim()) != aim:
                aim, plan = now, self._plan(*now)

    def _load(self, sound: FileSound, page: int) -> None:
        try:
            self._opened.add(sound)
            sound.load(page)
        except AppError as error:
            _log.warning("%s", error.message)
        except Exception:  # noqa: BLE001 - the sound says by itself that it failed
            _log.exception("A page of sound could not be read")

    def _aim(self) -> tuple[list[FileSound], list[int]]:
        """The sounds, the one listened to first, and the places, to whole pages."""
        sounds = sorted(self._sounds, key=lambda sound: sound is not self.first)
        return sounds, [place // PAGE_FRAMES * PAGE_FRAMES for place in self._find_places()]

    def _plan(
        self, sounds: Sequence[FileSound], places: Sequence[int]
    ) -> deque[tuple[FileSound, int]]:
        """The pages to have in memory, the most needed first; all others are dropped."""
        for gone in self._opened.difference(sounds):
            gone.close()
            self._opened.discard(gone)
        left = self._budget_bytes
        wanted: dict[tuple[FileSound, int], None] = {}
        for sound, page in order_pages(places, sounds):
            if (sound, page) not in wanted:
                left -= sound.page_bytes
                if left < 0:
                    break
                wanted[sound, page] = None
        for sound in sounds:
            for page in sound.loaded:
                if (sound, page) not in wanted:
                    sound.drop(page)
        return deque(wanted)


def order_pages(
    places: Sequence[int], sounds: Sequence[FileSound]
) -> Iterator[tuple[FileSound, int]]:
    """All pages of all sounds: those at the places first, then on and back from the first place."""
    longest = max((sound.pages for sound in sounds), default=0)
    before = max((places[0] // sound.page_frames for sound in sounds), default=0)
    for near in range(2):
        for sound in sounds:
            for place in places:
                yield from _if_there(sound, place // sound.page_frames + near)
    for turn in count():
        on, back = turn * _AHEAD, turn * _BEHIND
        if on > longest and back > before:
            return
        for step in (*range(on, on + _AHEAD), *range(-back - _BEHIND, -back)):
            for sound in sounds:
                yield from _if_there(sound, places[0] // sound.page_frames + step)


def _if_there(sound: FileSound, page: int) -> Iterator[tuple[FileSound, int]]:
    if 0 <= page < sound.pages:
        yield sound, page

"""Looking for the files that a project names: beside it, below it, and where they once were."""

from __future__ import annotations

import ntpath
from collections.abc import Iterable
from pathlib import Path

from indieartist.domain.project import MOST_NAMED, Marker, each_once, plain_words
from indieartist.readers.limits import Limits

_FAR = "Files on other machines (%s) were not looked for."
_CHECK_EVERY = 64


class SampleShelf:
    """Gathers the samples of a project; each is named once, with all the places it may lie at.

    Nothing is opened. What lies on another machine's share is never asked for: on Windows that
    alone would send one's credentials there.
    """

    def __init__(self, folders: Iterable[Path], limits: Limits) -> None:
        self._folders, self._limits = tuple(folders), limits
        self._places: dict[str, tuple[str, ...]] = {}
        self._known: dict[str, bool] = {}

    def add(self, *places: str, known: bool | None = None) -> None:
        """A sample and the places it may lie at, the best name first.

        `known` says outright whether it is there, where its being there needs no look at the disk.
        """
        said = [place for place in map(_plain_place, places) if place]
        if not said or len(self._places) >= MOST_NAMED:
            return
        self._places.setdefault(said[0], tuple(said))
        if known is not None:
            self._known[said[0]] = known

    @property
    def names(self) -> tuple[str, ...]:
        """Every sample, in the order of the project."""
        return tuple(self._places)

    def find_missing(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The samples that are nowhere, and notes on those that were not looked for."""
        missing, far = [], []
        for number, (name, places) in enumerate(self._places.items()):
            if number % _CHECK_EVERY == 0:
                self._limits.check()
            if is_far(name):
                far.append(name)
            elif not self._is_there(name, places):
                missing.append(name)
        return tuple(missing), ((_FAR % f"{len(far)}",) if far else ())

    def _is_there(self, name: str, places: tuple[str, ...]) -> bool:
        if name in self._known:
            return self._known[name]
        return any(_is_file(path) for place in places for path in self._candidates(place))

    def _candidates(self, place: str) -> Iterable[Path]:
        if is_far(place):
            return
        posix = place.replace("\\", "/")
        if Path(place).is_absolute():
            yield Path(place)
        elif posix[1:2] != ":":  # a drive of Windows is no folder here
            yield from (folder / posix for folder in self._folders)
        yield from (folder / ntpath.basename(place) for folder in self._folders)


def is_far(place: str) -> bool:
    """Whether a place is on another machine."""
    return place.startswith(("\\\\", "//"))


def in_order(markers: Iterable[Marker]) -> tuple[Marker, ...]:
    """Markers as they come in the song; those of unknown time last, as the file has them."""
    known = list(markers)[:MOST_NAMED]
    return tuple(sorted(known, key=lambda m: (m.at_ms is None, m.at_ms or 0)))


def names_of(words: Iterable[str]) -> tuple[str, ...]:
    """Names as they can be shown, each once."""
    return each_once(map(plain_words, words))


def _plain_place(place: str) -> str:
    return place.strip()[:4096].replace("\x00", "")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False

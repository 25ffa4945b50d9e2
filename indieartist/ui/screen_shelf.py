"""The screens by their keys, each made when it is first asked for, or while nobody waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer

from indieartist.ui.places import PLACES
from indieartist.ui.screens.screen import Screen

if TYPE_CHECKING:
    from indieartist.ui.window import StudioWindow

S = TypeVar("S", bound=Screen)


class ScreenShelf(Mapping[str, Screen]):
    """To make them all takes longer than all else before the first paint, so they wait for it."""

    def __init__(self, window: StudioWindow) -> None:
        self._window = window
        self._places = {place.key: place for place in PLACES}
        self._made: dict[str, Screen] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __getitem__(self, key: str) -> Screen:
        if key not in self._made:
            place = self._places[key]
            made = self._made[key] = place.factory(self._window.desk, self._window)
            self._window.add_page(key, made, place.page.key if place.page else "")
        return self._made[key]

    def get_of(self, kind: type[S]) -> S:
        """The screen of this kind."""
        key = next(place.key for place in PLACES if place.factory is kind)
        found = self[key]
        if not isinstance(found, kind):
            raise TypeError(f"{key} is not a {kind.__name__}")
        return found

    def make_rest(self) -> None:
        """Make the next screen that is not there yet, and the others in later turns."""
        waiting = next((key for key in self._places if key not in self._made), None)
        if waiting is not None and self._window.bridge.is_open:
            self[waiting]
            QTimer.singleShot(0, self._window, self.make_rest)

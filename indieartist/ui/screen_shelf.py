"""The screens by their keys, each made when it is first asked for, or while nobody waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from indieartist.ui.gradual import Gradual
from indieartist.ui.places import PLACES
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets import painting

if TYPE_CHECKING:
    from indieartist.ui.window import StudioWindow

S = TypeVar("S", bound=Screen)


class ScreenShelf(Mapping[str, Screen]):
    """To make them all takes longer than all else before the first paint, so they wait for it."""

    def __init__(self, window: StudioWindow) -> None:
        self._window = window
        self._places = {place.key: place for place in PLACES}
        self._made: dict[str, Screen] = {}
        self._filling = Gradual(window)

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
        """Make the screens that are not there yet while nobody waits for them.

        Each is dressed too, one part after another: styling them all is what made the first turn
        to a page twice as long as the next.
        """
        self._filling.begin(self._rest())

    def _rest(self) -> Iterator[None]:
        yield from painting.warm_up()
        for key in self._places:
            yield
            if not self._window.bridge.is_open:
                return
            for part in self[key].findChildren(QWidget):
                if isValid(part):
                    part.ensurePolished()
                yield

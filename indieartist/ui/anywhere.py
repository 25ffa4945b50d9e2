"""The search in the top line of every page: as one types, anything in the library by its name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

from indieartist.ui.loader import Loader
from indieartist.ui.widgets.search_results import Group, Hit, SearchResults

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.finding import Credited, Found, Named
    from indieartist.services.studio import Studio
    from indieartist.ui.widgets.search import SearchField
    from indieartist.ui.window import StudioWindow

_MOST = 4  # of each kind
_ASKED = (Qt.FocusReason.ShortcutFocusReason, Qt.FocusReason.MouseFocusReason)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Anywhere(QObject):
    """Serves the search fields of all pages with one list of results."""

    def __init__(self, window: StudioWindow) -> None:
        super().__init__(window)
        self._window = window
        self._loader = Loader(window.desk, self, "search")
        self._results: SearchResults | None = None
        self._field: SearchField | None = None
        self._shown_for = ""  # the words that the list answers
        self._hurried = False  # Enter came before the answer
        window.page_shown.connect(lambda _: self.leave())
        window.installEventFilter(self)

    def serve(self, field: SearchField) -> None:
        """Answer what is typed into this field."""
        field.searched.connect(lambda words: self._look_for(field, words))
        field.line.installEventFilter(self)

    def leave(self) -> None:
        """Close the list, and forget what was typed."""
        self._hide()
        if (field := self._field) is not None:
            self._field = None
            field.line.clear()

    @property
    def results(self) -> SearchResults:
        """The list, made when it is first needed."""
        if self._results is None:
            self._results = SearchResults(self._window)
        return self._results

    # what is found

    def _look_for(self, field: SearchField, words: str) -> None:
        if not field.line.hasFocus():
            return
        self._field = field
        if not words:
            self._teach()
        elif self._window.desk.is_open:
            self._read(words)

    def _read(self, words: str) -> None:
        def work(studio: Studio, _report: Report) -> Found:
            from indieartist.services import finding

            return finding.find_anything(studio, words, _MOST + 1)

        self._loader.read("Searching", work, lambda found: self._show(words, found))

    def _show(self, words: str, found: Found) -> None:
        field = self._field
        if field is None or field.words != words or not field.line.hasFocus():
            return
        groups = self._groups(words, found)
        if groups:
            self.results.show_groups(groups)
        else:
            self._say_nothing(words)
        self._shown_for = words
        self._raise()
        if self._hurried and groups:
            self.results.open_chosen()
        self._hurried = False

    def _groups(self, words: str, found: Found) -> list[Group]:
        releases = [self._release(each, words) for each in found.releases[:_MOST]]
        tracks = [self._track(each, words) for each in found.tracks[:_MOST]]
        people = [self._person(each) for each in found.people[:_MOST]]
        rest = []
        if len(found.releases) > _MOST:
            rest.append(self._all_in("Releases", "releases", "library", words))
        if len(found.tracks) > _MOST:
            rest.append(self._all_in("Tracks", "tracks", "note", words))
        groups = [Group("Releases", releases), Group("Tracks", tracks), Group("People", people)]
        return [group for group in [*groups, Group("", rest)] if group.hits]

    def _release(self, named: Named, words: str) -> Hit:
        open_it = partial(self._window.open_release, named.release_id)
        return Hit(named.title, _aside(named, words), "disc", open_it)

    def _track(self, named: Named, words: str) -> Hit:
        open_it = partial(self._window.open_track, named.track_id or 0, named.release_id)
        return Hit(named.title, _aside(named, words), "note", open_it)

    def _person(self, person: Credited) -> Hit:
        from indieartist.domain.credits import ROLES

        labels = [ROLES[role].label if role in ROLES else role for role in person.roles]
        said = ", ".join([labels[0], *(label.lower() for label in labels[1:])])
        return Hit(person.name, said, "user", partial(self._filter, "tracks", person.name))

    def _all_in(self, place: str, page: str, drawing: str, words: str) -> Hit:
        return Hit(f"Show all in {place}", "", drawing, partial(self._filter, page, words))

    def _filter(self, page: str, words: str) -> None:
        self._window.show_page(page)
        if (field := self._window.shown.filter) is not None:
            field.set_words(words)
            field.setFocus()

    def _teach(self) -> None:
        self._loader.cancel()
        self._shown_for, self._hurried = "", False
        self.results.say(
            "Search the whole library",
            "By title, person, ISRC, UPC, label or catalogue number. ↑ ↓ choose, Enter opens.",
        )
        self._raise()

    def _say_nothing(self, words: str) -> None:
        empty = not self._window.in_hand.newest
        why = "Fewer letters find more." if not empty else "Drop a bounce to begin."
        title = "The library is empty" if empty else f"Nothing holds “{words}”"
        self.results.say(title, why)

    # the list and the keyboard

    def _raise(self) -> None:
        if self._field is None:
            return
        self.results.place_under(self._field)
        self.results.show()
        self.results.raise_()
        self._field.line.setAccessibleDescription(self.results.told)

    def _hide(self) -> None:
        self._loader.cancel()
        self._hurried = False
        if self._results is not None:
            self._results.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and watched is self._window:
            self._hide()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._field_of(watched) is not None and self._press(event)
        elif isinstance(event, QFocusEvent):
            self._turn(self._field_of(watched), event)
        return super().eventFilter(watched, event)

    def _field_of(self, watched: QObject) -> SearchField | None:
        field = self._window.shown.search
        return field if watched is field.line else None

    def _turn(self, field: SearchField | None, event: QFocusEvent) -> None:
        if not event.gotFocus():
            self._hide()
        elif field is not None and event.reason() in _ASKED:
            self._field = field
            field.line.selectAll()
            field.tell() if field.words else self._teach()

    def _press(self, event: QKeyEvent) -> bool:
        field, key = self._window.shown.search, Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._escape(field)
        elif key in _RETURN:
            self._enter(field)
        elif key in _STEPS and self.results.isVisible():
            self.results.step(_STEPS[key])
            field.line.setAccessibleDescription(self.results.told)
        else:
            return False
        return True

    def _enter(self, field: SearchField) -> None:
        """Open what is chosen; where the answer is still to come, once it has."""
        if field.words and (field.is_telling or self._shown_for != field.words):
            self._hurried = True
            field.tell()
        elif self.results.isVisible():
            self.results.open_chosen()

    def _escape(self, field: SearchField) -> None:
        """Close the list and forget the words; the keyboard goes back to the page."""
        self._field = field
        self.leave()
        self._window.shown.area.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _aside(named: Named, words: str) -> str:
    """What tells a hit from others of its name: its code where that was looked for."""
    plain = words.replace("-", "").replace(" ", "").casefold()
    by_code = len(plain) > 2 and plain in named.code.replace("-", "").casefold()
    return named.code if by_code else named.about

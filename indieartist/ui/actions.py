"""Everything one can do in the window, as data: menus, shortcuts and the palette come from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from indieartist.ui import icons
from indieartist.ui.widgets.button import tip


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `handler` names it from the window on: 'player.toggle'."""

    id: str
    label: str
    handler: str
    icon: str = ""
    shortcut: str = ""  # several are parted by '; ', the first is shown
    group: str = ""
    words: str = ""  # other words one might look for


def build(
    actions: Iterable[Action], owner: QWidget, source: object | None = None
) -> dict[str, QAction]:
    """Make the actions live in `owner`; handlers are looked up on `source`, or on the owner."""
    made = {}
    for action in actions:
        handler: Callable[[], object] = attrgetter(action.handler)(source or owner)
        made[action.id] = _make(action, owner, handler)
    return made


def _make(action: Action, owner: QWidget, handler: Callable[[], object]) -> QAction:
    qt = QAction(action.label, owner)
    qt.setObjectName(action.id)
    qt.setProperty("words", f"{action.group} {action.words}".strip())
    qt.setProperty("drawing", action.icon)
    if action.shortcut:
        keys = QKeySequence.listFromString(action.shortcut)
        qt.setShortcuts(keys)
        qt.setToolTip(tip(action.label, keys[0].toString()))
    qt.triggered.connect(handler)
    owner.addAction(qt)
    return qt


def menu(actions: Iterable[QAction | None], parent: QWidget) -> QMenu:
    """A menu of these actions in today's colours; None draws a line between."""
    made = QMenu(parent)
    for action in actions:
        if action is None:
            made.addSeparator()
            continue
        if name := str(action.property("drawing") or ""):
            action.setIcon(icons.icon(name))
        made.addAction(action)
    return made


def search(actions: Iterable[QAction], words: str) -> list[QAction]:
    """The enabled actions whose label or other words hold every word typed, the nearest first."""
    wanted = words.casefold().split()
    hits = []
    for action in actions:
        label = action.text().casefold()
        text = f"{label} {str(action.property('words') or '').casefold()}"
        if action.isEnabled() and action.isVisible() and all(word in text for word in wanted):
            starts = bool(wanted) and label.startswith(wanted[0])
            hits.append((not starts, label, action))
    hits.sort(key=lambda hit: hit[:2])
    return [action for _, _, action in hits]

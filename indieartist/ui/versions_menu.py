"""The menu of what can be heard of the song that is on: its mixes, and what services play."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from indieartist.domain.listening import MOST_VERSIONS, choose_mixes
from indieartist.domain.release import Mix, MixKind

if TYPE_CHECKING:
    from indieartist.domain.release import Track
    from indieartist.ui.versions import Versions

_KINDS = {MixKind.BOUNCE: "Original", MixKind.MASTER: "Master"}


def versions_menu(
    track: Track, versions: Versions, test: Callable[[], object], parent: QWidget
) -> QMenu:
    """Each version with a tick where it is on; `test` begins a blind test."""
    menu = QMenu(parent)
    menu.setAccessibleName("Versions to hear")
    usual = {mix.id for mix in choose_mixes(track, versions.mix_id)}
    heard = choose_mixes(track, versions.mix_id, versions.more)
    full = len(heard) + len(versions.services) >= MOST_VERSIONS
    _heading(menu, f"Versions of “{_short(track.title)}”")
    for mix in track.mixes:
        action = _ticked(menu, _mix_words(mix), mix in heard)
        action.setEnabled(mix.id not in usual and (mix in heard or not full))
        action.triggered.connect(lambda on, mix=mix: _take_mix(versions, track, mix, on))
    menu.addSeparator()
    _heading(menu, "As a service plays it (a model)")
    for key, name in versions.known_services.items():
        action = _ticked(menu, name, key in versions.services)
        action.setEnabled(key in versions.services or not full)
        action.triggered.connect(lambda on, key=key: _take_service(versions, track, key, on))
    menu.addSeparator()
    menu.addAction("Blind test…").triggered.connect(test)
    return menu


def _take_mix(versions: Versions, track: Track, mix: Mix, on: bool) -> None:
    more = versions.more | {mix.id} if on else versions.more - {mix.id}
    versions.compare(track, more, versions.services)


def _take_service(versions: Versions, track: Track, key: str, on: bool) -> None:
    others = tuple(each for each in versions.services if each != key)
    versions.compare(track, versions.more, (*others, key) if on else others)


def _heading(menu: QMenu, words: str) -> None:
    menu.addAction(words).setEnabled(False)


def _ticked(menu: QMenu, words: str, on: bool) -> QAction:
    action = menu.addAction(words.replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(on)
    return action


def _mix_words(mix: Mix) -> str:
    return f"{_KINDS[mix.kind]} {mix.number}: {_short(mix.name)}"


def _short(name: str) -> str:
    return name if len(name) < 48 else f"{name[:46]}…"

"""Rows: a library of 100,000 tracks shown, filtered, sorted and scrolled."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from benchmarks.clock import Cost, least, measure_call
from benchmarks.table import Row, at_most
from benchmarks.ui import stage
from benchmarks.ui.big_library import RELEASES, TRACKS_EACH, make_big_library
from benchmarks.ui.rows_start import bare_ms
from benchmarks.ui.watchdog import LONGEST_MS, Watchdog
from indieartist.ui.picture import Rest
from indieartist.ui.window import StudioWindow

ROUNDS = 5
_CALM_S = 4.0  # until the window looks at what is due
WORDS = ("harbour", "ana 12", "夜明け", "sö")
SORTS = ("title", "artist", "release", "release_on", "isrc", "length")
_COUNT = f"{RELEASES * TRACKS_EACH:,} tracks".replace(",", " ")


def library() -> list[Row]:
    """From the question to the rows standing painted on the screen."""
    measure = bare_ms()
    with tempfile.TemporaryDirectory() as folder:
        make_big_library(Path(folder))
        with stage.window_over(Path(folder)) as window:
            return _measured(window, measure)


def _measured(window: StudioWindow, measure: float) -> list[Row]:
    page = _TracksPage(window)
    page.let_rest()
    opened = least([page.open() for _ in range(ROUNDS)])
    rows = [_row("the page of all tracks shown", 250, opened, measure)]
    for words in WORDS:
        took = _least_of(page, {"words": words}, {"words": ""})
        rows.append(_row(f"filtered by “{words}”", 100, took, measure))
    for sort in SORTS:
        took = _least_of(page, {"sort": sort}, {"sort": "newest"})
        rows.append(_row(f"sorted by {sort.replace('_', ' ')}", 100, took, measure))
    both = {"words": WORDS[0], "sort": "release"}
    took = _least_of(page, both, {"words": "", "sort": "newest"})
    rows.append(_row(f"filtered by “{WORDS[0]}” and sorted by release", 100, took, measure))
    return [*rows, _scrolled(page.screen)]


class _Eye(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.paints = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.paints += event.type() is QEvent.Type.Paint
        return False


class _TracksPage:
    """The page of all tracks; each act is timed until its rows stand painted."""

    def __init__(self, window: StudioWindow) -> None:
        self.screen: Any = window.screens["tracks"]
        self._window, self._rest, self._answers = window, Rest(window.bridge), 0
        self.screen.model.modelReset.connect(self._count)
        self._eye = _Eye(self.screen.table.viewport())

    def _count(self) -> None:
        self._answers += 1

    def _shown(self) -> bool:
        if not self.screen.model.rowCount():
            return False
        row = max(self.screen.table.rowAt(4), 0)
        return bool(self.screen.model.card_at(row).title)

    def _timed(self, act: Callable[[], None]) -> Cost:
        before = self._answers

        def until_painted() -> None:
            act()
            stage.turn_until(lambda: self._answers > before and self._shown())
            painted = self._eye.paints
            self.screen.table.viewport().update()
            stage.turn_until(lambda: self._eye.paints > painted)

        return measure_call(until_painted)

    def let_rest(self) -> None:
        """Wait until what is due over all releases, looked at once after the start, was read."""
        stage.turn(_CALM_S)
        stage.turn_until(lambda: not self._window.bridge.busy)

    def open(self) -> Cost:
        """Turn to the page, of which nothing was read before."""
        self._window.show_page("settings")
        self._rest.wait()
        self.screen.model.set_ids(())
        self.screen.model._cards.clear()
        return self._timed(lambda: self._window.show_page("tracks"))

    def there_and_back(self, how: dict[str, str], back: dict[str, str]) -> Cost:
        """Ask in one way, timed, and in the other again."""
        took = self._timed(lambda: self.screen.ask(**how))
        self._timed(lambda: self.screen.ask(**back))
        return took


def _least_of(page: _TracksPage, how: dict[str, str], back: dict[str, str]) -> Cost:
    return least([page.there_and_back(how, back) for _ in range(ROUNDS)])


def _row(what: str, most_ms: float, took: Cost, measure_ms: float) -> Row:
    return Row(
        f"{_COUNT}: {what}, processor time of all threads",
        at_most(most_ms, " ms", 0),
        took.cpu_s * 1000,
        f"{took.wall_s * 1000:.0f} ms on the wall",
        f"{took.cpu_s * 1000 / measure_ms:.2f} of a bare window's start ({measure_ms:.0f} ms)",
        key="long list",
    )


def _scrolled(screen: Any) -> Row:
    """Through the whole list, a hundred places of it, without the window standing."""
    bar = screen.table.verticalScrollBar()
    with Watchdog() as watchdog:
        for step in range(100):
            bar.setValue(bar.maximum() * step // 100)
            stage.turn(0.02)
    return Row(
        f"{_COUNT}: scrolled through, the longest the window's own thread works at a stretch",
        at_most(LONGEST_MS, " ms", 1),
        watchdog.longest_cpu_ms,
        f"longest gap on the wall {watchdog.longest_ms:.0f} ms",
        key="stall",
    )

"""Rows: whether the window ever stalls while a real song is imported, measured and mastered."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.material import provide_song
from benchmarks.table import Row, at_most
from benchmarks.ui import stage
from benchmarks.ui.watchdog import LONGEST_MS, Stall, Watchdog
from indieartist.ui.picture import Rest
from indieartist.ui.window import StudioWindow

ROOT = Path(__file__).resolve().parents[2]
REAL_SONG = ROOT / ".cache" / "songs" / "feelings.wav"
TURNS = 3


def stalls() -> list[Row]:
    """Import, analysis, mastering and page turns of a real song, one row each."""
    with tempfile.TemporaryDirectory() as folder:
        song = Path(folder, "Feelings.wav")
        source = REAL_SONG if REAL_SONG.exists() else provide_song()
        shutil.copy(source, song := song.with_suffix(source.suffix))
        with stage.window_over(Path(folder, "Library")) as window:
            return list(_acts(window, song))


def _acts(window: StudioWindow, song: Path) -> Iterator[Row]:
    rest = Rest(window.bridge)

    def imported() -> None:
        window.intake.take([song])
        stage.turn_until(lambda: window.release is not None)
        rest.wait()

    def mastered() -> None:
        window.show_page("master")
        rest.wait()
        window.screens["master"].render_master()
        rest.wait()

    yield _watch("an idle window, for the machine's own noise", lambda: stage.turn(2.0), goal=False)
    yield _watch("import and analysis of a real song", imported)
    yield _watch("mastering it", mastered)
    for page in window.screens:
        yield _watch(f"turning to the page “{page}”", lambda page=page: _turn(window, rest, page))


def _turn(window: StudioWindow, rest: Rest, page: str) -> None:
    for _ in range(TURNS):
        window.show_page("settings" if page != "settings" else "release")
        rest.wait()
        window.show_page(page)
        rest.wait()


def _watch(what: str, act: Callable[[], None], *, goal: bool = True) -> Row:
    with Watchdog() as watchdog:
        act()
    own = [stall for stall in watchdog.stalls if stall.own]
    worst = max(watchdog.stalls, key=lambda stall: stall.cpu_ms, default=None)
    waited = len(watchdog.stalls) - len(own)
    return Row(
        f"longest the window's own thread works at a stretch: {what}",
        at_most(LONGEST_MS, " ms", 1) if goal else None,
        watchdog.longest_cpu_ms,
        f"longest gap on the wall {watchdog.longest_ms:.0f} ms, {waited} waited for their turn",
        remark=_where(worst) if own else "",
        key="stall",
    )


def _where(stall: Stall | None) -> str:
    """Our innermost line that was seen; where it is the benchmark's own, Qt laid out or painted."""
    if stall is None:
        return ""
    line = stall.where.split(" < ")[0]
    return "laying out and painting" if line.startswith(("picture.py", "stage.py")) else line

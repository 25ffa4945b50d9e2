"""What the window is brought into before a picture is taken; each returns how it ends again."""

from __future__ import annotations

import threading
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from picture_library import ARTIST, bounce_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from indieartist.domain.progress import Report
    from indieartist.services.studio import Studio
    from indieartist.ui.window import StudioWindow

    End = Callable[[], None]

MOMENT_MS, LOOP_MS = 92_000.0, (82_000.0, 118_000.0)
BLOCKS, FRAMES = 24, 1024
TRIALS_DONE, SEED = 4, 7


class Still:
    """A place where sound goes for half a second, and then stands, so that no clock is in it."""

    latency_ms, audible = 0.0, True

    def __init__(self, rate_hz: int) -> None: ...

    def start(self, render: Callable[[int], object]) -> None:
        """Hear a little of it."""
        for _ in range(BLOCKS):
            render(FRAMES)

    def stop(self) -> None:
        """Nothing runs."""


def nothing() -> None:
    """There is nothing to end."""


def listening(window: StudioWindow) -> End:
    """In the middle of the album's second track, its chorus in a loop, a folder watched."""
    from indieartist.ui.screens.master import MasterScreen

    _settle(window)
    release, player = window.release, window.player
    if release is None or player.playing or len(release.tracks) < 2:
        return nothing
    player.turntable.make_sink = Still
    player.cue(release.tracks[1].id)
    window.screens.get_of(MasterScreen).choose_track(release.tracks[1].id)
    window.release_screen.table.choose(release.tracks[1].id)
    _rest(window)
    _loop(window)
    player.seek(MOMENT_MS)
    player.toggle()
    _rest(window)
    return nothing


def _settle(window: StudioWindow) -> None:
    """The settings of a person who has worked here for a while."""
    _rest(window)
    window.preferences.choose("artist", ARTIST)
    folder = bounce_folder(Path.home())
    if folder.is_dir():
        window.preferences.choose("bounce_folder", str(folder))
        window.preferences.choose("watch_bounces", True)
    _rest(window)


def _loop(window: StudioWindow) -> None:
    start_ms, end_ms = LOOP_MS
    window.player.seek(start_ms)
    window.player.begin_loop()
    window.player.seek(end_ms)
    window.player.end_loop()


def blind(window: StudioWindow) -> End:
    """In the middle of a blind test."""
    listening(window)
    player = window.player
    player.toggle()
    player.toggle_loop()
    player.blind.rng = Random(SEED)
    player.open_blind()
    assert player.blind.sheet is not None
    player.blind.sheet.setup.begin.click()
    for _ in range(TRIALS_DONE):
        player.blind.guess("A")
    _rest(window)
    return nothing


def editing_many(window: StudioWindow) -> End:
    """The album's tracks about to get their genre, each change shown before it is made."""
    from indieartist.ui.many.edit_box import EditBox
    from indieartist.ui.widgets.form import LineField

    listening(window)
    assert window.release is not None
    ids = [track.id for track in window.release.tracks]
    box = EditBox(window.desk, "track", ids, window)
    box.open()
    _rest(window)
    genre = box.fields["genre"]
    assert isinstance(genre, LineField)
    genre.setText("Dream Pop")
    _rest(window)
    return box.hide


def board(window: StudioWindow) -> End:
    """Every release on its way, and the checklist of the album."""
    from indieartist.ui.screens.calendar import CalendarScreen

    listening(window)
    window.screens.get_of(CalendarScreen).show_board(window.release_id)
    _rest(window)
    return nothing


def next_bounce(window: StudioWindow) -> End:
    """The page of a track whose second bounce came in by itself."""
    listening(window)
    return _turn_to_track(window, "Night Bus")


def from_daw(window: StudioWindow) -> End:
    """The page of a track for which a project offers its tempo and markers."""
    listening(window)
    return _turn_to_track(window, "Harbour Lights")


def _turn_to_track(window: StudioWindow, title: str) -> End:
    from indieartist.services import finding

    found: list[tuple[int, int]] = []

    def work(studio: Studio) -> tuple[int, int]:
        lines = finding.list_releases(studio)
        releases = [finding.get_release(studio, f"R{line.id}") for line in lines]
        rows = [(track, release) for release in releases for track in release.tracks]
        return next((track.id, each.id) for track, each in rows if track.title == title)

    window.desk.read("Finding", work, found.append, owner=window)
    _rest(window)
    window.open_track(*found[0])
    _rest(window)
    return nothing


def on_services(window: StudioWindow) -> End:
    """What services make of the master, further down in the mastering room."""
    from PySide6.QtWidgets import QScrollArea, QWidget

    listening(window)
    card = next(each for each in window.shown.findChildren(QWidget) if is_services(each))
    area = window.shown.findChild(QScrollArea)
    page = area.widget() if area is not None else None
    assert area is not None
    assert page is not None
    area.verticalScrollBar().setValue(card.mapTo(page, card.rect().topLeft()).y() - 24)
    _rest(window)
    return nothing


def is_services(widget: object) -> bool:
    """Whether it is the card of the services."""
    return type(widget).__module__ == "indieartist.ui.cards.services"


def at_work(window: StudioWindow) -> End:
    """Two acts under way, and the drawer that lists them; afterwards they end."""
    over = threading.Event()

    def work(_studio: Studio, report: Report) -> None:
        report(0.42)
        over.wait(60)

    for label in ("Mastering “Harbour Lights”", "Importing 12 bounces"):
        window.desk.act(label, work, lane="audio")
    _let_run(700)
    if not window.drawer.isVisible():
        window.handlers.show_jobs()
    _let_run(200)

    def end() -> None:
        over.set()
        window.handlers.show_jobs()
        _let_run(200)
        window.job_log.clear()

    return end


def failing(window: StudioWindow) -> End:
    """An act that failed, as it is told."""
    from indieartist.errors import WorldError

    def work(_studio: Studio, _report: Report) -> None:
        raise WorldError(
            "The disk of the library is full, so “Undertow (Langfassung).wav” was not imported.",
            "Free some space; nothing was changed.",
        )

    window.desk.act("Importing 3 bounces", work)
    _let_run(600)
    return window.job_log.clear


def refused(_window: StudioWindow) -> End:
    """The library cannot be opened: what is seen then needs no more."""
    return nothing


def _rest(window: StudioWindow) -> None:
    """Wait until all that was asked for is there; the first time nothing may be under way."""
    from indieartist.ui.picture import Rest

    rest = window.property("rest")
    if rest is None:
        rest = Rest(window.bridge)
        window.setProperty("rest", rest)
    _let_run(60)
    rest.wait()


def _let_run(duration_ms: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(duration_ms, loop.quit)
    loop.exec()

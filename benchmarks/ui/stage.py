"""A window offscreen over a library of its own, for as long as a row is measured."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from indieartist.jobs.runner import ThreadRunner
from indieartist.services.studio import open_studio
from indieartist.system.paths import resources_path
from indieartist.ui import icons, theme
from indieartist.ui.picture import Rest
from indieartist.ui.window import StudioWindow

PATIENCE_S = 120.0


def application() -> QApplication:
    """The application in the dark, dressed once."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication(["benchmarks"])
    icons.install(resources_path() / "icons")
    theme.install(app, theme.Choice.DARK)
    return app


@contextmanager
def window_over(folder: Path) -> Iterator[StudioWindow]:
    """The whole window over the library in `folder`, shown and at rest."""
    application()
    window = StudioWindow(lambda: open_studio(folder), ThreadRunner())
    rest = Rest(window.bridge)
    window.show()
    window.desk.open()
    rest.wait()
    try:
        yield window
    finally:
        window.close()
        window.bridge.close()
        window.desk.close()
        window.deleteLater()


def turn(seconds: float) -> None:
    """Let the window's loop run for so long."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QApplication.processEvents()
        time.sleep(0.0005)


def turn_until(done: Callable[[], bool]) -> None:
    """Let the window's loop run until something is true; raises TimeoutError where it never is."""
    until = time.perf_counter() + PATIENCE_S
    while not done():
        if time.perf_counter() > until:
            raise TimeoutError("the window never got there")
        QApplication.processEvents()
        time.sleep(0.0005)

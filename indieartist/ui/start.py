"""Opening the window: painted first, filled after; or rendered as a picture with no display."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from indieartist.errors import AppError, WorldError
from indieartist.services.settings import Settings, read_settings, write_settings
from indieartist.ui import errors, icons, theme
from indieartist.ui.bridge import Runner
from indieartist.ui.display import require_display
from indieartist.ui.instance import Instance, Wishes
from indieartist.ui.picture import Picture, Prepare, take_pictures
from indieartist.ui.preferences import appearance_of
from indieartist.ui.window import NAME, StudioWindow

if TYPE_CHECKING:
    from indieartist.services.studio import Studio


def run_window(
    open_studio: Callable[[], Studio],
    runner: Runner,
    resources_path: Path,
    wishes: Wishes | None = None,
    *,
    library_path: Path | None = None,
) -> int:
    """Open the window with what is wished of it, and stay until it is closed; the exit code.

    Where the window of `library_path` is open already, it is given the wishes instead.

    Raises WorldError where there is no display, or where the open window does not answer.
    """
    require_display()
    kept, wishes = read_settings(), wishes or Wishes()
    scale(kept)
    app = _dress(resources_path, appearance_of(kept))
    theme.THEME.reduced_motion = kept.reduced_motion
    instance = Instance(library_path) if library_path else None
    if instance and not instance.first:
        return _hand_over(instance, wishes)
    window = StudioWindow(open_studio, runner, kept)
    restore(window, kept)
    errors.catch_all(window.bridge.post, window.presenter)
    window.painted.connect(window.desk.open)
    window.fulfil(wishes)
    if instance:
        instance.asked.connect(window.fulfil)
    window.show()
    if not kept.welcomed:
        window.welcome()
    try:
        return app.exec()
    finally:
        _close(window)  # what is still being kept is kept first
        remember(window)
        if instance:
            instance.close()


def _hand_over(instance: Instance, wishes: Wishes) -> int:
    if not instance.hand_over(wishes):
        raise WorldError(
            "The window of this library is open and does not answer.",
            "Close it, or wait until it is done, and start again.",
        )
    return 0


def restore(window: StudioWindow, kept: Settings) -> None:
    """Put the window where it was; Qt brings one from a screen that is gone back into view."""
    if kept.geometry:
        window.restoreGeometry(QByteArray.fromBase64(kept.geometry.encode("ascii", "ignore")))


def remember(window: StudioWindow) -> None:
    """Keep the appearance and the window's place for the next run, as far as the disk allows."""
    geometry = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    try:
        write_settings(replace(window.preferences.now, geometry=geometry))
    except AppError as error:
        logging.getLogger("indieartist").warning("the settings were not kept: %s", error)


def scale(kept: Settings) -> None:
    """Let Qt draw everything in the chosen size; one said in the environment goes before."""
    if kept.ui_size != "100":
        os.environ.setdefault("QT_SCALE_FACTOR", str(int(kept.ui_size) / 100))


def picture_window(
    open_studio: Callable[[], Studio], runner: Runner, resources_path: Path, picture: Picture
) -> int:
    """Render the window with a library in it, at rest, and save the picture; returns 0.

    Raises UserError for a page there is none of, WorldError where it cannot be written.
    """
    return picture_pages(open_studio, runner, resources_path, [picture])


def picture_pages(
    open_studio: Callable[[], Studio],
    runner: Runner,
    resources_path: Path,
    pictures: Sequence[Picture],
    prepare: Prepare | None = None,
) -> int:
    """Render several pictures of one library in one window, as `picture_window` does.

    `prepare` may bring the window into a state before each of them; see `picture`.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _dress(resources_path, theme.Choice(pictures[0].scheme))
    theme.THEME.reduced_motion = True
    window = StudioWindow(open_studio, runner, Settings(remind=False))
    try:
        take_pictures(window, pictures, prepare)
    finally:
        _close(window)
    return 0


def _dress(resources_path: Path, choice: theme.Choice) -> QApplication:
    running = QApplication.instance()
    if not any(os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")):
        os.environ["LC_CTYPE"] = "C.UTF-8"  # Qt complains of a machine that names no language
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName(NAME)
    icons.install(resources_path / "icons")
    theme.install(app, choice)
    return app


def _close(window: StudioWindow) -> None:
    """Wait for the work under way, then let go of the library."""
    window.bridge.close()
    window.desk.close()

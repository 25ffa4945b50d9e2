"""A picture of the window once everything in it has been read and nothing moves any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QTimer

from indieartist.errors import UserError, WorldError

if TYPE_CHECKING:
    from indieartist.ui.bridge import Bridge
    from indieartist.ui.start import Picture
    from indieartist.ui.window import StudioWindow

_REST_MS, _PATIENCE_MS = 250, 120_000


class Rest(QObject):
    """Counts the work under way on a bridge, and waits until there has been none for a while."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._busy = 0
        self._loop = QEventLoop()
        self._quiet = QTimer(self, singleShot=True, interval=_REST_MS)
        self._quiet.timeout.connect(self._loop.quit)
        bridge.started.connect(lambda _: self._count(1))
        bridge.finished.connect(lambda _: self._count(-1))

    def wait(self) -> None:
        """Return at rest, or when patience ends."""
        QTimer.singleShot(_PATIENCE_MS, self._loop.quit)
        if not self._busy:
            self._quiet.start()
        self._loop.exec()

    def _count(self, step: int) -> None:
        self._busy += step
        if self._busy:
            self._quiet.stop()
        else:
            self._quiet.start()


def take_picture(window: StudioWindow, picture: Picture) -> None:
    """Open the library, turn to the page, and save what is seen; see `start.picture_window`."""
    if picture.page not in window.screens:
        pages = ", ".join(window.screens)
        raise UserError(f"There is no page “{picture.page}”.", f"Pages: {pages}.")
    rest = Rest(window.bridge)
    refused: list[BaseException] = []
    window.desk.refused.connect(refused.append)
    window.resize(*picture.size_px)
    window.show()
    window.desk.open()
    rest.wait()
    if refused:
        raise refused[0]
    window.show_page(picture.page)
    window.player.cue()  # so that the picture shows what the player is for
    rest.wait()
    _save(window, picture)


def _save(window: StudioWindow, picture: Picture) -> None:
    partial = picture.path.with_name(f".{picture.path.name}.part")
    if not window.grab().save(str(partial), "PNG"):
        partial.unlink(missing_ok=True)
        raise WorldError(f"{picture.path} cannot be written.", "Choose another folder.")
    partial.replace(picture.path)

"""A picture of the window once everything in it has been read and nothing moves any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QDialog

from indieartist.errors import UserError, WorldError
from indieartist.ui import theme

if TYPE_CHECKING:
    from indieartist.ui.bridge import Bridge
    from indieartist.ui.window import StudioWindow

_REST_MS, _PATIENCE_MS = 250, 120_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the window to render: where to, its scheme, its size in px, and its page."""

    path: Path
    scheme: str = "dark"
    size_px: tuple[int, int] = (1440, 900)
    page: str = "release"


class Rest(QObject):
    """Waits until there has been no work under way on a bridge for a while."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._loop = QEventLoop()
        self._quiet = QTimer(self, singleShot=True, interval=_REST_MS)
        self._quiet.timeout.connect(self._loop.quit)
        bridge.started.connect(lambda _: self._look())
        bridge.finished.connect(lambda _: self._look())

    def wait(self) -> None:
        """Return at rest, or when patience ends."""
        QTimer.singleShot(_PATIENCE_MS, self._loop.quit)
        self._look()
        self._loop.exec()

    def _look(self) -> None:
        if self._bridge.busy:
            self._quiet.stop()
        else:
            self._quiet.start()


Prepare = Callable[["StudioWindow"], Callable[[], None]]


def take_pictures(
    window: StudioWindow, pictures: Sequence[Picture], prepare: Prepare | None = None
) -> None:
    """Open the library once, turn to each page, and save what is seen; see `start`.

    `prepare` is called before each picture is saved, and what it returns afterwards.
    """
    for picture in pictures:
        if picture.page not in window.screens:
            pages = ", ".join(window.screens)
            raise UserError(f"There is no page “{picture.page}”.", f"Pages: {pages}.")
    rest = Rest(window.bridge)
    refused: list[BaseException] = []
    window.desk.refused.connect(refused.append)
    window.resize(*pictures[0].size_px)
    window.show()
    window.desk.open()
    rest.wait()
    if refused and prepare is None:
        raise refused[0]
    window.player.cue()  # so that the pictures show what the player is for
    for picture in pictures:
        if theme.THEME.choice.value != picture.scheme:
            theme.THEME.choose(theme.Choice(picture.scheme))
        window.resize(*picture.size_px)
        window.show_page(picture.page)
        rest.wait()
        after = prepare(window) if prepare else None
        _save(window, picture)
        if after is not None:
            after()


def _save(window: StudioWindow, picture: Picture) -> None:
    partial = picture.path.with_name(f".{picture.path.name}.part")
    if not _see(window).save(str(partial), "PNG"):
        partial.unlink(missing_ok=True)
        raise WorldError(f"{picture.path} cannot be written.", "Choose another folder.")
    partial.replace(picture.path)


def _see(window: StudioWindow) -> QPixmap:
    """The window, and in its middle the boxes that are open over it."""
    seen = window.grab()
    with QPainter(seen) as painter:
        for box in window.findChildren(QDialog):
            if box.isVisible() and box.isWindow():
                painter.fillRect(window.rect(), theme.colour("bg", 0.6))
                at = window.rect().center() - box.rect().center()
                painter.drawPixmap(at, box.grab())
                painter.setPen(theme.colour("line2"))
                painter.drawRect(box.rect().translated(at))
    return seen

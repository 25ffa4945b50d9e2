"""Covers on the screen: decoded at the size that is shown, on another thread, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

if TYPE_CHECKING:
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

SIDE_PX = 448  # twice the widest cover that is shown
_KEPT_MAX = 400


class Covers(QObject):
    """The covers by their hash: at once where they are known, else when they have been read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._kept: dict[str, QImage | None] = {}
        self._waiting: dict[str, list[Callable[[], None]]] = {}

    def find(self, artwork_hash: str | None, then: Callable[[], None]) -> QImage | None:
        """The cover if it is here; else None, and `then()` is called once it is."""
        if artwork_hash is None or artwork_hash in self._kept:
            return self._kept.get(artwork_hash or "")
        if artwork_hash not in self._waiting:
            self._read(artwork_hash)
        self._waiting.setdefault(artwork_hash, []).append(then)
        return None

    def _read(self, artwork_hash: str) -> None:
        def work(studio: Studio) -> QImage | None:
            from indieartist.services.covers import cover_path

            return read_picture(str(cover_path(studio, artwork_hash)))

        def missing(_error: BaseException) -> None:
            self._keep(artwork_hash, None)  # the sleeve stands in; the check names the file

        self._desk.read(
            "Reading a cover",
            work,
            lambda image: self._keep(artwork_hash, image),
            owner=self,
            lane="audio",
            failed=missing,
        )

    def _keep(self, artwork_hash: str, image: QImage | None) -> None:
        while len(self._kept) >= _KEPT_MAX:
            self._kept.pop(next(iter(self._kept)))
        self._kept[artwork_hash] = image
        for then in self._waiting.pop(artwork_hash, ()):
            then()


def read_picture(path: str) -> QImage | None:
    """A picture no larger than a cover is shown; None where Qt cannot read it."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > SIDE_PX:
        grow = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        reader.setScaledSize(size.scaled(QSize(SIDE_PX, SIDE_PX), grow))
    image = reader.read()
    return None if image.isNull() else image

"""The sidebar: the pages, the records last worked on, and the folder that is watched."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from indieartist.ui import icons, theme
from indieartist.ui.models.records import TRACKS_MIME, read_keys
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.artwork import draw_cover
from indieartist.ui.widgets.button import tip
from indieartist.ui.widgets.chip import badge_width, draw_badge
from indieartist.ui.widgets.list_hand import local_paths
from indieartist.ui.widgets.pressable import Pressable
from indieartist.ui.widgets.text import Text

RECENT_MAX, RECENT_PX = 4, 50


@dataclass(frozen=True, slots=True)
class Page:
    """One place in the sidebar."""

    key: str
    label: str
    icon: str
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class Recent:
    """One record last worked on."""

    key: int
    title: str
    state: str
    cover: QImage | None = None


class NavItem(Pressable):
    """A page's place: its icon, its name, and a count when something waits there."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.label)
        self.setText(page.label)
        self.setCheckable(True)
        self.setToolTip(tip(page.label, page.shortcut))
        self._page, self._count = page, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        """Show how many things wait there."""
        self._count = count
        waiting = f", {count} waiting" if count else ""
        self.setAccessibleName(f"{self._page.label}{waiting}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.SIDEBAR - 2 * theme.M, theme.NAV)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        on = self.isChecked()
        if on or self.hovered:
            fill = theme.colour("surface3") if on else theme.colour("surface2", 0.7)
            painting.box(painter, rect, theme.RADIUS, fill)
        if on:
            bar = QRectF(0, (rect.height() - 16) / 2, 3, 16)
            painting.box(painter, bar, 1.5, theme.colour("accent"))
        ink = theme.colour("accent" if on else "text2")
        icons.paint(painter, self._page.icon, QRectF(12, 0, 20, rect.height()), ink)
        words = rect.adjusted(44, 0, -44, 0)
        ink = theme.colour("text" if on or self.hovered else "text2")
        painting.text(painter, words, self.text(), "strong" if on else "medium", ink)
        if self._count:
            width = badge_width(self._count)
            pill = QRectF(rect.right() - width - 9, (rect.height() - 18) / 2, width, 18)
            draw_badge(painter, pill, self._count)


class RecentItem(Pressable):
    """A record last worked on: a small cover, its title, and where it stands.

    `files_dropped` carries paths, `tracks_dropped` the numbers of tracks that come to this record.
    """

    files_dropped = Signal(list)
    tracks_dropped = Signal(list)

    def __init__(self, recent: Recent) -> None:
        super().__init__(f"{recent.title}, {recent.state}")
        self.recent = recent
        self._aimed_at = False
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.SIDEBAR - 2 * theme.M, RECENT_PX)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if data.hasFormat(TRACKS_MIME) or data.hasUrls():
            event.acceptProposedAction()
            self._aim(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(False)
        event.acceptProposedAction()
        if tracks := read_keys(event.mimeData(), TRACKS_MIME):
            self.tracks_dropped.emit(tracks)
        elif paths := local_paths(event.mimeData()):
            self.files_dropped.emit(paths)

    def _aim(self, on: bool) -> None:
        self._aimed_at = on
        self.update()

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        if self._aimed_at:
            tint = theme.colour("accent", theme.CHIP_ALPHA)
            painting.box(painter, rect, theme.RADIUS, tint, theme.colour("accent"))
        elif self.hovered:
            painting.box(painter, rect, theme.RADIUS, theme.colour("surface2", 0.7))
        art = QRectF(12, (rect.height() - 34) / 2, 34, 34)
        draw_cover(painter, art, self.recent.cover, 6, self.recent.title)
        words = QRectF(58, rect.center().y() - 17, rect.width() - 64, 17)
        painting.text(painter, words, self.recent.title, "chip", theme.colour("text"))
        words.translate(0, 16)
        painting.text(painter, words, self.recent.state, "label", theme.colour("text3"))


class Brand(QWidget):
    """The mark and the name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._name = name
        self.setFixedHeight(26)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            mark = QRectF(10, 0, 26, 26)
            painting.box(painter, mark, 7, theme.colour("accent"))
            spot = mark.adjusted(3, 3, -3, -3)
            icons.paint(painter, "mark", spot, theme.colour("on_accent"))
            words = QRectF(46, 0, self.width() - 46, 26)
            painting.text(painter, words, self._name, "section", theme.colour("text"))


class Watching(Pressable):
    """The watched folder, and what it brought; nothing is drawn where none is watched."""

    def __init__(self) -> None:
        super().__init__("Watch a folder for bounces")
        self._folder, self._news = "", ""
        self.setToolTip("Bounces that land in a watched folder become mixes by themselves")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_folder(self, folder: str, news: str) -> None:
        """Say which folder is watched and what is new; an empty folder is none."""
        self._folder, self._news = folder, news
        self.setAccessibleName(f"Watching {folder}, {news}" if folder else self.toolTip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.SIDEBAR - 2 * theme.M, 40)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        if self.hovered:
            painting.box(painter, rect, theme.RADIUS, theme.colour("surface2", 0.7))
        ink = theme.colour("ok" if self._folder else "text3")
        icons.paint(painter, "folder-watch", QRectF(9, 0, 20, rect.height()), ink)
        words = QRectF(38, rect.center().y() - 16, rect.width() - 42, 16)
        first = f"Watching {self._folder}" if self._folder else "Watch a folder"
        painting.text(painter, words, first, "small", theme.colour("text2"))
        words.translate(0, 16)
        second = self._news or "New bounces come in"
        painting.text(painter, words, second, "label", theme.colour("text3"))


class Sidebar(QWidget):
    """All of it, in one column; `page_chosen` and `recent_chosen` carry keys.

    `files_dropped` and `tracks_dropped` carry the record's key, and what was dropped on it.
    """

    page_chosen = Signal(str)
    recent_chosen = Signal(int)
    files_dropped = Signal(int, list)
    tracks_dropped = Signal(int, list)

    def __init__(self, name: str, pages: tuple[Page, ...]) -> None:
        super().__init__()
        self.setFixedWidth(theme.SIDEBAR)
        self._items = {page.key: NavItem(page) for page in pages}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.watching = Watching()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, 20, theme.M, 16)
        layout.setSpacing(2)
        layout.addWidget(Brand(name))
        layout.addSpacing(22)
        for key, item in self._items.items():
            self._add_page(layout, key, item)
        layout.addSpacing(29)
        self._heading = Text("Recent", "caption", "text3")
        self._heading.setContentsMargins(theme.M, 0, 0, 6)
        layout.addWidget(self._heading)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        layout.addLayout(self._recent)
        layout.addStretch(1)
        layout.addWidget(self.watching)
        self._shown: tuple[Recent, ...] = ()
        self._entries: list[RecentItem] = []
        self._heading.hide()

    def _add_page(self, layout: QVBoxLayout, key: str, item: NavItem) -> None:
        self._group.addButton(item)
        item.clicked.connect(lambda: self.page_chosen.emit(key))
        layout.addWidget(item)

    def set_foot(self, foot: QWidget) -> None:
        """Put something to the foot of the column, above the watched folder."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.count() - 1, foot)

    def show_page(self, key: str) -> None:
        """Mark a page as the one on screen, without telling anyone; one not listed marks none."""
        lit = self._items.get(key)
        self._group.setExclusive(lit is not None)  # a page without a place lights none
        for item in self._items.values():
            item.setChecked(item is lit)

    def set_count(self, key: str, count: int) -> None:
        """Show how many things wait at a page."""
        self._items[key].set_count(count)

    def _serve(self, item: RecentItem, key: int) -> None:
        item.clicked.connect(lambda: self.recent_chosen.emit(key))
        item.files_dropped.connect(lambda paths: self.files_dropped.emit(key, paths))
        item.tracks_dropped.connect(lambda ids: self.tracks_dropped.emit(key, ids))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Where something else takes its room, or gives it back, the records make do."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        """Show as many records as stand below one another; a window may be too low for all."""
        items = self._entries
        seen = sum(not item.isHidden() for item in items)
        layout = self.layout()
        if layout is None or not items:
            return
        rest = layout.totalMinimumSize().height() - seen * RECENT_PX
        fit = max((self.height() - rest) // RECENT_PX, 0)
        for place, item in enumerate(items):
            if item.isHidden() is (place < fit):
                item.setVisible(place < fit)
        self._heading.setVisible(fit > 0)

    def set_recent(self, recent: tuple[Recent, ...]) -> None:
        """List the records last worked on; the same stay as they are."""
        if recent == self._shown:
            return
        self._shown = recent
        while taken := self._recent.takeAt(0):
            if old := taken.widget():
                old.deleteLater()
        self._entries = [RecentItem(entry) for entry in recent[:RECENT_MAX]]
        for item, entry in zip(self._entries, recent, strict=False):
            self._serve(item, entry.key)
            self._recent.addWidget(item)
        self._heading.setVisible(bool(recent))
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("surface1"))
            edge = self.rect().adjusted(self.width() - 1, 0, 0, 0)
            painter.fillRect(edge, theme.colour("line"))

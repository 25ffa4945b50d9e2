"""The bar at the foot of the window: what is heard, where it is, and which version of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.widgets.artwork import ArtworkView
from indieartist.ui.widgets.button import IconButton, PlayButton
from indieartist.ui.widgets.card import column, row
from indieartist.ui.widgets.meter import LevelMeter
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.text import ElidedText, Text
from indieartist.ui.widgets.toggle import ToggleSwitch
from indieartist.ui.widgets.wave_layers import Waveform
from indieartist.ui.widgets.waveform import WaveformView

_INFO_PX, _ART_PX = 217, 52
_SOURCES_PX, _OTHERS_PX = 300, 960  # the least for the versions; all else with a good waveform


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """What the bar says of the song."""

    title: str
    artist: str
    duration_ms: float
    cover: QImage | None = None


class TransportBar(QWidget):
    """Asks by signals; the player answers through the `set_…` methods."""

    play_asked = Signal()
    previous_asked = Signal()
    next_asked = Signal()
    loop_toggled = Signal(bool)
    sought = Signal(float)
    looped = Signal(float, float)
    source_chosen = Signal(str)
    match_toggled = Signal(bool)
    versions_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Player")
        self.setFixedHeight(theme.TRANSPORT)
        self._art = ArtworkView("", _ART_PX, theme.RADIUS_SMALL)
        self._title, self._artist = ElidedText("", "strong"), ElidedText("", "small", "text2")
        self.play = PlayButton()
        self.loop = IconButton("loop", "Loop", "L", icon_px=20)
        self.loop.setCheckable(True)
        self._now = Text("0:00.0", "strong", figures=True)
        self._whole = Text("0:00.0", "small", "text3", figures=True)
        self.wave = WaveformView()
        self.sources = SegmentedSwitch((), "Version heard")
        self.more = IconButton("more", "Choose what to hear", "V")
        self.match = ToggleSwitch("Match loudness", checked=True)
        self._loudness = Text("", "small", "text2", figures=True)
        self.meter = LevelMeter()
        keeps = self.meter.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.meter.setSizePolicy(keeps)
        self._lay_out()
        self._connect()
        self.clear()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.S, theme.XL, theme.S)
        layout.setSpacing(0)
        layout.addWidget(self._info())
        layout.addSpacing(theme.XS)
        layout.addLayout(self._controls())
        layout.addSpacing(21)
        times = column(self._now, self._whole, gap=1)
        times.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._now.setMinimumWidth(50)
        layout.addLayout(times)
        layout.addSpacing(13)
        layout.addWidget(self.wave, 1)
        layout.addSpacing(22)
        layout.addLayout(self._versions())
        layout.addSpacing(theme.XL)
        layout.addLayout(self._level())

    def _info(self) -> QWidget:
        info = QWidget()
        info.setFixedWidth(_INFO_PX)
        line = QHBoxLayout(info)
        line.setContentsMargins(0, 0, theme.S, 0)
        line.setSpacing(theme.M)
        line.addWidget(self._art)
        words = column(self._title, self._artist, gap=1)
        words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        return info

    def _controls(self) -> QHBoxLayout:
        self._previous = IconButton("previous", "Previous track", "Ctrl+Left", icon_px=22)
        self._next = IconButton("next", "Next track", "Ctrl+Right", icon_px=22)
        return row(self._previous, self.play, self._next, self.loop, gap=7, stretch=False)

    def _versions(self) -> QVBoxLayout:
        block = QVBoxLayout()
        block.setSpacing(theme.S)
        block.addStretch(1)
        block.addLayout(row(self.sources, self.more, gap=theme.XS))
        match = row(self.match)
        match.addWidget(self._loudness)
        block.addLayout(match)
        block.addStretch(1)
        return block

    def _level(self) -> QVBoxLayout:
        block = QVBoxLayout()
        block.setContentsMargins(0, 10, 0, 8)
        block.addWidget(self.meter)
        return block

    def _connect(self) -> None:
        self.play.clicked.connect(self.play_asked)
        self._previous.clicked.connect(self.previous_asked)
        self._next.clicked.connect(self.next_asked)
        self.loop.toggled.connect(self.loop_toggled)
        self.wave.sought.connect(self.sought)
        self.wave.looped.connect(self.looped)
        self.sources.chosen.connect(self.source_chosen)
        self.match.toggled.connect(self.match_toggled)
        self.more.clicked.connect(self.versions_asked)

    def clear(self) -> None:
        """Show that nothing is loaded."""
        self.show_song(NowPlaying("Nothing playing", "", 0.0))
        self.set_enabled(enabled=False)

    def set_enabled(self, *, enabled: bool) -> None:
        """Wake the controls, or let them rest where nothing is loaded."""
        for control in (self.play, self._previous, self._next, self.loop, self.match, self.more):
            control.setEnabled(enabled)

    def hide_identities(self, *, hidden: bool) -> None:
        """Keep to one loudness and show no level, for a blind test: both would tell."""
        self.match.setEnabled(not hidden)
        self.more.setEnabled(not hidden)
        self.meter.setVisible(not hidden)

    def show_song(self, song: NowPlaying) -> None:
        """Name the song that is loaded."""
        self.song = song
        self._art.set_cover(song.cover, song.title)
        self._title.setText(song.title)
        self._artist.setText(song.artist)
        self._whole.setText(figures.position(song.duration_ms))
        self.set_position(0.0)
        self.set_enabled(enabled=song.duration_ms > 0)

    def set_sources(self, sources: tuple[Segment, ...]) -> None:
        """Offer the versions that can be heard."""
        self.sources.set_segments(sources)
        self.sources.setVisible(bool(sources))

    def set_wave(self, wave: Waveform | None, tone: theme.ColourName) -> None:
        """Draw the version that is heard, in its colour."""
        self.wave.set_waveform(wave)
        self.wave.set_tone(tone)

    def set_position(self, at_ms: float) -> None:
        """Move the playhead and the clock."""
        self._now.setText(figures.position(at_ms))
        self.wave.set_position(at_ms)

    def set_loudness(self, words: str, more: str = "") -> None:
        """Say at what loudness the version is heard; `more` on hover."""
        self._loudness.setText(words)
        self._loudness.setToolTip(more)
        self._loudness.setAccessibleDescription(more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sources.set_room(max(_SOURCES_PX, self.width() - _OTHERS_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("surface1"))
            painter.fillRect(0, 0, self.width(), 1, theme.colour("line"))

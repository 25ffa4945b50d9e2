"""Every part: it paints at any size in both schemes, has a name, and answers to the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from ui.samples import SampleWave, hero_view, readiness_view, sample_rows

from indieartist.domain.release import Credit
from indieartist.ui import theme
from indieartist.ui.models.tracks import Playing, TrackModel
from indieartist.ui.widgets.add_row import AddRow
from indieartist.ui.widgets.artwork import ArtworkView, cover_tint
from indieartist.ui.widgets.button import Button, IconButton, LinkButton, PlayButton
from indieartist.ui.widgets.card import Card, Rule
from indieartist.ui.widgets.chip import Chip, ChipButton, Fact
from indieartist.ui.widgets.credits import CreditsEditor
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.finding import Finding, FindingRow
from indieartist.ui.widgets.form import ChoiceField, DateField, FieldRow, LineField, TextField
from indieartist.ui.widgets.hero import Act, Hero
from indieartist.ui.widgets.meter import LevelMeter
from indieartist.ui.widgets.page import PageFrame
from indieartist.ui.widgets.progress import ProgressRow
from indieartist.ui.widgets.readiness import ReadinessCard
from indieartist.ui.widgets.ring import ReadinessRing
from indieartist.ui.widgets.search import SearchField
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.sidebar import Page, Recent, Sidebar
from indieartist.ui.widgets.split import Split
from indieartist.ui.widgets.task_row import TaskRow
from indieartist.ui.widgets.text import ElidedText, Paragraph
from indieartist.ui.widgets.toggle import ToggleSwitch
from indieartist.ui.widgets.track_table import TrackTable
from indieartist.ui.widgets.transport import NowPlaying, TransportBar
from indieartist.ui.widgets.value import ValueTile
from indieartist.ui.widgets.waveform import WaveformView

SOURCES = (
    Segment("original", "Original", "original"),
    Segment("master", "Master", "accent"),
    Segment("service", "Spotify", "service"),
)


def track_table() -> TrackTable:
    table = TrackTable(TrackModel(sample_rows()))
    table.set_playing(Playing(2, 0.4, moving=True))
    table.choose(2)
    return table


def waveform() -> WaveformView:
    view = WaveformView()
    view.set_waveform(SampleWave())
    view.set_loop((60_000, 90_000))
    view.set_position(75_000)
    return view


def sidebar() -> Sidebar:
    bar = Sidebar("IndieArtist", (Page("a", "Releases", "library"), Page("b", "Publish", "send")))
    bar.set_count("b", 120)
    bar.set_recent((Recent(1, "Fern", "Single"), Recent(2, "Rose", "EP")))
    bar.watching.set_folder("~/Bounces", "2 new")
    return bar


def page() -> PageFrame:
    frame = PageFrame()
    frame.path.show_path("Releases", "Fern")
    tint = QImage(8, 8, QImage.Format.Format_RGB32)
    tint.fill(0xFF336699)
    frame.set_tint(cover_tint(tint))
    return frame


def hero() -> Hero:
    made = Hero((Act("a", "Preview", "headphones"), Act("b", "Tags", "tag")))
    made.show_view(hero_view(None))
    return made


def readiness() -> ReadinessCard:
    card = ReadinessCard()
    card.show_view(readiness_view())
    return card


def transport() -> TransportBar:
    bar = TransportBar()
    bar.set_sources(SOURCES)
    bar.show_song(NowPlaying("Harbour Lights", "Mara Vale", 247_000))
    bar.set_wave(SampleWave(), "service")
    bar.meter.set_levels(-3, 0)
    return bar


def problem_field() -> FieldRow:
    field = FieldRow("UPC", LineField("1"), "13 digits")
    field.set_problem("The check digit should be 8.")
    return field


FACTORIES: dict[str, Callable[[], QWidget]] = {
    "add row": lambda: AddRow("Drop bounces here"),
    "artwork": lambda: ArtworkView("Fern"),
    "button": lambda: Button("Master", "sliders", "primary"),
    "card": lambda: Card("Facts"),
    "chip": lambda: Chip(Fact("Queued", "clock")),
    "chip button": lambda: ChipButton(Fact("2 issues", "alert-triangle", "warn")),
    "choice": lambda: FieldRow("Genre", ChoiceField({str(n): f"Genre {n}" for n in range(12)})),
    "credits": lambda: CreditsEditor((Credit("Ana", "artist"), Credit("Bo", "performer", "Bass"))),
    "danger": lambda: Button("Delete", "trash", "danger"),
    "date": lambda: FieldRow("Release day", DateField(date(2026, 11, 14))),
    "elided": lambda: ElidedText("A very long line that does not fit"),
    "empty": lambda: EmptyState("waveform", "No releases yet", "Drop a bounce.", "Add a bounce"),
    "finding": lambda: FindingRow(Finding("err", "Too loud.", "−0.3", "a.b", "https://x", "Fix")),
    "hero": hero,
    "icon button": lambda: IconButton("undo", "Undo", "Ctrl+Z"),
    "line": problem_field,
    "link": lambda: LinkButton("Source", "external"),
    "meter": LevelMeter,
    "page": page,
    "paragraph": lambda: Paragraph("Words that wrap and wrap and wrap."),
    "play": PlayButton,
    "progress": lambda: ProgressRow("Mastering"),
    "readiness": readiness,
    "ring": lambda: ReadinessRing(9, 12),
    "ring of none": lambda: ReadinessRing(0, 0),
    "ring of many": lambda: ReadinessRing(50, 200),
    "rule": Rule,
    "search": lambda: SearchField("Search tracks"),
    "segmented": lambda: SegmentedSwitch(SOURCES, "Version"),
    "segmented of none": lambda: SegmentedSwitch((), "Version"),
    "sidebar": sidebar,
    "split": lambda: Split(hero(), readiness(), 372, 900),
    "task": lambda: TaskRow("Pitch to editors", "Today", urgent=True),
    "text": lambda: FieldRow("Lyrics", TextField("La la")),
    "toggle": lambda: ToggleSwitch("Match loudness", checked=True),
    "transport": transport,
    "tracks": track_table,
    "value": lambda: ValueTile("Loudness", "−9.6", "LUFS"),
    "waveform": waveform,
    "waveform of nothing": WaveformView,
}
PARTS = [pytest.param(make, id=name) for name, make in FACTORIES.items()]
SIZES = [(0, 0), (1, 1), (7, 3), (40, 900), (333, 41), (4000, 60), (4000, 2200)]


@pytest.mark.parametrize("make", PARTS)
def test_it_paints_at_any_size_in_both_schemes(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    widget = make()
    qtbot.addWidget(widget)
    widget.setMinimumSize(0, 0)
    widget.setMaximumSize(16_777_215, 16_777_215)
    for choice in (theme.Choice.DARK, theme.Choice.LIGHT):
        theme.THEME.choose(choice)
        for width, height in SIZES:
            widget.resize(width, height)
            widget.grab()


@pytest.mark.parametrize("make", PARTS)
def test_whatever_takes_the_keyboard_has_a_name(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    widget = make()
    qtbot.addWidget(widget)
    for part in (widget, *widget.findChildren(QWidget)):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and not _inner(part):
            assert part.accessibleName(), f"{type(part).__name__} has no name"


def _inner(part: QWidget) -> bool:
    """A part that stands behind its parent's name, as the line of a combo box does."""
    parent = part.parentWidget()
    return parent is not None and bool(parent.accessibleName()) and parent.focusProxy() is part


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
@pytest.mark.parametrize("name", ["button", "icon button", "task", "chip button", "add row"])
def test_a_button_is_pressed_by_keys(qtbot: QtBot, name: str, key: Qt.Key) -> None:
    button = FACTORIES[name]()
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.clicked):  # type: ignore[attr-defined]
        qtbot.keyClick(button, key)


def test_the_ring_of_focus_shows_for_the_keyboard_alone(qtbot: QtBot) -> None:
    button = Button("Master")
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    qtbot.waitUntil(button.isActiveWindow)
    button.clearFocus()
    rest = button.grab().toImage()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert button.grab().toImage() == rest
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.grab().toImage() != rest


def test_a_segment_is_chosen_by_arrows_and_by_click(qtbot: QtBot) -> None:
    switch = SegmentedSwitch(SOURCES, "Version")
    qtbot.addWidget(switch)
    switch.resize(switch.sizeHint())
    switch.show()
    with qtbot.waitSignal(switch.chosen) as heard:
        qtbot.keyClick(switch, Qt.Key.Key_Right)
    assert heard.args == ["master"]
    with qtbot.waitSignal(switch.chosen) as heard:
        spot = switch.rect().center()
        spot.setX(switch.width() - 20)
        qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=spot)
    assert heard.args == ["service"]
    assert switch.accessibleDescription() == "Spotify is chosen"


def test_new_segments_keep_the_choice_where_they_can(qtbot: QtBot) -> None:
    switch = SegmentedSwitch(SOURCES, "Version")
    qtbot.addWidget(switch)
    switch.choose("master")
    switch.set_segments(SOURCES[:2])
    assert switch.key == "master"
    switch.set_segments(SOURCES[:1])
    assert switch.key == "original"


def test_search_tells_once_typing_rests(qtbot: QtBot) -> None:
    field = SearchField("Search")
    qtbot.addWidget(field)
    heard: list[str] = []
    field.searched.connect(heard.append)
    qtbot.keyClicks(field.line, "salt ")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["salt"])
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: heard == ["salt", ""])


def test_the_meter_repaints_only_when_a_light_changes(qtbot: QtBot) -> None:
    painted: list[int] = []

    class Counted(LevelMeter):
        def paintEvent(self, event: object) -> None:
            painted.append(1)
            super().paintEvent(event)  # type: ignore[arg-type]

    meter = Counted()
    qtbot.addWidget(meter)
    meter.resize(46, 80)
    meter.show()
    qtbot.waitUntil(lambda: bool(painted))
    painted.clear()
    meter.set_levels(-90.0, -80.0)
    qtbot.wait(30)
    assert not painted
    meter.set_levels(-10.0, -12.0)
    qtbot.waitUntil(lambda: bool(painted))


def test_an_elided_line_says_it_all_on_hover(qtbot: QtBot) -> None:
    line = ElidedText("A title that is far too long for this little room")
    qtbot.addWidget(line)
    line.resize(80, 20)
    line.grab()
    assert line.toolTip() == line.text()
    line.resize(800, 20)
    line.grab()
    assert line.toolTip() == ""


def test_a_cover_lends_its_own_colours(cover: QImage) -> None:
    tint = cover_tint(cover)
    assert 200 < tint.dark.hslHue() < 300
    assert tint.light.hslHue() < 60
    assert tint.dark.lightnessF() < tint.light.lightnessF()


@pytest.mark.parametrize("fill", [0xFF000000, 0xFFFFFFFF, 0xFF808080])
def test_a_grey_cover_lends_a_grey(fill: int) -> None:
    grey = QImage(4, 4, QImage.Format.Format_RGB32)
    grey.fill(fill)
    assert cover_tint(grey).dark.hslSaturation() < 10


def test_the_readiness_card_says_which_task_was_done(qtbot: QtBot) -> None:
    card = readiness()
    qtbot.addWidget(card)
    card.show()
    task = card.findChildren(TaskRow)[1]
    with qtbot.waitSignal(card.ticked) as heard:
        qtbot.mouseClick(task, Qt.MouseButton.LeftButton)
    assert heard.args == ["ceiling"]


def test_the_aside_moves_under_on_a_narrow_page(qtbot: QtBot) -> None:
    first, aside = hero(), readiness()
    split = Split(first, aside, 372, 900)
    qtbot.addWidget(split)
    split.show()
    split.resize(1200, 400)
    qtbot.waitUntil(lambda: aside.x() > first.x())
    assert aside.width() == 372
    split.resize(800, 400)
    qtbot.waitUntil(lambda: aside.y() > first.y() and aside.width() == 800)


def test_the_sidebar_tells_pages_and_records(qtbot: QtBot) -> None:
    bar = sidebar()
    qtbot.addWidget(bar)
    pages: list[str] = []
    bar.page_chosen.connect(pages.append)
    bar.show_page("a")
    assert pages == []
    item = next(
        i for i in bar.findChildren(QWidget) if i.accessibleName() == "Publish, 120 waiting"
    )
    qtbot.mouseClick(item, Qt.MouseButton.LeftButton)
    assert pages == ["b"]

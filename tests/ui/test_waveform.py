"""The waveform: its scale keeps its laws, its mask is right, and a tick repaints a strip."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QNativeGestureEvent, QPaintEvent, QPointingDevice, QWheelEvent
from pytestqt.qtbot import QtBot
from ui.samples import SONG_MS, SampleWave

from indieartist.ui import theme
from indieartist.ui.widgets.mini_waveform import bars
from indieartist.ui.widgets.wave_layers import (
    Columns,
    Curve,
    build_layers,
    curve_y,
    loudness_curve,
    wave_mask,
)
from indieartist.ui.widgets.wave_scale import WaveScale, write_moment
from indieartist.ui.widgets.waveform import WaveformView

DURATIONS = st.floats(1, 2e7)
SHARES = st.floats(0, 1)


class CountedView(WaveformView):
    """Remembers what was repainted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[QRect] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted.append(event.rect())
        super().paintEvent(event)


@pytest.fixture
def view(qtbot: QtBot) -> CountedView:
    made = CountedView()
    qtbot.addWidget(made)
    made.resize(800, 96)
    made.set_waveform(SampleWave())
    made.show()
    qtbot.waitUntil(lambda: bool(made.painted))
    made.painted.clear()
    return made


@given(DURATIONS, st.floats(1, 5000), SHARES)
def test_a_moment_and_its_place_agree(duration: float, width: float, share: float) -> None:
    scale = WaveScale.whole(duration, width)
    at_ms = share * duration
    assert scale.ms_at(scale.x_at(at_ms)) == pytest.approx(at_ms, abs=1e-6 * duration)


@given(DURATIONS, SHARES, st.lists(st.tuples(st.floats(0.1, 10), SHARES), max_size=6))
def test_zoom_stays_inside_the_song(
    duration: float, share: float, turns: list[tuple[float, float]]
) -> None:
    scale = WaveScale.whole(duration, 1000)
    for factor, at in turns:
        scale = scale.zoomed(factor, scale.start_ms + at * scale.span_ms).moved(
            (share - 0.5) * duration
        )
        assert 0 <= scale.start_ms <= scale.end_ms <= duration * (1 + 1e-9)
        assert scale.span_ms >= min(200, duration) * (1 - 1e-9)


def test_zoom_keeps_the_moment_under_the_pointer() -> None:
    scale = WaveScale.whole(SONG_MS, 1000).zoomed(4, 100_000)
    assert scale.x_at(100_000) == pytest.approx(WaveScale.whole(SONG_MS, 1000).x_at(100_000))


@given(DURATIONS, st.floats(60, 4000), st.floats(30, 200))
def test_ruler_marks_keep_their_distance(duration: float, width: float, apart: float) -> None:
    scale = WaveScale.whole(duration, width)
    marks = scale.ticks(apart)
    places = [scale.x_at(mark) for mark in marks]
    gaps = [right - left for left, right in pairwise(places)]
    assert all(gap >= apart * 0.999 for gap in gaps)
    assert all(0 <= mark <= duration for mark in marks)


def test_a_full_scale_column_fills_its_height() -> None:
    one = np.ones(3, np.float32)
    assert wave_mask(Columns(-one, one), 20).min() == 255


def test_silence_is_a_thin_line() -> None:
    nothing = np.zeros(4, np.float32)
    mask = wave_mask(Columns(nothing, nothing), 21)
    assert mask.sum(axis=0).tolist() == [255] * 4


def test_coverage_is_proportional_to_the_level() -> None:
    half = np.full(2, 0.5, np.float32)
    mask = wave_mask(Columns(-half, half), 101)
    assert mask[:, 0].sum() / 255 == pytest.approx(50.5, abs=0.1)


def test_the_core_is_solid_and_the_shell_is_not() -> None:
    one = np.ones(1, np.float32)
    column = wave_mask(Columns(-one, one, one * 0.5), 40)[:, 0]
    assert set(column[:10]) == {round(0.45 * 255)}
    assert set(column[10:30]) == {255}


@pytest.mark.parametrize("wild", [np.inf, -np.inf, 5.0])
def test_wild_values_stay_in_the_picture(wild: float) -> None:
    column = np.full(3, wild, np.float32)
    assert wave_mask(Columns(-abs(column), abs(column)), 10).shape == (10, 3)


def test_the_layers_are_sharp_on_a_dense_screen() -> None:
    wave = SampleWave()
    columns = wave.columns(0, SONG_MS, 600)
    curve = loudness_curve(wave.loudness(0, SONG_MS, 600), 60)
    layers = build_layers(columns, [curve], (60, 2.0), "accent")
    for layer in (layers.rest, layers.played):
        assert layer.image.size() == QSize(600, 120)
        assert layer.image.deviceIndependentSize().toSize() == QSize(300, 60)
    assert layers.rest.image != layers.played.image


def test_layers_of_the_same_size_are_written_over() -> None:
    wave = SampleWave()
    first = build_layers(wave.columns(0, SONG_MS, 300), [], (60, 1.0), "accent")
    kept = first.rest.image.copy()
    again = build_layers(wave.columns(0, SONG_MS / 3, 300), [], (60, 1.0), "accent", first)
    assert again is first
    assert again.rest.image != kept
    other = build_layers(wave.columns(0, SONG_MS, 200), [], (60, 1.0), "accent", first)
    assert other is not first


def test_a_curve_is_as_thick_where_it_is_steep_as_where_it_is_flat() -> None:
    nothing = np.zeros(50, np.float32)
    y = np.where(np.arange(50) < 25, 10.0, 40.0).astype(np.float32)
    y[:3] = np.nan
    curve = Curve(y, "text", width_px=2.0)
    drawn = build_layers(Columns(nothing, nothing), [curve], (50, 1.0), "accent").rest.image
    bright = [[drawn.pixelColor(x, row).lightness() for row in range(50)] for x in range(50)]
    light = theme.colour("text").lightness()
    assert max(bright[1][:20]) < light // 2, "where there is no value nothing is drawn"
    assert [bright[10][row] == light for row in range(8, 12)] == [False, True, True, False]
    assert all(bright[24][row] == light for row in range(12, 25)), "the jump is one line"


def test_loudness_lies_between_the_top_and_the_middle() -> None:
    assert curve_y(0, 100) == 0
    assert curve_y(-20, 100) == pytest.approx(25)
    assert curve_y(-90, 100) == 50


def test_a_tick_repaints_a_strip(qtbot: QtBot, view: CountedView) -> None:
    view.set_position(60_000)
    qtbot.waitUntil(lambda: bool(view.painted))
    view.painted.clear()
    for tick in range(20):
        view.set_position(60_000 + 16 * tick)
        qtbot.wait(1)
    qtbot.waitUntil(lambda: bool(view.painted))
    assert max(rect.width() for rect in view.painted) < 24
    x = view._scale.x_at(60_000)
    assert all(rect.left() <= x <= rect.right() for rect in view.painted)


def test_the_strip_draws_what_the_whole_would(qtbot: QtBot, view: CountedView) -> None:
    view.set_position(20_000)
    view.grab()
    view.set_position(120_000)
    stepwise = view.grab().toImage()
    fresh = WaveformView()
    qtbot.addWidget(fresh)
    fresh.resize(view.size())
    fresh.set_waveform(SampleWave())
    fresh.set_position(120_000)
    assert fresh.grab().toImage() == stepwise


def test_the_layers_are_built_once_per_look(view: CountedView) -> None:
    view.grab()
    before = view._scene
    view.set_position(1000)
    view.grab()
    assert view._scene is before
    view.set_tone("service")
    view.grab()
    assert view._scene is not before
    assert view._scene.layers is before.layers, "in the memory that was there"


def test_a_theme_switch_draws_anew(view: CountedView) -> None:
    view.grab()
    before = view._scene
    theme.THEME.choose(theme.Choice.LIGHT)
    view.grab()
    assert view._scene is not before


def test_a_click_seeks(qtbot: QtBot, view: CountedView) -> None:
    with qtbot.waitSignal(view.sought) as heard:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(400, 60))
    assert heard.args[0] == pytest.approx(SONG_MS / 2)


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 65_000),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, 59_000),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, SONG_MS),
    ],
)
def test_keys_seek(
    qtbot: QtBot, view: CountedView, key: Qt.Key, modifier: Qt.KeyboardModifier, expected: float
) -> None:
    view.set_position(60_000)
    with qtbot.waitSignal(view.sought) as heard:
        qtbot.keyClick(view, key, modifier)
    assert heard.args == [expected]


def test_a_drag_on_the_ruler_loops_and_a_click_ends_it(qtbot: QtBot, view: CountedView) -> None:
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view, left, pos=QPoint(200, 8))
    qtbot.mouseMove(view, QPoint(400, 8))
    view.mouseMoveEvent(_drag(view, 400))
    with qtbot.waitSignal(view.looped) as heard:
        qtbot.mouseRelease(view, left, pos=QPoint(400, 8))
    assert heard.args == pytest.approx([SONG_MS / 4, SONG_MS / 2])
    with qtbot.waitSignal(view.looped) as heard:
        qtbot.mouseClick(view, left, pos=QPoint(300, 8))
    assert heard.args == [-1, -1]


def _drag(view: WaveformView, x: int) -> object:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    spot, left = QPointF(x, 8), Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    return QMouseEvent(QEvent.Type.MouseMove, spot, view.mapToGlobal(spot), left, left, none)


def _wheel(view: WaveformView, x: float, turn: QPoint) -> None:
    spot = QPointF(x, 60)
    none = Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    view.wheelEvent(
        QWheelEvent(
            spot,
            view.mapToGlobal(spot),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            none,
            phase,
            False,
        )
    )


def test_the_wheel_zooms_where_it_points(view: CountedView) -> None:
    at_ms = view._scale.ms_at(600)
    _wheel(view, 600, QPoint(0, 480))
    assert view._scale.span_ms == pytest.approx(SONG_MS / 4)
    assert view._scale.ms_at(600) == pytest.approx(at_ms)


def test_the_page_turns_with_the_playhead(view: CountedView) -> None:
    _wheel(view, 0, QPoint(0, 960))
    assert view._scale.end_ms < 60_000
    view.set_position(100_000)
    assert view._scale.start_ms <= 100_000 <= view._scale.end_ms


def test_another_version_of_the_song_keeps_the_place(view: CountedView) -> None:
    view.set_position(90_000)
    view.set_loop((1000, 2000))
    view.set_waveform(SampleWave())
    assert view._at_ms == 90_000
    assert view._loop == (1000, 2000)
    view.set_waveform(SampleWave(1000.0))
    assert view._at_ms == 0
    assert view._loop is None


@pytest.mark.parametrize("act", [lambda v: v.set_position(5), lambda v: v.set_loop((0, 1))])
def test_nothing_loaded_is_no_trouble(qtbot: QtBot, act: Callable[[WaveformView], None]) -> None:
    view = WaveformView()
    qtbot.addWidget(view)
    act(view)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    _wheel(view, 10, QPoint(0, 120))
    view.grab()


@given(st.lists(st.floats(0, 1), max_size=300), st.integers(0, 200))
def test_small_bars_keep_the_peaks(levels: list[float], count: int) -> None:
    made = bars(levels, count)
    assert len(made) == count
    if levels and count:
        assert max(made) == pytest.approx(max(levels)) if count <= len(levels) else True
        assert set(made) <= set(levels)


@pytest.mark.parametrize(
    ("at_ms", "tick_ms", "words"),
    [
        (92_000, 1000, "1:32"),
        (92_040, 10, "1:32.04"),
        (92_045.12, 0.02, "1:32.04512"),
        (59_999.9, 100, "1:00.0"),
        (3_725_000, 500, "1:02:05.0"),
        (0, 5, "0:00.000"),
    ],
)
def test_a_moment_has_the_digits_that_the_zoom_needs(
    at_ms: float, tick_ms: float, words: str
) -> None:
    assert write_moment(at_ms, tick_ms) == words


def test_a_pinch_zooms_where_the_fingers_are(view: CountedView) -> None:
    at_ms, device = view._scale.ms_at(200), QPointingDevice.primaryPointingDevice()
    spot, kind = QPointF(200, 60), Qt.NativeGestureType.ZoomNativeGesture
    pinch = QNativeGestureEvent(kind, device, 2, spot, spot, spot, 0.5, QPointF())
    view.event(pinch)
    assert view._scale.span_ms == pytest.approx(SONG_MS / 1.5)
    assert view._scale.ms_at(200) == pytest.approx(at_ms)

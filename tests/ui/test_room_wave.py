"""The wave of the mastering room: its series, its zoom to samples, its loop and its marks."""

from __future__ import annotations

import math
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from ui.samples import SONG_MS, SampleWave

from indieartist.services.mastering_views import Peak, Reductions, Traces
from indieartist.ui.room.overview import Overview
from indieartist.ui.room.series import Stretch, deepest, spread, value_at
from indieartist.ui.room.wave import RoomWave
from indieartist.ui.room.wave_axes import marks_on
from indieartist.ui.widgets.wave_scale import WaveScale

RATE_HZ = 44_100
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PEAKS = (Peak(120_000.0, 0.4), Peak(30_000.0, 0.1), Peak(30_040.0, -0.2), Peak(200_000.0, -0.6))


def make_traces(peaks: tuple[Peak, ...] = PEAKS) -> Traces:
    steps = int(SONG_MS / 100)
    loud = np.full(steps, -14.0, np.float32)
    loud[:50] = -np.inf
    return Traces(100, loud, loud, np.zeros(steps), np.zeros(steps), -1.0, peaks)


def make_reductions() -> Reductions:
    steps = int(SONG_MS / 20)
    bands = np.full((3, steps), -1.5, np.float32)
    names = ("Bass", "Middle", "Treble")
    limiter = np.full(steps, -3.0, np.float32)
    return Reductions(20, bands, names, (160.0, 2500.0), (0.0, 0.0, 0.0), limiter)


@pytest.fixture
def wave(qtbot: QtBot) -> RoomWave:
    made = RoomWave()
    qtbot.addWidget(made)
    made.resize(866, 300)  # 800 px of wave between its axes
    made.show_song(SampleWave(), RATE_HZ, "accent")
    made.set_traces(make_traces())
    made.show()
    qtbot.waitExposed(made)
    return made


def spot(wave: RoomWave, at_ms: float, y: int = 150) -> QPoint:
    return QPoint(round(wave.scale.x_at(at_ms)), y)


def drag(qtbot: QtBot, wave: RoomWave, start_ms: float, end_ms: float) -> None:
    qtbot.mousePress(wave, LEFT, pos=spot(wave, start_ms))
    for share in (0.5, 1.0):
        at_ms = start_ms + share * (end_ms - start_ms)
        move(wave, spot(wave, at_ms))
    qtbot.mouseRelease(wave, LEFT, pos=spot(wave, end_ms))


def move(widget: object, at: QPoint, buttons: Qt.MouseButton = LEFT) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    place = at.toPointF()
    sent = QMouseEvent(QEvent.Type.MouseMove, place, place, LEFT, buttons, NONE)
    widget.mouseMoveEvent(sent)  # type: ignore[attr-defined]


# the series


@given(st.integers(2, 200), st.integers(1, 400))
def test_a_series_is_spread_over_its_time(steps: int, width: int) -> None:
    values = np.arange(steps, dtype=np.float32)
    drawn = spread(values, 100, (100, 100 * steps), width)
    assert drawn.shape == (width,)
    assert np.all(np.diff(drawn) >= 0)
    assert drawn[0] >= 0
    assert drawn[-1] <= steps - 1


def test_silence_is_left_out_of_a_curve() -> None:
    drawn = spread(np.array([-np.inf, -np.inf, -10.0, -10.0]), 100, (0, 400), 400)
    assert np.isnan(drawn[150])
    assert drawn[350] == -10
    assert np.isnan(spread(np.array([]), 100, (0, 400), 4)).all()


@given(st.integers(1, 300), st.integers(1, 300), st.integers(0, 2**32 - 1))
def test_no_depth_is_lost_between_columns(steps: int, width: int, seed: int) -> None:
    values = -np.random.default_rng(seed).random(steps)
    drawn = deepest(values, 20, (0, 20 * steps), width)
    assert drawn.shape == (width,)
    assert drawn.min() == values.min()
    assert set(drawn) <= set(values)


def test_what_has_ended_takes_nothing_off() -> None:
    assert deepest(np.array([-3.0]), 20, (100, 200), 5).tolist() == [0] * 5


@pytest.mark.parametrize(("at_ms", "value"), [(50, None), (5_050, -14.0), (1e9, None)])
def test_a_moment_has_its_value_or_none(at_ms: float, value: float | None) -> None:
    assert value_at(make_traces().momentary_lufs, 100, at_ms) == value


@given(st.integers(10, 500), st.integers(1, 600), st.integers(0, 2**32 - 1))
def test_samples_keep_their_extremes_at_any_width(frames: int, width: int, seed: int) -> None:
    sound = np.random.default_rng(seed).uniform(-1, 1, (frames, 2))
    stretch = Stretch(1000, 1000, sound)
    columns = stretch.columns((1000, 1000 + frames), width)
    assert columns.low.min() == sound.min()
    assert columns.high.max() == sound.max()
    assert columns.rms is not None
    assert np.all(columns.rms <= np.maximum(columns.high, -columns.low) + 1e-9)


def test_lines_go_through_the_samples() -> None:
    sound = np.array([[0.0, 0.5], [1.0, 0.5], [-1.0, 0.5]])
    stretch = Stretch(10, 1000, sound)
    lines = stretch.lines((9.5, 13.5), 4)
    assert lines[0].tolist()[:3] == [0.0, 1.0, -1.0]
    assert np.isnan(lines[0][3])
    moments, values = stretch.points((10.5, 12.5))
    assert moments.tolist() == [11.0, 12.0]
    assert values.tolist() == [[1.0, -1.0], [0.5, 0.5]]


def test_a_stretch_knows_what_it_covers() -> None:
    stretch = Stretch(1000, 1000, np.zeros((500, 1)))
    assert stretch.covers((1000, 1499), 5000)
    assert not stretch.covers((999, 1200), 5000)
    assert not stretch.covers((1200, 1600), 5000)
    assert stretch.covers((1200, 1600), 1500), "the song ends here"


# what is seen


def test_marks_on_one_another_show_the_loudest() -> None:
    scale = WaveScale.whole(SONG_MS, 800)
    shown = [peak for _, peak in marks_on(scale, PEAKS)]
    assert shown == [PEAKS[0], PEAKS[1], PEAKS[3]]
    near = scale.between(29_900, 30_200)
    assert [peak for _, peak in marks_on(near, PEAKS)] == [PEAKS[1], PEAKS[2]]


def test_each_part_changes_the_picture(wave: RoomWave) -> None:
    seen = [wave.grab().toImage()]
    for change in (
        lambda: wave.set_target(-14.5),
        lambda: wave.set_reductions(make_reductions()),
        lambda: wave.set_traces(make_traces(())),
        lambda: wave.set_loop((1000, 90_000)),
        lambda: wave.show_song(None, 0, "original"),
    ):
        change()
        seen.append(wave.grab().toImage())
    assert all(one != other for one, other in pairwise(seen))


def test_what_is_taken_off_stands_in_its_colours(wave: RoomWave) -> None:
    from indieartist.ui import theme

    wave.set_reductions(make_reductions())
    drawn = wave.grab().toImage()
    lane = wave.wave_rect.bottom() + 8
    limiter, bands = drawn.pixelColor(400, int(lane) + 4), drawn.pixelColor(400, int(lane) + 36)
    assert limiter.name().upper() == theme.DARK.accent
    assert bands.name().upper() == theme.DARK.surface2, "1.5 of 6 dB: not to the bottom"


def test_only_near_enough_are_samples_asked_for(qtbot: QtBot, wave: RoomWave) -> None:
    qtbot.wait(80)
    with qtbot.assertNotEmitted(wave.samples_wanted, wait=120):
        wave.zoom_by(2)
    with qtbot.waitSignal(wave.samples_wanted) as asked:
        wave.show_scale(wave.scale.between(60_000, 60_010))
    start, frames = asked.args
    assert start <= 60_000 * 44.1
    assert start + frames >= 60_010 * 44.1
    wave.set_samples(Stretch(start, RATE_HZ, np.zeros((frames, 2), np.float32)))
    with qtbot.assertNotEmitted(wave.samples_wanted, wait=120):
        wave.show_scale(wave.scale.moved(2))


def test_samples_are_drawn_one_by_one(wave: RoomWave) -> None:
    wave.show_scale(wave.scale.between(1000, 1001))
    assert wave.scale.span_ms == pytest.approx(1)
    before = wave.grab().toImage()
    frames = np.arange(44_000, 44_300)
    tone = np.sin(frames / 3)[:, None] * [1.0, 0.3]
    wave.set_samples(Stretch(44_000, RATE_HZ, tone))
    assert wave.grab().toImage() != before


def test_the_closest_zoom_shows_sixteen_samples(qtbot: QtBot, wave: RoomWave) -> None:
    wave.set_position(60_000)
    for _ in range(40):
        qtbot.keyClick(wave, Qt.Key.Key_Plus)
    assert wave.scale.span_ms == pytest.approx(16 * 1000 / RATE_HZ)
    assert wave.scale.start_ms <= 60_000 <= wave.scale.end_ms
    wave.grab()


def test_the_read_out_says_what_is_under_the_pointer(qtbot: QtBot, wave: RoomWave) -> None:
    with qtbot.waitSignal(wave.pointed) as heard:
        move(wave, spot(wave, 60_000), Qt.MouseButton.NoButton)
    assert heard.args[0] == pytest.approx(60_000, abs=400)
    words = wave.moment_words(60_000)
    assert words.startswith("1:00")
    assert "−14.0 LUFS momentary" in words
    assert "— LUFS" in wave.moment_words(1000), "in silence there is none"
    with qtbot.waitSignal(wave.pointed) as heard:
        wave.leaveEvent(None)  # type: ignore[arg-type]
    assert math.isnan(heard.args[0])


# the hand


def test_a_click_goes_there_and_a_drag_loops(qtbot: QtBot, wave: RoomWave) -> None:
    with qtbot.waitSignal(wave.sought) as heard:
        qtbot.mouseClick(wave, LEFT, pos=spot(wave, 60_000))
    assert heard.args[0] == pytest.approx(60_000, abs=400)
    with qtbot.waitSignal(wave.looped) as heard:
        drag(qtbot, wave, 90_000, 50_000)
    assert heard.args == pytest.approx([50_000, 90_000], abs=400)


def test_an_end_of_the_loop_is_moved(qtbot: QtBot, wave: RoomWave) -> None:
    wave.set_loop((50_000, 90_000))
    with qtbot.waitSignal(wave.looped) as heard:
        drag(qtbot, wave, 90_000, 120_000)
    assert heard.args == pytest.approx([50_000, 120_000], abs=400)


def test_a_click_on_the_ruler_ends_the_loop(qtbot: QtBot, wave: RoomWave) -> None:
    wave.set_loop((50_000, 90_000))
    with qtbot.waitSignal(wave.looped) as heard:
        qtbot.mouseClick(wave, LEFT, pos=spot(wave, 70_000, 6))
    assert heard.args == [-1, -1]


def test_a_mark_is_clicked(qtbot: QtBot, wave: RoomWave) -> None:
    with qtbot.waitSignal(wave.sought) as heard:
        qtbot.mouseClick(wave, LEFT, pos=spot(wave, PEAKS[0].moment_ms, 30) + QPoint(2, 0))
    assert heard.args == [PEAKS[0].moment_ms]
    move(wave, spot(wave, PEAKS[0].moment_ms, 30), Qt.MouseButton.NoButton)
    assert wave.toolTip() == "0.4 dBTP at 2:00.0, 1.4 dB over −1.0 dBTP"


@pytest.mark.parametrize(
    ("key", "at_ms", "goal"),
    [
        (Qt.Key.Key_PageDown, 0, 30_000),
        (Qt.Key.Key_PageDown, 30_000, 30_040),
        (Qt.Key.Key_PageUp, 150_000, 120_000),
        (Qt.Key.Key_PageUp, 30_040, 30_000),
    ],
)
def test_page_keys_go_from_peak_to_peak(
    qtbot: QtBot, wave: RoomWave, key: Qt.Key, at_ms: float, goal: float
) -> None:
    wave.set_position(at_ms)
    with qtbot.waitSignal(wave.sought) as heard:
        qtbot.keyClick(wave, key)
    assert heard.args == [goal]


def test_behind_the_last_peak_there_is_none(qtbot: QtBot, wave: RoomWave) -> None:
    wave.set_position(200_000)
    with qtbot.assertNotEmitted(wave.sought):
        qtbot.keyClick(wave, Qt.Key.Key_PageDown)


def test_i_and_o_set_the_loop_and_escape_ends_it(qtbot: QtBot, wave: RoomWave) -> None:
    wave.set_position(20_000)
    qtbot.keyClick(wave, Qt.Key.Key_I)
    assert wave.loop == (20_000, SONG_MS)
    wave.set_position(40_000)
    qtbot.keyClick(wave, Qt.Key.Key_O)
    assert wave.loop == (20_000, 40_000)
    qtbot.keyClick(wave, Qt.Key.Key_Z)
    assert wave.scale.start_ms == pytest.approx(20_000 - 800)
    assert wave.scale.end_ms == pytest.approx(40_000 + 800)
    qtbot.keyClick(wave, Qt.Key.Key_Escape)
    assert wave.loop is None
    qtbot.keyClick(wave, Qt.Key.Key_Z)
    assert wave.scale.is_whole


def test_the_page_turns_only_while_one_looks_at_the_playhead(wave: RoomWave) -> None:
    wave.show_scale(wave.scale.between(0, 10_000))
    wave.set_position(10_500)
    assert wave.scale.start_ms == 10_500
    wave.show_scale(wave.scale.between(100_000, 110_000))
    wave.set_position(10_600)
    assert wave.scale.start_ms == 100_000, "the person looks elsewhere"
    wave.go_to(20_000)
    assert wave.scale.start_ms <= 20_000 <= wave.scale.end_ms


@pytest.fixture
def strip(qtbot: QtBot) -> Overview:
    made = Overview(0, 0)
    qtbot.addWidget(made)
    made.resize(1000, 32)
    made.show_song(SampleWave(100_000.0))
    made.show_window(WaveScale.whole(100_000, 800).between(40_000, 60_000), (10_000, 20_000))
    made.shown.connect(lambda scale: made.show_window(scale, None))
    made.show()
    return made


@pytest.mark.parametrize(
    ("press", "to", "window"),
    [
        (500, 600, (50_000, 70_000)),  # in the window: it is dragged
        (900, 900, (80_000, 100_000)),  # elsewhere: it comes there
        (400, 200, (20_000, 60_000)),  # at its ends: it grows
        (600, 700, (40_000, 70_000)),
    ],
)
def test_the_window_is_moved_in_the_overview(
    qtbot: QtBot, strip: Overview, press: int, to: int, window: tuple[float, float]
) -> None:
    qtbot.mousePress(strip, LEFT, pos=QPoint(press, 16))
    move(strip, QPoint(to, 16))
    qtbot.mouseRelease(strip, LEFT, pos=QPoint(to, 16))
    assert (strip._scale.start_ms, strip._scale.end_ms) == pytest.approx(window)
    strip.grab()


def test_keys_move_the_window_too(qtbot: QtBot, strip: Overview) -> None:
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert strip._scale.start_ms == pytest.approx(45_000)
    qtbot.keyClick(strip, Qt.Key.Key_Home)
    assert strip._scale.start_ms == 0
    assert strip.accessibleDescription() == "0:00.0 to 0:20.0 of 1:40.0"


def test_nothing_loaded_is_no_trouble(qtbot: QtBot) -> None:
    empty, strip = RoomWave(), Overview(0, 0)
    for widget in (empty, strip):
        qtbot.addWidget(widget)
        widget.resize(400, 200)
        widget.grab()
        qtbot.mouseClick(widget, LEFT)
        for key in (Qt.Key.Key_I, Qt.Key.Key_PageDown, Qt.Key.Key_Z, Qt.Key.Key_Right):
            qtbot.keyClick(widget, key)
    move(empty, QPoint(100, 100), Qt.MouseButton.NoButton)
    empty.show_song(SampleWave(), RATE_HZ, "original")
    assert SimpleNamespace(scale=empty.scale).scale.duration_ms == SONG_MS

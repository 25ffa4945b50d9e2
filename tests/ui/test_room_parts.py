"""The parts of the mastering room by themselves: wishes, spectra, meters, legends and services."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from pytestqt.qtbot import QtBot
from ui.samples import SampleWave
from ui.test_room_wave import make_reductions, make_traces

from indieartist.domain.mastering import STAGES
from indieartist.services.mastering_choices import (
    Shipped,
    list_curves,
    list_presets,
    list_targets,
)
from indieartist.services.mastering_views import PlatformCell
from indieartist.ui.cards.services import ServicesCard
from indieartist.ui.room.meters import RoomMeters
from indieartist.ui.room.preview import choose_stretch
from indieartist.ui.room.stage_card import StageCard
from indieartist.ui.room.tone_card import ToneCard
from indieartist.ui.room.tone_chart import ToneChart, ToneLine, write_hz
from indieartist.ui.room.wishes import (
    OWN,
    Choices,
    Wishes,
    WishHistory,
    changed_name,
    read_wishes,
    take_preset,
)

TABLES = Shipped()
CHOICES = Choices(list_targets(TABLES), list_presets(TABLES), list_curves(TABLES))
BYPASS = st.lists(st.sampled_from([s for s in STAGES if s != "level"]), unique=True)
WISHES = st.builds(
    Wishes,
    preset=st.sampled_from(list(CHOICES.presets)),
    target=st.sampled_from(["", OWN, *CHOICES.targets]),
    own_lufs=st.floats(-24, -6),
    ceiling_dbtp=st.none() | st.floats(-3, 0),
    curve=st.sampled_from(["", "none", *CHOICES.curves]),
    amount_pct=st.none() | st.floats(0, 100),
    phase=st.sampled_from(["linear", "minimum"]),
    bypassed=BYPASS.map(lambda stages: tuple(s for s in STAGES if s in stages)),
    bits=st.sampled_from([16, 24]),
    noise=st.sampled_from(["shaped", "flat"]),
)


# wishes


@given(WISHES)
def test_all_that_can_be_wished_makes_settings(wishes: Wishes) -> None:
    settings = wishes.settings(TABLES)
    lufs, ceiling = wishes.goal(CHOICES)
    assert settings.target.integrated_lufs == pytest.approx(lufs, abs=1e-4)
    assert settings.target.ceiling_dbtp == pytest.approx(ceiling)
    assert (settings.curve.name if settings.curve else "") == wishes.curve_name(CHOICES)


@given(WISHES)
def test_settings_that_were_kept_make_the_same_settings_again(wishes: Wishes) -> None:
    from dataclasses import asdict

    made = wishes.settings(TABLES)
    again = read_wishes(asdict(made), CHOICES).settings(TABLES)
    assert asdict(replace(again, target=made.target)) == asdict(made)
    assert again.target.integrated_lufs == pytest.approx(made.target.integrated_lufs, abs=1e-4)
    assert again.target.ceiling_dbtp == pytest.approx(made.target.ceiling_dbtp)


@given(st.lists(WISHES, min_size=1, max_size=8))
def test_undo_and_redo_lead_there_and_back(wanted: list[Wishes]) -> None:
    history = WishHistory()
    passed = [history.now]
    for at, wishes in enumerate(wanted):
        history.change(wishes, at * 10_000.0)
        if wishes != passed[-1]:
            passed.append(wishes)
    for wishes in passed[-2::-1]:
        assert history.undo_name
        history.undo()
        assert history.now == wishes
    assert not history.undo_name
    for wishes in passed[1:]:
        history.redo()
        assert history.now == wishes
    assert not history.redo_name


def test_a_drag_is_one_change_and_two_are_two() -> None:
    history = WishHistory()
    for step in range(20):
        history.change(replace(history.now, amount_pct=float(step)), step * 30.0)
    history.change(replace(history.now, amount_pct=99.0), 10_000.0)
    history.undo()
    assert history.now.amount_pct == 19.0
    history.undo()
    assert history.now == Wishes()


def test_a_change_has_a_name() -> None:
    now = Wishes()
    assert changed_name(now, replace(now, bypassed=("dynamics",))) == "three-band compressor"
    assert changed_name(now, replace(now, bypassed=("dynamics", "tone"))) == "bypass"
    assert changed_name(now, take_preset(now, "rock")) == "preset"
    assert changed_name(now, now) == ""


@pytest.mark.parametrize(
    ("loop", "at_ms", "expected"),
    [
        (None, 60_000, (59_000, 12_000)),
        (None, 0, (0, 12_000)),
        (None, 100_000, (88_000, 12_000)),
        ((10_000.0, 15_000.0), 60_000, (10_000, 5_000)),
        ((10_000.0, 90_000.0), 60_000, (10_000, 20_000)),
    ],
)
def test_the_stretch_is_the_loop_or_what_is_around(
    loop: Any, at_ms: float, expected: tuple[int, int]
) -> None:
    assert choose_stretch(loop, at_ms, 100_000) == expected


# the spectrum


def line(name: str, rise_db: float = 0.0, *, dashed: bool = False) -> ToneLine:
    hz = np.geomspace(20, 20_000, 120)
    return ToneLine(name, "accent", hz, rise_db * np.log2(hz / 1000), dashed)


@pytest.fixture
def chart(qtbot: QtBot) -> ToneChart:
    made = ToneChart()
    qtbot.addWidget(made)
    made.resize(500, 240)
    made.show_lines([line("Original"), line("Master", 1.0)], apart=False)
    made.show()
    return made


@pytest.mark.parametrize(
    ("hz", "words"), [(62.6, "63 Hz"), (999.6, "1 kHz"), (1250, "1.25 kHz"), (12_000, "12 kHz")]
)
def test_a_frequency_is_written_as_on_a_dial(hz: float, words: str) -> None:
    assert write_hz(hz) == words


def test_the_pointer_and_the_keys_read_the_lines(qtbot: QtBot, chart: ToneChart) -> None:
    with qtbot.waitSignal(chart.read) as heard:
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert heard.args == ["1 kHz  ·  Original 0.0 dB  ·  Master 0.0 dB"]
    with qtbot.waitSignal(chart.read) as heard:
        qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert heard.args == ["2 kHz  ·  Original 0.0 dB  ·  Master 1.0 dB"]
    assert chart.accessibleDescription() == heard.args[0]
    spot = QPointF(chart._x_at(500), 100)
    none, left = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(chart.read) as heard:
        chart.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, spot, spot, none, none, left))
    assert "Master −1.0 dB" in heard.args[0]
    chart.leaveEvent(QEvent(QEvent.Type.Leave))
    assert chart.accessibleDescription() == "Original, Master; arrow keys read it"


def test_apart_the_others_are_told_from_the_first(chart: ToneChart) -> None:
    lines = [line("Original", 1.0), line("Master", 1.5), line("Record", -1.0, dashed=True)]
    together = chart.grab().toImage()
    chart.show_lines(lines, apart=True)
    assert chart.words_at(4000) == "4 kHz  ·  Master +1.0 dB  ·  Record −4.0 dB"
    assert chart.grab().toImage() != together


def test_what_is_seen_is_copied_as_a_table(qtbot: QtBot) -> None:
    card = ToneCard()
    qtbot.addWidget(card)
    card.show_lines([line("Original"), line("Master", 1.0)])
    qtbot.mouseClick(card.copy, Qt.MouseButton.LeftButton)
    rows = QGuiApplication.clipboard().text().splitlines()
    assert rows[0] == 'Hz,"Original (dB)","Master (dB)"'
    assert len(rows) == 121
    assert rows[1] == "20.0,0.00,-5.64"


def test_gaps_and_nothing_are_drawn_too(qtbot: QtBot, chart: ToneChart) -> None:
    holes = line("Mono")
    holes.level_db[30:60] = -np.inf
    chart.show_lines([holes], apart=False)
    assert "Mono — dB" in chart.words_at(float(holes.hz[45]))
    chart.grab()
    chart.show_lines([], apart=False)
    chart.grab()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.table() == ""


# the song's card


def test_the_card_says_what_is_there_and_what_is_not(qtbot: QtBot) -> None:
    stage = StageCard()
    qtbot.addWidget(stage)
    stage.resize(900, 320)
    stage.wave.show_song(SampleWave(), 44_100, "accent")
    stage.note("Its file is missing.", "err")
    assert stage._legend.isHidden()
    assert stage._read.text() == "Its file is missing."
    stage.wave.set_traces(make_traces())
    stage.say_peaks()
    stage.note("")
    assert not stage._legend.isHidden()
    assert stage._peaks.text() == "4 peaks over −1.0 dBTP"
    with qtbot.waitSignal(stage.sought) as heard:
        qtbot.mouseClick(stage.after, Qt.MouseButton.LeftButton)
    assert heard.args == [30_000.0]
    stage.explain(aims=True, taken=True)
    assert "Target, Limiter, Compressor" in stage._legend.accessibleName()
    stage.wave.set_traces(make_traces(()))
    stage.say_peaks()
    assert stage._peaks.text() == "No peak over −1.0 dBTP"
    assert stage.after.isHidden()
    qtbot.mouseClick(stage.closer, Qt.MouseButton.LeftButton)
    assert stage.overview._scale == stage.wave.scale
    stage.grab()


# the meters


def test_the_meters_read_the_moment(qtbot: QtBot) -> None:
    meters = RoomMeters()
    qtbot.addWidget(meters)
    meters.resize(300, 280)
    assert meters.readings[1][1] == ()
    traces = make_traces()
    traces.correlation[600:] = -0.5
    traces.balance_db[600:] = 3.0
    meters.show_series(traces, make_reductions(), name="Master 2")
    meters.set_moment(60_050)
    (head, heard), (_, taken) = meters.readings
    assert head == "At the playhead: Master 2"
    assert [r.words for r in heard] == ["−14.0 LUFS", "−14.0 LUFS", "−0.50", "3.0 dB L"]
    assert heard[2].tone == "warn", "what is lost in mono"
    assert heard[3].end < 0.5, "left is on the left"
    assert [r.words for r in taken] == ["−1.5 dB"] * 3 + ["−3.0 dB"]
    assert "Limiter −3.0 dB" in meters.accessibleDescription()
    seen = meters.grab().toImage()
    meters.set_moment(2_000)
    assert meters.readings[0][1][0].words == "— LUFS"
    assert meters.grab().toImage() != seen


def test_a_figure_waits_for_the_eye(qtbot: QtBot) -> None:
    meters = RoomMeters()
    qtbot.addWidget(meters)
    meters.show_series(make_traces(), make_reductions())
    meters.set_moment(4_999)
    before = meters.readings
    meters.set_moment(5_010)
    assert meters.readings is before
    meters.set_moment(5_060)
    assert meters.readings is not before


# the services


def cell(name: str, peak: float | None, *, clips: bool = False, whole: bool = True) -> PlatformCell:
    return PlatformCell(
        key=name.lower(), name=name, change_db=-2.0, playback_lufs=-14.0, codec="Vorbis 160",
        codec_true_peak_dbtp=peak, clips=clips, sentence="It is turned down.", as_album=False,
        whole=whole, headline=True, confidence="published", note="",
    )  # fmt: skip


def test_services_are_read_by_mouse_and_keys(qtbot: QtBot) -> None:
    card = ServicesCard()
    qtbot.addWidget(card)
    card.resize(500, 300)
    assert card.isHidden()
    card.show_cells([cell("One", None), cell("Two", None)], album=True)
    card.show()
    assert not card.code_button.isHidden()
    card.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(card.table, Qt.Key.Key_Down)
    qtbot.keyClick(card.table, Qt.Key.Key_Down)
    assert card.table._row == 1
    assert card._words.text() == "Two: It is turned down."
    with qtbot.waitSignal(card.mode_chosen):
        qtbot.keyClick(card.modes, Qt.Key.Key_Right)
    assert card.as_album
    quiet = card.grab().toImage()
    card.show_cells([cell("One", 0.4, clips=True, whole=False), cell("Two", -1.0)], album=True)
    assert card.code_button.isHidden()
    assert "30 s" in card._hint
    assert card.grab().toImage() != quiet

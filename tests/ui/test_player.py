"""The player: the bounce and the master on one playhead, by key, by click and by hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bounces import write_bounce
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.booths import MASTER, ORIGINAL, mastered_studio, open_booth, put_on
from ui.studios import HandSink, get_release, settings, settle

from indieartist.errors import WorldError
from indieartist.services import editing, importing, mastering
from indieartist.ui.sound import PatientSink


@pytest.fixture
def booth(qtbot: QtBot, library_dir: Path) -> Iterator[Any]:
    with open_booth(qtbot, mastered_studio(library_dir)) as opened:
        yield opened


def test_a_track_comes_on_with_its_master_selected(booth: Any, qtbot: QtBot) -> None:
    put_on(booth, qtbot)
    assert booth.bar.play.playing
    assert booth.bar.sources.key == MASTER
    assert booth.player.track_id == 1
    assert "LUFS" in booth.bar._loudness.text()


def test_the_digits_switch_what_is_heard(booth: Any, qtbot: QtBot) -> None:
    sink = put_on(booth, qtbot)
    booth.bar.match.setChecked(False)
    master = sink.pull(4410)
    qtbot.keyClick(booth.window, Qt.Key.Key_1)
    booth.player.seek(0.0)
    sink.pull(2205)
    booth.player.seek(0.0)
    original = sink.pull(4410)
    assert booth.bar.sources.key == ORIGINAL
    assert not np.allclose(master[1000:], original[1000:], atol=1e-3)
    qtbot.keyClick(booth.window, Qt.Key.Key_2)
    assert booth.bar.sources.key == MASTER
    qtbot.keyClick(booth.window, Qt.Key.Key_7)
    assert booth.bar.sources.key == MASTER


def test_a_digit_that_is_typed_stays_a_digit(booth: Any, qtbot: QtBot) -> None:
    put_on(booth, qtbot)
    booth.line.setFocus()
    qtbot.keyClick(booth.line, Qt.Key.Key_1)
    assert booth.line.text() == "1"
    assert booth.bar.sources.key == MASTER


def test_matched_versions_say_one_loudness(booth: Any, qtbot: QtBot) -> None:
    put_on(booth, qtbot)
    before = booth.bar._loudness.text()
    booth.bar.sources.choose(ORIGINAL)
    assert booth.bar._loudness.text() == before
    booth.bar.match.click()
    said = [booth.bar._loudness.text()]
    booth.bar.sources.choose(MASTER)
    assert booth.bar._loudness.text() not in said


def test_seek_loop_and_pause(booth: Any, qtbot: QtBot) -> None:
    put_on(booth, qtbot)
    booth.bar.sought.emit(1000.0)
    assert booth.bar._now.text() == "0:01.0"
    booth.bar.looped.emit(500.0, 900.0)
    assert booth.bar.loop.isChecked()
    assert booth.player.deck.player.loop_region.start == 22050
    qtbot.mouseClick(booth.bar.loop, Qt.MouseButton.LeftButton)
    assert booth.player.deck.player.loop_region is None
    booth.player.seek_by(-9000.0)
    assert booth.bar._now.text() == "0:00.0"
    qtbot.mouseClick(booth.bar.play, Qt.MouseButton.LeftButton)
    assert not booth.player.playing
    assert not booth.player._display._timer.isActive()


def test_the_clock_rests_while_the_bar_is_hidden(booth: Any, qtbot: QtBot) -> None:
    put_on(booth, qtbot)
    assert booth.player._display._timer.isActive()
    booth.bar.hide()
    assert not booth.player._display._timer.isActive()
    booth.bar.show()
    assert booth.player._display._timer.isActive()


def test_a_new_master_takes_the_place_of_the_old_one(booth: Any, qtbot: QtBot) -> None:
    put_on(booth, qtbot)
    booth.bar.sought.emit(700.0)
    track = get_release(booth.studio).tracks[0]
    made = mastering.master_track(booth.studio, track, settings(booth.studio))
    booth.player.set_release(get_release(booth.studio))
    settle(qtbot, lambda: booth.player.deck.versions[-1].mix.id == made.mix_id)
    assert booth.player.playing
    assert booth.player.deck.player.position > 0


def test_the_newest_wish_wins(booth: Any, qtbot: QtBot, tmp_path: Path) -> None:
    importing.import_file(booth.studio, write_bounce(tmp_path / "Other.wav", seed=9))
    release = get_release(booth.studio)
    other = join_songs(booth, release)
    booth.player.set_release(other)
    ids = [track.id for track in other.tracks]
    booth.player.play_track(ids[0])
    booth.player.play_track(ids[1])
    settle(qtbot, lambda: booth.player.playing)
    assert booth.player.track_id == ids[1]
    booth.player.play_previous()
    settle(qtbot, lambda: booth.player.track_id == ids[0])


def join_songs(booth: Any, release: Any) -> Any:
    """Both songs on one release."""
    from indieartist.services import finding

    track = finding.get_track(booth.studio, "T2")
    if track.release_id != release.id:
        editing.move_track(booth.studio, track, release)
    return get_release(booth.studio)


def test_a_machine_without_a_sound_card_says_so_once(booth: Any, qtbot: QtBot) -> None:
    toast, player = booth.desk._toast, booth.player

    def silent_clock(rate_hz: int) -> PatientSink:
        device = HandSink(rate_hz)
        device.audible = False
        booth.sinks.append(device)
        return player.card.watched(device)

    player.turntable.make_sink = silent_clock
    put_on(booth, qtbot)
    settle(qtbot, lambda: "no sound card" in toast.accessibleName())
    toast.hide()
    player.toggle()
    with qtbot.waitSignal(booth.bridge.finished):
        player.toggle()
        booth.bridge.start("Nothing", lambda _report: None)
    assert toast.isHidden()


def test_stopping_lets_the_sound_go(booth: Any, qtbot: QtBot) -> None:
    sink = put_on(booth, qtbot)
    booth.player.stop()
    assert not sink.running
    assert booth.player.track_id is None
    assert not booth.bar.play.isEnabled()


def test_the_first_track_is_cued_and_waits(booth: Any, qtbot: QtBot) -> None:
    booth.player.cue()
    settle(qtbot, lambda: booth.player.track_id == 1)
    assert not booth.player.playing
    assert booth.sinks[-1].render is None
    booth.player.toggle()
    assert booth.player.playing


class TestSection:
    """A section of a master in the making, laid beside the versions while they play."""

    def test_is_heard_where_it_lies_and_the_original_around_it(
        self, booth: Any, qtbot: QtBot
    ) -> None:
        sink = put_on(booth, qtbot)
        booth.bar.match.setChecked(False)
        booth.bar.sources.choose(ORIGINAL)
        booth.player.seek(0.0)
        original = sink.pull(44_100)
        booth.player.seek(0.0)
        sink.pull(441)
        made = np.full((22_050, 2), 0.25, np.float32)
        assert booth.player.hear_section(made, 44_100, 250.0, "Warmer")
        settle(qtbot, lambda: booth.bar.sources.key == "preview")
        assert booth.player.playing
        out = sink.pull(43_659)
        start, end, seam = 11_025, 33_075, 220
        assert np.array_equal(out[1000 : start - 441], original[1441:start])
        assert np.all(out[start - 441 + seam : end - 441 - seam] == 0.25)
        assert np.array_equal(out[end - 441 :], original[end:])
        assert [segment.label for segment in booth.bar.sources._segments][-1] == "Warmer"

    def test_a_later_one_takes_its_place_and_the_loop_stays(self, booth: Any, qtbot: QtBot) -> None:
        sink = put_on(booth, qtbot)
        booth.bar.looped.emit(200.0, 600.0)
        loop = booth.player.deck.player.loop_region
        for value in (0.1, 0.2):
            booth.player.hear_section(np.full(22_050, value, np.float32), 44_100, 200.0)
            settle(qtbot, lambda value=value: heard(sink) == pytest.approx(value, abs=1e-6))
        assert booth.player.deck.player.loop_region == loop
        assert len(booth.player.deck.versions) == 3

    def test_goes_as_it_came(self, booth: Any, qtbot: QtBot) -> None:
        put_on(booth, qtbot)
        booth.player.hear_section(np.zeros((4410, 2), np.float32), 48_000, 0.0, select=False)
        settle(qtbot, lambda: len(booth.player.deck.versions) == 3)
        assert booth.bar.sources.key == MASTER
        booth.bar.sources.choose("preview")
        booth.player.drop_section()
        assert booth.bar.sources.key == ORIGINAL
        assert len(booth.player.deck.versions) == 2

    def test_stays_when_other_versions_are_chosen(self, booth: Any, qtbot: QtBot) -> None:
        put_on(booth, qtbot)
        booth.player.hear_section(np.zeros((4410, 2), np.float32), 44_100, 0.0)
        settle(qtbot, lambda: booth.bar.sources.key == "preview")
        track = get_release(booth.studio).tracks[0]
        booth.player.versions.compare(track, frozenset(), ("spotify",))
        settle(qtbot, lambda: len(booth.player.deck.offers) == 1)
        assert booth.bar.sources.key == "preview"
        assert len(booth.player.deck.versions) == 3

    def test_needs_a_track_that_is_on(self, booth: Any) -> None:
        assert not booth.player.hear_section(np.zeros((4410, 2), np.float32), 44_100, 0.0)
        booth.player.drop_section()


def heard(sink: HandSink) -> float:
    """The middle of what sounds now, once its ramps are past."""
    sink.pull(2000)
    return float(np.median(sink.pull(200)))


def test_a_song_plays_while_the_processor_is_at_work(booth: Any, qtbot: QtBot) -> None:
    over = threading.Event()
    for _ in range(3):
        booth.bridge.start("Mastering", lambda _report: over.wait(20), lane="audio")
    try:
        put_on(booth, qtbot)
    finally:
        over.set()


def test_a_file_that_cannot_be_read_on_is_told_once(booth: Any, qtbot: QtBot) -> None:
    put_on(booth, qtbot)
    sound = booth.player.deck.player.sounds[0]
    sound.failure = WorldError("The disk is gone.", "Connect it again.")
    settle(qtbot, lambda: booth.errors == [sound.failure])
    booth.player.seek(100.0)
    assert booth.errors == [sound.failure]
    booth.errors.clear()

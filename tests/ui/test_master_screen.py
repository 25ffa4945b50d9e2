"""The mastering room by mouse and keyboard: heard, rendered, compared, named, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import soundfile
from bounces import write_bounce
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from ui.studios import HandSink, get_release, make_studio, open_window, settle

from indieartist.domain.release import MixKind
from indieartist.services import editing, finding, importing, mastering

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def room(qtbot: QtBot, library_dir: Path) -> Iterator[Any]:
    """The window at the master page, with one bounce in the library."""
    studio = make_studio(library_dir)
    with open_window(qtbot, studio, "master") as window:
        screen = window.screens["master"]
        window.player.turntable.make_sink = HandSink
        settle(qtbot, lambda: bool(screen.versions.rows))
        yield SimpleNamespace(studio=studio, window=window, screen=screen)


def rows(room: Any) -> Any:
    return room.screen.versions.rows


def render(room: Any, qtbot: QtBot) -> None:
    card, before = room.screen.render_card, len(rows(room))
    qtbot.mouseClick(card.render_button, LEFT)
    assert not card.render_button.isEnabled()
    settle(qtbot, lambda: len(rows(room)) == before + 1)
    settle(qtbot, card.render_button.isEnabled)


def track(room: Any) -> Any:
    return get_release(room.studio).tracks[0]


def pick(row: Any, words: str) -> None:
    """Choose from the menu of a version."""
    next(action for action in row.row.menu.actions() if action.text() == words).trigger()


# rendering


def test_a_click_renders_a_master_and_says_what_changed(room: Any, qtbot: QtBot) -> None:
    assert room.screen.changes.isHidden()
    render(room, qtbot)
    newest = rows(room)[0].mix
    assert newest.kind is MixKind.MASTER
    settle(qtbot, lambda: not room.screen.changes.isHidden())
    assert room.screen.changes.after.currentText() == "Master 2 · Streaming"
    assert room.screen.changes.before.currentText() == "Bounce 1 · Night Bus.wav"
    assert "LUFS" in room.window.toast.accessibleName()
    card = room.screen.render_card
    qtbot.mouseClick(card.render_button, LEFT)
    card._row.stop_asked.emit()
    settle(qtbot, card.render_button.isEnabled)
    assert "nothing was kept" in card._problem.text()
    assert len(track(room).mixes) == 2


def test_a_failure_is_said_in_a_sentence_and_tried_again(
    room: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    card, chain = room.screen.render_card, room.screen.chain
    bad = tmp_path / "Reference.wav"
    bad.write_bytes(b"no music")
    room.screen.choose_file = lambda: bad
    qtbot.mouseClick(card.hear, LEFT)
    qtbot.mouseClick(chain.controls.reference._button, LEFT)
    settle(qtbot, lambda: room.screen.preview.state.kind == "failed")
    assert card._heard.text().replace("\u200b", "") == room.screen.preview.state.words != ""
    qtbot.mouseClick(card.hear, LEFT)
    qtbot.mouseClick(card.render_button, LEFT)
    settle(qtbot, lambda: not card._failure.isHidden())
    assert card._problem.text()
    write_bounce(bad, seconds=1.0, seed=3)
    qtbot.mouseClick(card.again, LEFT)
    settle(qtbot, lambda: len(rows(room)) == 2)
    assert card._failure.isHidden()


def test_every_choice_reaches_the_chain(room: Any, qtbot: QtBot) -> None:
    controls = room.screen.chain.controls
    controls.preset.setFocus()
    choose(controls.preset, "rock")
    choose(controls.target, "club")
    choose(controls.curve, "pink")
    qtbot.mouseClick(controls.stages["dynamics"], LEFT)
    controls.ceiling.slider.setFocus()
    qtbot.keyClick(controls.ceiling.slider, Qt.Key.Key_Left)
    qtbot.keyClick(controls.amount.slider, Qt.Key.Key_Right)
    qtbot.keyClick(controls.phase, Qt.Key.Key_Right)
    qtbot.keyClick(controls.bits, Qt.Key.Key_Right)
    qtbot.keyClick(controls.noise, Qt.Key.Key_Right)
    render(room, qtbot)
    kept = track(room).mixes[-1].settings["settings"]
    club = mastering.list_targets(room.studio)["club"]
    assert kept["preset"] == "rock"
    assert kept["target"]["name"] == "club"
    assert kept["target"]["ceiling_dbtp"] == pytest.approx(club.ceiling_dbtp - 0.1)
    assert kept["curve"]["name"] == "pink"
    assert kept["amount_pct"] == 31
    assert kept["phase"] == "minimum"
    assert (kept["bits"], kept["noise"]) == (16, "flat")
    assert kept["bypassed"] == ["dynamics"]


def choose(field: Any, key: str) -> None:
    field.setCurrentIndex(field.findData(key))
    field.activated.emit(field.currentIndex())


def test_every_change_of_mind_is_taken_back(room: Any, qtbot: QtBot) -> None:
    chain = room.screen.chain
    assert not chain.undo_button.isEnabled()
    first = chain.wishes
    qtbot.mouseClick(chain.controls.stages["limiter"], LEFT)
    choose(chain.controls.preset, "classical")
    assert not chain.controls.stages["dynamics"].isEnabled(), "the preset leaves it out"
    last = chain.wishes
    assert chain.undo_button.accessibleName() == "Take back: preset"
    qtbot.mouseClick(chain.undo_button, LEFT)
    assert chain.undo_button.accessibleName() == "Take back: true-peak limiter"
    qtbot.mouseClick(chain.undo_button, LEFT)
    assert chain.wishes == first
    assert chain.controls.stages["limiter"].isChecked()
    for _ in range(2):
        qtbot.keyClick(chain.redo_button, Qt.Key.Key_Return)
    assert chain.wishes == last
    own = chain.controls.rows["own"]
    assert own.isHidden()
    choose(chain.controls.target, "own")
    assert not own.isHidden()
    assert chain.controls.own.value == -18.0, "from where the preset stood"
    qtbot.keyClick(chain.controls.own.slider, Qt.Key.Key_Right)
    assert chain.wishes.settings(room.studio).target.integrated_lufs == -17.5


def test_a_reference_is_chosen_or_dropped(room: Any, qtbot: QtBot, tmp_path: Path) -> None:
    controls, chain = room.screen.chain.controls, room.screen.chain
    reference = write_bounce(tmp_path / "Reference.wav", seed=3)
    assert controls.rows["amount"].isHidden()
    room.screen.choose_file = lambda: reference
    qtbot.mouseClick(controls.reference._button, LEFT)
    assert chain.wishes.reference == reference
    assert not controls.rows["amount"].isHidden()
    settle(qtbot, lambda: "Reference" in room.screen.tone._legend.accessibleName())
    qtbot.mouseClick(controls.reference._clear, LEFT)
    assert chain.wishes.reference is None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(reference))])
    move, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    controls.reference.dropEvent(QDropEvent(QPoint(5, 5), move, data, LEFT, none))
    assert chain.wishes.reference == reference


def test_an_album_is_mastered_in_one_act(room: Any, qtbot: QtBot, tmp_path: Path) -> None:
    card = room.screen.render_card
    assert card._album_block.isHidden()
    other = write_bounce(tmp_path / "Möwen.wav", seconds=1.0, seed=5)
    importing.import_file(room.studio, other)
    added = finding.get_release(room.studio, "R2").tracks[0]
    editing.move_track(room.studio, added, get_release(room.studio))
    room.window.reload()
    settle(qtbot, lambda: not card._album_block.isHidden())
    qtbot.mouseClick(card.album, LEFT)
    assert card.render_button.text() == "Render 2 tracks"
    qtbot.mouseClick(card.render_button, LEFT)
    settle(qtbot, lambda: len(rows(room)) == 2)
    settle(qtbot, card.render_button.isEnabled)
    assert all(len(t.mixes) == 2 for t in get_release(room.studio).tracks)
    assert track(room).mixes[-1].settings["album"]
    room.window.desk.undo()
    settle(qtbot, lambda: all(len(t.mixes) == 1 for t in get_release(room.studio).tracks))


# versions


def test_a_version_is_approved_removed_and_written_out(
    room: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    render(room, qtbot)
    qtbot.mouseClick(rows(room)[0].row.approve, LEFT)
    settle(qtbot, lambda: track(room).approved_mix_id == rows(room)[0].mix.id)
    room.window.desk.undo()
    settle(qtbot, lambda: track(room).approved_mix_id is None)
    settle(qtbot, lambda: hasattr(rows(room)[0].row, "approve"))
    pick(rows(room)[0], "Remove")
    settle(qtbot, lambda: len(rows(room)) == 1)
    room.window.desk.undo()
    settle(qtbot, lambda: len(rows(room)) == 2)
    target = tmp_path / "out.wav"
    room.screen.acts.choose_target = lambda name: target
    pick(rows(room)[0], "Export…")
    settle(qtbot, target.exists)
    settle(qtbot, lambda: "out.wav" in room.window.toast.accessibleName())
    assert soundfile.info(target).frames == rows(room)[0].mix.info.frames


def test_a_version_is_named_and_noted_by_the_keyboard(room: Any, qtbot: QtBot) -> None:
    pick(rows(room)[0], "Rename")
    line = rows(room)[0].line
    assert line.accessibleName() == "Name of version 1"
    qtbot.keyClicks(line, "Less bass")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, lambda: rows(room)[0].mix.name == "Less bass")
    pick(rows(room)[0], "Rename")
    qtbot.keyClicks(rows(room)[0].line, "No")
    qtbot.keyClick(rows(room)[0].line, Qt.Key.Key_Escape)
    assert rows(room)[0].line.isHidden()
    assert track(room).mixes[0].name == "Less bass"
    pick(rows(room)[0], "Write a note")
    qtbot.keyClicks(rows(room)[0].line, "For the vinyl")
    qtbot.keyClick(rows(room)[0].line, Qt.Key.Key_Return)
    settle(qtbot, lambda: rows(room)[0].mix.note == "For the vinyl")
    assert rows(room)[0]._note.text() == "For the vinyl"
    room.window.desk.undo()
    settle(qtbot, lambda: not rows(room)[0].mix.note)


def test_any_two_versions_are_compared(room: Any, qtbot: QtBot) -> None:
    render(room, qtbot)
    choose(room.screen.chain.controls.target, "club")
    render(room, qtbot)
    changes = room.screen.changes
    assert changes.after.currentText() == "Master 3 · Club and DJ pools"
    pick(rows(room)[1], "Compare from here")
    assert changes.before.currentText() == "Master 2 · Streaming"
    qtbot.mouseClick(changes.swap, LEFT)
    assert changes.after.currentText() == "Master 2 · Streaming"
    said = lambda: [w.text() for w in changes.findChildren(type(room.screen.title).__base__)]  # noqa: E731
    settle(qtbot, lambda: any("quieter" in words for words in said()))
    pick(rows(room)[0], "Show what changed")
    assert changes.before.currentText() == "Bounce 1 · Night Bus.wav"


def test_the_settings_of_a_master_are_taken_up_again(room: Any, qtbot: QtBot) -> None:
    chain = room.screen.chain
    choose(chain.controls.preset, "rock")
    qtbot.mouseClick(chain.controls.stages["tone"], LEFT)
    wanted = chain.wishes
    render(room, qtbot)
    choose(chain.controls.preset, "neutral")
    assert chain.wishes != wanted
    pick(rows(room)[0], "Use its settings")
    chosen = chain.choices
    assert chain.wishes.preset == "rock"
    assert chain.wishes.bypassed == ("tone",)
    assert chain.wishes.goal(chosen) == wanted.goal(chosen)
    assert chain.undo_button.isEnabled()


# seeing and hearing


def test_the_song_is_seen_with_its_loudness_its_tone_and_its_samples(
    room: Any, qtbot: QtBot
) -> None:
    stage = room.screen.stage
    settle(qtbot, lambda: stage.wave.traces is not None)
    settle(qtbot, lambda: "Original" in room.screen.tone._legend.accessibleName())
    assert room.screen.meters.readings[1][1] == (), "nothing is taken off a bounce"
    render(room, qtbot)
    settle(qtbot, lambda: stage.wave.reductions is not None)
    assert [r.name for r in room.screen.meters.readings[1][1]] == ["Low", "Mid", "High", "Limiter"]
    qtbot.mouseClick(room.screen.tone.views, LEFT, pos=QPoint(150, 18))
    assert room.screen.tone.views.key == "apart"
    settle(qtbot, lambda: room.screen.tone._legend.accessibleName() == "Legend: Master")
    wave = stage.wave
    settle(qtbot, lambda: wave.traces is not None)
    for _ in range(14):
        qtbot.mouseClick(room.screen.stage.closer, LEFT)
    settle(qtbot, lambda: wave._near is not None)
    qtbot.mouseClick(room.screen.stage.fit, LEFT)
    assert wave.scale.is_whole


def test_what_is_clicked_is_put_on_and_what_is_heard_is_seen(room: Any, qtbot: QtBot) -> None:
    wave, player = room.screen.stage.wave, room.window.player
    settle(qtbot, lambda: wave.traces is not None)
    assert player.track_id is None
    qtbot.mouseClick(wave, LEFT, pos=QPoint(round(wave.scale.x_at(1000)), 120))
    settle(qtbot, lambda: player.track_id == track(room).id)
    settle(qtbot, lambda: player.deck.player.position > 40_000)
    assert not player.playing
    qtbot.keyClick(wave, Qt.Key.Key_I)
    settle(qtbot, lambda: player.deck.player.loop_region is not None)
    assert room.window.transport.wave.loop == pytest.approx(wave.loop, abs=1)
    qtbot.keyClick(wave, Qt.Key.Key_Escape)
    assert player.deck.player.loop_region is None
    render(room, qtbot)
    settle(qtbot, lambda: wave.reductions is not None)
    newest = f"mix:{rows(room)[0].mix.id}"
    settle(qtbot, lambda: player.deck.heard.key == newest)
    player.choose_version(0)
    settle(qtbot, lambda: wave.reductions is None)
    assert wave._tone == "original"
    player.choose_version(1)
    settle(qtbot, lambda: wave.reductions is not None)


def test_a_change_is_heard_at_once_on_the_loop(room: Any, qtbot: QtBot) -> None:
    screen, player = room.screen, room.window.player
    settle(qtbot, lambda: screen.stage.wave.traces is not None)
    screen.stage.wave.choose_loop((400.0, 1400.0))
    qtbot.mouseClick(screen.render_card.hear, LEFT)
    settle(qtbot, lambda: screen.preview.state.kind == "heard")
    assert "0:00.4 to 0:01.4" in screen.render_card._heard.text()
    assert "nothing is kept" in screen.render_card._heard.text()
    settle(qtbot, lambda: player.deck is not None and player.deck.heard.key == "preview")
    before = player.deck.heard
    choose(screen.chain.controls.target, "club")
    settle(qtbot, lambda: player.deck.heard is not before)
    assert player.deck.heard.key == "preview"
    assert len(track(room).mixes) == 1
    settle(qtbot, lambda: "whole song" in screen.render_card._heard.text())
    qtbot.mouseClick(screen.render_card.hear, LEFT)
    settle(qtbot, lambda: player.deck.heard.key != "preview")


def test_services_tell_at_once_and_coders_when_asked(room: Any, qtbot: QtBot) -> None:
    card = room.screen.services
    settle(qtbot, lambda: bool(card.table._cells))
    assert card.modes.isHidden(), "a single has no album"
    qtbot.keyClick(card.table, Qt.Key.Key_Down)
    assert card._words.text().startswith(card.table._cells[0].name)
    qtbot.mouseClick(card.code_button, LEFT)
    settle(qtbot, card.code_button.isHidden)
    assert all(cell.codec_true_peak_dbtp is not None for cell in card.table._cells)
    card.table.grab()


def test_the_empty_page_teaches_where_there_is_nothing(qtbot: QtBot, library_dir: Path) -> None:
    from indieartist.services.studio import open_studio

    with open_window(qtbot, open_studio(library_dir), "master") as window:
        screen = window.screens["master"]
        settle(qtbot, lambda: screen.path.accessibleName() == "Releases / Master")
        assert screen._pages.currentIndex() == 0

"""The agenda over all releases, and the calendar file that other programs read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import vobject

from indieartist.domain.agenda import (
    BoardOrder,
    list_entries,
    list_today,
    narrow_going,
    sort_going,
)
from indieartist.errors import UserError
from indieartist.services import agenda, checklist, editing, finding
from indieartist.services.studio import Studio, open_studio

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    """A library with two dated releases, and one that nobody has dated."""
    studio = open_studio(library_dir, now=lambda: NOW)
    for title, day in (
        ("Night; Bus", "2026-06-05"),
        ("Nachtzug, früh", "2026-04-03"),
        ("Later", ""),
    ):
        number = editing.new_release(studio, title, ["Ana"])
        editing.edit_release(studio, finding.get_release(studio, f"R{number}"), {"release_on": day})
    return studio


def events(studio: Studio, path: Path) -> dict[str, vobject.base.Component]:
    agenda.export_calendar(studio, path, force=True)
    calendar = vobject.readOne(path.read_text("utf-8"))
    return {event.uid.value: event for event in calendar.vevent_list}


def test_releases_on_their_way_stand_in_the_order_they_come_out(studio: Studio) -> None:
    going = agenda.read_agenda(studio)
    assert [each.title for each in going] == ["Nachtzug, früh", "Night; Bus", "Later"]
    for each in going[:2]:
        assert each.next_task is not None and not each.next_task.task.optional
        assert each.readiness.total > 10


def test_a_release_that_has_been_out_for_long_is_on_its_way_no_more(studio: Studio) -> None:
    later = replace(studio, now=lambda: NOW + timedelta(days=140))
    assert [each.title for each in agenda.read_agenda(later)] == ["Night; Bus"]


def test_nobody_is_late_for_what_was_out_before_it_came_here(studio: Studio) -> None:
    number = editing.new_release(studio, "Old", ["Ana"])
    release = finding.get_release(studio, f"R{number}")
    editing.edit_release(studio, release, {"release_on": "2026-02-20"})
    assert "Old" not in [each.title for each in agenda.read_agenda(studio)]


def test_today_holds_what_is_late_or_due(studio: Studio) -> None:
    going = agenda.read_agenda(studio)
    found = list_today(going, studio.today)
    assert found and all(entry.on <= studio.today for entry in found)
    assert [entry.on for entry in found] == sorted(entry.on for entry in found)


def test_a_calendar_program_reads_every_task_and_release_day(
    studio: Studio, tmp_path: Path
) -> None:
    found = events(studio, tmp_path / "releases.ics")
    assert len(found) == len(list_entries(agenda.read_agenda(studio)))
    out = [event for event in found.values() if event.summary.value == "“Nachtzug, früh” is out"]
    assert [event.dtstart.value for event in out] == [date(2026, 4, 3)]
    assert out[0].dtend.value == date(2026, 4, 4)
    assert any(event.summary.value.endswith("— Night; Bus") for event in found.values())
    assert all(
        event.valarm.action.value == "DISPLAY"
        for event in found.values()
        if "✓" not in event.summary.value
    )


def test_an_event_keeps_its_name_when_its_day_moves(studio: Studio, tmp_path: Path) -> None:
    before = events(studio, tmp_path / "releases.ics")
    moved = replace(studio, now=lambda: NOW + timedelta(minutes=5))
    release = finding.get_release(studio, "R2")
    editing.edit_release(moved, release, {"release_on": "2026-04-10"})
    after = events(moved, tmp_path / "releases.ics")
    assert before.keys() == after.keys()
    (uid,) = [
        uid for uid, event in before.items() if "Nachtzug, früh” is out" in event.summary.value
    ]
    assert after[uid].dtstart.value - before[uid].dtstart.value == timedelta(days=7)
    assert int(after[uid].sequence.value) > int(before[uid].sequence.value)


def test_what_is_done_is_marked_and_rings_no_bell(studio: Studio, tmp_path: Path) -> None:
    checklist.attest(studio, finding.get_release(studio, "R1"), "splits")
    found = events(studio, tmp_path / "releases.ics").values()
    (done,) = [event for event in found if event.summary.value == "✓ Agree the splits — Night; Bus"]
    assert not hasattr(done, "valarm")


def test_a_file_that_is_there_is_not_overwritten_unasked(studio: Studio, tmp_path: Path) -> None:
    path = tmp_path / "releases.ics"
    path.write_text("mine")
    with pytest.raises(UserError, match="already"):
        agenda.export_calendar(studio, path)
    assert path.read_text() == "mine"


def test_a_release_goes_live_in_the_east_first(studio: Studio) -> None:
    live = agenda.read_live(studio, finding.get_release(studio, "R2"))
    assert live[0].territory.name == "Kiribati"
    assert live[0].at == datetime(2026, 4, 2, 10, tzinfo=UTC)  # 00:00 there, UTC+14
    assert live[-1].territory.name == "Hawaii"
    assert live[-1].at == datetime(2026, 4, 3, 10, tzinfo=UTC)
    assert agenda.read_live(studio, finding.get_release(studio, "R3")) == ()


OURS = """
label = "Tideline"
drop = ["copyright"]
[change.masters]
due = -90
[[task]]
key = "liner-notes"
title = "Write the liner notes"
due = -30
"""


def test_a_label_has_its_own_plan(studio: Studio) -> None:
    folder = studio.library.folder / checklist.OWN_CHECKLISTS
    folder.mkdir()
    (folder / "tideline.toml").write_text(OURS, encoding="utf-8")
    editing.edit_release(studio, finding.get_release(studio, "R1"), {"label": "TIDELINE"})
    ours, others = (
        {task.key: task for task in checklist.read_tasks(studio, finding.get_release(studio, ref))}
        for ref in ("R1", "R2")
    )
    assert "copyright" in others and "copyright" not in ours
    assert (ours["masters"].due_days, others["masters"].due_days) == (-90, -56)
    assert ours.keys() - others.keys() == {"liner-notes"}
    checklist.attest(studio, finding.get_release(studio, "R1"), "liner-notes", "in the folder")
    board = checklist.read_board(studio, finding.get_release(studio, "R1"))
    assert [s.state for s in board.tasks if s.key == "liner-notes"] == ["done"]


def test_a_plan_that_does_not_fit_is_named(studio: Studio) -> None:
    folder = studio.library.folder / checklist.OWN_CHECKLISTS
    folder.mkdir()
    (folder / "all.toml").write_text('[[task]]\nkey = "x"\ndue = 1\n', encoding="utf-8")
    with pytest.raises(UserError, match="title"):
        checklist.read_board(studio, finding.get_release(studio, "R1"))


def test_the_board_is_sorted_and_thinned(studio: Studio) -> None:
    going = agenda.read_agenda(studio)

    def titles(order: BoardOrder, *, falling: bool = False) -> list[str]:
        return [each.title for each in sort_going(going, order, falling=falling)]

    assert titles(BoardOrder.DAY) == ["Nachtzug, früh", "Night; Bus", "Later"]
    assert titles(BoardOrder.DAY, falling=True) == ["Night; Bus", "Nachtzug, früh", "Later"]
    assert titles(BoardOrder.TITLE) == ["Later", "Nachtzug, früh", "Night; Bus"]
    assert titles(BoardOrder.NEXT)[-1] == "Later"  # it has no day, so no task has one
    assert titles(BoardOrder.READY)[0] == min(going, key=lambda e: e.readiness.percent).title
    assert [each.title for each in narrow_going(going, "FRUH nacht")] == ["Nachtzug, früh"]
    assert narrow_going(going, "ana later nobody") == []


def test_territories_of_ones_own_are_told_apart(studio: Studio) -> None:
    own = studio.library.folder / "Territories.toml"
    own.write_text('[[territory]]\nname = "Home"\nzone = "Europe/Lisbon"\n', encoding="utf-8")
    (live,) = agenda.read_live(studio, finding.get_release(studio, "R2"))
    assert (live.territory.name, live.at) == ("Home", datetime(2026, 4, 2, 23, tzinfo=UTC))
    own.write_text('[[territory]]\nname = "Moon"\nzone = "Moon/Tranquility"\n', encoding="utf-8")
    with pytest.raises(UserError, match="Tranquility"):
        agenda.read_live(studio, finding.get_release(studio, "R2"))

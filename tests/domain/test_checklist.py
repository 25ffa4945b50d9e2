"""The checklist: planned back from release day, ticked by facts, never by hope."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest
from domain.preflight_cases import FRIDAY, TODAY, check, covered, single, track, with_track
from hypothesis import given
from hypothesis import strategies as st

from indieartist.domain.checklist import (
    How,
    Standing,
    Task,
    TaskState,
    build_checklist,
    parse_tasks,
    readiness,
)
from indieartist.domain.evidence import PREDICATES, ChecklistFacts, Proof
from indieartist.domain.publishing import Publication, State
from indieartist.domain.release import Release
from indieartist.domain.release_days import lead_days, suggest_release_day
from indieartist.errors import UserError

FOLDER = Path(__file__).parents[2] / "resources" / "checklists"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KINDS = ("single", "ep", "album")
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def read(name: str) -> dict:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def tasks(kind: str = "single") -> tuple[Task, ...]:
    return parse_tasks(read("release"), read(kind))


def states(release: Release, today: date = TODAY, **facts: object) -> dict[str, TaskState]:
    facts = {"preflight": check(release), "zone": UTC} | facts
    built = build_checklist(release, ChecklistFacts(**facts), tasks(), today=today)
    return {state.key: state for state in built}


def post(day: date, state: State = State.SENT, adapter: str = "mastodon") -> Publication:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    sent_at = at if state is State.SENT else None
    return Publication(1, 1, adapter, None, "", "Out now", at, state, sent_at=sent_at)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_plan_of_whole_tasks(kind):
    keys = [task.key for task in tasks(kind)]
    assert len(keys) == len(set(keys)) >= 35
    assert all(task.title and task.why for task in tasks(kind))
    assert all(task.evidence for task in tasks(kind) if task.how is How.AUTO)
    assert (
        min(t.due_days for t in tasks(kind)) <= -56 and max(t.due_days for t in tasks(kind)) >= 60
    )


def test_kinds_differ_where_their_files_say_so():
    keys = {kind: {task.key for task in tasks(kind)} for kind in KINDS}
    assert keys["ep"] - keys["single"] == {"sequence", "merch"}
    assert "lead-single" in keys["album"] - keys["ep"]
    assert next(t for t in tasks("album") if t.key == "merch").due_days == -90


def test_every_predicate_is_called_by_a_task():
    assert set(PREDICATES) == {task.evidence for task in tasks() if task.evidence}


@pytest.mark.parametrize(
    "difference",
    [
        {"drop": ["no-such"]},
        {"change": {"no-such": {"due": 1}}},
        {"change": {"backup": {"evidence": "no_such"}}},
        {"change": {"backup": {"how": "magic"}}},
    ],
)
def test_a_difference_that_does_not_fit_is_named(difference):
    with pytest.raises(UserError, match=r"no.such|magic"):
        parse_tasks(read("release"), difference)


@given(DAYS, st.integers(-400, 400))
def test_moving_the_date_moves_every_day_alike(day, by):
    one = states(single(release_on=day), preflight=None)
    other = states(single(release_on=day + timedelta(days=by)), preflight=None)
    for key, state in one.items():
        moved = (other[key].due_on - state.due_on).days - by
        free = not (state.task.desk or state.task.early)
        assert moved == 0 if free else abs(moved) <= 2 + 14 * state.task.early, key


@given(DAYS, st.integers(0, 120), st.sampled_from(KINDS))
def test_a_short_plan_is_squeezed_in_order_and_keeps_the_stores_last_days(day, lead, kind):
    facts = ChecklistFacts(planned_on=day - timedelta(days=lead))
    built = build_checklist(single(release_on=day), facts, tasks(kind), today=day)
    before = [state for state in built if state.task.due_days < 0]
    fixed = {s.key for s in built if s.task.desk or s.task.latest_days is not None}
    free = [state for state in before if state.key not in fixed]
    assert [s.due_on for s in built] == sorted(s.due_on for s in built)
    assert [s.task.due_days for s in free] == sorted(s.task.due_days for s in free)
    assert facts.planned_on <= free[0].due_on and free[-1].due_on <= day
    for state in before:
        if state.task.latest_days is not None:
            assert state.due_on <= day + timedelta(days=state.task.latest_days)
    after = [s for s in built if s.task.due_days >= 0 and s.key not in fixed]
    assert all(s.due_on == day + timedelta(days=s.task.due_days) for s in after)


def test_without_a_date_no_task_has_a_day_and_none_is_late():
    built = states(single(release_on=None))
    assert {state.due_on for state in built.values()} == {None}
    assert Standing.OVERDUE not in {state.state for state in built.values()}
    assert built["release-date"].evidence == "No date yet."


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (FRIDAY - timedelta(days=36), Standing.UPCOMING),
        (FRIDAY - timedelta(days=35), Standing.DUE),
        (FRIDAY - timedelta(days=28), Standing.DUE),
        (FRIDAY - timedelta(days=27), Standing.OVERDUE),
    ],
)
def test_a_task_is_upcoming_then_due_then_overdue(today, standing):
    assert states(single(), today)["pitch-spotify"].state is standing


BREAKS = {
    "masters": with_track(approved_mix_id=None),
    "artwork": covered(width_px=2000, height_px=2000),
    "credits": with_track(credits=()),
    "identifiers": with_track(isrc=""),
    "lyrics": single(tracks=(track(lyrics="Riding home"), track(2, "Day Train"))),
    "ai": single(ai_disclosure=""),
    "declarations": single(label=""),
    "preflight": single(p_line=""),
    "release-date": single(release_on=None),
}


@pytest.mark.parametrize("key", BREAKS)
def test_a_tick_stands_while_its_evidence_does_and_falls_with_it(key):
    whole = with_track(lyrics="Riding home")
    assert states(whole)[key].state is Standing.DONE
    broken = states(BREAKS[key])[key]
    assert broken.state is not Standing.DONE and broken.evidence


@pytest.mark.parametrize("key", ["artwork", "preflight"])
def test_what_was_not_checked_is_not_done(key):
    assert states(single(), preflight=None)[key].evidence == "Not checked yet."


def test_a_wrong_code_is_no_assigned_code():
    assert states(single(gtin="123456789012"))["identifiers"].state is not Standing.DONE
    assert "No UPC" in states(single(gtin=""))["identifiers"].evidence


def test_an_instrumental_has_no_lyrics_to_enter():
    assert states(with_track(language="zxx"))["lyrics"].state is Standing.NOT_APPLICABLE


def test_the_person_ticks_what_no_fact_can_show_and_nothing_else():
    ticked = dict.fromkeys(("splits", "accepted", "masters"), NOON)
    built = states(with_track(approved_mix_id=None), attestations=ticked)
    assert built["splits"].state is built["accepted"].state is Standing.DONE
    assert built["splits"].attested_at == NOON and "2026-03-01" in built["splits"].evidence
    assert built["masters"].state is not Standing.DONE
    assert not built["masters"].can_attest and built["splits"].can_attest


def test_a_skipped_task_counts_for_nothing():
    before = readiness(states(single()).values())
    after = readiness(states(single(), skipped=frozenset({"press"})).values())
    assert (after.done, after.total) == (before.done, before.total - 1)


def test_a_delivery_counts_until_the_release_changes():
    sent = post(date(2026, 3, 20), adapter="folder")
    facts = {"deliveries": (sent,)}
    assert states(single(), **facts)["last-change"].state is Standing.DONE
    later = sent.sent_at + timedelta(hours=1)
    changed = states(single(), changed_at=later, **facts)
    assert changed["last-change"].state is not Standing.DONE
    assert changed["delivery"].state is Standing.DONE
    planned = replace(sent, state=State.PLANNED, sent_at=None)
    assert states(single(), deliveries=(planned,))["delivery"].state is not Standing.DONE
    site = replace(sent, adapter="site")
    assert states(single(), deliveries=(site,))["direct"].state is Standing.DONE
    assert states(single(), **facts)["direct"].state is not Standing.DONE


def test_posts_tick_the_tasks_of_their_days():
    week = timedelta(days=7)
    teasers = tuple(post(FRIDAY - n * week, State.PLANNED) for n in (1, 2, 3))
    built = states(
        single(), posts=(*teasers, post(FRIDAY - 4 * week), post(FRIDAY), post(FRIDAY + week))
    )
    for key in ("announce", "teasers", "posts", "launch", "follow-up"):
        assert built[key].state is Standing.DONE, key
    two = states(single(), posts=teasers[:2])
    assert two["teasers"].evidence == "2 of 3 scheduled."
    assert two["announce"].evidence == "2 scheduled."
    assert two["launch"].evidence == "Not posted yet."
    stuck = states(single(), posts=(*teasers, post(FRIDAY, State.REJECTED)))
    assert stuck["posts"].evidence.startswith("1 stuck")


def test_a_post_at_midnight_belongs_to_the_day_it_is_there():
    midnight = datetime(2026, 5, 7, 22, tzinfo=UTC)  # 8 May, 00:00 in Berlin
    launch = replace(post(FRIDAY), due_at=midnight, sent_at=midnight)
    berlin = timezone(timedelta(hours=2))
    assert states(single(), posts=(launch,), zone=berlin)["launch"].state is Standing.DONE
    assert states(single(), posts=(launch,), zone=UTC)["launch"].state is not Standing.DONE


def test_a_backup_grows_old():
    assert states(single(), backup_at=NOON)["backup"].state is Standing.DONE
    later = TODAY + timedelta(days=40)
    assert states(single(), later, backup_at=NOON)["backup"].state is not Standing.DONE


def test_readiness_counts_what_is_due_before_release_day():
    built = states(single())
    ready = readiness(built.values())
    counted = [task for task in tasks() if task.due_days < 0 and not task.optional]
    assert 0 < ready.done < ready.total == len(counted)
    assert len(ready.reasons) == ready.total - ready.done
    assert any(reason.startswith("Agree the splits: ") for reason in ready.reasons)
    everything = states(single(), attestations=dict.fromkeys(built, NOON))
    assert readiness(everything.values()).done > ready.done
    assert readiness(()).percent == 0


@given(DAYS)
def test_the_suggested_day_is_the_first_friday_with_the_lead_time(today):
    day = suggest_release_day(today)
    assert day.weekday() == 4 and (day - today).days >= lead_days(day)
    for earlier in range(28, (day - today).days):
        friday = today + timedelta(days=earlier)
        assert friday.weekday() != 4 or earlier < lead_days(friday)


def test_the_end_of_the_year_wants_two_weeks_more():
    assert suggest_release_day(date(2026, 3, 2)) == date(2026, 4, 3)
    assert suggest_release_day(date(2026, 10, 5)) == date(2026, 11, 20)


@given(DAYS, st.integers(0, 200))
def test_what_needs_somebody_at_work_never_falls_on_a_weekend(day, lead):
    facts = ChecklistFacts(planned_on=day - timedelta(days=lead))
    for state in build_checklist(single(release_on=day), facts, tasks(), today=day):
        if state.task.desk:
            assert state.due_on.weekday() < 5, state.key


@given(DAYS)
def test_a_release_at_the_end_of_the_year_is_delivered_two_weeks_earlier(day):
    built = build_checklist(single(release_on=day), ChecklistFacts(), tasks(), today=day)
    (delivery,) = [state for state in built if state.key == "delivery"]
    usual = 49 if day.month in (11, 12) else 35
    assert usual <= (day - delivery.due_on).days <= usual + 2


@given(DAYS, st.none() | st.integers(0, 200), st.sampled_from(KINDS))
def test_what_is_due_before_release_day_is_never_due_after_it(day, lead, kind):
    """Squeezed, moved off a weekend or brought forward: each task keeps to its side of the day."""
    planned = None if lead is None else day - timedelta(days=lead)
    facts = ChecklistFacts(planned_on=planned)
    for state in build_checklist(single(release_on=day), facts, tasks(kind), today=day):
        if state.task.due_days < 0:
            assert state.due_on <= day, state.key
        else:
            assert state.due_on >= day, state.key
        if state.task.due_days < 0 and lead is None:
            freeze = 14 if state.task.early and day.month in (11, 12) else 0
            early = (day - state.due_on).days + state.task.due_days - freeze
            assert 0 <= early <= (2 if state.task.desk else 0), state.key


@given(DAYS, st.integers(1, 200), st.sampled_from(KINDS))
def test_a_tick_holds_only_while_its_proof_is_whole(day, ago, kind):
    ticked = datetime.combine(day, datetime.min.time(), UTC) - timedelta(days=ago)
    attested = {task.key: ticked for task in tasks(kind)}
    broken = {task.key: Proof("signed", fault="The proof is missing.") for task in tasks(kind)}
    for proofs in ({}, broken):
        facts = ChecklistFacts(attestations=attested, proofs=proofs)
        for state in build_checklist(single(release_on=day), facts, tasks(kind), today=day):
            if state.task.how is How.ATTESTED and not state.task.evidence:
                assert (state.state is Standing.DONE) == (not proofs), state.key
                assert ("missing" in state.evidence) == bool(proofs)

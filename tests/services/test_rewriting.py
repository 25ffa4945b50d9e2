"""Editing many at once: what is shown is what happens, as one act, and undo restores every row."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from indieartist.domain import pasting
from indieartist.domain.rewriting import CASES, SEVERAL, Search
from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.services import acts, editing, finding, numbers, rewriting
from indieartist.services.studio import Studio, open_studio

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TITLES = (
    "night bus ft. Ana",
    "LOW WATER",
    "el sol de la tarde",
    "Un Homme Et Une Femme",
    "03. Ebb",
)


def fill(folder: Path) -> Studio:
    made = open_studio(folder, now=lambda: NOW)
    editing.new_release(made, "Low Water", ["Mara Vale"])
    editing.new_release(made, "Undertow", ["Ólafur"])
    with made.library.act("Tracks") as act:
        for place, title in enumerate(TITLES, 1):
            number = act.insert(t.track, release_id=1, position=place, title=title)
            for at, role in enumerate(("performer", "composer"), 1):
                act.insert(
                    t.credit,
                    track_id=number,
                    position=at,
                    name="Tom Reyes",
                    role=role,
                    instrument="cello" if role == "performer" else "",
                )
    return made


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    fill(folder).library.close()
    return folder


@pytest.fixture
def studio(filled: Path, library_dir: Path) -> Studio:
    return open_studio(shutil.copytree(filled, library_dir, dirs_exist_ok=True), now=lambda: NOW)


ALL = [1, 2, 3, 4, 5]


def titles(studio: Studio) -> list[str]:
    return [row.name for row in rewriting.read_rows(studio, "track", ALL)]


def everything(studio: Studio) -> dict[str, Any]:
    with studio.library.read() as connection:
        return {
            table.name: connection.execute(select(table).order_by(table.c.id)).all()
            for table in (t.release, t.track, t.credit)
        }


def test_several_values_are_named_and_one_is_shown(studio: Studio) -> None:
    shared = rewriting.shared_values(rewriting.read_rows(studio, "track", ALL))
    assert shared["title"] == SEVERAL
    assert shared["composer"] == "Tom Reyes"
    assert shared["genre"] == ""
    assert set(shared) == set(rewriting.fields_of("track"))


def test_fields_and_people_are_set_for_all_and_undone_as_one(studio: Studio) -> None:
    before = everything(studio)
    rows = rewriting.read_rows(studio, "track", ALL)
    values = {
        "genre": " Indie ",
        "performer": "Tom Reyes; Ana; Ana",
        "title": "Part {n:02} of {release}",
    }
    plan = rewriting.plan_values(rows, values)
    assert plan.problems == ()
    assert everything(studio) == before
    assert rewriting.carry_out(studio, plan) == 15
    track = finding.get_track(studio, "T2")
    assert (track.title, track.genre) == ("Part 02 of Low Water", "Indie")
    assert [(c.name, c.instrument) for c in track.credits if c.role == "performer"] == [
        ("Tom Reyes", "cello"),
        ("Ana", ""),
    ]
    assert [c.role for c in track.credits] == ["composer", "performer", "performer"]
    assert acts.undo(studio).label == "Edit 3 fields of 5 tracks"
    assert everything(studio) == before


def test_wrong_values_are_said_for_each_row(studio: Studio) -> None:
    rows = rewriting.read_rows(studio, "track", ALL)
    plan = rewriting.plan_values(rows, {"explicit": "very", "isrc": "GBAYE2600001"})
    assert len(plan.problems) == 6
    assert "stand on 5" in plan.problems[-1]
    assert "is not an advisory" in plan.problems[0]
    with pytest.raises(UserError, match="no field"):
        rewriting.plan_values(rows, {"gtin": ""})
    assert "empty" in rewriting.plan_values(rows, {"title": " "}).problems[0]
    assert "{colour}" in rewriting.plan_values(rows, {"title": "{colour}"}).problems[0]


def test_a_plan_is_not_carried_out_over_what_changed_meanwhile(studio: Studio) -> None:
    rows = rewriting.read_rows(studio, "track", ALL)
    plan = rewriting.plan_values(rows, {"title": "Ebb {n}"})
    editing.edit_track(studio, finding.get_track(studio, "T4"), {"title": "Other"})
    before = everything(studio)
    with pytest.raises(UserError, match="changed meanwhile"):
        rewriting.carry_out(studio, plan)
    assert everything(studio) == before


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (Search("ft.", "feat."), {1: "night bus feat. Ana"}),
        (Search("low", "High"), {2: "High WATER"}),
        (Search("low", "High", match_case=True), {}),
        (Search("un", "Une", whole_words=True), {4: "Une Homme Et Une Femme"}),
        (Search(r"^(\d+)\. (.*)", r"\2 (\1)", pattern=True), {5: "Ebb (03)"}),
        (Search("bus", r"\1"), {1: r"night \1 ft. Ana"}),
    ],
)
def test_found_and_replaced(studio: Studio, search: Search, found: dict[int, str]) -> None:
    rows = rewriting.read_rows(studio, "track", ALL)
    plan = rewriting.plan_replacing(rows, ["title", "composer"], search)
    assert {r.row_id: r.after for r in plan.rewrites} == found


@pytest.mark.parametrize(
    "search", [Search("", "x"), Search("(", "x", True), Search("(a)", r"\2", True)]
)
def test_a_search_that_is_none_is_said(studio: Studio, search: Search) -> None:
    rows = rewriting.read_rows(studio, "track", ALL)
    with pytest.raises(UserError):
        rewriting.plan_replacing(rows, ["title"], search)


@pytest.mark.parametrize(
    ("case", "found"),
    [
        ("en", {1: "Night Bus Ft. Ana", 2: "Low Water"}),
        ("es", {3: "El Sol de la Tarde"}),
        ("pt", {3: "El Sol de La Tarde"}),
        ("fr", {4: "Un homme et une femme", 2: "Low water"}),
        ("upper", {3: "EL SOL DE LA TARDE"}),
    ],
)
def test_titles_get_the_letters_of_a_language(
    studio: Studio, case: str, found: dict[int, str]
) -> None:
    rows = rewriting.read_rows(studio, "track", ALL)
    after = {r.row_id: r.after for r in rewriting.plan_case(studio, rows, ["title"], case).rewrites}
    assert found.items() <= after.items()


def test_numbers_come_off_titles(studio: Studio) -> None:
    (rewrite,) = rewriting.plan_numbers_off(rewriting.read_rows(studio, "track", ALL)).rewrites
    assert rewrite.after == "Ebb"


FIELDS = st.sampled_from(
    ["title", "genre", "language", "composer", "performer", "artist", "lyrics"]
)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
EDITS = st.one_of(
    st.tuples(st.just("set"), FIELDS, TEXT),
    st.tuples(st.just("replace"), FIELDS, st.sampled_from("aeot ")),
    st.tuples(st.just("case"), st.just("title"), st.sampled_from(list(CASES))),
)


@settings(max_examples=12)
@given(edits=st.lists(EDITS, min_size=1, max_size=4), ids=st.sets(st.sampled_from(ALL), min_size=1))
def test_undo_of_bulk_acts_restores_every_row(
    edits: list[tuple[str, str, str]],
    ids: set[int],
    filled: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("many")
    studio = open_studio(shutil.copytree(filled, folder, dirs_exist_ok=True), now=lambda: NOW)
    states = [everything(studio)]
    for kind, field, value in edits:
        rows = rewriting.read_rows(studio, "track", sorted(ids))
        if kind == "set":
            plan = rewriting.plan_values(rows, {field: value.replace("{", "")})
        elif kind == "case":
            plan = rewriting.plan_case(studio, rows, [field], value)
        else:
            plan = rewriting.plan_replacing(rows, [field], Search(value, "x"))
        if plan.rewrites:
            rewriting.carry_out(studio, plan)
            states.append(everything(studio))
            now = rewriting.read_rows(studio, "track", sorted(ids))
            held = {(row.id, f): row.values[f] for row in now for f in row.values}
            assert all(held[r.row_id, r.field] == r.after for r in plan.rewrites)
    for state in reversed(states[:-1]):
        acts.undo(studio)
        assert everything(studio) == state
    studio.library.close()


LIST = """ISRC
GB-AYE-26-00001

GBAYE2600003
GBAYE26000O4
GBAYE2600001
GBAYE2600009
"""


def test_a_pasted_list_lies_beside_the_tracks_with_its_faults(studio: Studio) -> None:
    editing.edit_track(studio, finding.get_track(studio, "T3"), {"isrc": "GBAYE2600033"})
    aligned = numbers.align_isrcs(studio, ALL, LIST)
    assert [(row.track_id, row.status) for row in aligned] == [
        (1, "twice"),
        (2, "gap"),
        (3, "replaces"),
        (4, "wrong"),
        (5, "twice"),
        (None, "left over"),
    ]
    assert "GB-AYE-26-00004" in aligned[3].note
    plan = numbers.isrc_plan(aligned)
    assert [(r.row_id, r.after) for r in plan.rewrites] == [(3, "GBAYE2600003")]
    assert numbers.isrc_plan(aligned, skip=[3]).rewrites == ()


def test_a_list_with_titles_finds_them_in_any_order(studio: Studio) -> None:
    text = "Titel;Code\n2. Low Water;GBAYE2600002\nNight Bus ft. ana;GBAYE2600001\n"
    text += "El sol de la tarde;-"
    aligned = numbers.align_isrcs(studio, [1, 2, 3], text)
    assert [row.isrc for row in aligned] == ["GBAYE2600001", "GBAYE2600002", ""]
    assert [row.status for row in aligned] == ["new", "new", "gap"]
    rewriting.carry_out(studio, numbers.isrc_plan(aligned))
    assert [row.status for row in numbers.align_isrcs(studio, [1, 2], text)] == ["same", "same"]
    other = numbers.align_isrcs(studio, [4], "GBAYE2600001")
    assert (other[0].status, other[0].note) == ("elsewhere", "It stands on T1 “night bus ft. Ana”.")


@given(
    st.lists(
        st.integers(0, 99_999) | st.none(),
        min_size=1,
        max_size=9,
        unique_by=lambda n: n or object(),
    )
)
def test_a_plain_list_aligns_line_by_line(codes: list[int | None]) -> None:
    isrcs = [None if n is None else f"GBAYE26{n:05}" for n in codes]
    text = "\n".join(isrc or "-" for isrc in isrcs)
    targets = [pasting.Target(n, f"Song {n}", "") for n in range(len(isrcs))]
    found = pasting.align(pasting.read_list(text), targets)
    leading = next((i for i, isrc in enumerate(isrcs) if isrc), len(isrcs))
    if leading == 0:
        assert [row.isrc or None for row in found] == isrcs

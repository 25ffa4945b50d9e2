"""The checklist on paper, read by a PDF library that nobody here wrote."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest
from domain.preflight_cases import TODAY, single
from domain.test_checklist import tasks
from hypothesis import given, settings
from hypothesis import strategies as st

from indieartist.domain.checklist import Standing, build_checklist, readiness
from indieartist.domain.evidence import ChecklistFacts
from indieartist.visuals.sheet import write_sheet


def sheet(title: str, artist: str = "Ana", kind: str = "single") -> pypdf.PdfReader:
    states = build_checklist(single(title), ChecklistFacts(), tasks(kind), today=TODAY)
    content = write_sheet(title, artist, date(2026, 5, 8), states, readiness(states))
    return pypdf.PdfReader(io.BytesIO(content))


def words(made: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in made.pages).split())


def test_every_task_that_applies_is_on_paper() -> None:
    made = sheet("Night Bus")
    states = build_checklist(single("Night Bus"), ChecklistFacts(), tasks(), today=TODAY)
    said = words(made)
    for state in states:
        assert (state.title in said) == (state.state is not Standing.NOT_APPLICABLE), state.title
    assert "Friday 8 May 2026" in said
    assert made.metadata is not None and made.metadata.title == "Night Bus"
    assert made.pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)  # A4


def test_a_long_checklist_runs_over_pages_of_whole_tasks() -> None:
    made = sheet("Late Lines", kind="album")
    assert len(made.pages) > 1
    assert all(page.extract_text().strip() for page in made.pages)


@settings(max_examples=10)
@given(st.text(min_size=1, max_size=200), st.text(max_size=60))
def test_any_title_can_be_printed(title: str, artist: str) -> None:
    assert len(sheet(title, artist).pages) >= 1

"""The whole catalogue is checked, and only what changed is checked again."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indieartist.services import editing, finding
from indieartist.services.catalogue_audit import audit_catalogue
from indieartist.services.catalogue_check import CheckedRelease, check_catalogue
from indieartist.services.checking import check_release
from indieartist.services.studio import Studio, open_studio

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    """A library with three releases of three artists, on a day that stands still."""
    studio = open_studio(library_dir, now=lambda: NOW)
    for title, artist in (("Night Bus", "Ana"), ("Day Train", "Bo"), ("Late Boat", "Cy")):
        editing.new_release(studio, title, [artist])
    return studio


def fresh(found: list[CheckedRelease]) -> list[str]:
    return [each.release.title for each in found if each.fresh]


def test_a_verdict_is_what_the_check_of_the_release_says(studio: Studio) -> None:
    for each in check_catalogue(studio):
        found = check_release(studio, finding.get_release(studio, f"R{each.release.id}"))
        assert each.verdict.errors == len(found.errors)
        assert each.verdict.warnings == len(found.warnings)
        assert each.verdict.ready == found.ready


def test_only_what_changed_is_checked_again(studio: Studio) -> None:
    assert len(fresh(check_catalogue(studio))) == 3
    assert fresh(check_catalogue(studio)) == []
    editing.edit_release(studio, finding.get_release(studio, "R2"), {"genre": "Pop"})
    changed = check_catalogue(studio)
    assert fresh(changed) == ["Day Train"]
    assert fresh(check_catalogue(studio)) == []


def test_another_destination_and_another_day_are_other_questions(studio: Studio) -> None:
    check_catalogue(studio)
    assert len(fresh(check_catalogue(studio, ["spotify"]))) == 3
    assert fresh(check_catalogue(studio)) == []
    tomorrow = replace(studio, now=lambda: NOW + timedelta(days=1))
    assert len(fresh(check_catalogue(tomorrow))) == 3


def test_a_name_elsewhere_is_part_of_the_question(studio: Studio) -> None:
    check_catalogue(studio)
    editing.new_release(studio, "Fast Bike", ["Jón Birgisson"])
    assert "Night Bus" in fresh(check_catalogue(studio))


def test_another_process_finds_the_same_verdicts(studio: Studio, library_dir: Path) -> None:
    studio = replace(studio, now=lambda: datetime.now(UTC))
    check_catalogue(studio)
    command = [sys.executable, "-m", "indieartist", "--library", str(library_dir), "check", "--all"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 5
    assert "0 of 3 ready; 0 checked anew" in said.stdout


def test_an_audit_names_each_rule_and_every_release_that_breaks_it(studio: Studio) -> None:
    troubles = {trouble.rule_id: trouble for trouble in audit_catalogue(studio)}
    ids = [line.id for line in finding.list_releases(studio)]
    assert sorted(place.release_id for place in troubles["GN-01"].places) == sorted(ids)
    assert troubles["GN-01"].track_ids == ()
    severities = [trouble.severity for trouble in audit_catalogue(studio)]
    assert severities == sorted(severities, reverse=True)
    release = finding.get_release(studio, f"R{ids[0]}")
    editing.edit_release(studio, release, {"genre": "Electronic"})
    again = {trouble.rule_id: trouble for trouble in audit_catalogue(studio)}
    assert ids[0] not in [place.release_id for place in again["GN-01"].places]

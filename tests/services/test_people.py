"""The codes of people: kept once for a name, checked, nobody else's, and taken back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from indieartist.domain.release import Credit
from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.services import acts, editing, finding, leaving, people
from indieartist.services.studio import Studio, open_studio

IPI, ISNI = "00014107338", "000000012281955X"


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    made = open_studio(library_dir)
    editing.new_release(made, "Low Water", ["Mara Vale"])
    with made.library.act("Track") as act:
        act.insert(t.track, release_id=1, position=1, title="Ebb")
    track = finding.get_track(made, "T1")
    editing.set_track_credits(made, track, [Credit("Mara Vale", "composer")])
    return made


def test_codes_hold_wherever_the_name_is_credited(studio: Studio) -> None:
    people.set_codes(studio, " Mara  Vale ", {"ipi": "014107338", "isni": "0000 0001 2281 955X"})
    release = finding.get_release(studio, "R1")
    for credit in (*release.credits, *release.tracks[0].credits):
        assert (credit.ipi, credit.isni) == (IPI, ISNI)
    assert people.list_people(studio) == [
        people.Person("Mara Vale", IPI, ISNI, 2, ("artist", "composer"))
    ]
    editing.set_artists(studio, release, ["Mara Vale", "Bo"])
    assert [c.ipi for c in finding.get_release(studio, "R1").credits] == [IPI, ""]


def test_codes_are_undone_done_again_and_taken_away(studio: Studio) -> None:
    people.set_codes(studio, "Mara Vale", {"ipi": IPI})
    people.set_codes(studio, "Mara Vale", {"ipi": ""})
    assert people.find_codes(studio, "Mara Vale").ipi == ""
    acts.undo(studio)
    assert people.find_codes(studio, "Mara Vale").ipi == IPI
    acts.undo(studio)
    assert people.find_codes(studio, "Mara Vale") == people.Person("Mara Vale")
    assert acts.redo(studio).label == "IPI of Mara Vale"
    assert people.find_codes(studio, "Mara Vale").ipi == IPI


def test_what_is_no_code_or_anothers_is_refused(studio: Studio) -> None:
    with pytest.raises(UserError, match="is not an IPI"):
        people.set_codes(studio, "Mara Vale", {"ipi": "00014107339"})
    with pytest.raises(UserError, match="People have no"):
        people.set_codes(studio, "Mara Vale", {"isrc": "GBAYE2600001"})
    with pytest.raises(UserError, match="Nobody is named"):
        people.set_codes(studio, " ", {"ipi": IPI})
    people.set_codes(studio, "Mara Vale", {"isni": ISNI, "ipi": "I-001068130-6"})
    with pytest.raises(UserError, match="is that of Mara Vale"):
        people.set_codes(studio, "Mara Wale", {"isni": ISNI})
    people.set_codes(studio, "M. V.", {"ipi": "I-001068130-6"})  # a base number: all her names
    with pytest.raises(UserError, match="Nobody is called"):
        people.get_person(studio, "Cy")
    assert people.get_person(studio, "mara vale").name == "Mara Vale"


def test_an_iswc_is_kept_bare_and_refused_with_a_wrong_digit(studio: Studio) -> None:
    track = finding.get_track(studio, "T1")
    editing.edit_track(studio, track, {"iswc": "t-034.524.680-1"})
    assert finding.get_track(studio, "T1").iswc == "T0345246801"
    with pytest.raises(UserError, match="is not an ISWC"):
        editing.edit_track(studio, track, {"iswc": "T-034.524.680-2"})
    editing.edit_track(studio, finding.get_track(studio, "T1"), {"iswc": ""})
    acts.undo(studio)
    assert finding.get_track(studio, "T1").iswc == "T0345246801"


def test_the_exit_archive_has_all_codes(studio: Studio, tmp_path: Path) -> None:
    editing.edit_track(studio, finding.get_track(studio, "T1"), {"iswc": "T0345246801"})
    people.set_codes(studio, "Mara Vale", {"ipi": IPI, "isni": ISNI})
    leaving.export_all(studio, tmp_path / "out")
    facts = json.loads(next(tmp_path.rglob("release.json")).read_text())
    assert facts["credits"][0]["ipi"] == IPI
    with (tmp_path / "out" / "tracks.csv").open(encoding="utf-8-sig") as file:
        assert next(csv.DictReader(file))["iswc"] == "T0345246801"
    with (tmp_path / "out" / "Tables" / "person.csv").open(encoding="utf-8-sig") as file:
        assert next(csv.DictReader(file))["isni"] == ISNI

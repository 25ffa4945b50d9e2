"""A person's own destinations, beside ours and over them; the pages that are made of the rules."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from domain.preflight_cases import RULES, TODAY, covered, single

from indieartist.domain.preflight import RuleBook, merge_own, parse_rulebook, run_preflight
from indieartist.errors import UserError

ROOT = Path(__file__).parents[2]


def book(own: str) -> RuleBook:
    names = ("rules", "sources", "destinations", "words")
    tables: dict[str, Any] = {n: tomllib.loads((RULES / f"{n}.toml").read_text()) for n in names}
    tables["destinations"] = merge_own(tables["destinations"], tomllib.loads(own))
    return parse_rulebook(*(tables[name] for name in names))


OURS = """
[ours]
title = "Our distributor"
like = "distrokid"
[ours.rules.AW-01]
options = { min_px = 4000 }
"""


def test_a_destination_like_another_asks_the_same_and_its_own() -> None:
    made = book(OURS)
    ours, theirs = made.get_destination("ours"), made.get_destination("distrokid")
    assert ours.title == "Our distributor"
    changed = {key for key in theirs.settings if ours.settings[key] != theirs.settings[key]}
    assert changed == {"AW-01"}
    found = run_preflight(single(), made, ["ours"], today=TODAY).of(["AW-01"])
    assert [f.message for f in found] == ["The cover is smaller than 4000 pixels."]
    assert not run_preflight(single(), made, ["distrokid"], today=TODAY).of(["AW-01"])


def test_a_rule_of_ours_can_be_left_out_or_weighed_otherwise() -> None:
    made = book('[spotify.rules.AW-02]\nseverity = "info"\n[spotify.rules.DT-02]\nseverity = "off"')
    spotify = made.get_destination("spotify")
    assert "DT-02" not in spotify.settings
    (found,) = run_preflight(covered(mode="CMYK"), made, ["spotify"], today=TODAY).findings
    assert found.severity.label == "info"


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ('[new]\nlike = "nowhere"', "nowhere"),
        ('[new]\ngroup = "store"', "no title"),
        ('[new]\ntitle = "New"', "no group"),
        ('[spotify.rules.XX-99]\nseverity = "off"', "XX-99"),
        ('[spotify.rules.AW-02]\nseverity = "awful"', "awful"),
    ],
)
def test_what_does_not_fit_is_named(own: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        book(own)


def test_the_pages_of_the_rules_are_those_of_the_data() -> None:
    command = [sys.executable, "scripts/rules_pages.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run scripts/rules_pages.py: {done.stdout}"

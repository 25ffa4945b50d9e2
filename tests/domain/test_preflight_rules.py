"""Each rule against the golden corpus: what it sees, what it lets pass, what its fix mends."""

from __future__ import annotations

import pytest
from domain.preflight_cases import book, check, mended, single
from domain.preflight_golden import GOLDEN, Golden

IMPLEMENTED = {rule.id for rule in book().rules if rule.check}


def label(golden: Golden) -> str:
    return f"{golden.rule} at {golden.at}"


@pytest.mark.parametrize("golden", GOLDEN, ids=label)
def test_the_rule_sees_what_is_wrong(golden):
    for number, release in enumerate(golden.wrong, 1):
        assert golden.find(release), f"{golden.rule} misses wrong release {number}"


@pytest.mark.parametrize("golden", GOLDEN, ids=label)
def test_the_rule_lets_near_misses_pass(golden):
    for release in golden.right:
        found = golden.find(release)
        assert not found, f"{golden.rule}: {found[0].message}"


@pytest.mark.parametrize("golden", GOLDEN, ids=label)
def test_a_fix_mends_what_it_was_offered_for(golden):
    for release in golden.wrong:
        for finding in golden.find(release):
            if finding.fix:
                again = golden.find(mended(release, finding.fix))
                assert finding not in again, f"{finding.fix.label} leaves: {finding.message}"


def test_every_rule_that_checks_is_in_the_corpus():
    rows = {rule: [g for g in GOLDEN if g.rule == rule] for rule in IMPLEMENTED}
    assert all(any(g.wrong for g in rows[rule]) for rule in IMPLEMENTED)
    assert all(sum(len(g.right) for g in rows[rule]) >= 2 for rule in IMPLEMENTED)
    assert {g.rule for g in GOLDEN} == IMPLEMENTED


def test_a_clean_single_has_nothing_to_say_anywhere_that_takes_24_bits():
    everywhere = [key for key in book().destinations if key != "symphonic"]
    assert check(single(), *everywhere).findings == ()

"""Preflight as a whole: the data, the destinations, the result, and input of any kind."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date

import pytest
from domain.preflight_cases import (
    CREW,
    RULES,
    TODAY,
    book,
    check,
    covered,
    crediting,
    mended,
    mix,
    single,
    sounding,
    track,
    with_track,
)
from domain.preflight_golden import immersive
from hypothesis import given
from hypothesis import strategies as st

from indieartist.domain.preflight import Carried, Known, Severity, parse_rulebook, run_preflight
from indieartist.domain.release import Credit, Release
from indieartist.errors import UserError

TEXT = st.text(max_size=60)
WORDS = (
    "night Bus THE of feat. ft. w/ Ana deadmau5 ( [ ) ] - / & x , : "
    "Part 2 Vol. Live (Live) (Remix) 🔥 New .wav"
)
PIECES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=8).map(" ".join)


def files() -> list[dict]:
    names = ("rules", "sources", "destinations", "words")
    return [tomllib.loads((RULES / f"{name}.toml").read_text("utf-8")) for name in names]


def test_every_rule_has_a_source_a_date_and_either_a_check_or_what_it_needs():
    rules = book().rules
    assert len(rules) == 57
    for rule in rules:
        assert rule.sources and all(source.title and source.url for source in rule.sources), rule.id
        assert rule.checked_on == date(2026, 11, 22), rule.id
        assert rule.why and rule.title and (rule.check or rule.needs), rule.id


def test_every_rule_applies_somewhere_and_every_group_is_known():
    groups = {destination.group for destination in book().destinations.values()}
    assert groups == {"store", "distributor", "direct"}
    for rule in book().rules:
        assert rule.applies <= groups | set(book().destinations), rule.id
        assert any(rule.id in d.settings for d in book().destinations.values()), rule.id


def test_every_check_in_the_code_is_called_by_a_rule():
    from indieartist.domain.preflight.checks import CHECKS

    assert set(CHECKS) == {rule.check for rule in book().rules if rule.check}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"check": "no_such"}, "check.*no_such"),
        ({"severity": "fatal"}, "severity.*fatal"),
        ({"sources": ["Z9"]}, "source.*Z9"),
        ({"id": "ID-01"}, "two rules of one id"),
    ],
)
def test_a_rule_that_does_not_fit_is_named(change, part):
    rules, *rest = files()
    rules["rule"][0] |= change
    with pytest.raises(UserError, match=part):
        parse_rulebook(rules, *rest)


def test_a_destination_that_changes_an_unknown_rule_is_named():
    rules, sources, destinations, words = files()
    destinations["spotify"]["rules"]["XX-01"] = {"severity": "off"}
    with pytest.raises(UserError, match=r"rule.*XX-01.*spotify"):
        parse_rulebook(rules, sources, destinations, words)


def test_an_unknown_destination_or_rule_is_refused_by_name():
    with pytest.raises(UserError, match="napster") as caught:
        check(single(), "napster")
    assert "spotify" in caught.value.hint
    with pytest.raises(UserError, match="ZZ-99"):
        book().get_rule("ZZ-99")
    assert book().get_rule("TI-05").check == "featuring_form"


def test_one_problem_at_several_destinations_is_one_finding_with_each_severity():
    release = crediting(Credit("Bo", "featured"))
    release = replace(release, tracks=(replace(release.tracks[0], title="Night Bus (feat. Bo)"),))
    findings = check(release, "bandlab", "labelgrid", "spotify").of(["TI-06"])
    assert len(findings) == 1
    assert findings[0].severities == {"bandlab": Severity.ERROR, "labelgrid": Severity.WARNING}
    assert findings[0].severity is Severity.ERROR
    assert {source.key for source in findings[0].sources} == {"B1", "LG"}
    assert len(findings[0].notes) == 2


def test_errors_are_counted_by_destination_and_decide_readiness():
    result = check(single(), "symphonic", "catapult")
    assert (result.errors_at("symphonic"), result.errors_at("catapult")) == (1, 0)
    assert not result.ready
    assert check(single(), "catapult").ready
    assert check(single(), "any", "any").destinations == ("any",)


def test_findings_come_worst_first_and_the_release_before_its_tracks():
    findings = check(single("night bus", p_line="", genre="", gtin="")).findings
    order = [(-f.severity, f.track_id or 0) for f in findings]
    assert order == sorted(order)
    assert {f.severity for f in findings} == set(Severity)


def test_a_destination_can_leave_a_rule_out_or_bring_one_in():
    bare = replace(single(), links=())
    assert check(bare, "spotify").of(["ID-06"])
    assert not check(bare, "deezer", "site", "folder").of(["ID-06"])
    assert check(covered(width_px=900, height_px=900), "folder").of(["AW-01"])


def test_a_store_asks_more_than_your_own_site():
    bare = single("night bus", credits=(CREW[0], Credit("Ana", "artist")), c_line="")
    assert not check(bare, "spotify").ready
    assert check(bare, "site").ready


@pytest.mark.parametrize("rule", ["AU-02", "AU-04", "AU-05"])
def test_what_was_not_measured_is_not_checked_and_never_green(rule):
    silent = mix()
    unmeasured = with_track(mixes=(replace(silent, measurement=None),))
    missing = [n for n in check(unmeasured).not_checked if n.rule_id == rule and n.track_id == 1]
    assert "measurement" in missing[0].needs
    assert not [n for n in check(single()).not_checked if n.track_id]


@pytest.mark.parametrize("rule", ["AU-04", "AU-05"])
def test_what_was_measured_for_loudness_alone_is_not_checked_wholly(rule):
    quick = sounding(source=None, fingerprint=None, balance_db=None, mono_loss_db=None)
    missing = [n for n in check(quick).not_checked if n.rule_id == rule and n.track_id == 1]
    assert "full measurement" in missing[0].needs
    assert check(sounding(clipped_runs=2, fingerprint=None)).of(["AU-04"])


def test_every_rule_has_a_check_and_what_it_cannot_see_is_listed():
    assert [rule.id for rule in book().rules if not rule.check] == []
    unread = {n.rule_id: n.needs for n in check(single()).not_checked}
    assert "file" in unread["AU-06"]
    approved = single().tracks[0].approved.audio_hash
    looked = check(single(), known=Known(carried={approved: Carried()}))
    assert "AU-06" not in {n.rule_id for n in looked.not_checked}


def test_what_a_renderer_would_have_to_say_of_an_atmos_master_is_not_checked():
    objects = immersive(objects=12, integrated_lufs=None, true_peak_dbtp=None)
    (missing,) = [n for n in check(objects).not_checked if n.rule_id == "AU-08"]
    assert "renderer" in missing.needs and missing.track_id == 1
    assert "AU-08" not in {n.rule_id for n in check(immersive()).not_checked}
    assert "AU-08" not in {n.rule_id for n in check(single()).not_checked}


def test_a_rule_that_waits_for_evidence_is_listed_as_not_checked():
    rules, *rest = files()
    canvas = next(row for row in rules["rule"] if row["id"] == "CV-01")
    canvas |= {"check": "", "needs": "a Canvas clip"}
    waiting = parse_rulebook(rules, *rest)
    for place, listed in (("spotify", True), ("tidal", False)):
        found = run_preflight(single(), waiting, [place], today=TODAY).not_checked
        assert ("CV-01" in {n.rule_id for n in found}) is listed


@given(TEXT, TEXT, TEXT, TEXT)
def test_any_text_in_any_field_gives_findings_and_no_accident(one, two, three, four):
    credits = (Credit(one, "artist"), Credit(two, "featured"), Credit(three, "writer", four))
    song = track(title=one, version=two, isrc=three, language=four, lyrics=one + "\n" + two)
    song = replace(song, credits=credits, genre=two, explicit=three)
    release = single(one, version=two, gtin=three, catalogue_number=four, tracks=(song,))
    release = replace(release, p_line=two, c_line=three, language=one, links=((one, two),))
    result = run_preflight(release, book(), tuple(book().destinations), today=TODAY)
    assert all(f.message and f.severities for f in result.findings)


def test_corrections_take_no_decision():
    """Dates, declarations and guesses are offered, and made only when the person says so."""
    release = single(release_on=None, ai_disclosure="", p_line="", gtin="36000291452")
    offered = {f.fix.field for f in check(release).findings if f.fix}
    assert {"release_on", "ai_disclosure", "p_line", "gtin"} <= offered
    assert check(release).corrections == ()


def test_corrections_are_one_a_field_and_the_worst_goes_first():
    release = single("night bus part 2 ft. Bo", tracks=(track(title="day train part 3 ft. Bo"),))
    first = check(release).corrections
    assert sorted(f.fix.track_id or 0 for f in first) == [0, 1]
    assert {f.rule_id for f in first} == {"TI-05"}


def test_a_title_that_release_and_track_share_is_named_once():
    release = single("night bus part 2 ft. Bo")
    assert [f.fix.track_id for f in check(release).corrections] == [None]
    assert corrected(release).title == "Night Bus, Pt. 2 (feat. Bo)"


def corrected(release: Release, rounds: int = 8) -> Release:
    for _ in range(rounds):
        for finding in check(release).corrections:
            release = mended(release, finding.fix)
    return release


@given(PIECES, PIECES, st.sampled_from(["en", "es", "fr"]))
def test_corrections_come_to_an_end(title, version, language):
    release = corrected(
        single(title, tracks=(track(title=title, version=version),), language=language)
    )
    assert check(release).corrections == ()


@pytest.mark.parametrize(
    "text", ["feat " * 4000, "(" * 9000, " " * 9000 + ")", "a - " * 5000, "Part " * 900]
)
def test_hostile_titles_are_read_in_no_time(text):
    release = single(text, tracks=(track(title=text, lyrics=text),), credits=())
    assert not check(release).ready


def test_an_empty_release_is_told_what_it_lacks():
    bare = replace(sounding(), tracks=(), credits=(), title="", artwork=None, release_on=None)
    lacking = {f.field for f in check(bare).errors}
    assert {"title", "tracks", "credits", "artwork", "release_on"} <= lacking

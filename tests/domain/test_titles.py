"""Titles: what stores carry stays as it is, and every correction is final."""

from __future__ import annotations

import pytest
from domain.preflight_cases import book, check, single
from hypothesis import given
from hypothesis import strategies as st

from indieartist.domain import titles

WORDS = book().words
KEEP = WORDS["stylised"]
TITLES = st.text("abcdeXYZ éß'&()[]-/:.,0123456789", max_size=40)
CARRIED = (
    "Bohemian Rhapsody",
    "(I Can't Get No) Satisfaction",
    "99 Luftballons",
    "A Day in the Life",
    "Rock 'n' Roll Star",
    "Ain't No Mountain High Enough",
    "Where Is My Mind?",
    "50 Ways to Leave Your Lover",
    "Blue (Da Ba Dee)",
    "Empire State of Mind (feat. Alicia Keys)",
    "Another Brick in the Wall, Pt. 2",
    "Strawberry Fields Forever / Penny Lane",
    "Single Ladies (Put a Ring on It)",
    "New Year's Day",
    "Sign o' the Times",
    "Ft. Worth Blues",
    "50 Ft Queenie",
    "Part-Time Lover",
    "Work from Home (feat. Ty Dolla $ign)",
    "Wake Me Up Before You Go-Go",
    "Pump Up the Volume",
    "McArthur Park",
    "3AM",
    "9 to 5",
    "$ave Dat Money",
    "With or Without You",
    "T.N.T.",
    "Song 2",
    "Someone Like You (Acoustic)",
    "Hello (Remix) [Radio Edit]",
    "We Are Never Ever Getting Back Together (Taylor's Version)",
)


def english(text: str) -> str:
    return titles.title_case(text, WORDS["english_lower"], WORDS["english_either"], KEEP)


@pytest.mark.parametrize("title", CARRIED)
def test_titles_that_stores_carry_are_left_alone(title):
    seen = [f for f in check(single(title)).findings if f.field == "title"]
    assert not seen, seen[0].message


@given(TITLES)
def test_a_corrected_title_needs_no_second_correction(text):
    for correct in (
        english,
        titles.abbreviate_parts,
        titles.bracket_guests,
        titles.space_slashes,
        titles.sentence_case,
        titles.without_odd_signs,
    ):
        once = correct(text)
        assert correct(once) == once


@given(TITLES)
def test_case_is_all_that_title_case_changes(text):
    assert english(text).casefold() == text.casefold()
    assert len(english(text)) >= len(text)


@pytest.mark.parametrize("name", KEEP)
def test_a_known_spelling_survives_wherever_it_stands(name):
    assert name in english(f"An Ode to {name} and Others")
    assert name in titles.sentence_case(f"Ode An {name}", KEEP)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("NIGHT BUS", "Night Bus"),
        ("the night bus (live in rome)", "The Night Bus (Live in Rome)"),
        ("stay: the end", "Stay: The End"),
        ("ode to deadmau5", "Ode to deadmau5"),
        ("rock 'n' roll and you", "Rock 'n' Roll and You"),
    ],
)
def test_english_title_case(text, better):
    assert english(text) == better


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Night Bus ft. Bo", "Night Bus (feat. Bo)"),
        ("Night Bus Feat Bo & Cy (Remix)", "Night Bus (feat. Bo & Cy) (Remix)"),
        ("Night Bus [FT Bo]", "Night Bus [feat. Bo]"),
        ("Night Bus w/ Bo", "Night Bus (with Bo)"),
        ("A Feat of Strength", "A Feat of Strength"),
        ("Featuring You", "Featuring You"),
    ],
)
def test_guests_are_bracketed(text, better):
    assert titles.bracket_guests(text) == better


def test_guests_are_read_one_by_one():
    assert titles.guests("Song (feat. Ana, Bo & Cy) [with Di]") == ("Ana", "Bo", "Cy", "Di")
    assert titles.without_guests("Song (feat. Ana) (Live)") == "Song (Live)"


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Lines Part 2", "Lines, Pt. 2"),
        ("Lines - Volume IV (Live)", "Lines, Vol. IV (Live)"),
        ("Part Two", "Pt. Two"),
        ("Part I Play", "Part I Play"),
        ("Turn the Volume 10", "Turn the Volume 10"),
    ],
)
def test_parts_are_abbreviated(text, better):
    assert titles.abbreviate_parts(text) == better

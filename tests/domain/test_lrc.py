"""LRC: times read in every spelling, and text that has none left as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.domain.languages import language_code
from indieartist.domain.lrc import Line, find_lines, plain_words, to_lrc

SONG = """[ar:Mara Vale]
[offset:+500]
[00:12.00][01:02.5]The bus

[00:01]First
nothing timed
"""


def test_lines_in_order() -> None:
    assert find_lines(SONG) == (
        Line(500, "First"),
        Line(11_500, "The bus"),
        Line(62_000, "The bus"),
    )
    assert to_lrc(find_lines(SONG)).splitlines()[2] == "[01:02.000]The bus"


def test_plain_words() -> None:
    assert plain_words(SONG) == "The bus\n\nFirst\nnothing timed"
    assert plain_words("[Chorus]\nno times here") == "[Chorus]\nno times here"


@pytest.mark.parametrize(
    ("stamp", "at_ms"),
    [
        ("[1:2]", 62_000),
        ("[01:02.3]", 62_300),
        ("[01:02:34]", 62_340),
        ("[99999:00]", 5_999_940_000),
    ],
)
def test_stamps(stamp: str, at_ms: int) -> None:
    assert find_lines(f"{stamp} x") == (Line(at_ms, "x"),)


@given(st.text(st.characters()))
def test_what_was_read_is_read_again(text: str) -> None:
    lines = find_lines("[00:01.00]" + text)
    assert find_lines(to_lrc(lines)) == lines
    assert find_lines(plain_words(text)) == ()


@pytest.mark.parametrize(
    ("text", "code"), [("en", "eng"), ("DE", "deu"), ("zxx", "zxx"), ("gsw", "gsw"), ("?", "?")]
)
def test_codes_for_tags(text: str, code: str) -> None:
    assert language_code(text) == code

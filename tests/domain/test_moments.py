"""Moments in a song, read and shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.domain.moments import parse_moment_ms, show_moment
from indieartist.errors import UserError


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("42", 42_000),
        ("0:42", 42_000),
        (" 1:02:03.5 ", 3_723_500),
        ("20s", 20_000),
        ("0,25", 250),
        ("90", 90_000),
        ("0", 0),
    ],
)
def test_moments_are_read(text: str, ms: int) -> None:
    assert parse_moment_ms(text) == ms


@pytest.mark.parametrize("text", ["", "soon", "-3", "1:", ":5", "1:2:3:4", "nan", "9" * 400])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_moment_ms(text)


@given(st.integers(0, 10_000_000))
def test_what_is_shown_is_read_again(ms: int) -> None:
    assert abs(parse_moment_ms(show_moment(ms)) - ms) <= 50

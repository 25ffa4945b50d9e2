"""Codes of works, people and deliveries, and the next number of a series."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean, grid, isni
from stdnum import isrc as stdnum_isrc

from indieartist.domain import codes, identifiers
from indieartist.domain.series import Series, next_numbers, parse_pattern, stem
from indieartist.errors import UserError

DAY = date(2026, 11, 22)
DIGITS = "0123456789"
KNOWN = {
    "iswc": ("T-034.524.680-1",),
    "ipi": ("00014107338", "I-001068130-6", "I-000000229-7"),
    "isni": ("0000 0001 2281 955X", "0000 0001 2150 090X"),
    "grid": ("A1-2425G-ABC1234002-M",),
    "isrc": ("GB-AYE-26-00001",),
    "gtin": ("5012345678900", "036000291452"),
}


@pytest.mark.parametrize(
    ("kind", "text"), [(k, text) for k, all_ in KNOWN.items() for text in all_]
)
def test_a_published_code_is_taken_and_printed_as_it_stood(kind: str, text: str) -> None:
    code = codes.parse_code(kind, text)
    assert codes.KINDS[kind].format(code) == text
    assert codes.parse_code(kind, f" {text.lower()} ") == code
    assert kind in codes.kinds_of(text)


@pytest.mark.parametrize("kind", ["ipi", "isni", "grid", "gtin"])
@given(data=st.data())
def test_one_wrong_digit_is_always_told(kind: str, data: st.DataObject) -> None:
    code = codes.parse_code(kind, KNOWN[kind][0])  # an ISWC and an IPI base number tell fewer
    at = data.draw(st.sampled_from([i for i, sign in enumerate(code) if sign.isdigit()]))
    wrong = data.draw(st.sampled_from([d for d in DIGITS if d != code[at]]))
    changed = code[:at] + wrong + code[at + 1 :]
    found = codes.KINDS[kind].find(changed)
    assert found is None
    with pytest.raises(UserError):
        codes.parse_code(kind, changed)


@given(st.text(max_size=24))
def test_what_is_found_in_any_text_is_found_in_its_print_again(text: str) -> None:
    for kind, code in codes.kinds_of(text).items():
        assert codes.KINDS[kind].find(codes.KINDS[kind].format(code)) == code


@given(st.text(DIGITS + "X", min_size=16, max_size=16))
def test_isni_and_its_library_agree(text: str) -> None:
    assert (codes.find_isni(text) is not None) == isni.is_valid(text)


@given(st.text(DIGITS, min_size=12, max_size=12))
def test_gtin_and_its_library_agree(body: str) -> None:
    gtin = body + identifiers.gtin_check_digit(body)
    assert ean.is_valid(gtin)
    assert identifiers.find_gtin(gtin) == gtin
    assert identifiers.find_gtin(body) == (body if ean.is_valid(body) else None)


@given(st.integers(0, 99), st.integers(0, 99_999))
def test_isrc_and_its_library_agree(year: int, number: int) -> None:
    text = f"GB-AYE-{year:02}-{number:05}"
    assert stdnum_isrc.is_valid(text)
    assert identifiers.format_isrc(identifiers.parse_isrc(text)) == stdnum_isrc.format(text)


@given(st.text("ABCDEFG" + DIGITS, min_size=15, max_size=15))
def test_a_grid_has_one_check_sign(body: str) -> None:
    bodies = [f"A1{body}{sign}" for sign in DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    assert [codes.find_grid(text) for text in bodies if grid.is_valid(text)] == [
        text for text in bodies if codes.find_grid(text)
    ]
    assert sum(codes.find_grid(text) is not None for text in bodies) == 1


SERIES = st.sampled_from(
    [
        Series(1, "isrc", "", "GBAYE"),
        Series(2, "gtin", "", "501234567###"),
        Series(3, "gtin", "", "01234567###"),
        Series(4, "catalogue_number", "", "MOSS ###"),
        Series(5, "catalogue_number", "", "MOSS-{yy}/##A"),
    ]
)


@given(SERIES, st.lists(st.integers(1, 6), max_size=12))
def test_a_series_never_gives_a_number_twice(series: Series, counts: list[int]) -> None:
    used: list[str] = []
    for count in counts:
        fresh = next_numbers(series, reversed(used), DAY, count)
        assert len(set(fresh)) == count
        assert not set(fresh) & set(used)
        assert fresh == sorted(fresh)
        used += fresh
    for number in used:
        assert number.startswith(stem(series, DAY))
        if series.kind != "catalogue_number":
            assert codes.parse_code(series.kind, number) == number


def test_a_hole_stays_a_hole_and_a_new_year_begins_anew() -> None:
    series = Series(1, "isrc", "", "GBAYE")
    used = ["GBAYE2600001", "GBAYE2600007", "GBAYE2500400", "USAYE2600500", "not one"]
    assert next_numbers(series, used, DAY, 2) == ["GBAYE2600008", "GBAYE2600009"]
    assert next_numbers(series, used, date(2027, 1, 1)) == ["GBAYE2700001"]


def test_a_series_that_is_full_says_so() -> None:
    with pytest.raises(UserError, match="no more numbers for 2026"):
        next_numbers(Series(1, "isrc", "", "GBAYE"), ["GBAYE2699999"], DAY)
    with pytest.raises(UserError, match="no more numbers"):
        next_numbers(Series(1, "gtin", "", "5012345678##"), ["5012345678993"], DAY)
    more = Series(1, "catalogue_number", "", "MOSS ##")
    assert next_numbers(more, ["MOSS 99"], DAY) == ["MOSS 100"]
    assert next_numbers(more, ["MOSS 99", "MOSS 100"], DAY) == ["MOSS 101"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("isrc", "GBAY"),
        ("isrc", "XX-AYE"),
        ("isrc", "GB-AYE-26"),
        ("gtin", "50123###"),
        ("gtin", "501234567890"),
        ("catalogue_number", "MOSS"),
        ("catalogue_number", "# and #"),
    ],
)
def test_a_pattern_of_which_nothing_comes_is_refused(kind: str, text: str) -> None:
    with pytest.raises(UserError):
        parse_pattern(kind, text)


def test_patterns_are_kept_bare() -> None:
    assert parse_pattern("isrc", " gb-aye ") == "GBAYE"
    assert parse_pattern("gtin", "5012345 67 ###") == "501234567###"
    assert parse_pattern("catalogue_number", " MOSS  ### ") == "MOSS ###"

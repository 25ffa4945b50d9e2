"""Identifiers: what is taken, what is refused, and what is said about it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.domain import identifiers as ids
from indieartist.domain.languages import LANGUAGES, find_language, language_name, parse_language
from indieartist.errors import UserError

LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
ISRC = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(sorted(ids.ISRC_PREFIXES)),
        st.text(LETTERS + DIGITS, min_size=3, max_size=3),
        st.text(DIGITS, min_size=7, max_size=7),
    ),
)
GTIN = st.sampled_from([7, 11, 12, 13]).flatmap(
    lambda n: st.text(DIGITS, min_size=n, max_size=n).map(lambda b: b + ids.gtin_check_digit(b))
)


@given(ISRC, st.sampled_from(["{}", "ISRC {}", "isrc:{}", " {} ", "ISRC-{}"]), st.booleans())
def test_every_way_of_writing_an_isrc_reads_as_the_same_twelve_characters(isrc, form, hyphens):
    written = form.format(ids.format_isrc(isrc) if hyphens else isrc)
    assert ids.parse_isrc(written) == isrc
    assert ids.parse_isrc(written.lower()) == isrc
    assert ids.suggest_isrc(written) is None


@given(ISRC)
def test_a_confused_letter_is_named_and_never_taken_silently(isrc):
    slip = isrc[:5] + isrc[5:].replace("0", "O").replace("1", "I")
    if slip != isrc:
        assert ids.find_isrc(slip) is None
        assert ids.suggest_isrc(slip) == isrc
        with pytest.raises(UserError) as caught:
            ids.parse_isrc(slip)
        assert ids.format_isrc(isrc) in caught.value.hint


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text):
    isrc, gtin, line = ids.find_isrc(text), ids.find_gtin(text), ids.find_line(text)
    assert isrc is None or ids.find_isrc(isrc) == isrc
    assert gtin is None or ids.find_gtin(gtin) == gtin
    assert line is None or ids.find_line(str(line)) == line
    ids.isrc_hint(text), ids.gtin_hint(text), ids.suggest_gtin(text), find_language(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "0 characters"),
        ("GBAYE260001", "11 characters"),
        ("XX-AYE-26-00001", "made-up"),
        ("GBAYE26O0001", "do not stand"),
        ("5BAYE2600001", "do not stand"),
        ("GBAYE26٠٠٠٠١", "do not stand"),  # Arabic-Indic digits are digits to Python
    ],
)
def test_a_wrong_isrc_is_refused_with_its_fault(text, part):
    assert not ids.is_isrc(text)
    with pytest.raises(UserError, match=part):
        ids.parse_isrc(text)


def test_an_icelandic_registrant_is_not_taken_for_the_word_isrc():
    assert ids.parse_isrc("ISRC12600001") == "ISRC12600001"
    assert ids.parse_isrc("ISRC ISRC12600001") == "ISRC12600001"


@given(GTIN)
def test_a_gtin_keeps_its_digits_and_any_padding_keeps_it_valid(gtin):
    assert ids.find_gtin(f" {gtin[:1]}-{gtin[1:]} ") == gtin
    assert ids.is_gtin(ids.pad_gtin(gtin, 14))


@given(GTIN, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(gtin, at, add):
    at %= len(gtin)
    wrong = gtin[:at] + str((int(gtin[at]) + add) % 10) + gtin[at + 1 :]
    assert not ids.is_gtin(wrong)


def test_known_gtins():
    assert ids.parse_gtin("036000291452") == "036000291452"  # GS1's own example of a UPC
    assert ids.parse_gtin("4006381333931") == "4006381333931"
    assert ids.suggest_gtin("36000291452") == "036000291452"


@pytest.mark.parametrize(
    "text", ["123456789012", "000000000000", "1111111111116", "012345678905", "1234567890128"]
)
def test_a_placeholder_passes_the_check_digit_and_is_refused_all_the_same(text):
    digits = text[:-1] + ids.gtin_check_digit(text[:-1])
    assert ids.is_gtin(digits)
    assert ids.is_placeholder_gtin(digits)
    with pytest.raises(UserError, match="placeholder"):
        ids.parse_gtin(digits)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("036000291453", "check digit is 3.*ask for 2"),
        ("36000291452", "11 digits"),
        ("GBAYE2600001", "other signs"),
    ],
)
def test_a_wrong_gtin_is_refused_with_its_fault(text, part):
    with pytest.raises(UserError, match=part) as caught:
        ids.parse_gtin(text)
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    ["2026 Ana Torres", "℗ 2026 Ana Torres", "(P) 2026 Ana  Torres", "© ℗ 2026 Ana Torres"],
)
def test_a_line_is_a_year_and_an_owner(text):
    assert str(ids.parse_line(text)) == "2026 Ana Torres"


@pytest.mark.parametrize("text", ["", "2026", "Ana Torres", "26 Ana", "Ana Torres 2026"])
def test_a_line_without_year_or_owner_is_refused(text):
    with pytest.raises(UserError):
        ids.parse_line(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("en", "en"), ("ENG", "en"), ("ger", "de"), ("deu", "de"), ("zxx", "zxx"), ("haw", "haw")],
)
def test_a_language_is_known_by_each_of_its_codes(text, code):
    assert parse_language(text) == code


@pytest.mark.parametrize("text", ["", "english", "xx", "und", "e n"])
def test_what_is_no_language_code_is_refused(text):
    with pytest.raises(UserError):
        parse_language(text)


def test_the_language_tables_are_whole():
    assert len(LANGUAGES) == 185
    assert all(find_language(code) == code and name for code, name in LANGUAGES.items())
    assert language_name("fre") == "French"
    assert language_name("haw") == "haw"

"""Series of numbers that a label or an artist owns, and the next of one: never a used one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indieartist.domain.identifiers import (
    ISRC_PREFIXES,
    MADE_UP_PREFIXES,
    gtin_check_digit,
)
from indieartist.errors import UserError

KINDS = {"isrc": "ISRC", "gtin": "UPC or EAN", "catalogue_number": "catalogue number"}
_ISRC_PREFIX = re.compile(r"[A-Z]{2}[A-Z0-9]{3}")
_LAST_DESIGNATION = 99_999
_GTIN_BODIES = (7, 11, 12, 13)


@dataclass(frozen=True, slots=True)
class Series:
    """Where the numbers of `owner` come from; no owner: everybody else's.

    The pattern is an ISRC prefix (GBAYE), a GTIN without its check digit (501234567###) or a
    catalogue number (MOSS ###, MOSS-{yy}-##): # counts, {yy} and {yyyy} are the year.
    """

    id: int
    kind: str
    owner: str
    pattern: str


def parse_pattern(kind: str, text: str) -> str:
    """The pattern as it is kept; UserError where no number could come of it."""
    if kind == "isrc":
        return _isrc_prefix(text)
    pattern = " ".join(text.split())
    if len(re.findall("#+", pattern)) != 1:
        raise UserError(
            f"“{text}” does not say where the number counts.", "Write # for each digit: MOSS ###."
        )
    if kind == "gtin":
        return _gtin_body(pattern)
    return pattern


def _isrc_prefix(text: str) -> str:
    bare = re.sub(r"[\s\-]+", "", text).upper()
    if not _ISRC_PREFIX.fullmatch(bare):
        raise UserError(
            f"“{text}” is not an ISRC prefix.", "It is a country and three signs: GB-AYE or GBAYE."
        )
    if bare[:2] in MADE_UP_PREFIXES or bare[:2] not in ISRC_PREFIXES:
        raise UserError(
            f"No ISRC agency gives out prefixes that begin with {bare[:2]}.",
            "Compare it with the letter from your agency.",
        )
    return bare


def _gtin_body(pattern: str) -> str:
    bare = pattern.replace(" ", "").replace("-", "")
    if not re.fullmatch(r"[0-9]+#+", bare) or len(bare) not in _GTIN_BODIES:
        raise UserError(
            f"“{pattern}” is no pattern of a UPC or EAN.",
            "Write your prefix and # up to the check digit: 11 signs for a UPC, 12 for an EAN.",
        )
    return bare


def next_numbers(series: Series, used: Iterable[str], on: date, count: int = 1) -> list[str]:
    """The next `count` numbers after the highest one used; holes below it stay holes.

    An ISRC begins anew each year (ISO 3901: the year of its allocation). Raises UserError where
    the series has no more.
    """
    before, digits, after = _parts(series, on)
    width = len(digits)
    spelled = re.compile(re.escape(before) + rf"([0-9]{{{width},}})" + re.escape(after))
    found = (spelled.fullmatch(number) for number in _bodies(series, used))
    last = max((int(match[1]) for match in found if match), default=0)
    most = 10**width - 1
    if series.kind != "catalogue_number" and last + count > most:
        raise UserError(
            f"The {KINDS[series.kind]} series {series.pattern} has no more numbers"
            + (f" for {on.year}." if series.kind == "isrc" else "."),
            "Ask your agency for another prefix." if series.kind == "isrc" else "Add a series.",
        )
    numbers = (f"{before}{n:0{width}}{after}" for n in range(last + 1, last + count + 1))
    if series.kind == "gtin":
        return [body + gtin_check_digit(body) for body in numbers]
    return list(numbers)


def _parts(series: Series, on: date) -> tuple[str, str, str]:
    if series.kind == "isrc":
        return f"{series.pattern}{on:%y}", "#" * len(str(_LAST_DESIGNATION)), ""
    dated = series.pattern.replace("{yyyy}", f"{on:%Y}").replace("{yy}", f"{on:%y}")
    before, digits, after = re.split("(#+)", dated)
    return before, digits, after


def _bodies(series: Series, used: Iterable[str]) -> Iterable[str]:
    if series.kind != "gtin":
        return used
    length = len(series.pattern)
    bare = (number.lstrip("0") for number in used)
    return (number.zfill(length + 1)[:length] for number in bare if len(number) <= length + 1)


def stem(series: Series, on: date) -> str:
    """What every number of the series begins with; a GTIN may have zeros before it."""
    return _parts(series, on)[0]

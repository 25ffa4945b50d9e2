"""Identifiers of recordings and releases: ISRC, GTIN, and the P and C lines."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from indieartist.errors import UserError

# ISO 3166-1, then the codes that agencies use beside it or used before: ISRC Bulletin 2015/01
# and its list of valid characters (isrc.ifpi.org/downloads/Valid_Characters.pdf).
_PREFIX_LETTERS = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
AN BC BK BP BX CB CP CS DG FX GX KS QM QN QT QZ UK XK YU ZB ZZ
"""
ISRC_PREFIXES = frozenset(_PREFIX_LETTERS.split())
MADE_UP_PREFIXES = frozenset({"AA", "XX"})  # of examples and blank forms

_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−.:/]+")
_TO_LETTERS = str.maketrans("01", "OI")
_TO_DIGITS = str.maketrans("OIL", "011")
_GTIN_LENGTHS = (8, 12, 13, 14)
_UP, _DOWN = "1234567890123", "9876543210987"
_LINE = re.compile(r"([0-9]{4})\s+(\S.*)", re.DOTALL)
_LINE_SIGN = re.compile(r"^(?:\s*(?:[℗©]|\([pc]\)|\[[pc]\]|copyright\b))+\s*", re.IGNORECASE)


def find_isrc(text: str) -> str | None:
    """The ISRC's twelve characters without 'ISRC', spaces and hyphens; None if it is not one.

    The form is that of ISO 3901; it has no check digit. Whether an agency gives out the first two
    letters is another question: `ISRC_PREFIXES`.
    """
    bare = _bare_isrc(text)
    return bare if _ISRC.fullmatch(bare) and bare[:2] not in MADE_UP_PREFIXES else None


def is_isrc(text: str) -> bool:
    """Whether `text` reads as an ISRC."""
    return find_isrc(text) is not None


def parse_isrc(text: str) -> str:
    """The ISRC's twelve characters; UserError says what is wrong, and names the likely slip."""
    isrc = find_isrc(text)
    if isrc is None:
        raise UserError(
            f"{text!r} is not an ISRC: {_isrc_fault(_bare_isrc(text))}.", isrc_hint(text)
        )
    return isrc


def suggest_isrc(text: str) -> str | None:
    """The ISRC meant, where a letter O or I stands for a digit or a digit for a letter."""
    bare = _bare_isrc(text)
    slip = bare[:2].translate(_TO_LETTERS) + bare[2:5] + bare[5:].translate(_TO_DIGITS)
    return slip if slip != bare and is_isrc(slip) else None


def isrc_hint(text: str) -> str:
    """What to do about a wrong ISRC."""
    meant = suggest_isrc(text)
    if meant:
        return f"Did you mean {format_isrc(meant)}? O and 0, I and 1 are easily confused."
    return "An ISRC is two letters, three letters or digits, and seven digits: GB-AYE-26-00001."


def format_isrc(isrc: str) -> str:
    """The ISRC as it is printed: GB-AYE-26-00001."""
    return "-".join((isrc[:2], isrc[2:5], isrc[5:7], isrc[7:]))


def _bare_isrc(text: str) -> str:
    bare = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if not bare.isascii():
        return bare
    bare = bare.upper()
    # ISRC1... alone may be an Icelandic code of registrant RC1.
    return bare[4:] if bare.startswith("ISRC") and len(bare) > 12 else bare


def _isrc_fault(bare: str) -> str:
    if len(bare) != 12:
        return f"it has {len(bare)} characters, not 12"
    if bare[:2] in MADE_UP_PREFIXES:
        return f"{bare[:2]} is the prefix of made-up examples"
    return "its letters and digits do not stand where they should"


def gtin_check_digit(body: str) -> str:
    """The last digit of a GTIN from the digits before it (GS1 General Specifications, mod 10)."""
    total = sum(int(digit) * (3 if i % 2 == 0 else 1) for i, digit in enumerate(reversed(body)))
    return str(-total % 10)


def find_gtin(text: str) -> str | None:
    """The digits of a GTIN-8, -12 (UPC), -13 (EAN) or -14, as text; None if it is not one."""
    digits = _bare_digits(text)
    fits = _is_number(digits) and len(digits) in _GTIN_LENGTHS
    return digits if fits and gtin_check_digit(digits[:-1]) == digits[-1] else None


def is_gtin(text: str) -> bool:
    """Whether `text` is a GTIN with the right check digit; placeholders pass."""
    return find_gtin(text) is not None


def parse_gtin(text: str) -> str:
    """The digits of a GTIN; UserError where it is none or a placeholder such as 123456789012."""
    gtin = find_gtin(text)
    if gtin is None:
        raise UserError(f"{text!r} is not a UPC or EAN: {_gtin_fault(text)}.", gtin_hint(text))
    if is_placeholder_gtin(gtin):
        raise UserError(
            f"{text!r} is a placeholder, not a UPC or EAN of yours.",
            "Leave the field empty and the distributor assigns one, or enter the number you own.",
        )
    return gtin


def is_placeholder_gtin(gtin: str) -> bool:
    """Whether the digits are a made-up row: 123456789012 passes the check digit, too."""
    body = gtin[:-1].lstrip("0")
    row = _UP.startswith(body) or _DOWN.startswith(body)
    return row or len(set(body)) == 1


def suggest_gtin(text: str) -> str | None:
    """The UPC meant, where a spreadsheet has swallowed its leading zeros."""
    digits = _bare_digits(text)
    if not _is_number(digits) or len(digits) not in (10, 11):
        return None
    padded = find_gtin(digits.zfill(12))
    return padded if padded and not is_placeholder_gtin(padded) else None


def gtin_hint(text: str) -> str:
    """What to do about a wrong GTIN."""
    digits = _bare_digits(text)
    meant = suggest_gtin(text)
    if meant:
        return f"Did you mean {meant}? Spreadsheets drop leading zeros."
    if _is_number(digits) and len(digits) in _GTIN_LENGTHS:
        return "Compare it digit by digit with the number you were given."
    return "A UPC has 12 digits, an EAN 13; leave it empty if the distributor assigns one."


def pad_gtin(gtin: str, length: int = 13) -> str:
    """The same number with zeros before it: a UPC of 12 digits as an EAN of 13."""
    return gtin.zfill(length)


def _bare_digits(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def _is_number(digits: str) -> bool:
    return digits.isascii() and digits.isdigit()


def _gtin_fault(text: str) -> str:
    digits = _bare_digits(text)
    if not _is_number(digits):
        return "it has other signs than digits"
    if len(digits) not in _GTIN_LENGTHS:
        return f"it has {len(digits)} digits"
    return f"its check digit is {digits[-1]}, and the digits before it ask for " + gtin_check_digit(
        digits[:-1]
    )


@dataclass(frozen=True, slots=True)
class RightsLine:
    """A P or C line: the year of first publication and the owner (DDEX PLine and CLine)."""

    year: int
    owner: str

    def __str__(self) -> str:
        return f"{self.year} {self.owner}"


def find_line(text: str) -> RightsLine | None:
    """The P or C line in `text`, a typed ℗, ©, (P) or (C) before it left out; None if none."""
    match = _LINE.fullmatch(_LINE_SIGN.sub("", text).strip())
    return RightsLine(int(match[1]), " ".join(match[2].split())) if match else None


def parse_line(text: str) -> RightsLine:
    """The P or C line in `text`; UserError unless it reads 'YYYY Owner'."""
    line = find_line(text)
    if line is None:
        raise UserError(
            f"{text!r} is not a P or C line.", "Write the year and the owner: 2026 Ana Torres."
        )
    return line

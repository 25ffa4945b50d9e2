"""Codes of works, people and deliveries: ISWC, IPI, ISNI and GRid, parsed, checked and printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from indieartist.domain import identifiers
from indieartist.errors import UserError

_JUNK = re.compile(r"[\s\-‐‑‒–—−./:]+")
_ISWC = re.compile(r"T[0-9]{10}")
_IPI_NAME = re.compile(r"[0-9]{9,11}")
_IPI_BASE = re.compile(r"I[0-9]{10}")
_GRID = re.compile(r"A1[A-Z0-9]{16}")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of code: its name, what it names, how it is found in a text and how it is printed."""

    key: str
    name: str
    of: str
    find: Callable[[str], str | None]
    format: Callable[[str], str]
    example: str


def find_iswc(text: str) -> str | None:
    """An ISWC's eleven characters (ISO 15707), check digit held: T-034.524.680-1."""
    bare = _bare(text, "ISWC")
    if not _ISWC.fullmatch(bare):
        return None
    total = 1 + sum(place * int(digit) for place, digit in enumerate(bare[1:10], 1))
    return bare if -total % 10 == int(bare[10]) else None


def format_iswc(iswc: str) -> str:
    """The ISWC as it is printed: T-034.524.680-1."""
    return f"T-{iswc[1:4]}.{iswc[4:7]}.{iswc[7:10]}-{iswc[10]}"


def find_ipi(text: str) -> str | None:
    """An IPI name number's eleven digits, or a base number's I and ten (CISAC's check digits).

    Societies print name numbers without their leading zeros.
    """
    bare = _bare(text, "IPI")
    if _IPI_BASE.fullmatch(bare):
        total = 2 + sum(place * int(digit) for place, digit in enumerate(bare[1:10], 1))
        return bare if -total % 10 == int(bare[10]) else None
    if not _IPI_NAME.fullmatch(bare) or not bare.strip("0"):
        return None
    full = bare.zfill(11)
    total = sum(weight * int(d) for weight, d in zip(range(10, 1, -1), full, strict=False))
    return full if -total % 101 % 100 == int(full[9:]) else None


def format_ipi(ipi: str) -> str:
    """The IPI as it is printed: 00014107338 or I-001068130-6."""
    return f"I-{ipi[1:10]}-{ipi[10]}" if ipi.startswith("I") else ipi


def find_isni(text: str) -> str | None:
    """An ISNI's sixteen characters (ISO 27729, check character by ISO 7064 MOD 11-2)."""
    from stdnum import isni

    bare = _bare(text.replace("https://isni.org/isni/", ""), "ISNI")
    return bare if bare.isascii() and isni.is_valid(bare) else None


def format_isni(isni: str) -> str:
    """The ISNI as it is printed: 0000 0001 2281 955X."""
    return " ".join(isni[start : start + 4] for start in range(0, 16, 4))


def find_grid(text: str) -> str | None:
    """A GRid's eighteen characters (IFPI's standard 2.1, check character MOD 37,36)."""
    from stdnum import grid

    bare = _bare(text, "GRID")
    return bare if _GRID.fullmatch(bare) and grid.is_valid(bare) else None


def format_grid(grid: str) -> str:
    """The GRid as it is printed: A1-2425G-ABC1234002-M."""
    return "-".join((grid[:2], grid[2:7], grid[7:17], grid[17:]))


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "isrc",
            "ISRC",
            "a recording",
            identifiers.find_isrc,
            identifiers.format_isrc,
            "GB-AYE-26-00001",
        ),
        Kind("gtin", "GTIN", "a release", identifiers.find_gtin, str, "5012345678900"),
        Kind("iswc", "ISWC", "a work", find_iswc, format_iswc, "T-034.524.680-1"),
        Kind("isni", "ISNI", "a person or group", find_isni, format_isni, "0000 0001 2281 955X"),
        Kind("ipi", "IPI", "a writer or publisher", find_ipi, format_ipi, "00014107338"),
        Kind("grid", "GRid", "a delivery", find_grid, format_grid, "A1-2425G-ABC1234002-M"),
    )
}


def parse_code(kind: str, text: str) -> str:
    """The code's bare characters; UserError where `text` is none of that kind.

    ISRC and GTIN have their own, more talkative readers in `identifiers`.
    """
    if kind == "isrc":
        return identifiers.parse_isrc(text)
    if kind == "gtin":
        return identifiers.parse_gtin(text)
    code = KINDS[kind].find(text)
    if code is None:
        raise UserError(
            f"{text!r} is not an {KINDS[kind].name}: its form or its check digit is wrong.",
            f"One looks like {KINDS[kind].example}.",
        )
    return code


def shown_code(kind: str, text: str) -> str:
    """The code as it is printed; what is none of that kind stays as it is."""
    code = KINDS[kind].find(text)
    return text if code is None else KINDS[kind].format(code)


def kinds_of(text: str) -> dict[str, str]:
    """Every kind of code that `text` is, with its bare characters."""
    found = {key: kind.find(text) for key, kind in KINDS.items()}
    return {key: code for key, code in found.items() if code is not None}


def _bare(text: str, name: str) -> str:
    bare = _JUNK.sub("", unicodedata.normalize("NFKC", text)).upper()
    return bare.removeprefix(name)

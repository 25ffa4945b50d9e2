"""Figures in sentences for people; what programs read keeps its plain hyphens."""

from __future__ import annotations

import re

_LEVEL = re.compile(r"(?<![\w-])-(?=[\d.]+ (?:dB|LU|and\b))")


def write_minus(sentence: str) -> str:
    """The sentence with the real minus sign before its levels in dB and LU; names stay."""
    return _LEVEL.sub("\N{MINUS SIGN}", sentence)

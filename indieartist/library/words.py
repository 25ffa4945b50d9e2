"""Words as the full-text index of the entries is asked for them."""

from __future__ import annotations

import re

from indieartist.domain.folding import folded

_SHORTEST = 3  # letters that a trigram has
_LAST_SIGN = "\U0010ffff"
_CODE = re.compile(r"[a-z]{2}[a-z0-9]{3}\d{7}|\d{8}|\d{12,14}")  # ISRC; GTIN-8, 12, 13 and 14


def plain(words: str) -> str:
    """The words folded; a whole code written in groups, as on a sleeve, as one word."""
    wanted = folded(words)
    joined = re.sub(r"[\s-]", "", wanted)
    return joined if _CODE.fullmatch(joined) else wanted


def forms_of(word: str) -> list[str]:
    """What an entry holds one of, if it holds a folded word.

    From three letters on the word may stand anywhere; one or two of Latin letters begin a word.
    """
    if len(word) < _SHORTEST and word.isascii():
        return [f"{space}{word}" for space in " \n("]
    return list(dict.fromkeys((word, word.replace("-", ""))))


def match_of(forms: list[str]) -> str:
    """The question to the index of trigrams (SQLite FTS5, section 4.3.4); empty where every form
    is shorter than a trigram.
    """
    long = (form for form in forms if len(form) >= _SHORTEST)
    return " OR ".join('"' + form.replace('"', '""') + '"' for form in long)


def stretches_of(forms: list[str]) -> list[tuple[str, str]]:
    """From where up to where trigrams lie that begin with what is shorter than one."""
    return [(form, f"{form}{_LAST_SIGN}") for form in forms if form]

"""Many facts rewritten at once: found and replaced, cased, or filled from a pattern."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from indieartist.domain import titles
from indieartist.errors import UserError

Table = Literal["track", "release"]
SEVERAL = "(several values)"
CASES = {
    "en": "English title",
    "es": "Spanish",
    "pt": "Portuguese",
    "fr": "French sentence",
    "it": "Italian sentence",
    "sv": "Swedish sentence",
    "upper": "ALL CAPITALS",
    "lower": "all small",
}
_LOWER_LISTS = {"es": "spanish_lower", "pt": "portuguese_lower"}
_SLOT = re.compile(r"\{(\w+)(?::(\d+))?\}")
_TITLE_NUMBER = re.compile(r"^\s*\d{1,3}\s*[.)\-–_]\s*|^\s*0\d\s+")


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One fact that would change: of which row, from what to what."""

    table: Table
    row_id: int
    name: str  # the row's title, for people
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an edit of many would do, and what it could not: one sentence each."""

    rewrites: tuple[Rewrite, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for in texts and what is put in its place; groups of a pattern are \\1."""

    find: str
    by: str
    pattern: bool = False
    match_case: bool = False
    whole_words: bool = False

    def compiled(self) -> re.Pattern[str]:
        """The search as a regular expression; UserError where the pattern is none."""
        if not self.find:
            raise UserError("There is nothing to look for.", "Type what is to be replaced.")
        inner = self.find if self.pattern else re.escape(self.find)
        around = rf"(?<!\w)(?:{inner})(?!\w)" if self.whole_words else inner
        try:
            found = re.compile(around, 0 if self.match_case else re.IGNORECASE)
            if self.pattern:
                re.sub(found, self.by, "")
        except (re.error, IndexError) as error:
            raise UserError(
                f"“{self.find}” is no pattern: {error}.", "Switch patterns off to find it as typed."
            ) from error
        return found


def replaced(text: str, search: Search) -> str:
    """The text with every hit replaced."""
    by = search.by if search.pattern else search.by.replace("\\", r"\\")
    try:
        return search.compiled().sub(by, text)
    except (re.error, IndexError) as error:
        raise UserError(f"“{search.by}” cannot be put there: {error}.") from error


def recased(
    text: str, case: str, words: Mapping[str, Collection[str]], keep: Collection[str] = ()
) -> str:
    """The text in the letters of a language's titles; spellings of `keep` stay as they are.

    `words` are the rule book's lists of small words. A new case for every word: what is written
    in mixed letters loses them only where the language asks for a sentence.
    """
    if case == "upper":
        return text.upper()
    if case == "lower":
        return text.lower()
    if case == "en":
        typed = text.lower() if titles.letter_case(text) == "random" else text
        return titles.title_case(typed, words["english_lower"], words["english_either"], keep)
    if case in _LOWER_LISTS:
        small = words[_LOWER_LISTS[case]]
        even = titles.title_case(text, small, (), keep)
        return titles.lower_inside(even, small)
    if case in CASES:
        return titles.sentence_case(text, keep)
    raise UserError(f"There is no case “{case}”.", f"Cases: {', '.join(CASES)}.")


def filled(pattern: str, facts: Mapping[str, str | int]) -> str:
    """'{position:02} {title}' with its facts; a number after the colon pads with zeros."""

    def fill(match: re.Match[str]) -> str:
        name, width = match.groups()
        if name not in facts:
            raise UserError(f"There is no {{{name}}}.", f"There are: {braces(facts)}.")
        value = str(facts[name])
        return value.zfill(int(width)) if width and value.isdigit() else value

    return " ".join(_SLOT.sub(fill, pattern).split())


def has_slots(text: str) -> bool:
    """Whether the text has a {name} to fill."""
    return bool(_SLOT.search(text))


def braces(facts: Mapping[str, object]) -> str:
    """The names that a pattern can have, as they are written."""
    return ", ".join(f"{{{name}}}" for name in facts)


def without_number(title: str) -> str:
    """'03. Night Bus' as 'Night Bus'; '99 Luftballons' and '1999' stay."""
    return _TITLE_NUMBER.sub("", title).strip() or title

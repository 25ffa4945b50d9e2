"""Checks of the letters of titles: capitals and small ones by language (TI-01 to TI-03)."""

from __future__ import annotations

from collections.abc import Iterator

from indieartist.domain import titles
from indieartist.domain.preflight.registry import Case, Outcome, Problem, Titled, check

_FAULTS = {
    "upper": "is written in capitals",
    "lower": "is written in small letters",
    "random": "mixes capitals and small letters at random",
}
_LOWER_LISTS = {"es": "spanish_lower", "pt": "portuguese_lower"}
_SENTENCES = ("fr", "sv", "it")
_LANGUAGES = {"es": "Spanish", "pt": "Portuguese", "fr": "French", "sv": "Swedish", "it": "Italian"}


@check
def title_letters(case: Case) -> Iterator[Outcome]:
    """TI-01: titles all in capitals, all in small letters or in random case."""
    for titled in case.titled:
        fault = _FAULTS.get(titles.letter_case(titled.title))
        recased = _recased(case, titled)
        if fault and recased != titled.title:
            fix = titled.retitle(recased, f"Write “{recased}”")
            hint = "Keep it if it is the style of the artist; stores may ask."
            message = f"{titled.name} {fault}."
            yield Problem(message, "title", titled.track_id, titled.title, hint, fix)


@check
def english_title_case(case: Case) -> Iterator[Outcome]:
    """TI-02: English title case, where TI-01 has nothing to say."""
    for titled in case.titled:
        if titled.language != "en" or not _is_mixed(titled):
            continue
        expected = _english(case, titled.title)
        if expected != titled.title:
            fix = titled.retitle(expected, f"Write “{expected}”")
            message = f"{titled.name} is not in English title case."
            yield Problem(message, "title", titled.track_id, titled.title, f"“{expected}”", fix)


@check
def other_title_case(case: Case) -> Iterator[Outcome]:
    """TI-03: small words of Spanish and Portuguese; French, Swedish and Italian as a sentence."""
    for titled in case.titled:
        language = titled.language or ""
        if language not in _LANGUAGES or not _is_mixed(titled):
            continue
        expected = _foreign(case, titled, language)
        if expected != titled.title:
            fix = titled.retitle(expected, f"Write “{expected}”")
            message = f"{titled.name} is not written as {_LANGUAGES[language]} titles are."
            hint = f"“{expected}”; keep the capitals of names."
            yield Problem(message, "title", titled.track_id, titled.title, hint, fix)


def _english(case: Case, title: str) -> str:
    words = case.words
    return titles.title_case(
        title, words["english_lower"], words["english_either"], case.kept_spellings
    )


def _foreign(case: Case, titled: Titled, language: str) -> str:
    if language in _LOWER_LISTS:
        return titles.lower_inside(titled.title, case.words[_LOWER_LISTS[language]])
    every_word = titles.title_case(titled.title, (), (), case.kept_spellings) == titled.title
    wordy = len([word for word in titled.title.split() if len(word) > 2]) >= 3
    if not (every_word and wordy):
        return titled.title  # some capitals may be names: only title case throughout gives it away
    return titles.sentence_case(titled.title, case.kept_spellings)


def _recased(case: Case, titled: Titled) -> str:
    if titled.language in _SENTENCES:
        return titles.sentence_case(titled.title, case.kept_spellings)
    if titles.letter_case(titled.title) == "random":
        return _english(case, titled.title.lower())
    return _english(case, titled.title)


def _is_mixed(titled: Titled) -> bool:
    return titles.letter_case(titled.title) == "mixed"

"""Checks of what a cover shows: words, codes, detail and padding (AW-03, AW-04, AW-05)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from indieartist.domain.cover import CoverLook
from indieartist.domain.names import same_name
from indieartist.domain.preflight.registry import (
    Case,
    Outcome,
    Problem,
    Severity,
    Unseen,
    check,
)

_LOOK = "a look at the picture: choose the cover anew"
_READER = "a text reader (Tesseract is not installed): look at the words yourself"
_CODES = "a code reader (zxing-cpp is not installed): look for QR codes yourself"
_ADDRESS = re.compile(
    r"https?:|www\.|\b[\w-]{2,}\.(?:com?|net|org|io|fm|me|tv|de|fr|es|uk|link|bandcamp)\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.])@\w{3,}|[\w.+-]+@[\w-]+\.\w{2,}")
_PRICE = re.compile(r"[$€£¥]\s?\d+(?:[.,]\d\d)?|\b\d+(?:[.,]\d\d)?\s?(?:[$€£¥]|USD|EUR|GBP)")
_PHONE = re.compile(r"(?<!\d)\+?\d[\d ()/-]{8,}\d(?!\d)")
_SIGNS = (
    (_HANDLE, "a handle or an e-mail address"),
    (_ADDRESS, "a web address"),
    (_PRICE, "a price"),
    (_PHONE, "a telephone number"),
)


@check
def cover_claims(case: Case) -> Iterator[Outcome]:
    """AW-03: addresses, handles, prices, numbers, codes, and words of stores and formats."""
    if (look := _look(case)) is None:
        yield from _unseen(case)
        return
    if look.codes is None:
        yield Unseen(_CODES)
    for code in look.codes or ():
        yield _problem("The cover carries a code.", code[:80] or "a code", Severity.ERROR)
    if look.words is None:
        yield Unseen(_READER)
        return
    text = " ".join(_sure(look, case.options["confidence"]))
    for pattern, what in _SIGNS:
        if seen := pattern.search(text):
            yield _problem(f"The cover seems to show {what}.", seen.group(), Severity.ERROR)
            return
    own = f" {_plain(' '.join(_own_names(case)))} "
    for word in case.words["cover_refused"]:
        if f" {_plain(word)} " in f" {_plain(text)} " and f" {_plain(word)} " not in own:
            yield _problem(f"The cover seems to say “{word}”.", word, Severity.ERROR)


@check
def cover_names(case: Case) -> Iterator[Outcome]:
    """AW-04: the words that are read with certainty stand in title, artist or label."""
    look = _look(case)
    if look is None or look.words is None:
        yield from _unseen(case) if look is None else (Unseen(_READER),)
        return
    known = same_name(" ".join((*_own_names(case), *case.words["cover_allowed"])))
    strange = [
        word
        for word in _sure(look, case.options["confidence"])
        if len(form := same_name(word)) >= case.options["letters"]
        and form.isalpha()
        and form not in known
    ]
    if strange:
        listed = ", ".join(f"“{word}”" for word in dict.fromkeys(strange[:5]))
        yield _problem(
            f"The cover seems to say {listed}, which is in no field.",
            "as read by machine",
            Severity.WARNING,
            "Compare it with title, artist and label, letter by letter.",
        )


@check
def cover_sharp(case: Case) -> Iterator[Outcome]:
    """AW-05: enlarged or out of focus, one colour only, padded."""
    look, cover = _look(case), case.release.artwork
    if look is None or cover is None:
        yield from _unseen(case)
        return
    if look.spread < case.options["least_spread"]:
        yield _problem("The cover is a single colour.", f"spread {look.spread:g}", Severity.WARNING)
    elif look.detail <= case.options["least_detail"]:
        side = round(min(cover.width_px, cover.height_px) * look.detail)
        yield _problem(
            f"The cover holds no more detail than a picture of {side} pixels.",
            "enlarged, or out of focus",
            Severity.WARNING,
            "Export it anew from the original; leave it if it is meant to be soft.",
        )
    left, top, right, bottom = look.padding_px
    if (left and right) or (top and bottom):
        edges = f"left {left}, top {top}, right {right}, bottom {bottom} px"
        hint = "Let the picture fill the square."
        yield _problem("The cover has empty strips at its edges.", edges, Severity.WARNING, hint)


def _look(case: Case) -> CoverLook | None:
    return case.release.artwork.look if case.release.artwork else None


def _unseen(case: Case) -> Iterator[Unseen]:
    """Nothing was looked at; without a cover AW-01 says all there is to say."""
    if case.release.artwork is not None:
        yield Unseen(_LOOK)


def _sure(look: CoverLook, confidence: int) -> list[str]:
    return [word.text for word in look.words or () if word.confidence >= confidence]


def _own_names(case: Case) -> tuple[str, ...]:
    """Every text of the release that may stand on its cover."""
    release = case.release
    titles = (release.title, release.version, release.label, release.catalogue_number)
    tracks = tuple(track.title for track in case.tracks)
    lines = (release.p_line, release.c_line)
    return titles + tracks + lines + tuple(credit.name for credit in case.all_credits)


def _plain(text: str) -> str:
    """Lower-case words with single spaces and no punctuation, for finding phrases."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w/-]+", " ", folded).split())


def _problem(
    message: str, evidence: str, worst: Severity, hint: str = "Look at the cover; export it clean."
) -> Problem:
    return Problem(message, "artwork", None, evidence, hint, at_most=worst)

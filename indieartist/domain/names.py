"""What a bounce's file name says: a title to offer, and a form in which two names are the same."""

from __future__ import annotations

import re
import unicodedata

# What people write after a title: v3, mix 4, FINAL2, master, dates, rates ("44k", "96k24").
_DRAFT = re.compile(
    r"""^(?:v(?:er(?:sion)?)?\.?\d+[a-z]?|mix\d*|mi\d+|mst|master(?:ed)?\d*|final\d*|finished|bounce\d*|export
    |render(?:ed)?|revised|rev\d*|draft\d*|demo\d*|take\d+|this|one|the|real|last|wav|new|approved|prem(?:aster)?
    |\(?\d{1,2}\)?|\d{4}|\d{6,8}|\d{2,3}k(?:hz)?(?:\d{2})?|\d{2}bit|24b|16b)$""",
    re.VERBOSE | re.IGNORECASE,
)
# "03 Night Bus" and "3. Night Bus" are numbered; "99 Luftballons" is not.
_LEADING_NUMBER = re.compile(r"^(?:0\d\s*[\s._-]|\d{1,2}\s*[._-])\s*(?=\D)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_DATE = re.compile(r"\b\d{2,4}[-.]\d{1,2}(?:[-.]\d{1,4})?\b")


def title_from_name(stem: str) -> str:
    """The title a file name suggests: 'NightBus_FINAL2' and '03 Night Bus v7' give 'Night Bus'.

    Only a suggestion: the words dropped are those that name drafts, from the end backwards.
    """
    name = _LEADING_NUMBER.sub("", _DATE.sub(" ", unicodedata.normalize("NFC", stem)))
    words = re.split(r"[\s_]+|(?<=\w)-(?=\w)", re.sub(r"\((\d+)\)$", "", name).strip())
    kept = [word for word in words if word.strip("-–. ")]
    while len(kept) > 1 and _DRAFT.match(kept[-1].strip("()[]-.")):
        kept.pop()
    if len(kept) == 1:
        kept = _CAMEL.sub(" ", kept[0]).split(" ")
    title = " ".join(kept).strip(" -_.") or stem
    return title.title() if title.islower() or title.isupper() else title


def same_name(text: str) -> str:
    """A form in which spellings of one name are equal: no case, accents, spaces or punctuation."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in folded if c.isalnum()) or folded.strip()

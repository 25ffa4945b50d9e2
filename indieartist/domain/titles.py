"""The text of a title: letter case, guests, versions, parts and signs, as stores write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import pairwise

GUESTS = re.compile(r" ?[(\[](?:feat\.|with)\s+([^)\]]+)[)\]]")
"""A guest as Apple writes it (Music Style Guide 2.13); group 1 holds the names."""

_GUEST_WORD = r"(?P<word>feat\b\.?|ft\b\.?|featuring\b|w/)"
_BRACKETED_GUESTS = re.compile(
    rf"(?P<open>[(\[])\s*{_GUEST_WORD}\s*(?P<names>[^()\[\]]+?)\s*(?P<close>[)\]])", re.IGNORECASE
)
_LOOSE_GUESTS = re.compile(  # a feat of strength and 50 ft are no guests
    rf"(?<=\S)\s+(?!(?<=\d\s)ft\s){_GUEST_WORD}\s*(?!\s*of\b)(?P<names>[^()\[\]]+?)(?=\s*(?:[(\[]|$))",
    re.IGNORECASE,
)
_NAME_BREAK = re.compile(r"\s*(?:,|&|\band\b)\s*")
_PART = re.compile(
    r"(?P<before>\s*[,:–—-]?\s*)\b(?P<word>part|pt|volume|vol)\b(?P<dot>\.?)\s*"
    r"(?P<number>\d+|[IVX]+|one|two|three|four|five|six|seven|eight|nine|ten)(?=$|[\s]*[)\]:,(\[])",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:the|a|my|your|up)$", re.IGNORECASE)
_SLASH = re.compile(r"(?<=[^\W\d_]{3})\s*/\s*(?=[^\W\d_]{3})")
_BRACKETS = re.compile(r" ?([(\[])([^()\[\]]*)[)\]]")
_EDGE_BEFORE = re.compile(r"[:/–—-]$")
_WORD = re.compile(r"\S+")
_NUMBERED = re.compile(r"[IVXLCDM]+")
_PLAIN_SIGNS = frozenset("°№")  # symbols to Unicode, ordinary signs to a reader
_JOINERS = frozenset("\u200c\u200d")  # letters of Persian and of Indic scripts need them


def title_case(
    text: str, lower: Collection[str], either: Collection[str] = (), keep: Iterable[str] = ()
) -> str:
    """English title case: `lower` words small inside, `either` words as typed, `keep` untouched.

    First and last words have a capital, also within brackets and around a colon, dash or slash.
    Words that mix their case (McCoy, 3AM) and bracketed guests stay as they are.
    """
    shouting = letter_case(text) == "upper"
    words, kept = list(_WORD.finditer(text)), _kept_spans(text, keep)
    for i, word in enumerate(words):
        if any(start < word.end() and word.start() < end for start, end in kept):
            continue
        edge = _starts(words, i) or _ends(words, i)
        typed = word[0].lower() if shouting else word[0]
        cased = _case_word(typed, edge, lower, either)
        text = text[: word.start()] + cased + text[word.end() :]
    return text


def sentence_case(text: str, keep: Iterable[str] = ()) -> str:
    """A capital at the start and nothing more; `keep` untouched. Names lose theirs: check them."""
    kept = _kept_spans(text, keep)
    small = "".join(
        sign if any(start <= i < end for start, end in kept) else sign.lower()
        for i, sign in enumerate(text)
    )
    first = next((i for i, sign in enumerate(text) if sign.isalnum() or sign == "$"), 0)
    return small if any(start <= first < end for start, end in kept) else capitalised(small)


def lower_inside(text: str, lower: Collection[str]) -> str:
    """`lower` words in small letters, except at the start and after brackets, colons and dashes."""
    words = list(_WORD.finditer(text))
    for i, word in enumerate(words):
        if _core(word[0]).lower() in lower and not _starts(words, i):
            text = text[: word.start()] + word[0].lower() + text[word.end() :]
    return text


def capitalised(text: str) -> str:
    """The first letter as a capital; signs before it are stepped over, digits are not."""
    for i, sign in enumerate(text):
        if sign.isalnum() or sign == "$":
            return text[:i] + sign.title() + text[i + 1 :]
    return text


def letter_case(text: str) -> str:
    """'upper', 'lower', 'random' or 'mixed' (the good one, and that of scripts without case).

    A single short word in capitals (DNA) and Roman numbers are no shouting.
    """
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word.lower() != word.upper()]
    if sum(map(len, words)) < 2:
        return "mixed"
    if all(word.isupper() for word in words):
        return "mixed" if _is_short_name(words) else "upper"
    if all(word.islower() for word in words):
        return "lower"
    return "random" if any(_is_random(word) for word in words) else "mixed"


def bracket_guests(text: str) -> str:
    """'Night Bus ft. Ana' as 'Night Bus (feat. Ana)', 'w/ Ana' as '(with Ana)'."""
    text = _BRACKETED_GUESTS.sub(lambda m: _bracketed_guest(m, m["open"], m["close"]), text)
    return _LOOSE_GUESTS.sub(lambda m: _bracketed_guest(m, " (", ")"), text)


def _bracketed_guest(match: re.Match[str], before: str, after: str) -> str:
    if not any(sign.isalnum() for sign in match["names"]):
        return match[0]
    word = "with" if match["word"].lower() == "w/" else "feat."
    return f"{before}{word} {match['names'].strip()}{after}"


def guests(text: str) -> tuple[str, ...]:
    """The names in a title's (feat. ...) and (with ...)."""
    names = [name for match in GUESTS.finditer(text) for name in _NAME_BREAK.split(match[1])]
    return tuple(name.strip() for name in names if name.strip())


def without_guests(text: str) -> str:
    """The title without its (feat. ...) and (with ...)."""
    return GUESTS.sub("", text).strip()


def abbreviate_parts(text: str) -> str:
    """'Song Part 2' as 'Song, Pt. 2' and 'Hits (Volume II)' as 'Hits (Vol. II)'."""
    return _PART.sub(_abbreviated, text)


def _abbreviated(match: re.Match[str]) -> str:
    word = "Pt." if match["word"].lower().startswith("p") else "Vol."
    text = match.string[: match.start()]
    if _ARTICLE.search(text):
        return match[0]  # the Volume is none of a series
    inside = not text or text[-1] in "(["
    return f"{'' if inside else ', '}{word} {match['number']}"


def space_slashes(text: str) -> str:
    """'Night Bus/Day Train' as 'Night Bus / Day Train'; AC/DC and 24/7 stay."""
    return _SLASH.sub(" / ", text)


def bracketed(text: str) -> tuple[str, ...]:
    """What stands in brackets, guests left out, in order."""
    return tuple(match[2].strip() for match in _BRACKETS.finditer(GUESTS.sub("", text)))


def without_bracket(text: str, inner: str) -> str:
    """The title without the bracket that holds `inner`."""
    return _BRACKETS.sub(lambda m: "" if m[2].strip() == inner else m[0], text).strip()


def odd_signs(text: str) -> tuple[str, ...]:
    """Emoji, pictures, private and control characters in the text, each once, in order."""
    return tuple(dict.fromkeys(sign for sign in text if _is_odd(sign)))


def without_odd_signs(text: str) -> str:
    """The text without what `odd_signs` finds."""
    kept = "".join(sign for sign in text if not _is_odd(sign) and sign != "\ufe0f")
    return " ".join(kept.split())


def plain(text: str) -> str:
    """The text for comparison: case folded, accents kept, spaces single."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _is_odd(sign: str) -> bool:
    if sign in _PLAIN_SIGNS or sign in _JOINERS:
        return False
    return unicodedata.category(sign) in {"So", "Cc", "Cf", "Co", "Cs", "Cn"} or (
        "\U0001f3fb" <= sign <= "\U0001f3ff"
    )


def _is_short_name(words: list[str]) -> bool:
    roman = all(_NUMBERED.fullmatch(word) for word in words)
    return roman or sum(map(len, words)) <= 4


def _is_random(word: str) -> bool:
    rises = sum(a.islower() and b.isupper() for a, b in pairwise(word))
    return rises > 1


def _kept_spans(text: str, keep: Iterable[str]) -> list[tuple[int, int]]:
    return [match.span() for match in _kept_spelling(tuple(keep)).finditer(text)]


@lru_cache(maxsize=64)
def _kept_spelling(keep: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(keep, key=len, reverse=True) if name)
    spelled = rf"|(?<!\w)(?:{names})(?!\w)" if names else ""
    return re.compile(rf"[(\[](?:feat\.|with)\s[^)\]]*[)\]]{spelled}")


def _case_word(word: str, edge: bool, lower: Collection[str], either: Collection[str]) -> str:
    core = _core(word)
    small = core.lower()
    if any(sign.isupper() for sign in core[1:]) or (small in either and not edge):
        return word
    return word.lower() if small in lower and not edge else capitalised(word)


def _core(word: str) -> str:
    return word.strip("()[]\"'“”‘’.,;:!?…–—-")


def _starts(words: list[re.Match[str]], i: int) -> bool:
    before = words[i - 1][0] if i else ":"
    return bool(_EDGE_BEFORE.search(before)) or words[i][0][0] in "(["


def _ends(words: list[re.Match[str]], i: int) -> bool:
    after = words[i + 1][0] if i + 1 < len(words) else "/"
    return words[i][0][-1] in ")]:" or after[0] in "([/–—-"

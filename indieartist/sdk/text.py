"""Counting and fitting text as networks do: their units, their weights for links and emoji."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from indieartist.sdk.capabilities import Counter, TextLimit
from indieartist.sdk.views import PostView

if TYPE_CHECKING:
    from regex import Pattern

ELLIPSIS = "…"
# twitter-text configuration v3: code points that weigh 1; all others weigh 2.
LIGHT_RANGES = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))


@cache
def _pattern(source: str) -> Pattern[str]:
    import regex

    return regex.compile(source, regex.VERSION1)


def _urls() -> Pattern[str]:
    return _pattern(r"https?://[^\s<>\"'\p{Cc}]+")


def graphemes(text: str) -> list[str]:
    """The characters as people see them (UAX #29 extended grapheme clusters)."""
    return _pattern(r"\X").findall(text)


def shown(value: Any) -> Any:
    """A text without what HTML and XML forbid (controls, surrogates, non-characters).

    Anything but a plain `str` passes untouched, so that it can be a template's `finalize`.
    """
    if type(value) is not str:
        return value
    forbidden = r"[\p{Cs}\uFFFE\uFFFF\p{Noncharacter_Code_Point}]|[\p{Cc}--[\n\t]]"
    return _pattern(forbidden).sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def count(text: str, limit: TextLimit) -> int:
    """How long the network says the text is, in the unit of its limit."""
    weight = 0
    if limit.mentions_without_domain:
        text = _pattern(r"(?<![\w/])(@\w+)@[\w.-]+\w").sub(r"\1", text)
    if limit.url_weight is not None:
        weight = limit.url_weight * len(_urls().findall(text))
        text = _urls().sub("", text)
    return weight + _units(text, limit)


def _units(text: str, limit: TextLimit) -> int:
    if limit.emoji_as_bytes:
        return sum(_byte_length(g) if _is_emoji(g) else len(g) for g in graphemes(text))
    match limit.counter:
        case Counter.GRAPHEME:
            return len(graphemes(text))
        case Counter.CODEPOINT:
            return len(text)
        case Counter.UTF16:
            return len(text.encode("utf-16-le", "surrogatepass")) // 2
        case Counter.BYTES:
            return _byte_length(text)
        case Counter.WEIGHTED:
            return sum(map(_weight, graphemes(unicodedata.normalize("NFC", text))))


def _byte_length(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _is_emoji(grapheme: str) -> bool:
    return bool(
        _pattern(r"\p{Extended_Pictographic}|\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3").match(grapheme)
    )


def _weight(grapheme: str) -> int:
    """Weight of one grapheme: an emoji is 2 whatever its length (twitter-text v3)."""
    if _is_emoji(grapheme) and not grapheme.isascii():
        return 2
    return sum(1 if _is_light(ord(char)) else 2 for char in grapheme)


def _is_light(point: int) -> bool:
    return any(first <= point <= last for first, last in LIGHT_RANGES)


def fits(text: str, limit: TextLimit) -> bool:
    """Whether the network takes the text, its second cap in bytes included."""
    in_bytes = limit.extra_byte_cap is None or _byte_length(text) <= limit.extra_byte_cap
    return in_bytes and count(text, limit) <= limit.max


def compose(post: PostView) -> str:
    """The whole text: what the person wrote, the link and the hashtags it lacks, on own lines."""
    return _join(post.text, _link_of(post), _missing_tags(post))


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _link_of(post: PostView) -> str:
    return "" if post.link in post.text else post.link


def _missing_tags(post: PostView) -> str:
    said = post.text.casefold()
    return " ".join(f"#{tag}" for tag in post.hashtags if f"#{tag}".casefold() not in said)


def fit(post: PostView, limit: TextLimit) -> str:
    """The whole text cut to the limit: hashtags go first, then words; the link stays whole."""
    link, tags = _link_of(post), _missing_tags(post).split()
    for kept in range(len(tags), -1, -1):
        text = _join(post.text, link, " ".join(tags[:kept]))
        if fits(text, limit):
            return text
    words = " ".join(post.text.replace(post.link, " ").split(" ")) if post.link else post.text
    return _shorten(words, post.link, limit)


def _shorten(text: str, link: str, limit: TextLimit) -> str:
    """The longest beginning of `text` that fits with the link, ended at a word and '…'."""
    clusters = graphemes(text)
    low, high = 0, len(clusters)
    while low < high:
        middle = (low + high + 1) // 2
        fitting = fits(_join(_cut(clusters, middle), link), limit)
        low, high = (middle, high) if fitting else (low, middle - 1)
    return _join(_cut(clusters, low), link) if low else link


def _cut(clusters: list[str], length: int) -> str:
    """The first `length` graphemes without a broken word or a broken address, and '…'."""
    kept, rest = "".join(clusters[:length]), "".join(clusters[length:])
    if rest and not rest[0].isspace() and _broken_word(kept):
        kept = kept[: -len(_broken_word(kept))]
    return kept.rstrip(" ,;:.–—\n") + ELLIPSIS


def _broken_word(kept: str) -> str:
    """What the cut left of its last word, if giving it up costs little or it is an address."""
    word = kept[len(_pattern(r"\S+$").sub("", kept)) :]
    is_short = len(word) < len(kept) // 2
    return word if is_short or _urls().match(word) else ""

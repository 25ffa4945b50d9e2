"""Texts are counted and cut as the networks do it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.sdk.capabilities import Counter, TextLimit
from indieartist.sdk.text import compose, count, fit, fits, graphemes, shown
from indieartist.sdk.views import PostView

FAMILY, FLAG = "👩‍👩‍👧", "🇫🇷"
BLUESKY = TextLimit(300, Counter.GRAPHEME, extra_byte_cap=3000)
MASTODON = TextLimit(500, Counter.GRAPHEME, url_weight=23, mentions_without_domain=True)
X = TextLimit(280, Counter.WEIGHTED, url_weight=23)
THREADS = TextLimit(500, Counter.CODEPOINT, emoji_as_bytes=True)
LINK = "https://maravale.example/harbour-lights"


@pytest.mark.parametrize(
    ("counter", "length"),
    [
        (Counter.GRAPHEME, 3),
        (Counter.CODEPOINT, 8),
        (Counter.UTF16, 13),
        (Counter.BYTES, 28),
        (Counter.WEIGHTED, 5),
    ],
)
def test_each_unit_counts_its_own_way(counter: Counter, length: int) -> None:
    assert count("é" + FAMILY + FLAG, TextLimit(10, counter)) == length


@pytest.mark.parametrize(
    ("text", "limit", "length"),
    [
        ("नमस्ते", BLUESKY, 3),
        ("ที่นี่", BLUESKY, 2),
        (f"a {LINK} b", MASTODON, 2 + 23 + 2),
        (f"{LINK}\n{LINK}", X, 47),
        ("hi @mara@indie.example!", MASTODON, 9),
        ("mail a@b.example", MASTODON, 16),
        ("日本", X, 4),
        ("e\u0301", X, 1),
        ("1️⃣ #", X, 4),
        ("ok 🌊", THREADS, 7),
    ],
)
def test_known_lengths(text: str, limit: TextLimit, length: int) -> None:
    assert count(text, limit) == length


def test_the_byte_cap_counts_too() -> None:
    assert fits("a" * 300, BLUESKY) and not fits("a" * 301, BLUESKY)
    assert not fits(FAMILY * 200, BLUESKY) and count(FAMILY * 200, BLUESKY) == 200


def test_compose_adds_only_what_is_missing() -> None:
    post = PostView("1", f"Out now {LINK} #newmusic", link=LINK, hashtags=("NewMusic", "Ambient"))
    assert compose(post) == f"Out now {LINK} #newmusic\n\n#Ambient"
    assert compose(PostView("1", "Out", link=LINK)) == f"Out\n\n{LINK}"


def test_hashtags_go_before_words_and_words_before_the_link() -> None:
    post = PostView("1", "Two songs from the last ferry home", link=LINK, hashtags=("One", "Two"))
    assert fit(post, TextLimit(67, Counter.GRAPHEME, 23)).endswith("#One")
    short = fit(post, TextLimit(40, Counter.GRAPHEME, 23))
    assert short == f"Two songs from…\n\n{LINK}"


@given(
    st.lists(st.sampled_from(["a", " ", "é", FAMILY, FLAG, "日", "\n", LINK, "#x"])).map("".join)
    | st.text(max_size=80),
    st.sampled_from([BLUESKY, MASTODON, X, THREADS]),
    st.integers(60, 120),
)
def test_what_is_fitted_fits_and_keeps_its_link(text: str, limit: TextLimit, room: int) -> None:
    limit = TextLimit(room, limit.counter, limit.url_weight, limit.extra_byte_cap)
    fitted = fit(PostView("1", text, link=LINK, hashtags=("NewMusic",)), limit)
    assert fits(fitted, limit) and LINK in fitted
    assert "".join(graphemes(fitted)) == fitted


@given(st.text())
def test_shown_text_is_legal_xml(text: str) -> None:
    import xml.etree.ElementTree as ET
    from xml.sax.saxutils import escape

    source = f"<t>{escape(shown(text))}</t>".encode()
    assert (ET.fromstring(source).text or "") == shown(text)


def test_shown_leaves_other_things_alone() -> None:
    assert shown(7) == 7 and shown("a\r\nb\x07\ud800\ufffe") == "a\nb"

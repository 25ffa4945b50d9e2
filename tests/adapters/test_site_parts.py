"""The site's parts: addresses, colours and names that hold for whatever people have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from indieartist.adapters.distributors.site.feed import feed_guid
from indieartist.adapters.distributors.site.palette import READABLE, contrast, mixed, palette_of
from indieartist.adapters.distributors.site.words import slug_of
from indieartist.adapters.templates import web_address


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " https://a.example", "//a.example", ""]
)
def test_only_web_addresses_are_linked(url: str) -> None:
    assert web_address(url) == ""


def test_addresses_are_encoded_once() -> None:
    assert web_address("https://a.example/é?q=%20 <%") == "https://a.example/%C3%A9?q=%20%20%3C%25"


def test_the_guid_is_the_one_the_namespace_documents() -> None:
    """The example of the podcast namespace, docs/tags/guid.md."""
    guid = "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert feed_guid("https://podnews.net/rss/") == guid == feed_guid("http://podnews.net/rss")


@given(st.tuples(*[st.integers(0, 255)] * 3), st.tuples(*[st.integers(0, 255)] * 3))
def test_every_cover_leads_to_readable_colours(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    image = Image.new("RGB", (48, 48), one)
    image.paste(other, (0, 0, 24, 48))
    palette = palette_of(image)
    for scheme in (palette.dark, palette.light):
        for spot in (one, other):
            assert contrast(scheme.text, mixed(scheme.bg, spot, scheme.glow)) >= 4.5
        assert contrast(scheme.accent, scheme.bg) >= READABLE
        assert contrast(scheme.on_accent, scheme.accent) >= 4.5
        for ground in (scheme.bg, scheme.raised):
            assert contrast(scheme.text, ground) >= 12
            assert contrast(scheme.quiet, ground) >= 5


@given(st.text())
def test_slugs_are_plain_and_never_empty(title: str) -> None:
    slug = slug_of(title, "7")
    assert slug and slug.replace("-", "").isalnum() and slug.isascii() and slug == slug.lower()

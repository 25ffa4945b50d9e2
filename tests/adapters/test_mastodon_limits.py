"""Mastodon's limits before anything is sent, and its markup when it comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from indieartist.adapters.social.mastodon import Mastodon
from indieartist.adapters.social.mastodon.search import fingerprint, words_of
from indieartist.sdk.capabilities import CapCache
from indieartist.sdk.samples import sample_post
from indieartist.sdk.views import FileRole, MediaView, PostView

CAPS = Mastodon().capabilities(None, CapCache())
LINK = "https://maravale.example/harbour-lights"


@pytest.fixture
def post(tmp_path: Path) -> PostView:
    return sample_post(tmp_path)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda p: replace(p, text="a" * 501), "text.too_long"),
        (lambda p: replace(p, text="a" * 430, spoiler="b" * 100), "text.too_long"),
        (lambda p: replace(p, text="", link="", hashtags=(), media=()), "text.empty"),
        (lambda p: replace(p, media=p.media * 5), "media.too_many"),
        (lambda p: with_file(p, mime="image/tiff"), "media.format"),
        (lambda p: with_file(p, size_bytes=17 * 2**20), "media.too_large"),
        (lambda p: with_file(p, width_px=9000, height_px=9000), "media.too_many_pixels"),
        (lambda p: replace(p, media=(replace(p.media[0], alt=""),)), "media.no_alt"),
        (lambda p: replace(p, media=(replace(p.media[0], alt="a" * 1501),)), "media.alt_too_long"),
        (lambda p: replace(p, media=(*p.media, sound_of(p))), "media.mixed"),
    ],
)
def test_each_limit_is_named_before_sending(
    post: PostView, change: Callable[[PostView], PostView], code: str
) -> None:
    assert [issue.code for issue in Mastodon().validate(change(post), CAPS)] == [code]


def with_file(post: PostView, **changes: object) -> PostView:
    medium = post.media[0]
    return replace(post, media=(replace(medium, file=replace(medium.file, **changes)),))


def test_words_come_back_from_real_markup() -> None:
    """As a Mastodon 4.3 server renders a link, a mention and a hashtag."""
    content = (
        "<p>Out &amp; about with <span class='h-card'><a href='https://indie.example/@mara' "
        "class='u-url mention'>@<span>mara</span></a></span></p><p><a href='https://maravale."
        "example/harbour-lights'><span class='invisible'>https://</span><span class='ellipsis'>"
        "maravale.example/harb</span><span class='invisible'>our-lights</span></a><br>"
        "<a href='x' class='mention hashtag'>#<span>NewMusic</span></a></p>"
    )
    text = f"Out & about with @mara@indie.example\n\n{LINK}\n#newmusic"
    assert fingerprint(words_of(content)) == fingerprint(text)
    assert fingerprint(text) != fingerprint(text + "!")


def sound_of(post: PostView) -> MediaView:
    assert post.release is not None
    sound = post.release.tracks[0].find_file(FileRole.LISTENING)
    assert sound is not None
    return MediaView(sound, "The song.")

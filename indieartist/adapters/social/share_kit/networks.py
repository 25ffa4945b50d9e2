"""The networks a person posts to by hand, and what each of them takes: data, not code.

Limits were read on 2026-11-22 in the networks' own documentation, by way of the field study of
publishing; they change, and then this table changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from indieartist.sdk.capabilities import Counter, TextLimit


class Frame(Enum):
    """A picture's shape: file name, label, width and height in pixels."""

    SQUARE = ("square", "Square", 1080, 1080)
    PORTRAIT = ("portrait", "Portrait 4:5", 1080, 1350)
    STORY = ("story", "Story 9:16", 1080, 1920)
    WIDE = ("wide", "Wide 16:9", 1920, 1080)

    def __init__(self, stem: str, label: str, width_px: int, height_px: int) -> None:
        self.stem = stem
        self.label = label
        self.size_px = (width_px, height_px)

    @property
    def path(self) -> str:
        """Where the picture lies in the kit."""
        return f"images/{self.stem}.jpg"


@dataclass(frozen=True, slots=True)
class Network:
    """One network. `compose_url` may hold {text}, {title} and {link}, filled in encoded."""

    id: str
    name: str
    text: TextLimit
    frames: tuple[Frame, ...]
    compose_url: str
    title: TextLimit | None = None  # where a post has a title of its own
    title_label: str = "Title"
    link_in_text: bool = True  # False: links there cannot be clicked, so it goes elsewhere
    max_tags: int = 30
    note: str = ""


def _codepoints(most: int) -> TextLimit:
    return TextLimit(most, Counter.CODEPOINT)


NETWORKS = (
    Network(
        "instagram",
        "Instagram",
        TextLimit(2200, Counter.UTF16),
        (Frame.PORTRAIT, Frame.SQUARE, Frame.STORY),
        "https://www.instagram.com/",
        link_in_text=False,
        note="Links in a caption cannot be tapped: put yours in the bio or on a story sticker.",
    ),
    Network(
        "tiktok",
        "TikTok",
        TextLimit(2200, Counter.UTF16),
        (Frame.STORY,),
        "https://www.tiktok.com/upload",
        link_in_text=False,
        note="Links in a caption cannot be tapped: put yours in the bio.",
    ),
    Network(
        "threads",
        "Threads",
        TextLimit(500, Counter.CODEPOINT, emoji_as_bytes=True),
        (Frame.SQUARE, Frame.PORTRAIT),
        "https://www.threads.net/intent/post?text={text}",
        max_tags=1,
        note="One topic tag per post.",
    ),
    Network(
        "facebook",
        "Facebook",
        _codepoints(63_206),
        (Frame.SQUARE, Frame.WIDE),
        "https://www.facebook.com/sharer/sharer.php?u={link}",
    ),
    Network(
        "x",
        "X",
        TextLimit(280, Counter.WEIGHTED, url_weight=23),
        (Frame.WIDE, Frame.SQUARE),
        "https://x.com/intent/post?text={text}",
        max_tags=2,
    ),
    Network(
        "youtube",
        "YouTube",
        TextLimit(5000, Counter.BYTES),
        (Frame.WIDE, Frame.STORY),
        "https://studio.youtube.com/",
        title=_codepoints(100),
        max_tags=15,
        note="For a video or a Short: title and description.",
    ),
    Network(
        "bluesky",
        "Bluesky",
        TextLimit(300, Counter.GRAPHEME, extra_byte_cap=3000),
        (Frame.SQUARE,),
        "https://bsky.app/intent/compose?text={text}",
        max_tags=8,
    ),
    Network(
        "mastodon",
        "Mastodon",
        TextLimit(500, Counter.GRAPHEME, url_weight=23, mentions_without_domain=True),
        (Frame.SQUARE, Frame.WIDE),
        "https://share.joinmastodon.org/#text={text}",
    ),
    Network(
        "reddit",
        "Reddit",
        _codepoints(40_000),
        (Frame.SQUARE, Frame.WIDE),
        "https://www.reddit.com/submit?title={title}&url={link}",
        title=_codepoints(300),
        max_tags=0,
        note="Read the community's rules on self-promotion first.",
    ),
    Network(
        "email",
        "E-mail",
        _codepoints(100_000),
        (Frame.WIDE,),
        "mailto:?subject={title}&body={text}",
        title=_codepoints(78),  # RFC 5322 2.1.1: lines should be no longer
        title_label="Subject",
        max_tags=0,
    ),
)

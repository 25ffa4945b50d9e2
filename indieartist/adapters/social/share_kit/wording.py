"""One post's words for one network: fitted, counted, and the way to its composer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from indieartist.adapters.social.share_kit.networks import Network
from indieartist.sdk.capabilities import TextLimit
from indieartist.sdk.text import compose, count, fit
from indieartist.sdk.views import PostView

LONGEST_ADDRESS = 2000  # beyond that, browsers and mail programs cut an address


@dataclass(frozen=True, slots=True)
class Wording:
    """The words for one network; `shortened` says that the person's own text had to be cut."""

    network: Network
    text: str
    title: str
    compose_url: str
    shortened: bool

    @property
    def text_note(self) -> str:
        """'212 of 300'."""
        return _note(self.text, self.network.text)

    @property
    def title_note(self) -> str:
        """'38 of 100'; empty where there is no title."""
        return _note(self.title, self.network.title) if self.network.title else ""


def wording_for(post: PostView, network: Network) -> Wording:
    """The post as this network takes it; pure."""
    kept = replace(
        post,
        link=post.link if network.link_in_text else "",
        hashtags=post.hashtags[: network.max_tags],
    )
    text = fit(kept, network.text)
    title = fit(PostView("", _title_of(post)), network.title) if network.title else ""
    shortened = not text.startswith(post.text.rstrip()) and text != compose(kept)
    url = _compose_url(network, text, title, post.link)
    return Wording(network, text, title, url, shortened)


def _title_of(post: PostView) -> str:
    """'Mara Vale – Harbour Lights', or the post's own first line."""
    if post.release:
        return f"{post.release.artist_line} – {post.release.full_title}"
    return post.text.strip().partition("\n")[0]


def _compose_url(network: Network, text: str, title: str, link: str) -> str:
    """The composer, filled in as far as it takes it; where that is too long, just its door."""
    parts = {"text": text, "title": title, "link": link}
    encoded = {
        key: quote(value.encode("utf-8", "replace"), safe="") for key, value in parts.items()
    }
    url = network.compose_url.format(**encoded)
    pointless = not link and "{link}" in network.compose_url
    door = network.compose_url.partition("?")[0]
    return door if pointless or len(url) > LONGEST_ADDRESS else url


def _note(text: str, limit: TextLimit) -> str:
    return f"{count(text, limit):,} of {limit.max:,}"

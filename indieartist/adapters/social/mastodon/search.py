"""Was it posted? The account's own statuses are searched for the one that a step would make."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from indieartist.adapters.social.mastodon.server import (
    fetch_own_statuses,
    fetch_scheduled,
    reference,
)
from indieartist.sdk.context import Ctx
from indieartist.sdk.steps import Found, NotFound, RemoteRef, Unknown

SCHEDULED = "scheduled"
FINGERPRINT_LENGTH = 32


def fingerprint(text: str) -> str:
    """What is the same in a text as it was sent and as the server shows it again.

    Spaces and lines are laid out anew, mentions lose or gain their server, and the case of
    a hashtag may change: none of these count.
    """
    import regex

    plain = regex.sub(r"(?<![\w/])(@\w+)@[\w.-]+\w", r"\1", text)
    letters = regex.sub(r"[\s\p{Cf}]+", "", plain).casefold()
    return hashlib.sha256(letters.encode("utf-8", "replace")).hexdigest()[:FINGERPRINT_LENGTH]


class _Words(HTMLParser):
    """Collects the words of a status; links are shortened on screen by hidden parts only."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep the words between the tags."""
        self.words.append(data)


def words_of(content: str) -> str:
    """The words of a status as HTML."""
    parser = _Words()
    parser.feed(content)
    parser.close()
    return "".join(parser.words)


def scheduled_reference(data: Mapping[str, Any], text: str) -> RemoteRef:
    """Reference of a status that waits: its id changes when it is published, its words do not."""
    return RemoteRef(f"{SCHEDULED}/{reference(data).id}/{fingerprint(text)}")


def find_status(
    ctx: Ctx, print_: str, media: Sequence[str] | None = None
) -> Found | NotFound | Unknown:
    """The published status with just those uploads and, where there are none, those words.

    Without `media` only the words count: of a status that was scheduled nothing else is known.
    """
    for status in fetch_own_statuses(ctx):
        if status is None:
            return Unknown("It may lie further back than the last 200 posts.")
        if _is_it(status, print_, media):
            return Found(reference(status, changing=False))
    return NotFound()


def _is_it(status: Mapping[str, Any], print_: str, media: Sequence[str] | None) -> bool:
    """Uploads belong to one post for ever, so they alone decide wherever there are any."""
    there = _ids(status.get("media_attachments"))
    if media is not None and (media or there):
        return sorted(there) == sorted(media)
    return fingerprint(words_of(str(status.get("content", "")))) == print_


def find_scheduled(ctx: Ctx, text: str, media: Sequence[str]) -> Found | NotFound:
    """The waiting status with those pictures, or without pictures with that text."""
    for waiting in fetch_scheduled(ctx):
        params = waiting.get("params")
        same_text = isinstance(params, Mapping) and params.get("text", params.get("status")) == text
        there = _ids(waiting.get("media_attachments")) or _listed(params)
        if there == list(media) and (media or same_text):
            return Found(scheduled_reference(waiting, text))
    return NotFound()


def _listed(params: object) -> list[str]:
    ids = params.get("media_ids") if isinstance(params, Mapping) else None
    return [str(item) for item in ids] if isinstance(ids, list) else []


def _ids(media: object) -> list[str]:
    found = media if isinstance(media, list) else []
    return [str(item.get("id")) for item in found if isinstance(item, Mapping)]

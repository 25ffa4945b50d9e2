"""A Mastodon server on loopback, made by others, held to the rules that real servers keep."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from mastodon_server import Server, open_account, serve_mastodon
from requests import PreparedRequest, Response

from indieartist.sdk.bench import Destination
from indieartist.sdk.capabilities import Counter, TextLimit
from indieartist.sdk.faults import FaultyTransport, answer
from indieartist.sdk.text import count
from indieartist.sdk.views import AccountView

LIMIT = TextLimit(500, Counter.GRAPHEME, 23, mentions_without_domain=True)


@pytest.fixture(scope="session")
def mastodon_url() -> Iterator[str]:
    with serve_mastodon() as url:
        yield url


@pytest.fixture
def server(mastodon_url: str) -> Iterator[Server]:
    with open_account(mastodon_url) as account:
        yield account


class StrictTransport(FaultyTransport):
    """Adds what real servers enforce and the double does not, as Mastodon 4.3 documents it.

    Lengths in graphemes with 23 for a link, five minutes of lead, descriptions of at most 1500,
    uploads that are used once, keys that live for an hour and hold for schedules too, and
    uploads that are worked on for a while (202, then 206).
    """

    def __init__(self, destination_now: Any) -> None:
        super().__init__()
        self.now = destination_now
        self.used: set[str] = set()
        self.working: set[str] = set()
        self.slow = False
        self.schedules: dict[tuple[str, int], Response] = {}

    def deliver(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        path = urlsplit(request.url or "").path
        if request.method == "POST" and path == "/api/v1/statuses":
            return self._status(request, *args, **kwargs)
        if request.method == "POST" and path == "/api/v2/media":
            return self._media(request, *args, **kwargs)
        reply = super().deliver(request, *args, **kwargs)
        if path.rpartition("/")[2] in self.working and path.startswith("/api/v1/media/"):
            self.working.discard(path.rpartition("/")[2])
            reply.status_code = 206
        return reply

    def _status(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        body = json.loads(request.body or b"{}")
        key = self._age_key(request)
        if key in self.schedules:
            return _fresh(self.schedules[key])
        known = key[0] in self.used
        refusal = "" if known else self._refusal(body)
        if refusal:
            return answer(422, json.dumps({"error": refusal}).encode(), {}, request)
        reply = _kept(super().deliver(request, *args, **kwargs))
        self.used |= {*body.get("media_ids", []), key[0]}
        if "scheduled_at" in reply.json():
            self.schedules[key] = reply
        return _fresh(reply)

    def _age_key(self, request: PreparedRequest) -> tuple[str, int]:
        """The double never forgets a key; a real server does after an hour."""
        hour = int(self.now().timestamp() // 3600)
        key = f"{request.headers['Idempotency-Key']}@{hour}"
        request.headers["Idempotency-Key"] = key
        return key, hour

    def _refusal(self, body: dict[str, Any]) -> str:
        text = body.get("status", "")
        if count(text, LIMIT) + count(body.get("spoiler_text", ""), LIMIT) > LIMIT.max:
            return "Validation failed: Text character limit of 500 exceeded"
        if self.used & set(body.get("media_ids", [])):
            return "Validation failed: media is used already"
        if body["visibility"] not in ("public", "unlisted", "private", "direct"):
            return "Validation failed: Visibility is not included in the list"
        at = body.get("scheduled_at")
        if at and datetime.fromisoformat(at) - self.now() < timedelta(minutes=5):
            return "Validation failed: Scheduled at must be at least 5 minutes in the future"
        return ""

    def _media(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        reply = _kept(super().deliver(request, *args, **kwargs))
        if self.slow and reply.status_code == 200:
            self.working.add(reply.json()["id"])
            reply.status_code = 202
        return _fresh(reply)


def _kept(reply: Response) -> Response:
    """The answer with its body read, so that it can be looked into."""
    assert reply.content is not None
    return reply


def _fresh(reply: Response) -> Response:
    """The answer as if it had just come in, its body still to be read."""
    headers = {"Content-Type": "application/json"}
    return answer(reply.status_code, reply.content, headers, reply.request)


@pytest.fixture
def mastodon(server: Server, tmp_path: Path) -> Destination:
    """The account as the core knows it, with the strict rules in between."""
    account = AccountView("5", "@mara", server.url)
    destination = Destination(account, tmp_path, server.count, {"token": server.token})
    destination.transport = StrictTransport(destination.now)
    return destination

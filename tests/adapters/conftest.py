"""A Mastodon server on loopback, made by others, held to the rules that real servers keep."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from requests import PreparedRequest, Response, Session

from indieartist.sdk.bench import Destination
from indieartist.sdk.capabilities import Counter, TextLimit
from indieartist.sdk.faults import FaultyTransport, answer
from indieartist.sdk.text import count
from indieartist.sdk.views import AccountView

START_S = 60
LIMIT = TextLimit(500, Counter.GRAPHEME, 23, mentions_without_domain=True)


@pytest.fixture(scope="session")
def mastodon_url() -> Iterator[str]:
    """`mastodon_mock serve` in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "mastodon_mock", "serve", "--in-memory", "--port", str(port)]
    process = subprocess.Popen([*command, "--log-level", "critical"])
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/api/v2/instance", process)
        yield url
    finally:
        process.kill()
        process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            requests.get(url, timeout=5).raise_for_status()
        except requests.RequestException:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("mastodon_mock did not start")


@dataclass
class Server:
    """One fresh account on the server, and what the outside world can see of it."""

    url: str
    token: str
    account_id: str
    session: Session = field(default_factory=Session)

    def get(self, path: str) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        reply = self.session.get(self.url + path, headers=headers, timeout=10)
        reply.raise_for_status()
        return reply.json()

    def statuses(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(f"/api/v1/accounts/{self.account_id}/statuses")
        return found

    def scheduled(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get("/api/v1/scheduled_statuses")
        return found

    def count(self) -> int:
        """Posts that are out or will come out."""
        return len(self.statuses()) + len(self.scheduled())


@pytest.fixture
def server(mastodon_url: str) -> Iterator[Server]:
    reply = requests.post(f"{mastodon_url}/api/v1/_mock/dev_user", json={}, timeout=10).json()
    with Session() as session:
        yield Server(mastodon_url, reply["access_token"], reply["id"], session)


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

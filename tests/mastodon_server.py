"""A Mastodon server on loopback, made by others, in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
from requests import Session

START_S = 60


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


@contextmanager
def serve_mastodon() -> Iterator[str]:
    """`mastodon_mock serve`; gives its address once it answers."""
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


@contextmanager
def open_account(mastodon_url: str) -> Iterator[Server]:
    """A fresh account on the server."""
    reply = requests.post(f"{mastodon_url}/api/v1/_mock/dev_user", json={}, timeout=10).json()
    with Session() as session:
        yield Server(mastodon_url, reply["access_token"], reply["id"], session)


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

"""Announcing as it is typed: an account, a post for later, and one status in the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bounces import write_bounce
from click.testing import CliRunner
from mastodon_server import Server, open_account, serve_mastodon

from indieartist.cli.main import make_cli
from indieartist.services.studio import Studio, open_studio
from indieartist.system.secrets import MemorySecrets

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def mastodon_url() -> Iterator[str]:
    with serve_mastodon() as url:
        yield url


@pytest.fixture
def server(mastodon_url: str) -> Iterator[Server]:
    with open_account(mastodon_url) as account:
        yield account


@pytest.fixture
def desk(library_dir: Path, tmp_path: Path) -> Any:
    """A release, secrets in memory, a clock that is set by hand; `told` types a command."""
    clock = SimpleNamespace(now=datetime.now(UTC))
    secrets = MemorySecrets()

    def open_here(folder: Path) -> Studio:
        studio = open_studio(folder, now=lambda: clock.now)
        studio.secrets = secrets
        return studio

    cli = make_cli(open_here, lambda: library_dir, SimpleNamespace())

    def told(*words: object, expect: int = 0) -> Any:
        typed = ["--library", str(library_dir), *map(str, words), "--json"]
        result = CliRunner().invoke(cli, typed, catch_exceptions=False)
        assert result.exit_code == expect, result.output
        return result.output if expect else json.loads(result.stdout)

    told("import", write_bounce(tmp_path / "Night Bus.wav", seconds=1))
    return SimpleNamespace(told=told, clock=clock, secrets=secrets)


def connect(desk: Any, server: Server, label: str = "") -> Any:
    told: Callable[..., Any] = desk.told
    words = ["account", "add", "mastodon", "--url", server.url, "--token", server.token]
    return told(*words, *(["--label", label] if label else []))


def test_a_scheduled_post_goes_out_once(desk: Any, server: Server) -> None:
    connect(desk, server)
    at = (desk.clock.now + timedelta(minutes=30)).astimezone().strftime("%Y-%m-%d %H:%M")
    words = "Harbour lights at nine"
    planned = desk.told("post", "R1", "--to", "mastodon", "--at", at, "--text", words)
    assert planned["state"] == "planned"
    assert desk.told("publish-due") == []
    assert server.count() == 0
    desk.clock.now += timedelta(minutes=31)
    assert [sent["state"] for sent in desk.told("publish-due")] == ["sent"]
    assert desk.told("publish-due") == []
    (status,) = server.statuses()
    assert words in status["content"]
    (listed,) = desk.told("outbox", "list")
    assert listed["url"] == status["url"]


def test_a_post_for_now_goes_out_at_once(desk: Any, server: Server) -> None:
    connect(desk, server)
    sent = desk.told("post", "R1", "--to", "mastodon", "--text", "Out now")
    assert sent["state"] == "sent"
    assert desk.told("publish-due") == []
    assert [status["url"] for status in server.statuses()] == [sent["url"]]


def test_one_of_two_accounts_is_named(desk: Any, server: Server, mastodon_url: str) -> None:
    connect(desk, server, "mine")
    with open_account(mastodon_url) as other:
        connect(desk, other, "band")
        refused = desk.told("post", "R1", "--to", "mastodon", "--text", "Which?", expect=2)
        assert "several" in refused
        desk.told("post", "R1", "--to", "mastodon", "--account", "band", "--text", "The band")
        assert (server.count(), other.count()) == (0, 1)


def test_a_removed_account_leaves_no_secret(desk: Any, server: Server) -> None:
    made = connect(desk, server)
    name = f"mastodon/{server.url}/{made['label']}/token"
    assert desk.secrets.find(name) == server.token
    desk.told("account", "remove", "mastodon")
    assert desk.secrets.find(name) is None
    assert desk.secrets._values == {}


def test_the_same_account_is_connected_once(desk: Any, server: Server) -> None:
    connect(desk, server)
    connect(desk, server)
    assert len(desk.told("account", "list")) == 1


def test_a_refused_token_keeps_nothing(desk: Any, server: Server) -> None:
    connect(desk, server)
    words = ("account", "add", "mastodon", "--url", server.url, "--token", "wrong")
    told = desk.told(*words, expect=4)
    assert "wrong" not in told
    assert len(desk.secrets._values) == 1

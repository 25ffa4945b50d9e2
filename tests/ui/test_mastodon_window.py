"""Announcing by click against a server: connected, posted once, scheduled, chosen, disconnected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mastodon_server import Server, open_account, serve_mastodon
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.studios import make_studio, open_window, settle

from indieartist.domain.publishing import State
from indieartist.system.secrets import MemorySecrets
from indieartist.ui.due import DuePosts
from indieartist.ui.widgets.button import Button

pytestmark = pytest.mark.real
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def mastodon_url() -> Iterator[str]:
    with serve_mastodon() as url:
        yield url


@pytest.fixture
def server(mastodon_url: str) -> Iterator[Server]:
    with open_account(mastodon_url) as account:
        yield account


@pytest.fixture
def room(qtbot: QtBot, library_dir: Path) -> Iterator[Any]:
    """The window at the publish page, with a clock that is set by hand."""
    studio = make_studio(library_dir)
    clock = SimpleNamespace(now=datetime.now(UTC))
    studio.now = lambda: clock.now
    studio.secrets = MemorySecrets()
    with open_window(qtbot, studio, "publish") as window:
        screen: Any = window.screens["publish"]
        yield SimpleNamespace(studio=studio, clock=clock, window=window, screen=screen)


def click(qtbot: QtBot, button: Button) -> None:
    settle(qtbot, lambda: button.isVisible() and button.isEnabled())
    qtbot.mouseClick(button, LEFT)


def connect(room: Any, qtbot: QtBot, server: Server) -> None:
    announce = room.screen.announce
    before = len(announce.accounts)
    announce.server.clear()
    qtbot.keyClicks(announce.server, server.url)
    qtbot.keyClicks(announce.token, server.token)
    click(qtbot, announce.join)
    settle(qtbot, lambda: len(announce.accounts) == before + 1)


def states(room: Any) -> list[State]:
    return [row.publication.state for row in room.screen.outbox.rows]


def write(room: Any, words: str) -> None:
    room.screen.announce.text.setPlainText(words)


def test_a_post_goes_out_once_and_shows_its_link(room: Any, qtbot: QtBot, server: Server) -> None:
    connect(room, qtbot, server)
    assert room.screen.announce.token.text() == ""
    write(room, "Night Bus is out")
    click(qtbot, room.screen.announce.post_now)
    settle(qtbot, lambda: states(room) == [State.SENT])
    (status,) = server.statuses()
    assert "Night Bus is out" in status["content"]
    row = room.screen.outbox.rows[0]
    assert "Night Bus is out" in row.publication.summary
    row.link_asked.disconnect()  # no browser opens here
    with qtbot.waitSignal(row.link_asked) as asked:
        qtbot.mouseClick(row.link, LEFT)
    assert asked.args == [status["url"]]


def test_a_scheduled_post_goes_out_once_when_due(room: Any, qtbot: QtBot, server: Server) -> None:
    connect(room, qtbot, server)
    announce, at = room.screen.announce, datetime.now().astimezone() + timedelta(minutes=30)
    write(room, "Later tonight")
    announce.day.set_value(at.date())
    announce.time.setText(f"{at:%H:%M}")
    click(qtbot, announce.schedule)
    settle(qtbot, lambda: states(room) == [State.PLANNED])
    due = room.window.desk.findChild(DuePosts)
    due.look()
    assert server.count() == 0
    room.clock.now += timedelta(minutes=31)
    settle(qtbot, lambda: due.look() or states(room) == [State.SENT])
    due.look()
    settle(qtbot, lambda: not due._looking)
    assert len(server.statuses()) == 1


def test_a_second_account_is_added_and_chosen(
    room: Any, qtbot: QtBot, server: Server, mastodon_url: str
) -> None:
    announce = room.screen.announce
    connect(room, qtbot, server)
    with open_account(mastodon_url) as other:
        click(qtbot, announce.add)
        connect(room, qtbot, other)
        assert announce.chosen_account.id == announce.accounts[-1].id
        assert not announce.join.isVisible()
        write(room, "From the second")
        click(qtbot, announce.post_now)
        settle(qtbot, lambda: states(room) == [State.SENT])
        assert (server.count(), other.count()) == (0, 1)
        announce.account.set_value(str(announce.accounts[0].id))
        write(room, "From the first")
        click(qtbot, announce.post_now)
        settle(qtbot, lambda: states(room) == [State.SENT, State.SENT])
        assert (server.count(), other.count()) == (1, 1)


def test_disconnecting_forgets_the_secret(room: Any, qtbot: QtBot, server: Server) -> None:
    connect(room, qtbot, server)
    name = f"{room.screen.announce.chosen_account.secret_prefix}/token"
    assert room.studio.secrets.find(name) == server.token
    click(qtbot, room.screen.announce.leave)
    settle(qtbot, room.screen.announce.join.isVisible)
    assert room.studio.secrets.find(name) is None

"""Publishing by click: a package built, a post scheduled, seen in the outbox and cancelled."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import insert
from ui.studios import fill_in, make_studio, open_window, settle

from indieartist.domain.publishing import Publication, State
from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.services import outbox
from indieartist.services.studio import open_studio
from indieartist.ui.cards.outbox import WORDS, OutboxRow
from indieartist.ui.due import DuePosts
from indieartist.ui.widgets.button import Button

LEFT = Qt.MouseButton.LeftButton
NOW = datetime(2026, 12, 4, 9, 0).astimezone()


def remember_account(studio: Any) -> None:
    """An account as it stands in the library once it is connected."""
    row = {"adapter": "mastodon", "label": "@mara@example.org", "base_url": "https://example.org"}
    row |= {"facts": {}, "fetched_at": studio.now(), "added_at": studio.now()}
    with studio.library.write() as connection:
        connection.execute(insert(t.account).values(**row))


@pytest.fixture(scope="module")
def ready_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a release in order and a connected account, to be copied."""
    folder = tmp_path_factory.mktemp("ready")
    studio = make_studio(folder / "Library", seconds=61)
    fill_in(studio, folder)
    remember_account(studio)
    studio.library.close()
    return folder / "Library"


@pytest.fixture
def room(qtbot: QtBot, library_dir: Path, ready_library: Path) -> Iterator[Any]:
    """The window at the publish page; the release is in order and an account is connected."""
    shutil.copytree(ready_library, library_dir, dirs_exist_ok=True)
    studio = open_studio(library_dir)
    with open_window(qtbot, studio, "publish") as window:
        yield SimpleNamespace(studio=studio, window=window, screen=window.screens["publish"])


def click(qtbot: QtBot, button: Button) -> None:
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def states(room: Any) -> list[State]:
    return [row.publication.state for row in room.screen.outbox.rows]


def test_a_package_is_built_where_the_person_wants_it(
    room: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    package, target = room.screen.package, tmp_path / "Deliveries"
    target.mkdir()
    room.screen.choose_folder = lambda: target
    click(qtbot, package.folder._button)
    click(qtbot, package.button)
    settle(qtbot, lambda: states(room) == [State.SENT])
    assert [path for path in target.rglob("*") if path.is_file()]
    assert package._last.text().startswith("Built ")
    assert package.open_button.isVisible()
    row = room.screen.outbox.rows[0]
    assert row.words.startswith("Built ")
    click(qtbot, row.buttons["I handed it over"])
    settle(qtbot, lambda: room.screen.outbox.rows[0].words.startswith("Handed over "))
    assert not room.screen.outbox.rows[0].buttons
    assert outbox.list_publications(room.studio)[0].handed_at is not None


def test_a_page_is_built_for_its_address(room: Any, qtbot: QtBot, tmp_path: Path) -> None:
    site, target = room.screen.site, tmp_path / "Web"
    target.mkdir()
    site.folder.set_path(target)
    site.address.setText("https://mara.example/")
    click(qtbot, site.button)
    settle(qtbot, lambda: states(room) == [State.SENT])
    pages = list(target.rglob("index.html"))
    assert any("https://mara.example/" in page.read_text("utf-8") for page in pages)


def test_a_post_is_scheduled_seen_and_cancelled(room: Any, qtbot: QtBot) -> None:
    announce = room.screen.announce
    announce.day.set_value(date.today() + timedelta(days=30))
    settle(qtbot, announce.schedule.isEnabled)
    click(qtbot, announce.schedule)
    settle(qtbot, lambda: states(room) == [State.PLANNED])
    row = room.screen.outbox.rows[0]
    assert row.words.startswith("Goes out ")
    click(qtbot, row.buttons["Cancel"])
    settle(qtbot, lambda: states(room) == [State.CANCELLED])
    assert set(room.screen.outbox.rows[0].buttons) == {"Send after all"}


def test_the_words_are_counted_against_the_limit(room: Any, qtbot: QtBot) -> None:
    announce = room.screen.announce
    settle(qtbot, lambda: "of 500" in announce.counter.text())
    announce.text.setPlainText("so long " * 100)
    settle(qtbot, lambda: not announce.schedule.isEnabled())
    assert not announce.post_now.isEnabled()
    assert announce.counter.property("tone") == "err"
    assert "500" in announce.text_row._note.text()
    announce.text.setPlainText("short")
    settle(qtbot, announce.post_now.isEnabled)


def test_a_refused_connection_keeps_nothing(room: Any, qtbot: QtBot) -> None:
    announce = room.screen.announce
    announce.server.setText("http://127.0.0.1:9")
    announce.token.setText("secret")
    announce.connect_asked.emit()
    settle(qtbot, announce.join.isEnabled)
    settle(qtbot, room.window.toast.isVisible)
    assert announce.token.text() == "secret"


def test_disconnecting_offers_to_connect_again(room: Any, qtbot: QtBot) -> None:
    announce = room.screen.announce
    click(qtbot, announce.leave)
    settle(qtbot, announce.join.isVisible)
    assert not announce.schedule.isVisible()


def test_a_share_kit_is_built(room: Any, qtbot: QtBot) -> None:
    click(qtbot, room.screen.announce.kit)
    settle(qtbot, lambda: states(room) == [State.SENT])


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        (None, "18:00", "no day"),
        (date(2026, 12, 5), "teatime", "not a time"),
        (date(2026, 12, 3), "18:00", "has passed"),
    ],
)
def test_a_moment_that_is_none_is_named(room: Any, day: date | None, time: str, said: str) -> None:
    room.screen.announce.day.set_value(day)
    room.screen.announce.time.setText(time)
    with pytest.raises(UserError, match=said):
        room.screen.announce.read_when(NOW)


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_words_and_its_ways_out(qtbot: QtBot, state: State) -> None:
    row = OutboxRow(Publication(1, 1, "mastodon", 1, "@mara", "Post it.", NOW, state))
    qtbot.addWidget(row)
    assert row.words and "{" not in row.words
    assert state in WORDS
    assert ("Cancel" in row.buttons) == row.publication.cancellable
    assert ("It went out" in row.buttons) == (state is State.UNCERTAIN)


def test_what_is_due_goes_out_while_the_window_is_open(room: Any, qtbot: QtBot) -> None:
    click(qtbot, room.screen.announce.kit)
    settle(qtbot, lambda: states(room) == [State.SENT])
    publication = room.screen.outbox.rows[0].publication
    with room.studio.library.write() as connection:
        change = t.publication.update().where(t.publication.c.id == publication.id)
        connection.execute(change.values(state=State.WAITING.value, next_at=room.studio.now()))
    room.window.desk.findChild(DuePosts).look()
    number, studio = publication.id, room.studio
    settle(qtbot, lambda: outbox.get_publication(studio, number).state is State.SENT)

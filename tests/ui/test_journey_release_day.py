"""Journey 3: release day, from the evening before to the log of all that went out, by hand.

Left out, as their engines come with later issues: looking whether stores are live, the gate that
holds posts until they are, and the alert about a namesake's page (2, 3 and the half of 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from mastodon_server import Server, open_account, serve_mastodon
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.person import CONTROL, Person
from ui.studios import fill_in, get_release, make_studio, open_window
from urllib3 import HTTPResponse

from indieartist.domain.publishing import State
from indieartist.services import editing
from indieartist.services.studio import open_studio
from indieartist.system.secrets import MemorySecrets
from indieartist.ui.due import DuePosts
from indieartist.ui.screens.publish import PublishScreen

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]
KEY = Qt.Key


class Line(requests.Session):
    """The line to the world: it can be cut, and the server at its end can be busy."""

    def __init__(self) -> None:
        super().__init__()
        self.cut, self.busy, self.posted = False, 0, 0

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        if self.cut:
            raise requests.ConnectionError("no network")
        if str(method).upper() == "POST" and str(url).endswith("/statuses"):
            if self.busy:
                self.busy -= 1
                return self._refuse(url)
            self.posted += 1
        return super().request(method, url, *args, **kwargs)

    @staticmethod
    def _refuse(url: str) -> requests.Response:
        made = requests.Response()
        made.status_code, made.url = 429, url
        made.raw = HTTPResponse(BytesIO(b'{"error": "Too many requests"}'), preload_content=False)
        made.headers.update({"Retry-After": "120", "Content-Type": "application/json"})
        return made


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve_mastodon() as url, open_account(url) as account:
        yield account


@pytest.fixture
def scene(qtbot: QtBot, library_dir: Path, tmp_path: Path, server: Server) -> Any:
    """A release that comes out tomorrow."""
    studio = make_studio(library_dir, 61)
    fill_in(studio, tmp_path)
    tomorrow = studio.today + timedelta(days=1)
    editing.edit_release(studio, get_release(studio), {"release_on": tomorrow.isoformat()})
    studio.library.close()
    clock = SimpleNamespace(now=datetime.now(UTC))
    made = SimpleNamespace(qtbot=qtbot, folder=library_dir, clock=clock, server=server)
    made.line, made.secrets = Line(), MemorySecrets()
    return made


def studio_of(scene: Any) -> Any:
    """The library as the program finds it when it starts."""
    studio = open_studio(scene.folder)
    studio.now = lambda: scene.clock.now
    studio.secrets = scene.secrets
    studio.__dict__["session"] = scene.line
    return studio


def test_release_day_by_hand(scene: Any) -> None:
    with open_window(scene.qtbot, studio_of(scene), "release") as window:
        scene.window, scene.person = window, Person(scene.qtbot, window)
        look_at_the_evening_before(scene)
        plan(scene)
        one_is_told_to_wait(scene)
        one_waits_for_the_network(scene)
    scene.clock.now += timedelta(days=3)
    with open_window(scene.qtbot, studio_of(scene), "publish") as window:
        scene.window, scene.person = window, Person(scene.qtbot, window)
        the_late_one_is_asked_about(scene)
        read_the_log(scene)


def screen_of(scene: Any) -> PublishScreen:
    found: PublishScreen = scene.window.screens.get_of(PublishScreen)
    return found


def rows(scene: Any) -> dict[str, Any]:
    """The outbox by the words of each post."""
    return {row.publication.summary: row for row in screen_of(scene).outbox.rows}


def state(scene: Any, words: str) -> State:
    found = [row for summary, row in rows(scene).items() if words in summary]
    return found[0].publication.state if found else State.CANCELLED


def pass_time(scene: Any, minutes: int) -> None:
    """The clock goes on, and the window looks at it as it does each minute."""
    scene.clock.now += timedelta(minutes=minutes)
    due = scene.window.desk.findChild(DuePosts)
    due.look()
    scene.person.wait(lambda: not due._looking)
    scene.person.settle()


def look_at_the_evening_before(scene: Any) -> None:
    """(1) How ready it is, and what is still open."""
    person = scene.person
    person.wait(lambda: person.sees("Release day in 1 day"))
    assert person.sees("overdue")


def plan(scene: Any) -> None:
    """Three posts for the day, in one sitting."""
    person = scene.person
    person.press(KEY.Key_5, CONTROL)
    person.settle()
    person.type("Server", scene.server.url)
    person.type("Token", scene.server.token)
    person.click("Connect")
    screen = screen_of(scene)
    person.wait(screen.announce.schedule.isVisible)
    for place, words in enumerate(("First light", "Second bus", "Third stop"), 1):
        at = datetime.now().astimezone() + timedelta(minutes=60 * place)
        person.write("Words", words)
        person.type("Day", f"{at:%Y-%m-%d}")
        person.type("Time", f"{at:%H:%M}")
        person.wait(screen.announce.schedule.isEnabled)
        person.click("Schedule")
        person.wait(lambda: len(screen.outbox.rows) == place)  # noqa: B023
    assert scene.server.count() == 0


def one_is_told_to_wait(scene: Any) -> None:
    """(4) The server is busy once: the post goes out later, and only once."""
    scene.line.busy = 1
    pass_time(scene, 61)
    scene.person.wait(lambda: state(scene, "First light") is State.WAITING)
    assert (scene.line.posted, scene.server.count()) == (0, 0)
    pass_time(scene, 5)
    scene.person.wait(lambda: state(scene, "First light") is State.SENT)
    pass_time(scene, 5)
    assert (scene.line.posted, scene.server.count()) == (1, 1)


def one_waits_for_the_network(scene: Any) -> None:
    """(5) Offline for a while: nothing is lost, nothing goes twice."""
    scene.line.cut = True
    pass_time(scene, 52)
    assert state(scene, "Second bus") in (State.WAITING, State.SENDING)
    assert scene.server.count() == 1
    scene.line.cut = False
    pass_time(scene, 30)
    scene.person.wait(lambda: state(scene, "Second bus") is State.SENT)
    assert scene.server.count() == 2


def the_late_one_is_asked_about(scene: Any) -> None:
    """(5) What came due while the program was closed is not fired, but asked about."""
    pass_time(scene, 1)
    scene.person.wait(lambda: state(scene, "Third stop") is State.MISSED)
    assert scene.server.count() == 2
    scene.person.click("Send after all")
    scene.person.wait(lambda: state(scene, "Third stop") is State.SENT)
    assert scene.server.count() == 3


def read_the_log(scene: Any) -> None:
    """(6) All that went out stands there, with its address."""
    sent = [row.publication for row in screen_of(scene).outbox.rows]
    assert [each.state for each in sent] == [State.SENT] * 3
    assert all(each.url for each in sent)
    assert scene.line.posted == 3

"""Sent once and only once: whatever is lost, late, doubled, refused or killed on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from indieartist.domain.publishing import MOST_ATTEMPTS, Publication, State
from indieartist.errors import UserError
from indieartist.sdk.adapter import AccountFacts, Kind, Manifest
from indieartist.sdk.auth import NoAuth
from indieartist.sdk.capabilities import Capabilities, Mode
from indieartist.sdk.failures import (
    AuthExpired,
    OutcomeUnknown,
    RateLimited,
    Rejected,
    Temporary,
)
from indieartist.sdk.steps import (
    Action,
    Done,
    Failed,
    Found,
    NotFound,
    Pending,
    RemoteRef,
    Target,
    Unknown,
    make_plan,
)
from indieartist.services import editing, finding, outbox, publishing
from indieartist.services.publishing import Route
from indieartist.services.studio import Studio, open_studio

START = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)


class Wall:
    """A social network that is a file: a line for each post that really arrived."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def posts(self) -> list[str]:
        return self.path.read_text().splitlines() if self.path.exists() else []

    def write(self, key: str) -> None:
        with self.path.open("a") as file:
            file.write(key + "\n")


class FakeNetwork:
    """An adapter whose answers a test decides: `answers` are raised, returned or called in turn."""

    def __init__(self, wall: Wall, mode: Mode = Mode.KEYED, ttl_s: int = 3600) -> None:
        self.wall, self.mode, self.ttl_s = wall, mode, ttl_s
        self.answers: list[Any] = []
        self.checks: list[Any] = []
        self.manifest = Manifest("wall", Kind.SOCIAL, "Wall", "tests", ())

    def capabilities(self, account: Any, cache: Any) -> Capabilities:
        return Capabilities(self.mode, ttl_s=self.ttl_s)

    def auth_methods(self) -> tuple[NoAuth, ...]:
        return (NoAuth(),)

    def fetch_account(self, ctx: Any) -> AccountFacts:
        return AccountFacts("wall")

    def validate(self, item: Any, caps: Any) -> tuple[()]:
        return ()

    def plan(self, item: Any, caps: Any, account: Any) -> Any:
        action = Action("post", {"text": item.text}, self.mode, ttl_s=self.ttl_s)
        return make_plan(Target.of("wall", account, item), "Post on the wall", [action])

    def execute(self, step: Any, ctx: Any) -> Any:
        answer = self.answers.pop(0) if self.answers else "post"
        if answer in ("post", "post and lose the answer"):
            if self.mode is not Mode.KEYED or step.key not in self.wall.posts():
                self.wall.write(step.key)
            if answer == "post":
                return Done(RemoteRef(step.key, f"https://wall.example/{step.key}"))
            raise OutcomeUnknown("No answer came.")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def check(self, pending: Any, ctx: Any) -> Any:
        return self.checks.pop(0)

    def reconcile(self, step: Any, ctx: Any) -> Any:
        found = step.key in self.wall.posts()
        return Found(RemoteRef(step.key)) if found else NotFound()


class Shelf:
    def __init__(self, adapter: FakeNetwork) -> None:
        self.adapter = adapter

    def get(self, key: str) -> FakeNetwork:
        return self.adapter


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def wall(tmp_path: Path) -> Wall:
    return Wall(tmp_path / "wall.txt")


@pytest.fixture
def network(wall: Wall) -> FakeNetwork:
    return FakeNetwork(wall)


@pytest.fixture
def studio(tmp_path: Path, clock: Clock, network: FakeNetwork) -> Studio:
    studio = open_studio(tmp_path / "library", now=clock)
    studio.adapters = Shelf(network)  # type: ignore[assignment]
    editing.new_release(studio, "Harbour Lights", ["Mara Vale"])
    return studio


def announce(studio: Studio, at: datetime | None = None) -> Publication:
    return publishing.post(studio, finding.get_release(studio, "R1"), Route("wall", at=at))


def test_a_post_due_now_is_sent_now(studio: Studio, wall: Wall) -> None:
    sent = announce(studio)
    assert sent.state is State.SENT
    assert sent.url.startswith("https://wall.example/")
    assert len(wall.posts()) == 1


def test_a_planned_post_waits_for_its_time_and_is_sent_once(
    studio: Studio, wall: Wall, clock: Clock
) -> None:
    planned = announce(studio, START + timedelta(hours=2))
    assert planned.state is State.PLANNED
    assert outbox.publish_due(studio) == []
    clock.wait(hours=2, minutes=5)
    assert [p.state for p in outbox.publish_due(studio)] == [State.SENT]
    assert outbox.publish_due(studio) == []
    assert len(wall.posts()) == 1


def test_a_post_whose_time_passed_unattended_is_missed_and_sent_only_on_request(
    studio: Studio, wall: Wall, clock: Clock
) -> None:
    announce(studio, START + timedelta(minutes=1))
    clock.wait(hours=3)
    missed = outbox.publish_due(studio)[0]
    assert missed.state is State.MISSED
    assert wall.posts() == []
    outbox.send_missed(studio, missed)
    assert outbox.publish_due(studio)[0].state is State.SENT
    assert len(wall.posts()) == 1


def test_a_cancelled_post_is_never_sent(studio: Studio, wall: Wall, clock: Clock) -> None:
    planned = announce(studio, START + timedelta(minutes=1))
    outbox.cancel_publication(studio, planned)
    clock.wait(minutes=2)
    assert outbox.publish_due(studio) == []
    assert wall.posts() == []


def test_what_was_sent_cannot_be_cancelled(studio: Studio) -> None:
    with pytest.raises(UserError, match="cannot be cancelled"):
        outbox.cancel_publication(studio, announce(studio))


@pytest.mark.parametrize("mode", [Mode.KEYED, Mode.SEARCHABLE])
def test_a_lost_answer_does_not_double_the_post(
    studio: Studio, wall: Wall, network: FakeNetwork, clock: Clock, mode: Mode
) -> None:
    network.mode = mode
    network.answers = ["post and lose the answer"]
    assert announce(studio).state is State.SENDING
    clock.wait(minutes=10)
    assert outbox.publish_due(studio)[0].state is State.SENT
    assert len(wall.posts()) == 1


def test_after_the_key_is_forgotten_the_destination_is_searched(
    studio: Studio, wall: Wall, network: FakeNetwork, clock: Clock
) -> None:
    network.answers = ["post and lose the answer", AssertionError("sent again")]
    announce(studio)
    clock.wait(hours=2)
    assert outbox.publish_due(studio)[0].state is State.SENT
    assert len(wall.posts()) == 1


def test_where_only_a_person_can_tell_the_person_is_asked(
    studio: Studio, wall: Wall, network: FakeNetwork, clock: Clock
) -> None:
    network.mode = Mode.NONE
    network.answers = ["post and lose the answer"]
    announce(studio)
    clock.wait(minutes=10)
    uncertain = outbox.publish_due(studio)[0]
    assert uncertain.state is State.UNCERTAIN
    outbox.settle(studio, uncertain, was_sent=True, url="https://wall.example/1")
    sent = outbox.publish_now(studio, uncertain.id)
    assert (sent.state, sent.url) == (State.SENT, "https://wall.example/1")
    assert len(wall.posts()) == 1


def test_an_uncertain_post_that_did_not_go_out_is_sent_again(
    studio: Studio, wall: Wall, network: FakeNetwork, clock: Clock
) -> None:
    network.mode = Mode.NONE
    network.answers = [OutcomeUnknown("The line broke.")]
    announce(studio)
    clock.wait(minutes=10)
    uncertain = outbox.publish_due(studio)[0]
    outbox.settle(studio, uncertain, was_sent=False)
    assert outbox.publish_now(studio, uncertain.id).state is State.SENT
    assert len(wall.posts()) == 1


def test_a_rate_limit_is_waited_out(studio: Studio, network: FakeNetwork, clock: Clock) -> None:
    network.answers = [RateLimited("Too many.", retry_after_s=900)]
    waiting = announce(studio)
    assert waiting.state is State.WAITING
    assert waiting.next_at == START + timedelta(seconds=900)
    clock.wait(minutes=14)
    assert outbox.publish_due(studio) == []
    clock.wait(minutes=2)
    assert outbox.publish_due(studio)[0].state is State.SENT


def test_a_bad_day_is_tried_a_bounded_time(
    studio: Studio, wall: Wall, network: FakeNetwork, clock: Clock
) -> None:
    network.answers = [Temporary("Down for maintenance.")] * 50
    publication = announce(studio)
    for _ in range(50):
        clock.wait(hours=2)
        outbox.publish_due(studio)
    stuck = outbox.get_publication(studio, publication.id)
    assert stuck.state is State.NEEDS_HUMAN
    assert len(network.answers) == 50 - MOST_ATTEMPTS
    assert wall.posts() == []


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (Rejected("Too long."), State.REJECTED),
        (AuthExpired("Sign in again."), State.NEEDS_HUMAN),
        (ZeroDivisionError("a bug of the adapter"), State.SENDING),
    ],
)
def test_each_failure_is_an_instruction(
    studio: Studio, network: FakeNetwork, failure: Exception, state: State
) -> None:
    network.answers = [failure]
    assert announce(studio).state is state


def test_work_the_destination_still_does_is_asked_about(
    studio: Studio, network: FakeNetwork, clock: Clock
) -> None:
    network.answers = [Pending("42", 30)]
    network.checks = [Pending("42", 30), Done(RemoteRef("42", "https://wall.example/42"))]
    assert announce(studio).state is State.WAITING
    for expected in (State.WAITING, State.SENT):
        clock.wait(seconds=31)
        assert outbox.publish_due(studio)[0].state is expected


def test_work_the_destination_refuses_in_the_end_is_said(
    studio: Studio, network: FakeNetwork, clock: Clock
) -> None:
    network.answers, network.checks = [Pending("42", 1)], [Failed("The picture is broken.")]
    announce(studio)
    clock.wait(seconds=2)
    refused = outbox.publish_due(studio)[0]
    assert refused.state is State.REJECTED
    assert "broken" in refused.problem


def test_a_payload_that_was_tampered_with_is_not_sent(
    studio: Studio, wall: Wall, clock: Clock
) -> None:
    announce(studio, START + timedelta(minutes=1))
    with studio.library.write() as connection:
        content = json.loads(connection.exec_driver_sql("SELECT content FROM step").scalar_one())
        content["payload"]["text"] = "Buy pills"
        connection.exec_driver_sql("UPDATE step SET content = ?", (json.dumps(content),))
    clock.wait(minutes=2)
    assert outbox.publish_due(studio)[0].state is State.REJECTED
    assert wall.posts() == []


KILLED = """
import os, signal, sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
from test_outbox import Clock, FakeNetwork, Shelf, Wall
from indieartist.sdk.capabilities import Mode
from indieartist.services import outbox
from indieartist.services.studio import open_studio
wall = Wall(Path({wall!r}))
class Killed(FakeNetwork):
    def execute(self, step, ctx):
        if {after!r}:
            super().execute(step, ctx)
        os.kill(os.getpid(), signal.SIGKILL)
clock = Clock(); clock.wait(minutes=2)
studio = open_studio(Path({library!r}), now=clock)
studio.adapters = Shelf(Killed(wall, Mode({mode!r})))
outbox.publish_due(studio)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
@pytest.mark.parametrize("after", [False, True], ids=["before sending", "after sending"])
@pytest.mark.parametrize("mode", list(Mode))
def test_killed_around_the_send_it_is_sent_once(
    studio: Studio, wall: Wall, network: FakeNetwork, clock: Clock, mode: Mode, after: bool
) -> None:
    network.mode = mode
    announce(studio, START + timedelta(minutes=1))
    program = KILLED.format(
        tests=str(Path(__file__).parent),
        wall=str(wall.path),
        library=str(studio.library.folder),
        mode=mode.value,
        after=after,
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    clock.wait(minutes=5)
    state = outbox.publish_due(studio)[0].state
    if mode is Mode.NONE:
        assert state is State.UNCERTAIN
        assert len(wall.posts()) == int(after)
    else:
        assert state is State.SENT
        assert len(set(wall.posts())) == 1
        if mode is not Mode.NATURAL_PUT:  # putting the same thing twice is putting it once
            assert len(wall.posts()) == 1


def test_unknown_answers_are_the_persons_to_settle(
    studio: Studio, network: FakeNetwork, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.mode = Mode.SEARCHABLE
    network.answers = ["post and lose the answer"]
    announce(studio)
    monkeypatch.setattr(network, "reconcile", lambda step, ctx: Unknown("Search is down."))
    clock.wait(minutes=10)
    assert outbox.publish_due(studio)[0].problem == "Search is down."

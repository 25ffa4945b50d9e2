"""Mastodon: the adapters' contract against a server of others, its limits and its oddities."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from mastodon import Mastodon as Oracle
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from indieartist.adapters.social.mastodon import Mastodon
from indieartist.errors import WorldError
from indieartist.sdk.bench import Destination, publish, run_step
from indieartist.sdk.capabilities import Capabilities, CapCache
from indieartist.sdk.failures import (
    AuthExpired,
    Misconfigured,
    OutcomeUnknown,
    Rejected,
    Temporary,
)
from indieartist.sdk.faults import Fault
from indieartist.sdk.samples import sample_post
from indieartist.sdk.steps import (
    Failed,
    Found,
    NotFound,
    Pending,
    Plan,
    RemoteRef,
    RemoteState,
    RemoteStatus,
    Unknown,
    Unsupported,
)
from indieartist.sdk.testing import NetworkConformance
from indieartist.sdk.views import AccountView, FileRole, MediaView, PostView, Visibility

CAPS = Mastodon().capabilities(None, CapCache())
LINK = "https://maravale.example/harbour-lights"


@pytest.fixture
def post(tmp_path: Path) -> PostView:
    return sample_post(tmp_path)


class TestMastodonContract(NetworkConformance[PostView]):
    @pytest.fixture
    def adapter(self) -> Mastodon:
        return Mastodon()

    @pytest.fixture
    def item(self, post: PostView) -> PostView:
        return post

    @pytest.fixture
    def destination(self, mastodon: Destination) -> Destination:
        return mastodon


class TestTextAlone(TestMastodonContract):
    """Without uploads a post can only be found again by its words."""

    @pytest.fixture
    def item(self, post: PostView) -> PostView:
        text = "Hello @mara@indie.example, “Harbour Lights” & more <3\n\nIt is #OutNow"
        return replace(post, media=(), text=text)


class TestScheduled(TestMastodonContract):
    """The server holds the post until its time."""

    @pytest.fixture
    def item(self, post: PostView, mastodon: Destination) -> PostView:
        at = (mastodon.now() + timedelta(days=2)).replace(microsecond=0)
        return replace(post, scheduled_at=at)

    def test_an_update_leaves_one(self, case) -> None:
        """A schedule is not updated; all else of the promise is kept by the posts above."""
        remote = case.publish(case.plan)
        update = case.adapter.plan_update(remote, case.item, CAPS, case.destination.account)
        assert isinstance(update, Unsupported) and case.destination.count() == 1


class TestSlowUploads(TestMastodonContract):
    """The server takes its time over each upload."""

    @pytest.fixture
    def destination(self, mastodon: Destination) -> Destination:
        mastodon.transport.slow = True
        return mastodon


def post_now(post: PostView, mastodon: Destination) -> RemoteRef:
    return publish(Mastodon(), Mastodon().plan(post, CAPS, mastodon.account), mastodon)


def test_another_client_sees_what_was_planned(post: PostView, mastodon: Destination) -> None:
    """Mastodon.py, written by others, reads the post back."""
    remote = post_now(replace(post, spoiler="News", visibility=Visibility.UNLISTED), mastodon)
    token = mastodon.secrets["token"]
    oracle = Oracle(access_token=token, api_base_url=mastodon.account.base_url)
    status = oracle.status(remote.id)
    source = oracle.status_source(remote.id)
    assert source["text"] == f"{post.text}\n\n{LINK}\n\n#NewMusic #Electronic"
    assert (status["spoiler_text"], status["visibility"]) == ("News", "unlisted")
    assert status["media_attachments"][0]["description"] == "A low orange sun over a dark harbour."
    assert remote.url == status["url"]
    assert status["language"] == "en"


def test_an_edit_changes_the_words_and_keeps_the_picture(
    post: PostView, mastodon: Destination, server
) -> None:
    remote = post_now(post, mastodon)
    changed = replace(post, text="Harbour Lights is out at last")
    update = Mastodon().plan_update(remote, changed, CAPS, mastodon.account)
    assert isinstance(update, Plan)
    assert publish(Mastodon(), update, mastodon).id == remote.id
    assert server.statuses()[0]["content"].startswith("<p>Harbour Lights is out at last")


def test_the_token_names_its_owner(mastodon: Destination) -> None:
    facts = Mastodon().fetch_account(mastodon.context())
    assert facts.label.startswith("@user_") and facts.url.startswith("http")
    caps = Mastodon().capabilities(mastodon.account, CapCache(facts.facts))
    image = caps.media[0]
    assert (image.kind, image.max_bytes, image.max_count) == ("image", 10485760, 4)
    assert [limit.kind for limit in caps.media] == ["image", "video"]
    assert "audio/flac" in CAPS.media[1].mimes  # of a server that was not asked yet


def test_a_wrong_token_is_an_expired_sign_in(mastodon: Destination) -> None:
    wrong = replace(mastodon, secrets={"token": "wrong-token"})
    with pytest.raises(AuthExpired) as caught:
        Mastodon().fetch_account(wrong.context())
    assert "wrong-token" not in str(caught.value)


def test_an_account_without_server_is_named(post: PostView, mastodon: Destination) -> None:
    lost = replace(mastodon, account=AccountView("5", "x"))
    with pytest.raises(Misconfigured, match="no server"):
        Mastodon().fetch_account(lost.context())


def test_too_near_a_time_never_reaches_the_server(post: PostView, mastodon: Destination) -> None:
    soon = replace(post, media=(), scheduled_at=mastodon.now() + timedelta(minutes=4))
    plan = Mastodon().plan(soon, CAPS, mastodon.account)
    with pytest.raises(Rejected, match="five minutes") as caught:
        Mastodon().execute(plan.steps[0], mastodon.context())
    assert caught.value.issues[0].field == "scheduled_at"
    assert mastodon.transport.changes == 0


def test_a_schedule_that_has_come_out_is_found_by_its_words(
    post: PostView, mastodon: Destination, server
) -> None:
    """Its id was another one while it waited."""
    at = mastodon.now() + timedelta(days=2)
    waiting = post_now(replace(post, scheduled_at=at), mastodon)
    adapter, ctx = Mastodon(), mastodon.context()
    assert adapter.status(waiting, ctx).state is RemoteState.SCHEDULED
    token = {"Authorization": f"Bearer {server.token}"}
    path = f"{server.url}/api/v1/scheduled_statuses/{waiting.id.split('/')[1]}"
    server.session.delete(path, headers=token, timeout=10)
    out = post_now(post, mastodon)
    assert adapter.status(waiting, ctx) == RemoteStatus(RemoteState.LIVE, out.url)
    takedown = adapter.plan_takedown(waiting, mastodon.account)
    publish(adapter, takedown, mastodon)
    assert server.count() == 0


def test_the_same_words_with_other_pictures_are_another_post(
    post: PostView, mastodon: Destination
) -> None:
    post_now(replace(post, id="first"), mastodon)
    plan = Mastodon().plan(post, CAPS, mastodon.account)
    mastodon.results.clear()
    mastodon.results[0] = run_step(Mastodon(), plan.steps[0], mastodon.context())
    assert Mastodon().reconcile(plan.steps[1], mastodon.context()) == NotFound()


def test_too_many_posts_since_then_leave_the_answer_open(
    post: PostView, httpserver: HTTPServer, mastodon: Destination
) -> None:
    page = [{"id": str(n), "content": "x", "media_attachments": []} for n in range(40)]
    httpserver.expect_request("/api/v1/accounts/verify_credentials").respond_with_json({"id": "1"})
    httpserver.expect_request("/api/v1/accounts/1/statuses").respond_with_json(page)
    far = replace(mastodon, account=replace(mastodon.account, base_url=httpserver.url_for("")))
    plan = Mastodon().plan(replace(post, media=()), CAPS, far.account)
    assert isinstance(Mastodon().reconcile(plan.steps[0], far.context()), Unknown)


def sound_of(post: PostView) -> MediaView:
    assert post.release is not None
    sound = post.release.tracks[0].find_file(FileRole.LISTENING)
    assert sound is not None
    return MediaView(sound, "The song.")


def test_what_passes_the_checks_passes_the_server(post: PostView, mastodon: Destination) -> None:
    """500 characters to the last one: also a short link weighs 23."""
    text = "é" * (500 - 1 - 23) + " https://a.example"
    full = replace(post, text=text, media=(), hashtags=(), link="")
    assert Mastodon().validate(full, CAPS) == ()
    over = replace(full, text="é" + text)
    assert [issue.code for issue in Mastodon().validate(over, CAPS)] == ["text.too_long"]
    post_now(full, mastodon)
    with pytest.raises(Rejected, match="character limit"):
        post_now(over, mastodon)


def test_a_changed_picture_is_not_sent(post: PostView, mastodon: Destination) -> None:
    Path(post.media[0].file.path).write_bytes(b"another")
    with pytest.raises(Misconfigured, match=r"cover\.png has changed"):
        post_now(post, mastodon)
    Path(post.media[0].file.path).unlink()
    with pytest.raises(WorldError, match=r"cover\.png cannot be read"):
        post_now(post, mastodon)
    assert mastodon.transport.changes == 0


def test_the_name_on_this_machine_stays_here(
    post: PostView, httpserver: HTTPServer, mastodon: Destination
) -> None:
    bodies = []

    def take(request: Request) -> Response:
        bodies.append(request.get_data())
        return Response('{"id": "1"}')

    httpserver.expect_request("/api/v2/media").respond_with_handler(take)
    far = replace(mastodon, account=replace(mastodon.account, base_url=httpserver.url_for("")))
    step = Mastodon().plan(post, CAPS, far.account).steps[0]
    Mastodon().execute(step, far.context())
    assert b'filename="artwork.png"' in bodies[0] and b"cover" not in bodies[0]


@pytest.mark.parametrize("body", [{}, {"id": None}, {"id": True}, {"id": []}])
def test_an_answer_without_id_leaves_the_outcome_open(
    post: PostView, httpserver: HTTPServer, mastodon: Destination, body: object
) -> None:
    httpserver.expect_request("/api/v1/statuses").respond_with_json(body)
    far = replace(mastodon, account=replace(mastodon.account, base_url=httpserver.url_for("")))
    step = Mastodon().plan(replace(post, media=()), CAPS, far.account).steps[0]
    with pytest.raises(OutcomeUnknown):
        Mastodon().execute(step, far.context())


@pytest.mark.parametrize("status", [404, 422])
def test_an_upload_the_server_cannot_use_has_failed(
    httpserver: HTTPServer, mastodon: Destination, status: int
) -> None:
    httpserver.expect_request("/api/v1/media/9").respond_with_data("", status)
    far = replace(mastodon, account=replace(mastodon.account, base_url=httpserver.url_for("")))
    assert isinstance(Mastodon().check(Pending("9", 2), far.context()), Failed)


def test_an_older_server_is_asked_the_older_way(
    httpserver: HTTPServer, mastodon: Destination
) -> None:
    httpserver.expect_request("/api/v1/accounts/verify_credentials").respond_with_json(
        {"id": "1", "acct": "mara"}
    )
    httpserver.expect_request("/api/v2/instance").respond_with_data("", 404)
    strange = {"configuration": {"statuses": {"max_characters": 5000}, "media_attachments": 7}}
    httpserver.expect_request("/api/v1/instance").respond_with_json(strange)
    far = replace(mastodon, account=replace(mastodon.account, base_url=httpserver.url_for("")))
    facts = Mastodon().fetch_account(far.context()).facts
    assert facts == {"max_characters": 5000}
    caps: Capabilities = Mastodon().capabilities(far.account, CapCache(facts))
    assert caps.text and (caps.text.max, caps.text.url_weight) == (5000, 23)


@pytest.mark.parametrize("data", ["[1]", "{}", "<html>", '{"a": 1}'])
def test_strange_lists_are_a_bad_day(
    post: PostView, httpserver: HTTPServer, mastodon: Destination, data: str
) -> None:
    httpserver.expect_request("/api/v1/accounts/verify_credentials").respond_with_json({"id": "1"})
    httpserver.expect_request("/api/v1/accounts/1/statuses").respond_with_data(data)
    far = replace(mastodon, account=replace(mastodon.account, base_url=httpserver.url_for("")))
    step = Mastodon().plan(replace(post, media=()), CAPS, far.account).steps[0]
    with pytest.raises(Temporary):
        Mastodon().reconcile(step, far.context())


def test_found_after_the_key_has_died(post: PostView, mastodon: Destination) -> None:
    """The answer is lost, the program sleeps for two hours, and one post is there."""
    plan = Mastodon().plan(post, CAPS, mastodon.account)
    upload, status = plan.steps
    mastodon.results[0] = run_step(Mastodon(), upload, mastodon.context())
    mastodon.transport.fault = Fault.LOST_AFTER
    with pytest.raises(OutcomeUnknown):
        Mastodon().execute(status, mastodon.context())
    mastodon.ahead_s = 7200
    assert isinstance(Mastodon().reconcile(status, mastodon.context()), Found)
    assert mastodon.count() == 1


def test_a_real_upload_of_sound(post: PostView, mastodon: Destination, server) -> None:
    sound = sound_of(post)
    remote = post_now(replace(post, media=(sound,)), mastodon)
    attachment = server.get(f"/api/v1/statuses/{remote.id}")["media_attachments"][0]
    assert (attachment["type"], attachment["description"]) == ("audio", "The song.")

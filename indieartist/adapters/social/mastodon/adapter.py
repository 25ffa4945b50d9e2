"""The adapter: one step per upload, then one for the post itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from textwrap import shorten
from typing import Any
from urllib.parse import urlsplit

from indieartist.adapters.social.mastodon.checks import find_issues
from indieartist.adapters.social.mastodon.limits import (
    KEY_LIFE_S,
    LEAD_S,
    capabilities_from,
    facts_of,
)
from indieartist.adapters.social.mastodon.search import (
    SCHEDULED,
    find_scheduled,
    find_status,
    fingerprint,
    scheduled_reference,
)
from indieartist.adapters.social.mastodon.server import (
    GONE,
    fetch,
    reference,
    send_delete,
    send_edit,
    send_media,
    send_status,
)
from indieartist.adapters.social.mastodon.sign_in import SCOPES, begin, finish
from indieartist.sdk.adapter import AccountFacts, Kind, Manifest, Permission
from indieartist.sdk.auth import AuthMethod, OAuthPKCE, SignIn, TokenField
from indieartist.sdk.capabilities import Capabilities, CapCache, Mode
from indieartist.sdk.codec import from_json, to_json
from indieartist.sdk.context import Ctx
from indieartist.sdk.failures import Rejected
from indieartist.sdk.steps import (
    Action,
    Done,
    Failed,
    Found,
    Issue,
    NotFound,
    Pending,
    Plan,
    RemoteRef,
    RemoteState,
    RemoteStatus,
    Severity,
    Step,
    Target,
    Unknown,
    Unsupported,
    make_plan,
)
from indieartist.sdk.text import compose
from indieartist.sdk.views import AccountView, FileView, PostView, Visibility

BROWSER = OAuthPKCE(secret="token", scopes=SCOPES, dynamic_registration=True)
TOKEN = TokenField(
    secret="token",
    label="Access token",
    where=(
        "On your server, open Preferences, Development, New application, tick "
        + ", ".join(SCOPES)
        + ", and copy “Your access token”."
    ),
)
VISIBILITY = {Visibility.FOLLOWERS: "private"}
SEEN_BY = {"public": "publicly", "unlisted": "unlisted", "private": "to followers"}
SUMMARY_CHARS = 60
AT_WORK = (206,)
CHECK_AFTER_S = 2.0


class Mastodon:
    """Posts, schedules, edits and deletes on one account."""

    manifest = Manifest(
        id="mastodon",
        kind=Kind.SOCIAL,
        display_name="Mastodon",
        publisher="IndieArtist",
        permissions=(Permission.NETWORK,),
    )

    def capabilities(self, account: AccountView | None, cache: CapCache) -> Capabilities:
        """The server's own limits once it was asked, Mastodon's defaults before."""
        del account
        return capabilities_from(cache)

    def auth_methods(self) -> tuple[AuthMethod, ...]:
        """In the browser, or with a token that the person makes on the server."""
        return (BROWSER, TOKEN)

    def begin_sign_in(self, ctx: Ctx, redirect_uri: str) -> SignIn:
        """Register at the server; returns the page where the person says yes."""
        return begin(ctx, redirect_uri)

    def finish_sign_in(
        self, sign_in: SignIn, answer: Mapping[str, str], ctx: Ctx
    ) -> dict[str, str]:
        """The token for the code that the browser brought back."""
        return finish(sign_in, answer, ctx)

    def fetch_account(self, ctx: Ctx) -> AccountFacts:
        """Who the token belongs to, and what the server takes."""
        me = fetch(ctx, "/api/v1/accounts/verify_credentials").json_object()
        server = fetch(ctx, "/api/v2/instance", accept=GONE)
        if server.status in GONE:
            server = fetch(ctx, "/api/v1/instance")
        name = str(me.get("acct") or me.get("username") or "")
        host = urlsplit(ctx.account.base_url).netloc
        url = reference(me, changing=False).url
        return AccountFacts(f"@{name}@{host}", url, facts_of(server.json_object()))

    def validate(self, item: PostView, caps: Capabilities) -> tuple[Issue, ...]:
        """Length, media and descriptions against the server's limits."""
        return find_issues(item, caps)

    def plan(self, item: PostView, caps: Capabilities, account: AccountView) -> Plan:
        """The uploads, then the post."""
        body = _status_body(item)
        when = "Schedule" if item.scheduled_at else "Post"
        label = f"{when} {SEEN_BY.get(body['visibility'], body['visibility'])}"
        post = Action("status", body, Mode.KEYED, label, caps.ttl_s or KEY_LIFE_S)
        return _plan(item, account, post)

    def plan_update(
        self, remote: RemoteRef, item: PostView, caps: Capabilities, account: AccountView
    ) -> Plan | Unsupported:
        """The uploads anew, then the edit; what still waits on the server cannot be edited."""
        del caps
        if remote.id.startswith(SCHEDULED):
            return Unsupported("A scheduled post cannot be changed: take it down and plan anew.")
        body = {**_status_body(item), "status_id": remote.id}
        return _plan(item, account, Action("edit", body, Mode.NATURAL_PUT, "Change the post"))

    def plan_takedown(self, remote: RemoteRef, account: AccountView) -> Plan:
        """Delete the post, or the schedule."""
        target = Target("mastodon", account.id, remote.id, "takedown")
        delete = Action("delete", {"remote": remote.id}, Mode.NATURAL_PUT, "Delete the post")
        return make_plan(target, "Delete the post from the server.", [delete])

    def execute(self, step: Step, ctx: Ctx) -> Done | Pending:
        """Send one request that changes something."""
        ctx.report(0.0)
        match step.action:
            case "media":
                return _upload(step.payload, ctx)
            case "status":
                return Done(_post(step, ctx))
            case "edit":
                status_id, body = step.payload["status_id"], _with_media(step.payload, ctx)
                return Done(reference(send_edit(ctx, status_id, body)))
        return Done(_delete(step.payload["remote"], ctx))

    def check(self, pending: Pending, ctx: Ctx) -> Done | Pending | Failed:
        """Whether the server has finished with an upload."""
        path = f"/api/v1/media/{pending.token}"
        answer = fetch(ctx, path, accept=(*AT_WORK, *GONE, 422))
        if answer.status in AT_WORK:
            return pending
        if answer.status != 200:
            return Failed("The server could not use the file.", "Try it as JPEG, PNG or MP3.")
        return Done(RemoteRef(pending.token))

    def reconcile(self, step: Step, ctx: Ctx) -> Found | NotFound | Unknown:
        """Search the waiting and the published posts; an upload or edit is just made again."""
        if step.action != "status":
            return Unknown("Doing it again does no harm.")
        text, media = step.payload["status"], _media_ids(step.payload, ctx)
        if step.payload["scheduled_at"]:
            waiting = find_scheduled(ctx, text, media)
            if isinstance(waiting, Found):
                return waiting
        return find_status(ctx, fingerprint(text), media)

    def status(self, remote: RemoteRef, ctx: Ctx) -> RemoteStatus:
        """Waiting, live or gone."""
        if not remote.id.startswith(SCHEDULED):
            return _status_at(f"/api/v1/statuses/{remote.id}", RemoteState.LIVE, ctx)
        _, waiting_id, print_ = remote.id.split("/")
        path = f"/api/v1/scheduled_statuses/{waiting_id}"
        waiting = _status_at(path, RemoteState.SCHEDULED, ctx)
        if waiting.state is RemoteState.SCHEDULED:
            return waiting
        found = _find_published(print_, ctx)
        return RemoteStatus(RemoteState.LIVE, found.url) if found else waiting


def _plan(item: PostView, account: AccountView, last: Action) -> Plan:
    """Keys hold the item's revision, so an edit and a post of the same text differ by action."""
    uploads = [
        Action(
            name="media",
            payload={"file": to_json(medium.file), "alt": medium.alt},
            mode=Mode.NATURAL_PUT,  # an upload that no post refers to is dropped by the server
            label=f"Upload {medium.file.role} {number}",
        )
        for number, medium in enumerate(item.media, 1)
    ]
    payload = {**last.payload, "uploads": list(range(len(uploads)))}
    files = f", with {len(uploads)} file{'s' * (len(uploads) != 1)}" if uploads else ""
    summary = f"{last.label}: “{shorten(item.text, SUMMARY_CHARS, placeholder='…')}”{files}"
    post = Action(last.name, payload, last.mode, last.label, last.ttl_s)
    return make_plan(Target.of("mastodon", account, item), summary, [*uploads, post])


def _status_body(item: PostView) -> dict[str, Any]:
    """The post as the server wants it, but for the ids of its uploads."""
    return {
        "status": compose(item),
        "visibility": VISIBILITY.get(item.visibility, str(item.visibility)),
        "language": item.language,
        "spoiler_text": item.spoiler,
        "scheduled_at": item.scheduled_at.isoformat() if item.scheduled_at else "",
    }


def _with_media(payload: Mapping[str, Any], ctx: Ctx) -> dict[str, Any]:
    own = ("uploads", "status_id")
    body = {key: value for key, value in payload.items() if value and key not in own}
    return {**body, "media_ids": _media_ids(payload, ctx)}


def _media_ids(payload: Mapping[str, Any], ctx: Ctx) -> list[str]:
    """Ids of the uploads that are done; before that, none that any post could have."""
    return [ctx.results[i].id if i in ctx.results else "" for i in payload["uploads"]]


def _upload(payload: Mapping[str, Any], ctx: Ctx) -> Done | Pending:
    answer = send_media(ctx, from_json(FileView, payload["file"]), payload["alt"])
    remote = reference(answer.json_object())
    return Pending(remote.id, CHECK_AFTER_S) if answer.status == 202 else Done(remote)


def _post(step: Step, ctx: Ctx) -> RemoteRef:
    scheduled_at = step.payload["scheduled_at"]
    if scheduled_at:
        _check_lead(datetime.fromisoformat(scheduled_at), ctx)
    data = send_status(ctx, _with_media(step.payload, ctx), step.key)
    if "scheduled_at" in data:
        return scheduled_reference(data, step.payload["status"])
    return reference(data)


def _check_lead(at: datetime, ctx: Ctx) -> None:
    """Servers disagree on what a near time means, some post at once: so it never gets there."""
    if (at - ctx.now()).total_seconds() < LEAD_S:
        hint = "Let IndieArtist post it at its time instead."
        message = "The server holds posts for at least five minutes."
        issue = Issue("schedule.too_soon", Severity.ERROR, "scheduled_at", message, hint)
        raise Rejected(message, hint, issues=(issue,))


def _delete(remote_id: str, ctx: Ctx) -> RemoteRef:
    """Delete a post or a schedule; a schedule that has become a post is that post's deletion."""
    if not remote_id.startswith(SCHEDULED):
        send_delete(ctx, f"/api/v1/statuses/{remote_id}")
        return RemoteRef(remote_id)
    _, waiting_id, print_ = remote_id.split("/")
    if not send_delete(ctx, f"/api/v1/scheduled_statuses/{waiting_id}"):
        published = _find_published(print_, ctx)
        if published:
            send_delete(ctx, f"/api/v1/statuses/{published.id}")
    return RemoteRef(remote_id)


def _find_published(print_: str, ctx: Ctx) -> RemoteRef | None:
    found = find_status(ctx, print_)
    return found.remote if isinstance(found, Found) else None


def _status_at(path: str, there: RemoteState, ctx: Ctx) -> RemoteStatus:
    answer = fetch(ctx, path, accept=GONE)
    if answer.status in GONE:
        return RemoteStatus(RemoteState.TAKEN_DOWN)
    return RemoteStatus(there, reference(answer.json_object(), changing=False).url)

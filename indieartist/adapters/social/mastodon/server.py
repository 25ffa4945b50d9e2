"""The server's API, as far as posting goes: one function per request, and typed answers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from indieartist.errors import WorldError
from indieartist.sdk.answers import Answer
from indieartist.sdk.context import Ctx
from indieartist.sdk.failures import Misconfigured, OutcomeUnknown, Temporary
from indieartist.sdk.steps import RemoteRef
from indieartist.sdk.views import FileView

GONE = (404, 410)
PAGE, MOST_PAGES = 40, 5


def url_of(ctx: Ctx, path: str) -> str:
    """Address of an API path on the account's server."""
    if not ctx.account.base_url:
        raise Misconfigured("The account has no server.", "Enter its address, https://…")
    return ctx.account.base_url.rstrip("/") + path


def signed(ctx: Ctx) -> dict[str, str]:
    """The header that signs a request."""
    return {"Authorization": f"Bearer {ctx.secrets.get('token')}"}


def fetch(ctx: Ctx, path: str, accept: tuple[int, ...] = (), **request: Any) -> Answer:
    """A signed look-up."""
    return ctx.http.fetch(url_of(ctx, path), accept=accept, headers=signed(ctx), **request)


def send_media(ctx: Ctx, file: FileView, alt: str) -> Answer:
    """Upload one file with its description; 202 means that the server is still at work on it."""
    name = f"{file.role}{file.extension}"  # never the name on this machine
    files = {"file": (name, _read_planned(file), file.mime)}
    url = url_of(ctx, "/api/v2/media")
    return ctx.http.send("POST", url, headers=signed(ctx), files=files, data={"description": alt})


def _read_planned(file: FileView) -> bytes:
    name = Path(file.path).name
    try:
        data = Path(file.path).read_bytes()
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}."
        raise WorldError(message, "See whether it is still there.") from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise Misconfigured(f"{name} has changed since it was planned.", "Plan the post again.")
    return data


def send_status(ctx: Ctx, body: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Post a status, or schedule one; the same key within an hour gives the same status."""
    headers = {**signed(ctx), "Idempotency-Key": key}
    url = url_of(ctx, "/api/v1/statuses")
    return ctx.http.send("POST", url, headers=headers, json=body).json_object()


def send_edit(ctx: Ctx, status_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Change a status that is there; the same change twice is one change."""
    url = url_of(ctx, f"/api/v1/statuses/{status_id}")
    return ctx.http.send("PUT", url, headers=signed(ctx), json=body).json_object()


def send_delete(ctx: Ctx, path: str) -> bool:
    """Delete what lies at the path; False when it was gone already."""
    answer = ctx.http.send("DELETE", url_of(ctx, path), headers=signed(ctx), accept=GONE)
    return answer.status not in GONE


def reference(data: Mapping[str, Any], changing: bool = True) -> RemoteRef:
    """Id and address in an answer; without an id, nobody knows what happened."""
    if not isinstance(data.get("id"), str | int) or isinstance(data.get("id"), bool):
        message = "The server's answer names nothing."
        raise (OutcomeUnknown if changing else Temporary)(message)
    url = data.get("url")
    return RemoteRef(str(data["id"]), url if isinstance(url, str) else "")


def fetch_own_statuses(ctx: Ctx) -> Iterator[dict[str, Any] | None]:
    """The account's own statuses, newest first; a last None says that there are older ones."""
    path = "/api/v1/accounts/verify_credentials"
    account = reference(fetch(ctx, path).json_object(), changing=False)
    query = {"limit": str(PAGE), "exclude_reblogs": "true"}
    for _page in range(MOST_PAGES):
        statuses = _objects(fetch(ctx, f"/api/v1/accounts/{account.id}/statuses", params=query))
        yield from statuses
        if not statuses:
            return
        query["max_id"] = reference(statuses[-1], changing=False).id
    yield None


def fetch_scheduled(ctx: Ctx) -> list[dict[str, Any]]:
    """The statuses that the server holds until their time."""
    return _objects(fetch(ctx, "/api/v1/scheduled_statuses", params={"limit": str(PAGE)}))


def _objects(answer: Answer) -> list[dict[str, Any]]:
    data = answer.json()
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise Temporary(f"{answer.host} answered something unexpected.", "Try again later.")
    return data

"""Publishing: deliver a release and announce it; the intent goes to the outbox, which sends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indieartist.domain.progress import Report, part, silent
from indieartist.domain.publishing import BINDS, Account, Publication
from indieartist.domain.release import Release
from indieartist.errors import UserError
from indieartist.library import outbox as rows
from indieartist.services import accounts, outbox
from indieartist.services.checking import read_rulebook
from indieartist.services.studio import Studio
from indieartist.services.views import release_view

if TYPE_CHECKING:
    from indieartist.sdk.steps import Plan
    from indieartist.sdk.views import PostView, ReleaseView

DEFAULT_FOLDERS = {"folder": "Deliveries", "site": "Site", "share-kit": "Share kits"}


@dataclass(frozen=True, slots=True)
class Route:
    """Where something goes: the destination, through which account or into which folder, and when.

    `at` is None for now; `base_url` is the address of a site that is built into a folder.
    """

    destination: str
    account: str | None = None
    out_path: Path | None = None
    base_url: str = ""
    at: datetime | None = None


def deliver(studio: Studio, release: Release, route: Route, report: Report = silent) -> Publication:
    """Render, check and send a release to a distributor now; return how it stands.

    It cannot be undone, only done again. Raises UserError when the destination would refuse it.
    """
    mimes = accounts.capabilities_of(studio, account_of(studio, route)).audio_mimes
    view = release_view(studio, release, mimes, part(report, 0.0, 0.7))
    label = f"Deliver “{release.title}” to {route.destination}"
    number = _enqueue(studio, release.id, route, view, label)
    return outbox.publish_now(studio, number, part(report, 0.7, 1.0))


def post(
    studio: Studio,
    release: Release,
    route: Route,
    *,
    text: str = "",
    link: str = "",
    report: Report = silent,
) -> Publication:
    """Put an announcement in the outbox, due at the route's time; one due now is sent now."""
    view = post_view(studio, release, text, link)
    label = f"Post about “{release.title}” to {route.destination}"
    number = _enqueue(studio, release.id, route, view, label)
    if route.at is None or route.at <= studio.now():
        return outbox.publish_now(studio, number, report)
    return outbox.get_publication(studio, number)


def post_view(studio: Studio, release: Release, text: str, link: str) -> PostView:
    """An announcement from the release's facts; what the person wrote goes before what we write."""
    import uuid

    from indieartist.sdk.views import MediaView, PostView

    view = release_view(studio, release)
    alt = f"Cover of “{release.title}” by {release.artist_line}" if view.artwork else ""
    return PostView(
        id=uuid.uuid4().hex,
        text=text.strip() or draft_text(release),
        release=view,
        media=(MediaView(view.artwork, alt),) if view.artwork else (),
        link=link or (release.links[0][1] if release.links else ""),
        hashtags=_hashtags(release),
        language=release.language if len(release.language) == 2 else "",
    )


def draft_text(release: Release) -> str:
    """The words of an announcement, drafted from the release's facts."""
    day = f"out {release.release_on:%-d %B %Y}" if release.release_on else "out soon"
    first = f"“{release.title}” by {release.artist_line or 'me'} — {day}."
    return f"{first}\n\n{release.description}".strip() if release.description else first


def _enqueue(
    studio: Studio, release_id: int, route: Route, item: ReleaseView | PostView, label: str
) -> int:
    """Validate, plan, and store the intent with its steps in one transaction."""
    from indieartist.sdk.codec import to_json

    account = account_of(studio, route)
    plan = _plan(studio, account, item)
    default = studio.library.folder / DEFAULT_FOLDERS.get(route.destination, "Out")
    folder = route.out_path or default
    values: dict[str, Any] = {
        "release_id": release_id,
        "adapter": route.destination,
        "account_id": account.id or None,
        "out_path": str(folder.absolute()),
        "item": {**to_json(item), BINDS: _binds(studio, account)},
        "summary": plan.summary,
        "due_at": route.at or studio.now(),
        "added_at": studio.now(),
    }
    with studio.library.act(label, final=True) as act:
        return rows.store_intent(act, values, [to_json(step) for step in plan.steps])


def _binds(studio: Studio, account: Account) -> bool:
    """Whether sending locks the codes: it goes to stores by itself, and cannot be amended there."""
    from indieartist.sdk.adapter import Kind

    kind = studio.adapters.get(account.adapter).manifest.kind
    if kind is not Kind.DISTRIBUTOR or accounts.capabilities_of(studio, account).manual:
        return False
    place = read_rulebook(studio).destinations.get(account.adapter)
    return not (place and place.amends)


def _plan(studio: Studio, account: Account, item: ReleaseView | PostView) -> Plan:
    from indieartist.sdk.steps import Severity

    adapter = studio.adapters.get(account.adapter)
    caps = accounts.capabilities_of(studio, account)
    refused = [i for i in adapter.validate(item, caps) if i.severity is Severity.ERROR]
    if refused:
        said = " ".join(f"{issue.message} {issue.hint}".strip() for issue in refused[:3])
        raise UserError(f"{adapter.manifest.display_name} would refuse this: {said}")
    plan: Plan = adapter.plan(item, caps, accounts.view_of(account))
    return plan


def account_of(studio: Studio, route: Route) -> Account:
    """The account a route goes through; numbered 0 where the destination needs none."""
    from indieartist.sdk.auth import NoAuth

    methods = studio.adapters.get(route.destination).auth_methods()
    if all(isinstance(method, NoAuth) for method in methods):
        return Account(0, route.destination, route.destination, route.base_url)
    return accounts.get_account(studio, route.destination, route.account)


def _hashtags(release: Release) -> tuple[str, ...]:
    words = (release.artist_line, release.genre, "NewMusic")
    joined = ["".join(part[:1].upper() + part[1:] for part in word.split()) for word in words]
    tags = ["".join(c for c in word if c.isalnum()) for word in joined]
    return tuple(dict.fromkeys(tag for tag in tags if tag))

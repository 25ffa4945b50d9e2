"""The adapter: one step builds the release's folder, one brings the front page up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from indieartist.adapters.distributors.site.build import FORMAT, build_release
from indieartist.adapters.distributors.site.checks import find_issues
from indieartist.adapters.distributors.site.shelf import INDEX, render_shelf, write_shelf
from indieartist.adapters.distributors.site.words import slug_of
from indieartist.adapters.templates import web_address
from indieartist.sdk.adapter import AccountFacts, Kind, Manifest, Permission
from indieartist.sdk.auth import AuthMethod, NoAuth
from indieartist.sdk.capabilities import Actions, Capabilities, CapCache, Mode
from indieartist.sdk.codec import from_json, to_json
from indieartist.sdk.context import Ctx
from indieartist.sdk.failures import Misconfigured
from indieartist.sdk.parcels import find_parcel, is_parcel_of, place_for, remove_parcel
from indieartist.sdk.steps import (
    Action,
    Done,
    Failed,
    Found,
    Issue,
    ManualStep,
    NotFound,
    Pending,
    Plan,
    RemoteRef,
    RemoteState,
    RemoteStatus,
    Step,
    Target,
    make_plan,
)
from indieartist.sdk.views import AccountView, ReleaseView, item_revision

UPLOAD = ManualStep("Look at the page, then upload the site's folder to your web space.")


class Site:
    """Builds `<slug>/` and the front page in the chosen folder; nothing leaves the machine."""

    manifest = Manifest(
        id="site",
        kind=Kind.DISTRIBUTOR,
        display_name="Your own site",
        publisher="IndieArtist",
        permissions=(Permission.FILES,),
    )

    def capabilities(self, account: AccountView | None, cache: CapCache) -> Capabilities:
        """What a browser plays, and what a page cannot do without."""
        del account, cache  # the same for everybody
        return Capabilities(
            idempotency=Mode.NATURAL_PUT,
            actions=Actions(update=True, takedown=True),
            audio_mimes=("audio/mpeg", "audio/mp4", "audio/ogg", "audio/flac", "audio/wav"),
            required_fields=("title", "artist_line", "tracks", "artwork"),
        )

    def auth_methods(self) -> tuple[AuthMethod, ...]:
        """Nothing to sign in to."""
        return (NoAuth(),)

    def fetch_account(self, ctx: Ctx) -> AccountFacts:
        """The folder of the site, and its address if it has one; asks nobody."""
        if ctx.account.base_url and not _root_of(ctx.account):
            message = f"{ctx.account.base_url!r} is no web address."
            raise Misconfigured(message, "It must begin with https://")
        return AccountFacts(str(ctx.out_dir), _root_of(ctx.account))

    def validate(self, item: ReleaseView, caps: Capabilities) -> tuple[Issue, ...]:
        """What the page cannot do without, and what would make it slow."""
        return find_issues(item, caps)

    def plan(self, item: ReleaseView, caps: Capabilities, account: AccountView) -> Plan:
        """The release's folder, then the front page."""
        del caps
        return _plan(item, account, folder="")

    def plan_update(
        self, remote: RemoteRef, item: ReleaseView, caps: Capabilities, account: AccountView
    ) -> Plan:
        """The same again at the same address, also where the title has changed: links live on."""
        del caps
        return _plan(item, account, folder=remote.id)

    def plan_takedown(self, remote: RemoteRef, account: AccountView) -> Plan:
        """The folder goes, and the front page forgets it."""
        target = Target("site", account.id, remote.id, "takedown")
        remove = Action("remove", {"folder": remote.id}, Mode.NATURAL_PUT, f"Remove {remote.id}/")
        actions = [remove, _shelf_action(account, remote.id)]
        return make_plan(target, f"Take {remote.id}/ off the site.", actions, [UPLOAD])

    def execute(self, step: Step, ctx: Ctx) -> Done:
        """Build or remove one folder, or write the front page."""
        ctx.report(0.0)
        if step.action == "shelf":
            return _write_shelf(step, ctx)
        if step.action == "remove":
            return _remove(step.payload["folder"], ctx)
        release = _release_of(step)
        place = _place_of(release, step.payload, ctx)
        build_release(release, place, step.payload["root"], ctx.report)
        return Done(_reference(place, step.payload["root"]))

    def check(self, pending: Pending, ctx: Ctx) -> Failed:
        """A page is never pending: `execute` builds it whole."""
        del pending, ctx
        return Failed("A page is built at once.")

    def reconcile(self, step: Step, ctx: Ctx) -> Found | NotFound:
        """Whether the disk already is as the step would leave it."""
        if step.action == "shelf":
            return _reconcile_shelf(step, ctx)
        if step.action == "remove":
            place = ctx.out_dir / Path(step.payload["folder"]).name
            return NotFound() if find_parcel(place) else Found(RemoteRef(place.name))
        release = _release_of(step)
        place = _place_of(release, step.payload, ctx)
        parcel = find_parcel(place)
        same = parcel is not None and parcel.revision == item_revision(release)
        return Found(_reference(place, step.payload["root"])) if same else NotFound()

    def status(self, remote: RemoteRef, ctx: Ctx) -> RemoteStatus:
        """Whether the folder is there; whether it was uploaded, only the person knows."""
        place = ctx.out_dir / Path(remote.id).name
        if find_parcel(place) is None:
            return RemoteStatus(RemoteState.TAKEN_DOWN, detail="The page is gone.")
        page = (place / INDEX).absolute().as_uri()
        return RemoteStatus(RemoteState.DRAFT, page, "Ready to upload.")


def _plan(item: ReleaseView, account: AccountView, folder: str) -> Plan:
    slug = folder or slug_of(item.full_title, item.id)
    payload = {"release": to_json(item), "folder": folder, "root": _root_of(account)}
    build = Action("release", payload, Mode.NATURAL_PUT, f"Build {slug}/")
    reach = "" if payload["root"] else " (for the disk alone until the site has an address)"
    summary = f"A page with player and a music feed{reach} in {slug}/, and the front page."
    target = Target.of("site", account, item)
    return make_plan(target, summary, [build, _shelf_action(account, "")], [UPLOAD])


def _shelf_action(account: AccountView, folder: str) -> Action:
    """The front page; its fruit is still the release's folder, not the front page's."""
    payload = {"root": _root_of(account), "folder": folder}
    return Action("shelf", payload, Mode.NATURAL_PUT, "Bring the front page up to date")


def _root_of(account: AccountView) -> str:
    """The site's address with one slash at its end; empty when it has none yet."""
    address = web_address(account.base_url)
    return address.rstrip("/") + "/" if address else ""


def _place_of(release: ReleaseView, payload: Any, ctx: Ctx) -> Path:
    slug = slug_of(release.full_title, release.id)
    names = [slug, f"{slug}-{slug_of(release.id, '0')}"]
    kept = Path(payload["folder"]).name
    return place_for(ctx.out_dir, [kept, *names] if kept else names, FORMAT, release.id)


def _release_of(step: Step) -> ReleaseView:
    return from_json(ReleaseView, step.payload["release"])


def _reference(place: Path, root: str) -> RemoteRef:
    url = f"{root}{place.name}/" if root else (place / INDEX).absolute().as_uri()
    return RemoteRef(place.name, url)


def _remove(folder: str, ctx: Ctx) -> Done:
    place = ctx.out_dir / Path(folder).name
    parcel = find_parcel(place)
    if parcel and is_parcel_of(place, FORMAT, parcel.item_id):
        remove_parcel(place, FORMAT, parcel.item_id)
    return Done(RemoteRef(place.name))


def _write_shelf(step: Step, ctx: Ctx) -> Done:
    write_shelf(ctx.out_dir, step.payload["root"])
    return Done(_shelf_fruit(step, ctx))


def _reconcile_shelf(step: Step, ctx: Ctx) -> Found | NotFound:
    try:
        page = (ctx.out_dir / INDEX).read_bytes()
    except OSError:
        return NotFound()
    same = page == render_shelf(ctx.out_dir, step.payload["root"])
    return Found(_shelf_fruit(step, ctx)) if same else NotFound()


def _shelf_fruit(step: Step, ctx: Ctx) -> RemoteRef:
    return ctx.results.get(step.index - 1) or RemoteRef(step.payload["folder"])

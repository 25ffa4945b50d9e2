"""The adapter: plans one step, which builds the package and puts it in its place."""

from __future__ import annotations

from pathlib import Path

from indieartist.adapters.distributors.folder.checks import find_issues
from indieartist.adapters.distributors.folder.package import FORMAT, build_package, package_title
from indieartist.sdk.adapter import AccountFacts, Kind, Manifest, Permission
from indieartist.sdk.auth import AuthMethod, NoAuth
from indieartist.sdk.capabilities import Actions, Capabilities, CapCache, Mode
from indieartist.sdk.codec import from_json, to_json
from indieartist.sdk.context import Ctx
from indieartist.sdk.parcels import find_parcel, parcel_names, place_for, remove_parcel
from indieartist.sdk.steps import (
    Action,
    Done,
    Failed,
    Found,
    Issue,
    ManualStep,
    ManualSteps,
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

BY_HAND = (
    ManualStep("Open your distributor's upload form and the package's sheet.html beside it."),
    ManualStep("Copy each field across, then add the artwork and the audio from the package."),
    ManualStep("Choose the stores and confirm the rights.", bring_back="UPC and release link"),
)
TAKEDOWN = ManualStep("Ask the distributor that you gave the package to for a takedown.")


class Folder:
    """Builds `<artist> - <title>` in the chosen folder; nothing leaves the machine."""

    manifest = Manifest(
        id="folder",
        kind=Kind.DISTRIBUTOR,
        display_name="Delivery package",
        publisher="IndieArtist",
        permissions=(Permission.FILES,),
    )

    def capabilities(self, account: AccountView | None, cache: CapCache) -> Capabilities:
        """A person carries the package the last mile."""
        del account, cache  # the same for everybody
        return Capabilities(
            idempotency=Mode.NATURAL_PUT,
            actions=Actions(update=True),
            audio_mimes=("audio/wav", "audio/flac"),
            required_fields=("title", "artists", "tracks", "artwork"),
            manual=True,
        )

    def auth_methods(self) -> tuple[AuthMethod, ...]:
        """Nothing to sign in to."""
        return (NoAuth(),)

    def fetch_account(self, ctx: Ctx) -> AccountFacts:
        """The folder that was chosen."""
        return AccountFacts(str(ctx.out_dir), ctx.out_dir.absolute().as_uri())

    def validate(self, item: ReleaseView, caps: Capabilities) -> tuple[Issue, ...]:
        """What no upload form can do without."""
        return find_issues(item, caps)

    def plan(self, item: ReleaseView, caps: Capabilities, account: AccountView) -> Plan:
        """One step: build the package anew and let it take the old one's place."""
        del caps  # a folder takes everything
        return _plan(item, account, replaces="")

    def plan_update(
        self, remote: RemoteRef, item: ReleaseView, caps: Capabilities, account: AccountView
    ) -> Plan:
        """Build again; where the title has changed, the package of the old title goes."""
        del caps
        kept = remote.id in parcel_names(package_title(item), item.id)
        return _plan(item, account, replaces="" if kept else remote.id)

    def plan_takedown(self, remote: RemoteRef, account: AccountView) -> ManualSteps:
        """What a person carried away, a person must call back."""
        del remote, account
        return ManualSteps((TAKEDOWN,))

    def execute(self, step: Step, ctx: Ctx) -> Done:
        """Build one package and put it in its place."""
        release = _release_of(step)
        place = _place_of(release, ctx)
        build_package(release, place, ctx.report)
        if old := step.payload["replaces"]:
            remove_parcel(ctx.out_dir / Path(old).name, FORMAT, release.id)
        return Done(_reference(place))

    def check(self, pending: Pending, ctx: Ctx) -> Failed:
        """A package is never pending: `execute` builds it whole."""
        del pending, ctx
        return Failed("A delivery package is built at once.")

    def reconcile(self, step: Step, ctx: Ctx) -> Found | NotFound:
        """Whether the package of exactly this state of the release lies there."""
        release = _release_of(step)
        place = _place_of(release, ctx)
        parcel = find_parcel(place)
        same = parcel is not None and parcel.revision == item_revision(release)
        return Found(_reference(place)) if same else NotFound()

    def status(self, remote: RemoteRef, ctx: Ctx) -> RemoteStatus:
        """A package that lies there waits for the person to carry it on."""
        place = ctx.out_dir / Path(remote.id).name
        if find_parcel(place) is None:
            return RemoteStatus(RemoteState.TAKEN_DOWN, detail="The package is gone.")
        return RemoteStatus(RemoteState.DRAFT, place.absolute().as_uri(), "Ready to hand over.")


def _plan(item: ReleaseView, account: AccountView, replaces: str) -> Plan:
    name, count = parcel_names(package_title(item), item.id)[0], len(item.tracks)
    payload = {"release": to_json(item), "replaces": replaces}
    build = Action("build", payload, Mode.NATURAL_PUT, f"Build “{name}”")
    files = f"{count} audio file" + "s" * (count != 1)
    summary = f"A folder “{name}” with {files}, the artwork and the sheet."
    return make_plan(Target.of("folder", account, item), summary, [build], BY_HAND)


def _place_of(release: ReleaseView, ctx: Ctx) -> Path:
    names = parcel_names(package_title(release), release.id)
    return place_for(ctx.out_dir, names, FORMAT, release.id)


def _release_of(step: Step) -> ReleaseView:
    return from_json(ReleaseView, step.payload["release"])


def _reference(place: Path) -> RemoteRef:
    return RemoteRef(place.name, place.absolute().as_uri())

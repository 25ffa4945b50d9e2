"""What adapters share that build a folder for a person to carry the last mile by hand."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Generic, TypeVar

from indieartist.sdk.adapter import AccountFacts, Manifest
from indieartist.sdk.auth import AuthMethod, NoAuth
from indieartist.sdk.capabilities import Capabilities, Mode
from indieartist.sdk.codec import from_json, to_json
from indieartist.sdk.context import Ctx, Report
from indieartist.sdk.parcels import find_parcel, parcel_names, place_for, remove_parcel
from indieartist.sdk.steps import (
    Action,
    Done,
    Failed,
    Found,
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
from indieartist.sdk.views import AccountView, PostView, ReleaseView, item_revision

ItemT = TypeVar("ItemT", ReleaseView, PostView)


class Handover(ABC, Generic[ItemT]):
    """One step builds the folder and puts it in its place; what follows is the person's."""

    manifest: Manifest
    item_type: type[ItemT]
    format: str  # who made the folder, in its manifest
    page: str  # the file in it to open first; empty for the folder itself
    by_hand: tuple[ManualStep, ...]
    takedown: ManualStep

    @abstractmethod
    def title_of(self, item: ItemT) -> str:
        """What the folder is called, before it is made safe."""

    @abstractmethod
    def summary_of(self, item: ItemT) -> str:
        """What the folder will hold, in a few words."""

    @abstractmethod
    def build(self, item: ItemT, place: Path, report: Report) -> None:
        """Build the folder beside `place` and let it take that place at once."""

    def auth_methods(self) -> tuple[AuthMethod, ...]:
        """Nothing to sign in to."""
        return (NoAuth(),)

    def fetch_account(self, ctx: Ctx) -> AccountFacts:
        """The folder that was chosen."""
        return AccountFacts(str(ctx.out_dir), ctx.out_dir.absolute().as_uri())

    def plan(self, item: ItemT, caps: Capabilities, account: AccountView) -> Plan:
        """Build anew, and let it take the place of what this item built before."""
        del caps  # a folder takes everything
        return self._plan(item, account, replaces="")

    def plan_update(
        self, remote: RemoteRef, item: ItemT, caps: Capabilities, account: AccountView
    ) -> Plan:
        """Build again; where the title has changed, the folder of the old title goes."""
        del caps
        kept = remote.id in parcel_names(self.title_of(item), item.id)
        return self._plan(item, account, replaces="" if kept else remote.id)

    def _plan(self, item: ItemT, account: AccountView, replaces: str) -> Plan:
        name = parcel_names(self.title_of(item), item.id)[0]
        payload = {"item": to_json(item), "replaces": replaces}
        build = Action("build", payload, Mode.NATURAL_PUT, f"Build “{name}”")
        target = Target.of(self.manifest.id, account, item)
        summary = f"A folder “{name}” with {self.summary_of(item)}."
        return make_plan(target, summary, [build], self.by_hand)

    def plan_takedown(self, remote: RemoteRef, account: AccountView) -> ManualSteps:
        """What a person carried away, a person must call back."""
        del remote, account
        return ManualSteps((self.takedown,))

    def execute(self, step: Step, ctx: Ctx) -> Done:
        """Build one folder and put it in its place."""
        item = self._item_of(step)
        place = self._place_of(item, ctx)
        self.build(item, place, ctx.report)
        if old := step.payload["replaces"]:
            remove_parcel(ctx.out_dir / Path(old).name, self.format, item.id)
        return Done(self._reference(place))

    def check(self, pending: Pending, ctx: Ctx) -> Failed:
        """A folder is never pending: `execute` builds it whole."""
        del pending, ctx
        return Failed("The folder is built at once.")

    def reconcile(self, step: Step, ctx: Ctx) -> Found | NotFound:
        """Whether the folder of exactly this state of the item lies there."""
        item = self._item_of(step)
        place = self._place_of(item, ctx)
        parcel = find_parcel(place)
        same = parcel is not None and parcel.revision == item_revision(item)
        return Found(self._reference(place)) if same else NotFound()

    def status(self, remote: RemoteRef, ctx: Ctx) -> RemoteStatus:
        """A folder that lies there waits for the person to carry it on."""
        place = ctx.out_dir / Path(remote.id).name
        if find_parcel(place) is None:
            return RemoteStatus(RemoteState.TAKEN_DOWN, detail="The folder is gone.")
        return RemoteStatus(RemoteState.DRAFT, self._reference(place).url, "Ready to hand over.")

    def _item_of(self, step: Step) -> ItemT:
        return from_json(self.item_type, step.payload["item"])

    def _place_of(self, item: ItemT, ctx: Ctx) -> Path:
        return place_for(
            ctx.out_dir, parcel_names(self.title_of(item), item.id), self.format, item.id
        )

    def _reference(self, place: Path) -> RemoteRef:
        return RemoteRef(place.name, (place / self.page).absolute().as_uri())

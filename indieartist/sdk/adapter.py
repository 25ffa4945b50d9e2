"""The contract: what a distributor or a social network must be able to do (version 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from indieartist.sdk.auth import AuthMethod
from indieartist.sdk.capabilities import Capabilities, CapCache
from indieartist.sdk.context import Ctx
from indieartist.sdk.steps import (
    Done,
    Failed,
    Found,
    Issue,
    ManualSteps,
    NotFound,
    Pending,
    Plan,
    RemoteRef,
    RemoteStatus,
    Step,
    Unknown,
    Unsupported,
)
from indieartist.sdk.views import AccountView, PostView, ReleaseView

API_VERSION = 1
DISTRIBUTORS, SOCIALS = "indieartist.distributors", "indieartist.socials"  # entry point groups


class Kind(StrEnum):
    """What an adapter carries: releases or posts."""

    DISTRIBUTOR = "distributor"
    SOCIAL = "social"


class Permission(StrEnum):
    """What an adapter touches, shown to the person before it is first used."""

    NETWORK = "network"
    FILES = "files"  # writes into the folder that the person chose


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who an adapter is; the core refuses another `api_version`."""

    id: str  # the entry point's name
    kind: Kind
    display_name: str
    publisher: str
    permissions: tuple[Permission, ...]
    api_version: int = API_VERSION


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What a destination says about an account: its name, its page, and the limits to cache."""

    label: str
    url: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


ItemT_contra = TypeVar("ItemT_contra", ReleaseView, PostView, contravariant=True)


class Adapter(Protocol[ItemT_contra]):
    """One kind of destination. Adapters hold no state and raise the typed failures alone."""

    @property
    def manifest(self) -> Manifest:
        """Who this adapter is."""
        ...

    def capabilities(self, account: AccountView | None, cache: CapCache) -> Capabilities:
        """What the destination takes; pure: uses what `fetch_account` brought home, if anything."""
        ...

    def auth_methods(self) -> tuple[AuthMethod, ...]:
        """The ways to sign in, best first."""
        ...

    def fetch_account(self, ctx: Ctx) -> AccountFacts:
        """Prove that the account works, and bring its limits home for the `CapCache`."""
        ...

    def validate(self, item: ItemT_contra, caps: Capabilities) -> tuple[Issue, ...]:
        """Everything the destination would refuse or regret; pure and offline."""
        ...

    def plan(self, item: ItemT_contra, caps: Capabilities, account: AccountView) -> Plan:
        """The exact steps and bytes of publishing `item`; pure and offline."""
        ...

    def execute(self, step: Step, ctx: Ctx) -> Done | Pending:
        """Make ONE change; never poll, never sleep, never try twice."""
        ...

    def check(self, pending: Pending, ctx: Ctx) -> Done | Pending | Failed:
        """Ask once how the work behind `pending` is going."""
        ...

    def reconcile(self, step: Step, ctx: Ctx) -> Found | NotFound | Unknown:
        """Look whether a step whose answer never came was done; changes nothing."""
        ...

    def status(self, remote: RemoteRef, ctx: Ctx) -> RemoteStatus:
        """Where the published thing stands now."""
        ...

    def plan_update(
        self, remote: RemoteRef, item: ItemT_contra, caps: Capabilities, account: AccountView
    ) -> Plan | Unsupported:
        """The steps that bring a published thing up to `item`; pure."""
        ...

    def plan_takedown(self, remote: RemoteRef, account: AccountView) -> Plan | ManualSteps:
        """The steps that take a published thing away; pure."""
        ...


Distributor = Adapter[ReleaseView]
SocialNetwork = Adapter[PostView]

"""What an adapter hands back: issues, a plan of steps, and the outcome of each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from indieartist.sdk.capabilities import Mode
from indieartist.sdk.codec import content_hash, to_json
from indieartist.sdk.views import AccountView, Item, item_revision


class Severity(StrEnum):
    """An error blocks; a warning asks; an info tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding about an item; `field` is its path: 'text', 'tracks.2.isrc', 'media.0.alt'."""

    code: str  # stable, never translated
    severity: Severity
    field: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ManualStep:
    """What a person does by hand: what, where, and what to bring back (a link, a number)."""

    label: str
    url: str = ""
    bring_back: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One change at the destination, frozen as the person saw it."""

    index: int
    action: str
    mode: Mode
    key: str  # the same for the same change, whenever it is planned
    payload: Mapping[str, Any]
    payload_hash: str
    label: str = ""
    ttl_s: int = 0

    @property
    def intact(self) -> bool:
        """Whether the payload still is what was planned and shown."""
        return self.payload_hash == content_hash(self.payload)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole way of one item to one account; `steps` run in order, `manual` comes after."""

    adapter_id: str
    account_id: str
    item_id: str
    revision: str
    summary: str
    steps: tuple[Step, ...]
    manual: tuple[ManualStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One step before it has its number and key; `payload` is plain JSON."""

    name: str
    payload: Mapping[str, Any]
    mode: Mode
    label: str = ""
    ttl_s: int = 0


@dataclass(frozen=True, slots=True)
class RemoteRef:
    """What the destination calls the thing that was made, and where a person can see it."""

    id: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The step is done and this is its fruit."""

    remote: RemoteRef


@dataclass(frozen=True, slots=True)
class Pending:
    """The destination took it and is still at work: `check` again after `check_after_s`."""

    token: str
    check_after_s: float


@dataclass(frozen=True, slots=True)
class Failed:
    """The destination took it, worked on it and refused it for good."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The change did happen."""

    remote: RemoteRef


@dataclass(frozen=True, slots=True)
class NotFound:
    """The change surely did not happen; it may be made."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody but a person can tell whether it happened."""

    why: str = ""


class RemoteState(StrEnum):
    """Where a published thing stands."""

    DRAFT = "draft"
    PROCESSING = "processing"
    SCHEDULED = "scheduled"
    LIVE = "live"
    REJECTED = "rejected"
    TAKEN_DOWN = "taken_down"


@dataclass(frozen=True, slots=True)
class RemoteStatus:
    """Where a published thing stands, in the destination's own words too."""

    state: RemoteState
    url: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """The destination cannot do this, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class ManualSteps:
    """Only a person can do this, and how."""

    steps: tuple[ManualStep, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """Who plans, for which account, about which item: what every step's key is made of."""

    adapter_id: str
    account_id: str
    item_id: str
    revision: str

    @classmethod
    def of(cls, adapter_id: str, account: AccountView, item: Item) -> Target:
        """The target of publishing `item` as it is now."""
        return cls(adapter_id, account.id, item.id, item_revision(item))


def make_plan(
    target: Target, summary: str, actions: Sequence[Action], manual: Sequence[ManualStep] = ()
) -> Plan:
    """Number the actions and give each its key: a hash of target, index and action name."""
    steps = tuple(_make_step(target, index, action) for index, action in enumerate(actions))
    return Plan(**to_json(target), summary=summary, steps=steps, manual=tuple(manual))


def _make_step(target: Target, index: int, action: Action) -> Step:
    key = content_hash([to_json(target), index, action.name])
    payload = to_json(action.payload)
    return Step(
        index=index,
        action=action.name,
        mode=action.mode,
        key=key,
        payload=payload,
        payload_hash=content_hash(payload),
        label=action.label,
        ttl_s=action.ttl_s,
    )

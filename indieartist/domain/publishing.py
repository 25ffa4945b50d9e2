"""What is on its way out: publications and their states, from planned to sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LATE_AFTER = timedelta(minutes=60)
MOST_ATTEMPTS = 8
FIRST_WAIT_S, LONGEST_WAIT_S = 30.0, 3600.0
BINDS = "binds"  # of what was sent: it went to stores, and its codes are locked
HANDOVER = "handover-"  # how the key of the step begins that only a person can take


class State(StrEnum):
    """Where a publication, or one of its steps, stands."""

    PLANNED = "planned"
    SENDING = "sending"  # stored before the line is opened; found after a crash, it is looked into
    WAITING = "waiting"  # to be tried again, or the destination is still at work, until `next_at`
    SENT = "sent"
    UNCERTAIN = "uncertain"  # only the person can tell whether it went out
    NEEDS_HUMAN = "needs_human"
    REJECTED = "rejected"
    MISSED = "missed"  # its time passed while nothing ran; it is never sent blindly
    CANCELLED = "cancelled"


OPEN_STATES = (State.PLANNED, State.WAITING, State.SENDING)
STUCK_STATES = (State.UNCERTAIN, State.NEEDS_HUMAN, State.REJECTED, State.MISSED)


@dataclass(frozen=True, slots=True)
class Publication:
    """One thing on its way to one destination."""

    id: int
    release_id: int
    adapter: str
    account_id: int | None
    account_label: str
    summary: str
    due_at: datetime
    state: State
    problem: str = ""
    next_at: datetime | None = None
    sent_at: datetime | None = None
    url: str = ""
    out_path: str = ""
    by_hand: bool = False  # what was built, a person carries to the store
    handed_at: datetime | None = None  # when the person said that it was handed over

    @property
    def awaits_person(self) -> bool:
        """Whether it is built, and nobody has said yet that it was handed over."""
        return self.by_hand and self.state is State.SENT and self.handed_at is None

    @property
    def cancellable(self) -> bool:
        """Whether nothing has left the machine yet."""
        return self.state in (State.PLANNED, State.MISSED, State.REJECTED)


@dataclass(frozen=True, slots=True)
class Account:
    """One of the person's accounts at a destination; its secret is in the keyring."""

    id: int
    adapter: str
    label: str
    base_url: str

    @property
    def secret_prefix(self) -> str:
        """The name under which the account's secrets are kept."""
        return f"{self.adapter}/{self.base_url}/{self.label}"


def wait_s(attempts: int, chance: float) -> float:
    """Full-jitter back-off in seconds after `attempts` failures; `chance` is 0..1."""
    longest: float = min(FIRST_WAIT_S * 2 ** max(attempts - 1, 0), LONGEST_WAIT_S)
    return longest * (0.5 + chance / 2)

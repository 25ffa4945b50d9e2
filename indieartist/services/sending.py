"""Sending: one publication carried as far as it goes, once and only once.

The intent and its key are stored, then it is sent, then the receipt is stored. A step found
'sending' was cut off: what may be done with it is what its mode says (`sdk.capabilities.Mode`).
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indieartist.domain.progress import Report, silent
from indieartist.domain.publishing import (
    LATE_AFTER,
    MOST_ATTEMPTS,
    Account,
    Publication,
    State,
    wait_s,
)
from indieartist.errors import AdapterFailure, AppError, Cancelled, UserError
from indieartist.library import outbox
from indieartist.library.outbox import StepRow
from indieartist.services.accounts import context_of
from indieartist.services.studio import Studio

if TYPE_CHECKING:
    from indieartist.sdk.context import Ctx
    from indieartist.sdk.steps import Done, Failed, Found, NotFound, Pending, Step, Unknown

    Outcome = Done | Pending | Failed | Found | NotFound | Unknown


@dataclass(frozen=True, slots=True)
class _Work:
    """One step at work: its publication, its row, its sdk form and what the adapter is handed."""

    studio: Studio
    publication: Publication
    row: StepRow
    step: Step
    ctx: Ctx

    def ask(self, method: str, subject: Any) -> Outcome:
        """Call the adapter; a bug of its own is an unknown outcome, never our crash."""
        from indieartist.sdk.failures import OutcomeUnknown

        adapter = self.studio.adapters.get(self.publication.adapter)
        try:
            outcome: Outcome = getattr(adapter, method)(subject, self.ctx)
        except AppError:
            raise
        except Exception as error:
            raise OutcomeUnknown(
                f"The adapter “{self.publication.adapter}” broke in {method}: "
                f"{type(error).__name__}.",
                "Update it, or tell its maker.",
            ) from error
        return outcome


def advance(studio: Studio, publication: Publication, report: Report = silent) -> None:
    """Carry a publication as far as it goes now."""
    if _is_late(publication, studio.now()):
        move(studio, publication, State.MISSED, problem="Its time passed while nothing ran.")
        return
    try:
        _run_steps(studio, publication, report)
    except Cancelled:
        move(studio, publication, State.CANCELLED, problem="You stopped it.")
        raise
    except AppError as error:
        _fail(studio, publication, error)


def _is_late(publication: Publication, now: datetime) -> bool:
    # A publication that was already being sent is finished, however late it is.
    return publication.state is State.PLANNED and now - publication.due_at > LATE_AFTER


def _run_steps(studio: Studio, publication: Publication, report: Report) -> None:
    with studio.library.read() as connection:
        rows = outbox.list_steps(connection, publication.id)
        account = _account(connection, publication)
    done = {row.number: row.remote for row in rows if row.state is State.SENT and row.remote}
    for row in rows:
        if row.state is State.SENT:
            continue
        work = _work(studio, publication, row, account=account, done=done, report=report)
        outcome = _outcome(work)
        if not _settled(work, outcome, done):
            return
    move(studio, publication, State.SENT, sent_at=studio.now())


def _work(
    studio: Studio,
    publication: Publication,
    row: StepRow,
    *,
    account: Account,
    done: Mapping[int, Any],
    report: Report,
) -> _Work:
    from indieartist.sdk.codec import from_json
    from indieartist.sdk.steps import RemoteRef, Step

    results = {number: RemoteRef(**remote) for number, remote in done.items()}
    out_path = Path(publication.out_path or studio.library.folder)
    ctx = context_of(studio, account, out_path, report=report, results=results)
    step = from_json(Step, row.content)
    if not step.intact:
        raise UserError(
            "What is stored is not what was planned; it was not sent.", "Plan it again."
        )
    return _Work(studio, publication, row, step, ctx)


def _outcome(work: _Work) -> Outcome:
    """Do what the step's state calls for: ask, look, or send."""
    from indieartist.sdk.codec import from_json
    from indieartist.sdk.steps import NotFound, Pending

    if work.row.pending is not None:
        return work.ask("check", from_json(Pending, work.row.pending))
    if work.row.state is State.SENDING and not _may_repeat(work):
        outcome = _look(work)
        if not isinstance(outcome, NotFound):
            return outcome
    return _send(work)


def _may_repeat(work: _Work) -> bool:
    """Whether a cut-off step may simply be sent again: the destination will know it."""
    from indieartist.sdk.capabilities import Mode

    with work.studio.library.read() as connection:
        first_at = outbox.attempts_of(connection, work.row.id)[1]
    remembered = timedelta(seconds=work.step.ttl_s)
    in_time = first_at is not None and work.studio.now() - first_at < remembered
    return work.step.mode is Mode.NATURAL_PUT or (work.step.mode is Mode.KEYED and in_time)


def _look(work: _Work) -> Outcome:
    from indieartist.sdk.capabilities import Mode
    from indieartist.sdk.steps import Unknown

    if work.step.mode is Mode.NONE:
        return Unknown("The destination cannot tell whether it arrived.")
    return work.ask("reconcile", work.step)


def _send(work: _Work) -> Outcome:
    """Store that it is being sent, send it, store how that went."""
    now = work.studio.now
    with work.studio.library.write() as connection:
        outbox.set_publication(connection, work.publication.id, state=State.SENDING.value)
        outbox.set_step(connection, work.row.id, state=State.SENDING.value)
        attempt_id = outbox.start_attempt(connection, work.row.id, now())
    result, detail = "failed", ""
    try:
        outcome = work.ask("execute", work.step)
        result = type(outcome).__name__.lower()
    except AppError as error:
        result, detail = type(error).__name__, work.ctx.secrets.redact(str(error))
        _not_sent(work, error)
        raise
    finally:
        with work.studio.library.write() as connection:
            outbox.end_attempt(connection, attempt_id, now(), result, detail)
    return outcome


def _not_sent(work: _Work, error: AppError) -> None:
    """After any failure but an unknown outcome the step surely did not happen."""
    from indieartist.sdk.failures import OutcomeUnknown

    if not isinstance(error, OutcomeUnknown):
        with work.studio.library.write() as connection:
            outbox.set_step(connection, work.row.id, state=State.PLANNED.value)


def _settled(work: _Work, outcome: Outcome, done: dict[int, Any]) -> bool:
    """Store an outcome; return whether the next step may begin."""
    from indieartist.sdk.codec import to_json
    from indieartist.sdk.steps import Done, Failed, Found, Pending

    if isinstance(outcome, Done | Found):
        remote = done[work.row.number] = to_json(outcome.remote)
        with work.studio.library.write() as connection:
            sent = {"state": State.SENT.value, "remote": remote, "pending": None}
            outbox.set_step(connection, work.row.id, **sent)
        return True
    if isinstance(outcome, Pending):
        with work.studio.library.write() as connection:
            outbox.set_step(connection, work.row.id, pending=to_json(outcome))
        next_at = work.studio.now() + timedelta(seconds=outcome.check_after_s)
        move(work.studio, work.publication, State.WAITING, next_at=next_at)
    elif isinstance(outcome, Failed):
        problem = f"{outcome.message} {outcome.hint}".strip()
        move(work.studio, work.publication, State.REJECTED, problem=problem)
    else:
        problem = getattr(outcome, "why", "") or "Nobody but you can tell whether it went out."
        move(work.studio, work.publication, State.UNCERTAIN, problem=problem)
    return False


def _fail(studio: Studio, publication: Publication, error: AppError) -> None:
    """The type of a failure is the instruction."""
    from indieartist.sdk import failures

    tries = _tries(studio, publication)
    problem = str(error)
    if isinstance(error, failures.Rejected | failures.Misconfigured | UserError):
        state, next_at = State.REJECTED, None
    elif isinstance(error, failures.OutcomeUnknown) and tries < MOST_ATTEMPTS:
        state, next_at = State.SENDING, studio.now() + timedelta(seconds=_back_off(tries))
    elif getattr(error, "retryable", False) and tries < MOST_ATTEMPTS:
        state, next_at = State.WAITING, _retry_at(studio, error, tries)
    else:
        state, next_at = State.NEEDS_HUMAN, None
    move(studio, publication, state, problem=problem, next_at=next_at)


def _retry_at(studio: Studio, error: AppError, tries: int) -> datetime:
    until = getattr(error, "until", None)
    if isinstance(until, datetime):
        return until
    asked = getattr(error, "retry_after_s", None)
    return studio.now() + timedelta(seconds=_back_off(tries) if asked is None else asked)


def _back_off(tries: int) -> float:
    return wait_s(tries, random.random())


def _tries(studio: Studio, publication: Publication) -> int:
    with studio.library.read() as connection:
        steps = outbox.list_steps(connection, publication.id)
        return max((outbox.attempts_of(connection, step.id)[0] for step in steps), default=0)


def move(studio: Studio, publication: Publication, state: State, **values: Any) -> None:
    """Store that a publication stands elsewhere now; problem and waiting time are cleared."""
    values = {"problem": "", "next_at": None, **values}
    with studio.library.write() as connection:
        outbox.set_publication(connection, publication.id, state=state.value, **values)


def _account(connection: Any, publication: Publication) -> Account:
    found = [a for a in outbox.list_accounts(connection) if a.id == publication.account_id]
    if publication.account_id is not None and not found:
        raise AdapterFailure("The account is no longer connected.", "Connect it again.")
    return found[0] if found else Account(0, publication.adapter, publication.adapter, "")

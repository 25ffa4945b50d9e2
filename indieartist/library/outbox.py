"""The outbox's rows: publications, their steps, and each attempt to send one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from indieartist.domain.publishing import BINDS, HANDOVER, OPEN_STATES, Account, Publication, State
from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.library.database import insert_row
from indieartist.library.history import Act


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step as it is stored: `content` is the sdk's Step as JSON."""

    id: int
    number: int
    content: dict[str, Any]
    key: str
    state: State
    pending: dict[str, Any] | None
    remote: dict[str, Any] | None


def store_intent(act: Act, values: dict[str, Any], steps: Sequence[dict[str, Any]]) -> int:
    """Write a publication and its steps, all planned; return the publication's number."""
    row = {**values, "state": State.PLANNED.value}
    publication_id = insert_row(act.connection, t.publication, **row)
    for number, content in enumerate(steps):
        act.connection.execute(
            insert(t.step).values(
                publication_id=publication_id,
                number=number,
                content=content,
                key=content["key"],
                state=State.PLANNED.value,
            )
        )
    return publication_id


def list_publications(
    connection: Connection, release_id: int | None = None, states: Sequence[State] = ()
) -> list[Publication]:
    """Publications, the earliest due first; of one release and in some states if asked."""
    query = _publications().order_by(t.publication.c.due_at, t.publication.c.id)
    if release_id is not None:
        query = query.where(t.publication.c.release_id == release_id)
    if states:
        query = query.where(t.publication.c.state.in_([state.value for state in states]))
    return [_publication(connection, row) for row in connection.execute(query)]


def get_publication(connection: Connection, publication_id: int) -> Publication:
    """One publication; raises UserError when there is none."""
    row = connection.execute(_publications().where(t.publication.c.id == publication_id)).first()
    if row is None:
        raise UserError(f"There is no publication P{publication_id}.", "See `indieartist outbox`.")
    return _publication(connection, row)


def list_due(connection: Connection, now: datetime) -> list[Publication]:
    """What has to be worked on now: due, waited long enough, or found in the middle of sending."""
    p = t.publication
    waited = or_(p.c.next_at.is_(None), p.c.next_at <= now)
    states = [state.value for state in OPEN_STATES]
    query = _publications().where(p.c.state.in_(states), p.c.due_at <= now, waited)
    rows = connection.execute(query.order_by(p.c.due_at, p.c.id))
    return [_publication(connection, row) for row in rows]


def list_steps(connection: Connection, publication_id: int) -> list[StepRow]:
    """The steps of a publication, in order."""
    query = select(t.step).where(t.step.c.publication_id == publication_id)
    return [
        StepRow(r.id, r.number, r.content, r.key, State(r.state), r.pending, r.remote)
        for r in connection.execute(query.order_by(t.step.c.number))
    ]


def set_publication(connection: Connection, publication_id: int, **values: Any) -> None:
    """Move a publication on."""
    same = t.publication.c.id == publication_id
    connection.execute(update(t.publication).where(same).values(**values))


def set_step(connection: Connection, step_id: int, **values: Any) -> None:
    """Move a step on."""
    connection.execute(update(t.step).where(t.step.c.id == step_id).values(**values))


def hand_over(
    connection: Connection, publication_id: int, item: dict[str, Any], at: datetime, url: str
) -> None:
    """Keep as a step of its own that a person carried it on, and the item under its codes."""
    take_handover_back(connection, publication_id)
    set_publication(connection, publication_id, item=item)
    numbers = select(func.max(t.step.c.number)).where(t.step.c.publication_id == publication_id)
    last = connection.execute(numbers).scalar()
    connection.execute(
        insert(t.step).values(
            publication_id=publication_id,
            number=0 if last is None else last + 1,
            content={"handed_at": at.isoformat()},
            key=f"{HANDOVER}{publication_id}",
            state=State.SENT.value,
            remote={"id": "", "url": url},
        )
    )


def take_handover_back(connection: Connection, publication_id: int) -> None:
    """Forget that it was carried on; its codes are free again."""
    key = f"{HANDOVER}{publication_id}"
    item = item_of(connection, publication_id)
    set_publication(connection, publication_id, item={**item, BINDS: False})
    connection.execute(t.step.delete().where(t.step.c.key == key))


def item_of(connection: Connection, publication_id: int) -> dict[str, Any]:
    """What was sent, or built, as JSON."""
    query = select(t.publication.c.item).where(t.publication.c.id == publication_id)
    found: dict[str, Any] = connection.execute(query).scalar_one()
    return found


def start_attempt(connection: Connection, step_id: int, now: datetime) -> int:
    """Note that a step is about to be sent; return the attempt's number."""
    return insert_row(connection, t.attempt, step_id=step_id, started_at=now)


def end_attempt(
    connection: Connection, attempt_id: int, now: datetime, outcome: str, detail: str = ""
) -> None:
    """Note how an attempt went."""
    same = t.attempt.c.id == attempt_id
    connection.execute(
        update(t.attempt).where(same).values(ended_at=now, outcome=outcome, detail=detail)
    )


def attempts_of(connection: Connection, step_id: int) -> tuple[int, datetime | None]:
    """How often a step was tried, and when first."""
    query = select(func.count(), func.min(t.attempt.c.started_at)).where(
        t.attempt.c.step_id == step_id
    )
    count, first_at = connection.execute(query).one()
    return int(count), first_at


def list_accounts(connection: Connection, adapter: str | None = None) -> list[Account]:
    """The accounts, all or one adapter's."""
    query = select(t.account).order_by(t.account.c.id)
    if adapter is not None:
        query = query.where(t.account.c.adapter == adapter)
    rows = connection.execute(query)
    return [Account(row.id, row.adapter, row.label, row.base_url) for row in rows]


def facts_of(connection: Connection, account_id: int) -> tuple[dict[str, Any], datetime | None]:
    """What a destination last said of itself for this account, and when."""
    query = select(t.account.c.facts, t.account.c.fetched_at).where(t.account.c.id == account_id)
    row = connection.execute(query).one()
    return row.facts, row.fetched_at


def _publications() -> Any:
    label = t.account.c.label.label("account_label")
    joined = t.publication.outerjoin(t.account, t.account.c.id == t.publication.c.account_id)
    return select(t.publication, label).select_from(joined)


def _publication(connection: Connection, row: Any) -> Publication:
    steps = list_steps(connection, row.id)
    urls = [step.remote["url"] for step in steps if step.remote and step.remote.get("url")]
    handed = [step.content["handed_at"] for step in steps if step.key.startswith(HANDOVER)]
    return Publication(
        id=row.id,
        release_id=row.release_id,
        adapter=row.adapter,
        account_id=row.account_id,
        account_label=row.account_label or "",
        summary=row.summary,
        due_at=row.due_at,
        state=State(row.state),
        problem=row.problem,
        next_at=row.next_at,
        sent_at=row.sent_at,
        url=urls[-1] if urls else "",
        out_path=row.out_path or "",
        handed_at=datetime.fromisoformat(handed[0]) if handed else None,
    )

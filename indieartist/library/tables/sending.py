"""Accounts and the outbox: an intent is stored before it is sent (docs/decisions: the outbox)."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Text, UniqueConstraint

from indieartist.library.tables.columns import Moment, id_column, kept_table, text_column

account = kept_table(
    "account",
    id_column(),
    Column("adapter", String(64), nullable=False),
    text_column("label"),
    text_column("base_url"),
    Column("facts", JSON, nullable=False),  # the destination's limits, as it last said them
    Column("fetched_at", Moment),
    Column("added_at", Moment, nullable=False),
)

publication = kept_table(
    "publication",
    id_column(),
    Column("release_id", Integer, ForeignKey("release.id"), nullable=False, index=True),
    Column("adapter", String(64), nullable=False),
    Column("account_id", Integer, ForeignKey("account.id")),
    Column("out_path", Text),
    Column("item", JSON, nullable=False),
    text_column("summary"),
    Column("due_at", Moment, nullable=False, index=True),
    Column("state", String(16), nullable=False, index=True),
    text_column("problem"),
    Column("next_at", Moment),
    Column("added_at", Moment, nullable=False),
    Column("sent_at", Moment),
)

step = kept_table(
    "step",
    id_column(),
    Column("publication_id", Integer, ForeignKey("publication.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("content", JSON, nullable=False),
    Column("key", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("pending", JSON),
    Column("remote", JSON),
    UniqueConstraint("publication_id", "number"),
)

attempt = kept_table(
    "attempt",
    id_column(),
    Column("step_id", Integer, ForeignKey("step.id"), nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    text_column("outcome"),
    text_column("detail"),
)

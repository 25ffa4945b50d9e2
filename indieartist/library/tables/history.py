"""The history: each act, and each row it touched, before and after."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Text

from indieartist.library.tables.columns import Moment, id_column, kept_table

act = kept_table(
    "act",
    id_column(),
    Column("label", Text, nullable=False),
    Column("done_at", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("discarded", Boolean, nullable=False, server_default="0"),
    Column("final", Boolean, nullable=False, server_default="0"),  # it left the machine
    Column("effect", JSON),
)

act_change = kept_table(
    "act_change",
    id_column(),
    Column("act_id", Integer, ForeignKey("act.id"), nullable=False, index=True),
    Column("table_name", String(32), nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
)

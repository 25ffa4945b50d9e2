"""Numbers that are given out: the series a label or artist owns, and what was ever issued."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Text, UniqueConstraint

from indieartist.library.tables.columns import Moment, id_column, kept_table, text_column

series = kept_table(
    "series",
    id_column(),
    Column("kind", String(32), nullable=False),  # isrc, gtin, catalogue_number
    text_column("owner"),  # the label or artist; empty: everybody else's
    Column("pattern", Text, nullable=False),
)

issued = kept_table(
    "issued",
    id_column(),
    Column("kind", String(32), nullable=False),
    Column("value", Text, nullable=False),
    Column("release_id", Integer),
    Column("track_id", Integer),
    Column("issued_at", Moment, nullable=False),
    UniqueConstraint("kind", "value"),
)

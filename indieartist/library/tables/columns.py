"""What all tables share: names of constraints, aware times, numbers that never come again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time, kept as ISO 8601 text so that every database sorts it alike."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> str | None:
        """Refuse a naive time; store UTC with microseconds."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, _dialect: Any) -> datetime | None:
        """Give back an aware UTC time."""
        return None if value is None else datetime.fromisoformat(value)


def id_column() -> Column[int]:
    """A row's own number."""
    return Column("id", Integer, primary_key=True)


def text_column(name: str) -> Column[str]:
    """Words, empty where nothing is said."""
    return Column(name, Text, nullable=False, server_default="")


def kept_table(name: str, *parts: Any) -> Table:
    """A table whose rows are numbered."""
    # AUTOINCREMENT: the number of a deleted row is never given to another, so undo is safe.
    return Table(name, metadata, *parts, sqlite_autoincrement=True)

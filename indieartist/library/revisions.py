"""Where the database lies and which schema this program has; no SQLAlchemy is needed to know."""

from __future__ import annotations

from pathlib import Path

DATABASE_NAME = "library.sqlite"
MIGRATIONS_PATH = Path(__file__).parent / "migrations"


def list_revisions() -> list[str]:
    """Every schema revision there has been, the oldest first."""
    # A migration's file name begins with its revision: reading names needs no Alembic.
    return sorted(p.stem.split("_")[0] for p in (MIGRATIONS_PATH / "versions").glob("[0-9]*.py"))


def newest_revision() -> str:
    """The schema revision of this program."""
    return list_revisions()[-1]

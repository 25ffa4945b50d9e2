"""Tracks by what stands on their release, and words of one or two letters, off indexes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TRACK_ID = "track_id IS NOT NULL"
OWN = "track_id IS NULL"


def upgrade() -> None:
    """Apply."""
    op.drop_index("ix_track_release_id", "track")
    op.create_index("ix_track_release_order", "track", ["release_id", "position"])
    op.create_index("ix_release_release_on", "release", ["release_on"])
    for order in ("title", "artist"):
        op.drop_index(f"ix_entry_{order}_order", "entry")
    op.drop_index("ix_entry_track_id", "entry")
    newest = f"SELECT max(id) FROM entry WHERE {OWN} GROUP BY release_id"
    op.execute(f"DELETE FROM entry WHERE {OWN} AND id NOT IN ({newest})")
    _make_index("ix_entry_track_id", ["track_id"], TRACK_ID)
    _make_index("ix_entry_release_own", ["release_id"], OWN, unique=True)
    _make_index("ix_entry_release_title", ["title_key", "release_id"], OWN, unique=True)
    if op.get_bind().dialect.name == "sqlite":
        _pad_words()


def _make_index(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    only: Any = {f"{dialect}_where": sa.text(where) for dialect in ("sqlite", "postgresql")}
    op.create_index(name, "entry", columns, unique=unique, **only)


def _pad_words() -> None:
    """Let each sign of the words begin a trigram; the full-text index is made once, at the end."""
    changed = "SELECT sql FROM sqlite_master WHERE name = 'entry_changed'"
    trigger = op.get_bind().exec_driver_sql(changed).scalar_one()
    op.execute("DROP TRIGGER entry_changed")
    op.execute("UPDATE entry SET words = char(10) || words || char(10, 10)")
    op.execute("INSERT INTO entry_words (entry_words) VALUES ('rebuild')")
    op.execute(trigger)
    op.execute("CREATE VIRTUAL TABLE entry_words_trigram USING fts5vocab (entry_words, instance)")


def downgrade() -> None:
    """Take back; words that are padded do no harm."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE entry_words_trigram")
    for name, table in (
        ("ix_entry_release_title", "entry"),
        ("ix_entry_release_own", "entry"),
        ("ix_entry_track_id", "entry"),
        ("ix_release_release_on", "release"),
        ("ix_track_release_order", "track"),
    ):
        op.drop_index(name, table)
    op.create_index("ix_entry_track_id", "entry", ["track_id"])
    op.create_index("ix_track_release_id", "track", ["release_id"])
    for order in ("title", "artist"):
        op.create_index(f"ix_entry_{order}_order", "entry", [f"{order}_key", "id"])

"""Tracks in the order of a heading are read off an index, and not sorted each time."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ORDERS = ("title_key", "artist_key", "length_ms")


def upgrade() -> None:
    """Apply."""
    for column in ORDERS:
        op.create_index(f"ix_entry_{column}_track", "entry", [column, "track_id"])


def downgrade() -> None:
    """Take back."""
    for column in ORDERS:
        op.drop_index(f"ix_entry_{column}_track", "entry")

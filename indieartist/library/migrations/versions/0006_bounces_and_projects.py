"""Which files of watched folders were seen, and what a track's DAW project says of it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "seen_file",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("mix_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_seen_file")),
    )
    op.create_table(
        "track_project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), server_default="", nullable=False),
        sa.Column("daw", sa.Text(), server_default="", nullable=False),
        sa.Column("tempo_bpm", sa.Float(), nullable=True),
        sa.Column("time_signature", sa.Text(), server_default="", nullable=False),
        sa.Column("markers", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_project")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("track_project", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_track_project_track_id"), ["track_id"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table("track_project")
    op.drop_table("seen_file")

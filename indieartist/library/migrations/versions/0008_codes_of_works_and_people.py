"""The ISWC of the work on a track, and the IPI and ISNI of the people whom credits name."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("track", sa.Column("iswc", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ipi", sa.Text(), server_default="", nullable=False),
        sa.Column("isni", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("name", name=op.f("uq_person_name")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("person")
    with op.batch_alter_table("track", schema=None) as batch_op:
        batch_op.drop_column("iswc")

"""What checks came to, so that only what changed is checked again."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "verdict",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("destinations", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("release_id", "destinations", name=op.f("pk_verdict")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("verdict")

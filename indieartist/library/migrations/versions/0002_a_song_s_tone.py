"""The long-term spectrum of a song, beside its figures."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("measurement", sa.Column("profile", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("measurement", schema=None) as batch_op:
        batch_op.drop_column("profile")

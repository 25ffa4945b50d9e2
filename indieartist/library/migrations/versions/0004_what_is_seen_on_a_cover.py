"""What was seen on a cover, and a release's answer about Content ID."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("artwork", sa.Column("look", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("release", sa.Column("content_id", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Take back."""
    for table, column in (("artwork", "look"), ("release", "content_id")):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)

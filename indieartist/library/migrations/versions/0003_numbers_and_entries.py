"""What lists are searched and sorted by, the series of numbers, and what was issued from them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDS = (
    "CREATE VIRTUAL TABLE entry_words USING fts5"
    "(words, content='entry', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN"
    " INSERT INTO entry_words(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER entry_gone AFTER DELETE ON entry BEGIN"
    " INSERT INTO entry_words(entry_words, rowid, words)"
    " VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER entry_changed AFTER UPDATE OF words ON entry BEGIN"
    " INSERT INTO entry_words(entry_words, rowid, words)"
    " VALUES ('delete', old.id, old.words);"
    " INSERT INTO entry_words(rowid, words) VALUES (new.id, new.words); END",
)


def upgrade() -> None:
    """Apply; the entries are filled when the library is opened."""
    _make_entries()
    _make_numbers()
    if op.get_bind().dialect.name == "sqlite":
        for statement in WORDS:
            op.execute(statement)


def _make_entries() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("title_key", sa.Text(), server_default="", nullable=False),
        sa.Column("artist_key", sa.Text(), server_default="", nullable=False),
        sa.Column("label_key", sa.Text(), server_default="", nullable=False),
        sa.Column("artist_line", sa.Text(), server_default="", nullable=False),
        sa.Column("length_ms", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_entry_release_id"), "entry", ["release_id"])
    op.create_index(op.f("ix_entry_track_id"), "entry", ["track_id"])
    op.create_index("ix_entry_title_order", "entry", ["title_key", "id"])
    op.create_index("ix_entry_artist_order", "entry", ["artist_key", "id"])


def _make_numbers() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "issued",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued")),
        sa.UniqueConstraint("kind", "value", name=op.f("uq_issued_kind_value")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Take back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE entry_words")
    for table in ("issued", "series", "entry"):
        op.drop_table(table)

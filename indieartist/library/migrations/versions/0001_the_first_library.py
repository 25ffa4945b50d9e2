"""The first library."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adapter", sa.String(length=64), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("base_url", sa.Text(), server_default="", nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("fetched_at", sa.String(length=32), nullable=True),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("done_at", sa.String(length=32), nullable=False),
        sa.Column("undone_at", sa.String(length=32), nullable=True),
        sa.Column("discarded", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("final", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("effect", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "artwork",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("suffix", sa.Text(), server_default="", nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("format", sa.String(length=16), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_artwork")),
    )
    op.create_table(
        "audio",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("suffix", sa.Text(), server_default="", nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("info", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_audio")),
    )
    op.create_table(
        "tag_shell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_path", sa.Text(), nullable=False),
        sa.Column("new_sha256", sa.String(length=64), nullable=False),
        sa.Column("shell", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_shell")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("tag_shell", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tag_shell_file_path"), ["file_path"], unique=False)
        batch_op.create_index(batch_op.f("ix_tag_shell_new_sha256"), ["new_sha256"], unique=False)

    op.create_table(
        "act_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=32), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_act_change_act_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("act_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_act_change_act_id"), ["act_id"], unique=False)

    op.create_table(
        "measurement",
        sa.Column("audio_hash", sa.String(length=64), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("waveform", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["audio_hash"], ["audio.hash"], name=op.f("fk_measurement_audio_hash")
        ),
        sa.PrimaryKeyConstraint("audio_hash", name=op.f("pk_measurement")),
    )
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("catalogue_number", sa.Text(), server_default="", nullable=False),
        sa.Column("gtin", sa.Text(), server_default="", nullable=False),
        sa.Column("release_on", sa.Date(), nullable=True),
        sa.Column("original_release_on", sa.Date(), nullable=True),
        sa.Column("genre", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("p_line", sa.Text(), server_default="", nullable=False),
        sa.Column("c_line", sa.Text(), server_default="", nullable=False),
        sa.Column("ai_disclosure", sa.Text(), server_default="", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("artwork_hash", sa.String(length=64), nullable=True),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["artwork_hash"], ["artwork.hash"], name=op.f("fk_release_artwork_hash")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "attestation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=64), nullable=False),
        sa.Column("proof", sa.Text(), server_default="", nullable=False),
        sa.Column("skips", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("attested_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_attestation_release_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attestation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attestation_release_id"), ["release_id"], unique=False)

    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), server_default="", nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_link_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_release_id"), ["release_id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("adapter", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("out_path", sa.Text(), nullable=True),
        sa.Column("item", sa.JSON(), nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("due_at", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("next_at", sa.String(length=32), nullable=True),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("sent_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_publication_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_publication_release_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publication_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_publication_release_id"), ["release_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_publication_state"), ["state"], unique=False)

    op.create_table(
        "track",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Text(), server_default="", nullable=False),
        sa.Column("isrc", sa.Text(), server_default="", nullable=False),
        sa.Column("explicit", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("genre", sa.Text(), server_default="", nullable=False),
        sa.Column("lyrics", sa.Text(), server_default="", nullable=False),
        sa.Column("approved_mix_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_track_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("track", schema=None) as batch_op:
        batch_op.create_index("ix_track_isrc_text", ["isrc"], unique=False)
        batch_op.create_index(batch_op.f("ix_track_release_id"), ["release_id"], unique=False)

    op.create_table(
        "credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("instrument", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "(release_id IS NULL) <> (track_id IS NULL)", name=op.f("ck_credit_one_owner")
        ),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_credit_release_id")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_credit_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_release_id"), ["release_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_track_id"), ["track_id"], unique=False)

    op.create_table(
        "mix",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("audio_hash", sa.String(length=64), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("source_path", sa.Text(), nullable=True),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["audio_hash"], ["audio.hash"], name=op.f("fk_mix_audio_hash")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_mix_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mix")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("mix", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mix_audio_hash"), ["audio_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_mix_track_id"), ["track_id"], unique=False)

    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("pending", sa.JSON(), nullable=True),
        sa.Column("remote", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_step_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint("publication_id", "number", name=op.f("uq_step_publication_id_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_step_publication_id"), ["publication_id"], unique=False
        )

    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(length=32), nullable=False),
        sa.Column("ended_at", sa.String(length=32), nullable=True),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_attempt_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_step_id"), ["step_id"], unique=False)


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_step_id"))

    op.drop_table("attempt")
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_publication_id"))

    op.drop_table("step")
    with op.batch_alter_table("mix", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mix_track_id"))
        batch_op.drop_index(batch_op.f("ix_mix_audio_hash"))

    op.drop_table("mix")
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_track_id"))
        batch_op.drop_index(batch_op.f("ix_credit_release_id"))

    op.drop_table("credit")
    with op.batch_alter_table("track", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_track_release_id"))
        batch_op.drop_index("ix_track_isrc_text")

    op.drop_table("track")
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publication_state"))
        batch_op.drop_index(batch_op.f("ix_publication_release_id"))
        batch_op.drop_index(batch_op.f("ix_publication_due_at"))

    op.drop_table("publication")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_release_id"))

    op.drop_table("link")
    with op.batch_alter_table("attestation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attestation_release_id"))

    op.drop_table("attestation")
    op.drop_table("release")
    op.drop_table("measurement")
    with op.batch_alter_table("act_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_act_change_act_id"))

    op.drop_table("act_change")
    with op.batch_alter_table("tag_shell", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tag_shell_new_sha256"))
        batch_op.drop_index(batch_op.f("ix_tag_shell_file_path"))

    op.drop_table("tag_shell")
    op.drop_table("audio")
    op.drop_table("artwork")
    op.drop_table("act")
    op.drop_table("account")

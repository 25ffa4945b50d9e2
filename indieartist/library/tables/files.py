"""What is true of bytes for ever: facts by content hash, never undone; and files outside."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from indieartist.library.tables.columns import Moment, id_column, kept_table, metadata, text_column

audio = Table(
    "audio",
    metadata,
    Column("hash", String(64), primary_key=True),
    text_column("suffix"),
    Column("size_bytes", Integer, nullable=False),
    Column("info", JSON, nullable=False),
)

measurement = Table(
    "measurement",
    metadata,
    Column("audio_hash", String(64), ForeignKey("audio.hash"), primary_key=True),
    Column("figures", JSON, nullable=False),
    Column("waveform", LargeBinary, nullable=False),
    Column("profile", LargeBinary),  # none where a song was measured for its loudness alone
)

artwork = Table(
    "artwork",
    metadata,
    Column("hash", String(64), primary_key=True),
    text_column("suffix"),
    Column("width_px", Integer, nullable=False),
    Column("height_px", Integer, nullable=False),
    Column("mode", String(16), nullable=False),
    Column("format", String(16), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("look", JSON(none_as_null=True)),  # none where nobody has looked yet
)

attached_file = Table(
    "attached_file",
    metadata,
    Column("hash", String(64), primary_key=True),
    text_column("suffix"),
    Column("size_bytes", BigInteger, nullable=False),
    Column("facts", JSON, nullable=False),
)

verdict = Table(
    "verdict",
    metadata,
    Column("release_id", Integer, primary_key=True),
    Column("destinations", Text, primary_key=True),
    Column("digest", String(64), nullable=False),  # of all that the figures depend on
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
)

tag_shell = kept_table(
    "tag_shell",
    id_column(),
    Column("file_path", Text, nullable=False, index=True),
    Column("new_sha256", String(64), nullable=False, index=True),  # of the file once written
    Column("shell", LargeBinary, nullable=False),
    Column("stored_at", Moment, nullable=False),
)

# What the watch for bounces has seen, whatever became of it: what was once taken, and taken back
# by undo, is not taken again.

seen_file = Table(
    "seen_file",
    metadata,
    Column("path", Text, primary_key=True),
    Column("size_bytes", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("outcome", String(16), nullable=False),
    text_column("note"),
    Column("mix_id", Integer),
    Column("seen_at", Moment, nullable=False),
)

"""The tables of the library; Alembic's migrations are held against them by a test."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    column,
    table,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time, kept as ISO 8601 text so that every database sorts it alike."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> str | None:
        """Refuse a naive time; store UTC with microseconds."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, _dialect: Any) -> datetime | None:
        """Give back an aware UTC time."""
        return None if value is None else datetime.fromisoformat(value)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _table(name: str, *parts: Any) -> Table:
    # AUTOINCREMENT: the number of a deleted row is never given to another, so undo is safe.
    return Table(name, metadata, *parts, sqlite_autoincrement=True)


# What the person makes: every write to these goes through `history.Act`.

release = _table(
    "release",
    _id(),
    _text("title"),
    _text("version"),
    _text("label"),
    _text("catalogue_number"),
    _text("gtin"),
    Column("release_on", Date),
    Column("original_release_on", Date),
    _text("genre"),
    _text("language"),
    _text("p_line"),
    _text("c_line"),
    _text("ai_disclosure"),
    _text("content_id"),
    _text("description"),
    Column("artwork_hash", String(64), ForeignKey("artwork.hash")),
    Column("added_at", Moment, nullable=False),
)

track = _table(
    "track",
    _id(),
    Column("release_id", Integer, ForeignKey("release.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    _text("title"),
    _text("version"),
    _text("isrc"),
    _text("iswc"),
    _text("explicit"),
    _text("language"),
    _text("genre"),
    _text("lyrics"),
    Column("approved_mix_id", Integer),
)

mix = _table(
    "mix",
    _id(),
    Column("track_id", Integer, ForeignKey("track.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    _text("name"),
    Column("audio_hash", String(64), ForeignKey("audio.hash"), nullable=False, index=True),
    Column("parent_id", Integer),
    Column("settings", JSON, nullable=False),
    Column("source_path", Text),
    Column("added_at", Moment, nullable=False),
)

credit = _table(
    "credit",
    _id(),
    Column("release_id", Integer, ForeignKey("release.id"), index=True),
    Column("track_id", Integer, ForeignKey("track.id"), index=True),
    Column("position", Integer, nullable=False),
    _text("name"),
    Column("role", String(32), nullable=False),
    _text("instrument"),
    CheckConstraint("(release_id IS NULL) <> (track_id IS NULL)", name="one_owner"),
)

# Codes of the people whom credits name, kept once for each name.
person = _table(
    "person",
    _id(),
    Column("name", Text, nullable=False),
    _text("ipi"),
    _text("isni"),
    UniqueConstraint("name"),
)

# What the DAW's project says of a track, once the person has taken it.
track_project = _table(
    "track_project",
    _id(),
    Column("track_id", Integer, nullable=False, index=True),
    _text("path"),
    _text("daw"),
    Column("tempo_bpm", Float),
    _text("time_signature"),
    Column("markers", JSON, nullable=False),
    Column("read_at", Moment, nullable=False),
)

link = _table(
    "link",
    _id(),
    Column("release_id", Integer, ForeignKey("release.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    _text("service"),
    _text("url"),
)

attestation = _table(
    "attestation",
    _id(),
    Column("release_id", Integer, ForeignKey("release.id"), nullable=False, index=True),
    Column("task", String(64), nullable=False),
    _text("proof"),
    Column("skips", Boolean, nullable=False, server_default="0"),  # it does not apply
    Column("attested_at", Moment, nullable=False),
)

# A file beside the release: a Canvas clip, an Atmos master of a track, the proof of a task.
attachment = _table(
    "attachment",
    _id(),
    Column("release_id", Integer, ForeignKey("release.id"), nullable=False, index=True),
    Column("track_id", Integer, ForeignKey("track.id"), index=True),
    Column("kind", String(16), nullable=False),
    _text("task"),
    _text("name"),
    Column("file_hash", String(64), ForeignKey("attached_file.hash"), nullable=False, index=True),
    Column("added_at", Moment, nullable=False),
)

account = _table(
    "account",
    _id(),
    Column("adapter", String(64), nullable=False),
    _text("label"),
    _text("base_url"),
    Column("facts", JSON, nullable=False),  # the destination's limits, as it last said them
    Column("fetched_at", Moment),
    Column("added_at", Moment, nullable=False),
)

# The outbox: an intent is stored before it is sent (docs/decisions: the outbox).

publication = _table(
    "publication",
    _id(),
    Column("release_id", Integer, ForeignKey("release.id"), nullable=False, index=True),
    Column("adapter", String(64), nullable=False),
    Column("account_id", Integer, ForeignKey("account.id")),
    Column("out_path", Text),
    Column("item", JSON, nullable=False),
    _text("summary"),
    Column("due_at", Moment, nullable=False, index=True),
    Column("state", String(16), nullable=False, index=True),
    _text("problem"),
    Column("next_at", Moment),
    Column("added_at", Moment, nullable=False),
    Column("sent_at", Moment),
)

step = _table(
    "step",
    _id(),
    Column("publication_id", Integer, ForeignKey("publication.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("content", JSON, nullable=False),
    Column("key", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("pending", JSON),
    Column("remote", JSON),
    UniqueConstraint("publication_id", "number"),
)

attempt = _table(
    "attempt",
    _id(),
    Column("step_id", Integer, ForeignKey("step.id"), nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    _text("outcome"),
    _text("detail"),
)

# What is true of bytes for ever: facts by content hash, never undone.

audio = Table(
    "audio",
    metadata,
    Column("hash", String(64), primary_key=True),
    _text("suffix"),
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
    _text("suffix"),
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
    _text("suffix"),
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

tag_shell = _table(
    "tag_shell",
    _id(),
    Column("file_path", Text, nullable=False, index=True),
    Column("new_sha256", String(64), nullable=False, index=True),  # of the file once written
    Column("shell", LargeBinary, nullable=False),
    Column("stored_at", Moment, nullable=False),
)

# What lists are searched and sorted by: derived from the rows above in the transaction that
# changes them (library/entries.py), so it has no foreign keys and no history. On SQLite the
# full-text index `entry_words` (FTS5, trigrams) follows `words` by triggers.

entry = _table(
    "entry",
    _id(),
    Column("release_id", Integer, nullable=False, index=True),
    Column("track_id", Integer, index=True),  # none where the entry is the release's own
    _text("words"),
    _text("title_key"),
    _text("artist_key"),
    _text("label_key"),
    _text("artist_line"),
    Column("length_ms", Integer, nullable=False, server_default="0"),
)

# The full-text index, outside of the metadata: only SQLite has it.
entry_words = table("entry_words", column("rowid"), column("entry_words"))

# Numbers that are given out: the series a label or artist owns, and what was ever issued from
# them. What was issued is never taken back by undo, so no number is given out twice.

series = _table(
    "series",
    _id(),
    Column("kind", String(32), nullable=False),  # isrc, gtin, catalogue_number
    _text("owner"),  # the label or artist; empty: everybody else's
    Column("pattern", Text, nullable=False),
)

issued = _table(
    "issued",
    _id(),
    Column("kind", String(32), nullable=False),
    Column("value", Text, nullable=False),
    Column("release_id", Integer),
    Column("track_id", Integer),
    Column("issued_at", Moment, nullable=False),
    UniqueConstraint("kind", "value"),
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
    _text("note"),
    Column("mix_id", Integer),
    Column("seen_at", Moment, nullable=False),
)

# The history: each act, and each row it touched, before and after.

act = _table(
    "act",
    _id(),
    Column("label", Text, nullable=False),
    Column("done_at", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("discarded", Boolean, nullable=False, server_default="0"),
    Column("final", Boolean, nullable=False, server_default="0"),  # it left the machine
    Column("effect", JSON),
)

act_change = _table(
    "act_change",
    _id(),
    Column("act_id", Integer, ForeignKey("act.id"), nullable=False, index=True),
    Column("table_name", String(32), nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
)

Index("ix_track_isrc_text", track.c.isrc)
Index("ix_entry_title_order", entry.c.title_key, entry.c.id)
Index("ix_entry_artist_order", entry.c.artist_key, entry.c.id)
Index("ix_entry_title_key_track", entry.c.title_key, entry.c.track_id)
Index("ix_entry_artist_key_track", entry.c.artist_key, entry.c.track_id)
Index("ix_entry_length_ms_track", entry.c.length_ms, entry.c.track_id)

"""What the person makes: every write to these goes through `history.Act`."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)

from indieartist.library.tables.columns import Moment, id_column, kept_table, text_column

release = kept_table(
    "release",
    id_column(),
    text_column("title"),
    text_column("version"),
    text_column("label"),
    text_column("catalogue_number"),
    text_column("gtin"),
    Column("release_on", Date, index=True),
    Column("original_release_on", Date),
    text_column("genre"),
    text_column("language"),
    text_column("p_line"),
    text_column("c_line"),
    text_column("ai_disclosure"),
    text_column("content_id"),
    text_column("description"),
    Column("artwork_hash", String(64), ForeignKey("artwork.hash")),
    Column("added_at", Moment, nullable=False),
)

track = kept_table(
    "track",
    id_column(),
    Column("release_id", Integer, ForeignKey("release.id"), nullable=False),
    Column("position", Integer, nullable=False),
    text_column("title"),
    text_column("version"),
    text_column("isrc"),
    text_column("iswc"),
    text_column("explicit"),
    text_column("language"),
    text_column("genre"),
    text_column("lyrics"),
    Column("approved_mix_id", Integer),
)

mix = kept_table(
    "mix",
    id_column(),
    Column("track_id", Integer, ForeignKey("track.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    text_column("name"),
    Column("audio_hash", String(64), ForeignKey("audio.hash"), nullable=False, index=True),
    Column("parent_id", Integer),
    Column("settings", JSON, nullable=False),
    Column("source_path", Text),
    Column("added_at", Moment, nullable=False),
)

credit = kept_table(
    "credit",
    id_column(),
    Column("release_id", Integer, ForeignKey("release.id"), index=True),
    Column("track_id", Integer, ForeignKey("track.id"), index=True),
    Column("position", Integer, nullable=False),
    text_column("name"),
    Column("role", String(32), nullable=False),
    text_column("instrument"),
    CheckConstraint("(release_id IS NULL) <> (track_id IS NULL)", name="one_owner"),
)

# Codes of the people whom credits name, kept once for each name.
person = kept_table(
    "person",
    id_column(),
    Column("name", Text, nullable=False),
    text_column("ipi"),
    text_column("isni"),
    UniqueConstraint("name"),
)

# What the DAW's project says of a track, once the person has taken it.
track_project = kept_table(
    "track_project",
    id_column(),
    Column("track_id", Integer, nullable=False, index=True),
    text_column("path"),
    text_column("daw"),
    Column("tempo_bpm", Float),
    text_column("time_signature"),
    Column("markers", JSON, nullable=False),
    Column("read_at", Moment, nullable=False),
)

link = kept_table(
    "link",
    id_column(),
    Column("release_id", Integer, ForeignKey("release.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    text_column("service"),
    text_column("url"),
)

attestation = kept_table(
    "attestation",
    id_column(),
    Column("release_id", Integer, ForeignKey("release.id"), nullable=False, index=True),
    Column("task", String(64), nullable=False),
    text_column("proof"),
    Column("skips", Boolean, nullable=False, server_default="0"),  # it does not apply
    Column("attested_at", Moment, nullable=False),
)

# A file beside the release: a Canvas clip, an Atmos master of a track, the proof of a task.
attachment = kept_table(
    "attachment",
    id_column(),
    Column("release_id", Integer, ForeignKey("release.id"), nullable=False, index=True),
    Column("track_id", Integer, ForeignKey("track.id"), index=True),
    Column("kind", String(16), nullable=False),
    text_column("task"),
    text_column("name"),
    Column("file_hash", String(64), ForeignKey("attached_file.hash"), nullable=False, index=True),
    Column("added_at", Moment, nullable=False),
)

Index("ix_track_isrc_text", track.c.isrc)
Index("ix_track_release_order", track.c.release_id, track.c.position)

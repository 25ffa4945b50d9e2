"""What lists are searched and sorted by, derived from the rows that people make."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, column, table

from indieartist.library.tables.columns import id_column, kept_table, text_column

# Written in the transaction that changes the rows (library/entries.py), so it has no foreign keys
# and no history. On SQLite the full-text index `entry_words` (FTS5, trigrams) follows `words` by
# triggers.

entry = kept_table(
    "entry",
    id_column(),
    Column("release_id", Integer, nullable=False, index=True),
    Column("track_id", Integer),  # none where the entry is the release's own
    text_column("words"),
    text_column("title_key"),
    text_column("artist_key"),
    text_column("label_key"),
    text_column("artist_line"),
    Column("length_ms", Integer, nullable=False, server_default="0"),
)

# The full-text index, outside of the metadata: only SQLite has it.
entry_words = table("entry_words", column("rowid"), column("entry_words"))
# Each place of each of its trigrams, and in which entry (`doc`) it is.
entry_trigram = table("entry_words_trigram", column("term"), column("doc"))

_IS_TRACK, _IS_RELEASE = entry.c.track_id.is_not(None), entry.c.track_id.is_(None)
Index(
    "ix_entry_track_id",
    entry.c.track_id,
    sqlite_where=_IS_TRACK,
    postgresql_where=_IS_TRACK,
)
Index(
    "ix_entry_release_own",
    entry.c.release_id,
    unique=True,
    sqlite_where=_IS_RELEASE,
    postgresql_where=_IS_RELEASE,
)
# Unique although the number alone is: only so SQLite knows that rows read off it are in order.
Index(
    "ix_entry_release_title",
    entry.c.title_key,
    entry.c.release_id,
    unique=True,
    sqlite_where=_IS_RELEASE,
    postgresql_where=_IS_RELEASE,
)
Index("ix_entry_title_key_track", entry.c.title_key, entry.c.track_id)
Index("ix_entry_artist_key_track", entry.c.artist_key, entry.c.track_id)
Index("ix_entry_length_ms_track", entry.c.length_ms, entry.c.track_id)

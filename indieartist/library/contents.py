"""What is known of files in the vault by their content, and never undone."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, select

from indieartist.domain.cover import CoverLook
from indieartist.domain.measurement import AudioInfo, Measurement, Source
from indieartist.domain.release import Artwork
from indieartist.library import tables as t


def remember_look(connection: Connection, artwork_hash: str, look: CoverLook) -> None:
    """Keep what was seen on a picture in the vault."""
    same = t.artwork.c.hash == artwork_hash
    connection.execute(t.artwork.update().where(same).values(look=asdict(look)))


def info_of(connection: Connection, audio_hash: str) -> tuple[AudioInfo, str]:
    """What is known of a file in the vault, and its suffix."""
    row = connection.execute(select(t.audio).where(t.audio.c.hash == audio_hash)).one()
    return AudioInfo(**row.info), row.suffix


def remember_audio(
    connection: Connection, audio_hash: str, suffix: str, size_bytes: int, info: AudioInfo
) -> None:
    """Keep the facts of a file in the vault; nothing happens when they are known."""
    if connection.execute(select(t.audio.c.hash).where(t.audio.c.hash == audio_hash)).first():
        return
    values = {"hash": audio_hash, "suffix": suffix, "size_bytes": size_bytes, "info": asdict(info)}
    connection.execute(t.audio.insert().values(**values))


def remember_artwork(connection: Connection, artwork: Artwork, suffix: str) -> None:
    """Keep the facts of a picture in the vault."""
    if connection.execute(select(t.artwork.c.hash).where(t.artwork.c.hash == artwork.hash)).first():
        return
    connection.execute(t.artwork.insert().values(suffix=suffix, **asdict(artwork)))


def artwork_suffix(connection: Connection, artwork_hash: str) -> str:
    """The file suffix of a picture in the vault."""
    query = select(t.artwork.c.suffix).where(t.artwork.c.hash == artwork_hash)
    return str(connection.execute(query).scalar_one())


def find_measurement(connection: Connection, audio_hash: str) -> tuple[Measurement, bytes] | None:
    """The stored figures and waveform of a file, if it has been measured."""
    query = select(t.measurement).where(t.measurement.c.audio_hash == audio_hash)
    row = connection.execute(query).first()
    return None if row is None else (measurement_of(row.figures), row.waveform)


def find_profile(connection: Connection, audio_hash: str) -> bytes | None:
    """The stored long-term spectrum of a file, if it has been measured wholly."""
    query = select(t.measurement.c.profile).where(t.measurement.c.audio_hash == audio_hash)
    return connection.execute(query).scalar()


def remember_measurement(
    connection: Connection,
    audio_hash: str,
    figures: Measurement,
    waveform: bytes,
    profile: bytes | None = None,
) -> None:
    """Keep what was measured in a file; the loudness alone never takes the place of everything."""
    stored = find_measurement(connection, audio_hash)
    values = {"figures": asdict(figures), "waveform": waveform, "profile": profile}
    if stored is None:
        connection.execute(t.measurement.insert().values(audio_hash=audio_hash, **values))
    elif figures.complete and not stored[0].complete:
        mine = t.measurement.c.audio_hash == audio_hash
        connection.execute(t.measurement.update().where(mine).values(**values))


def measurement_of(figures: dict[str, Any]) -> Measurement:
    """What was measured, of the figures as they are kept."""
    source = figures.get("source")
    return Measurement(**figures | {"source": Source(source) if source else None})

"""A library of 100,000 tracks on 10,000 releases, as an import of that many would leave it."""

from __future__ import annotations

import json
import random
from pathlib import Path

RELEASES, TRACKS_EACH = 10_000, 10
ON_THEIR_WAY = 200  # releases that are still to come out
_FIRST = "Harbour Paper Signal Undertow Salt Night Glass Ember Hollow Winter Velvet Ähre Río 夜明け"
_SECOND = "Lights Boats Fires Tide Road Bus Garden Room Letters Machine Season Parade Wire Moon"
_PEOPLE = ("Mara Vale", "Ana Söderberg", "The Low Tides", "Ólafur", "Ines Okafor", "夜の電車")


def make_big_library(folder: Path) -> None:
    """Make the library in `folder`; the titles are the seed's."""
    from indieartist.library import entries
    from indieartist.services.studio import open_studio

    studio = open_studio(folder)
    chance = random.Random(1)
    with studio.library.write() as connection:
        run = connection.exec_driver_sql
        run("INSERT INTO audio (hash, suffix, size_bytes, info) VALUES (?, '.wav', 1, ?)", _audio())
        run(
            "INSERT INTO measurement (audio_hash, figures, waveform) VALUES (?, ?, X'')",
            _measured(),
        )
        run(
            "INSERT INTO release (id, title, label, release_on, added_at) VALUES (?, ?, ?, ?, ?)",
            [_release(number, chance) for number in range(1, RELEASES + 1)],
        )
        run(
            "INSERT INTO credit (release_id, position, name, role) VALUES (?, 1, ?, 'artist')",
            [(n, f"{chance.choice(_PEOPLE)} {n % 97}") for n in range(1, RELEASES + 1)],
        )
        numbers = range(1, RELEASES * TRACKS_EACH + 1)
        run(
            "INSERT INTO track (id, release_id, position, title, isrc) VALUES (?, ?, ?, ?, ?)",
            [_track(number, chance) for number in numbers],
        )
        run(
            "INSERT INTO mix (track_id, number, kind, audio_hash, settings, added_at)"
            " VALUES (?, 1, 'bounce', ?, '{}', '2026-01-01T00:00:00+00:00')",
            [(number, _hash(number % 50)) for number in numbers],
        )
        entries.fill(connection)
    studio.library.close()


def _hash(number: int) -> str:
    return f"{number:064x}"


def _audio() -> list[tuple[str, str]]:
    facts = {"container": "wav", "codec": "pcm", "sample_rate_hz": 44_100, "channels": 2}
    facts |= {"bits": 16, "lossless": True}
    return [(_hash(n), json.dumps(facts | {"frames": 44_100 * (60 + 3 * n)})) for n in range(50)]


def _measured() -> list[tuple[str, str]]:
    levels = ("momentary_max_lufs", "short_term_max_lufs", "true_peak_dbtp", "sample_peak_dbfs")
    facts: dict[str, float] = dict.fromkeys(levels, -1.0)
    facts |= dict.fromkeys(("loudness_range_lu", "dc_offset", "correlation", "bits_used"), 0)
    facts |= dict.fromkeys(("clipped_runs", "silence_head_ms", "silence_tail_ms", "channels"), 0)
    facts |= {"sample_rate_hz": 44_100, "duration_ms": 180_000}
    return [(_hash(n), json.dumps(facts | {"integrated_lufs": -8.0 - n / 10})) for n in range(50)]


def _words(chance: random.Random) -> str:
    return f"{chance.choice(_FIRST.split())} {chance.choice(_SECOND.split())}"


def _release(number: int, chance: random.Random) -> tuple[int, str, str, str, str]:
    year = 2100 if number > RELEASES - ON_THEIR_WAY else 2000 + chance.randint(10, 25)
    day = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    title, added = f"{_words(chance)} {number}", "2026-01-01T00:00:00+00:00"
    return number, title, f"Label {number % 40}", day, added


def _track(number: int, chance: random.Random) -> tuple[int, int, int, str, str]:
    release, position = divmod(number - 1, TRACKS_EACH)
    isrc = f"GBX7K{number % 10_000_000:07}"
    return number, release + 1, position + 1, f"{_words(chance)} {number}", isrc

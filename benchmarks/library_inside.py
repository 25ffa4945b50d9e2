"""What a list of our library waits for with many tracks: prints seconds by what was done."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

WORDS = [
    "Night",
    "River",
    "Glass",
    "Salt",
    "Ember",
    "Tide",
    "Signal",
    "Paper",
    "Garden",
    "Winter",
    "Ähre",
    "Velvet",
    "Moon",
    "Road",
]
EACH, TURNS = 10, 5


def main(folder: Path, many: int) -> None:
    """Fill a library past the services, then ask it what the window asks."""
    from indieartist.domain.catalogue import TrackQuestion
    from indieartist.services import catalogue
    from indieartist.services.studio import open_studio

    studio = open_studio(folder)
    fill(studio, many)

    def ask(**how: str) -> Callable[[], object]:
        question = TrackQuestion(**how)  # type: ignore[arg-type]
        return lambda: catalogue.list_tracks(studio, question, 0, 100)

    took = {
        "first 100 of all tracks by title, inside": best(ask(sort="title")),
        "first 100 of all tracks by artist, inside": best(ask(sort="artist")),
        "first 100 tracks that hold a word, inside": best(ask(words="ember 77", sort="title")),
        "first 100 tracks that hold a part of a word, inside": best(
            ask(words="elve", sort="title")
        ),
        "the track of an ISRC, inside": best(ask(words="GBAYE0000013")),
    }
    print(json.dumps(took))


def fill(studio: object, many: int) -> None:
    """Rows as an import would leave them."""
    from sqlalchemy import insert

    from indieartist.library import entries
    from indieartist.library import tables as t

    chance = random.Random(1)
    releases = range(1, many // EACH + 1)
    with studio.library.write() as connection:  # type: ignore[attr-defined]
        now = datetime.now(UTC)
        run = connection.execute
        run(insert(t.release), [{"id": n, "title": f"R {n}", "added_at": now} for n in releases])
        artists = [
            {"release_id": n, "position": 1, "name": f"Artist {n % 60}", "role": "artist"}
            for n in releases
        ]
        run(insert(t.credit), artists)
        run(insert(t.track), [track(n, chance) for n in range(many)])
        entries.fill(connection)


def track(number: int, chance: random.Random) -> dict[str, object]:
    """One row."""
    return {
        "id": number + 1,
        "release_id": number // EACH + 1,
        "position": number % EACH + 1,
        "title": f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}",
        "isrc": f"GBAYE{number // 100_000:02}{number % 100_000:05}",
    }


def best(work: Callable[[], object]) -> float:
    """The least of a few turns, in seconds."""
    took = []
    for _ in range(TURNS):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return min(took)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

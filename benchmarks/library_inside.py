"""What a list of our library waits for with many tracks: prints seconds by what was done."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.songs import EACH, QUESTIONS, artist_of, best, make_songs

if TYPE_CHECKING:
    from indieartist.services.studio import Studio


def main(folder: Path, many: int) -> None:
    """Fill a library past the services, then ask it what the window asks."""
    from indieartist.services.studio import open_studio

    studio = open_studio(folder)
    fill(studio, many)
    print(json.dumps({asked.what: ask(studio, asked.ours) for asked in QUESTIONS}))


def ask(studio: Studio, how: dict[str, str]) -> float:
    """The seconds until a page of the answer is there."""
    from indieartist.domain.catalogue import TrackQuestion
    from indieartist.services import catalogue

    question = TrackQuestion(**how)  # type: ignore[arg-type]
    return best(lambda: catalogue.list_tracks(studio, question, 0, 100))


def fill(studio: Studio, many: int) -> None:
    """Rows as an import would leave them."""
    from sqlalchemy import insert

    from indieartist.library import entries
    from indieartist.library import tables as t

    now, releases = datetime.now(UTC), range(1, many // EACH + 1)
    artist = {"position": 1, "role": "artist"}
    with studio.library.write() as connection:
        run = connection.execute
        run(insert(t.release), [{"id": n, "title": f"R {n}", "added_at": now} for n in releases])
        run(insert(t.credit), [artist | {"release_id": n, "name": artist_of(n)} for n in releases])
        run(
            insert(t.track),
            [
                {
                    "id": song.number,
                    "release_id": song.release,
                    "position": song.position,
                    "title": song.title,
                    "isrc": song.isrc,
                }
                for song in make_songs(many)
            ],
        )
        entries.fill(connection)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

"""What a list of beets waits for with many tracks; it runs on the Python of the peers."""

import json
import random
import sqlite3
import sys
import time

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


def main(path, many):
    from beets.library import Library

    Library(path)._connection().close()
    fill(path, many)
    library = Library(path)
    took = {
        "first 100 of all tracks by title, inside": best(library, "title+"),
        "first 100 of all tracks by artist, inside": best(library, "artist+"),
        "first 100 tracks that hold a word, inside": best(library, "ember 77 title+"),
        "first 100 tracks that hold a part of a word, inside": best(library, "elve title+"),
        "the track of an ISRC, inside": best(library, "isrc:GBAYE0000013"),
    }
    print(json.dumps(took))


def fill(path, many):
    """The same rows as ours have, in the place of what was imported."""
    chance = random.Random(1)
    rows = []
    for n in range(many):
        title = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {n}"
        artist, isrc = f"Artist {(n // EACH + 1) % 60}", f"GBAYE{n // 100_000:02}{n % 100_000:05}"
        rows.append((f"/x/{n}".encode(), title, artist, f"R {n // EACH + 1}", n % EACH + 1, isrc))
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM items")
        database.executemany(
            "INSERT INTO items (path, title, artist, album, track, isrc) VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )


def best(library, query):
    took = []
    for _ in range(TURNS):
        started = time.perf_counter()
        found = library.items(query)
        [(item.title, item.artist, item.isrc) for item, _ in zip(found, range(100), strict=False)]
        took.append(time.perf_counter() - started)
    return min(took)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

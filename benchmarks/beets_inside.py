"""What a list of beets waits for with many tracks; it runs on the Python of the peers."""

import json
import sqlite3
import sys

from benchmarks.songs import QUESTIONS, best, make_songs


def main(path, many):
    from beets.library import Library

    Library(path)._connection().close()
    fill(path, many)
    library = Library(path)
    print(json.dumps({asked.what: ask(library, asked.theirs) for asked in QUESTIONS}))


def ask(library, query):
    def read():
        found = library.items(query)
        [(item.title, item.artist, item.isrc) for item, _ in zip(found, range(100), strict=False)]

    return best(read)


def fill(path, many):
    """The same rows as ours have, in the place of what was imported."""
    rows = [
        (f"/x/{s.number}".encode(), s.title, s.artist, f"R {s.release}", s.position, s.isrc)
        for s in make_songs(many)
    ]
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM items")
        database.executemany(
            "INSERT INTO items (path, title, artist, album, track, isrc) VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

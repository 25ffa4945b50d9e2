"""Renders the pictures of the window from a real library into docs/pictures.

The song of `resources/song.toml` where it was fetched, else our own; around it a few more releases.
With a folder as argument, every page in both schemes and sizes goes there, for the eye to check.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indieartist.services.studio import Studio
    from indieartist.ui.start import Picture

ROOT = Path(__file__).resolve().parent.parent
DOCS_PATH = ROOT / "docs" / "pictures"
LARGE, SMALL = (1440, 900), (1120, 700)
PAGES = ("releases", "release", "facts", "master", "check", "publish")
OTHERS = (("Paper Boats", "2026-10-02"), ("Signal Fires", "2026-06-12"), ("Undertow", ""))


def fill(studio: Studio) -> None:
    """Take the tour, and begin a few more releases beside it."""
    from indieartist.services import editing, finding
    from indieartist.services.tour import take_tour

    for title, day in OTHERS:
        number = editing.new_release(studio, title, ["Mara Vale"])
        if day:
            release = finding.get_release(studio, f"R{number}")
            editing.edit_release(studio, release, {"release_on": day, "genre": "Indie Pop"})
    take_tour(studio, None, print)


def chosen() -> Iterator[Picture]:
    """The pictures that the documentation shows."""
    from indieartist.ui.start import Picture

    yield Picture(DOCS_PATH / "release_dark.png", "dark", LARGE, "release")
    for page in ("master", "check", "publish"):
        yield Picture(DOCS_PATH / f"{page}.png", "dark", LARGE, page)
    yield Picture(DOCS_PATH / "release_light.png", "light", LARGE, "release")


def every(folder: Path) -> Iterator[Picture]:
    """Every page, in both schemes and both sizes."""
    from indieartist.ui.start import Picture

    for page in PAGES:
        for scheme in ("dark", "light"):
            for size in (LARGE, SMALL):
                yield Picture(folder / f"{page}-{scheme}-{size[0]}.png", scheme, size, page)


def render(library_path: Path, pictures: Iterator[Picture]) -> None:
    """Render the pictures of one library."""
    from indieartist.jobs.runner import ThreadRunner
    from indieartist.services.studio import open_studio
    from indieartist.system.paths import resources_path
    from indieartist.ui.start import picture_window

    for picture in pictures:
        picture.path.parent.mkdir(parents=True, exist_ok=True)
        picture_window(lambda: open_studio(library_path), ThreadRunner(), resources_path(), picture)
        print(picture.path)


def main() -> int:
    """Fill a library for the while, and render it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from indieartist.services.studio import open_studio

    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder, "Library"), Path(folder, "Empty")
        studio = open_studio(full)
        fill(studio)
        studio.library.close()
        if len(sys.argv) > 1:
            render(full, every(Path(sys.argv[1])))
            render(empty, every(Path(sys.argv[1], "empty")))
        else:
            render(full, chosen())
    return 0


if __name__ == "__main__":
    sys.exit(main())

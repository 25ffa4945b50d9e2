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
    from indieartist.ui.picture import Picture

ROOT = Path(__file__).resolve().parent.parent
DOCS_PATH = ROOT / "docs" / "pictures"
LARGE, SMALL, HUGE = (1440, 900), (1120, 700), (2560, 1440)
PAGES = ("releases", "release", "track", "facts", "master", "check", "publish", "settings")
OTHERS = (("Paper Boats", "2026-10-02"), ("Signal Fires", "2026-06-12"), ("Undertow", ""))


LONG = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft und die "
    "Sehnsucht nach dem nächsten Tag",
    "夜明け前の長い長い電車に乗って海沿いの町へ帰る君の背中を見送りながら歌う子守唄と静かな約束の物語"
    * 2,
)


def fill_long(studio: Studio) -> None:
    """Our demo song under titles of about 120 characters, with more tracks beside it."""
    from indieartist.services import demo, editing, finding

    editing.new_release(studio, LONG[0], [LONG[1][:40]])
    number = demo.import_demo(studio)
    release = finding.get_release(studio, f"R{number}")
    editing.edit_release(studio, release, {"title": LONG[1], "label": LONG[0]})
    for track, title in zip(release.tracks, LONG * 9, strict=False):
        editing.edit_track(studio, track, {"title": title, "version": "Langfassung"})


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
    from indieartist.ui.picture import Picture

    yield Picture(DOCS_PATH / "release_dark.png", "dark", LARGE, "release")
    for page in ("master", "check", "publish", "tags"):
        yield Picture(DOCS_PATH / f"{page}.png", "dark", LARGE, page)
    yield Picture(DOCS_PATH / "release_light.png", "light", LARGE, "release")


def every(folder: Path) -> Iterator[Picture]:
    """Every page, in both schemes and all sizes."""
    from indieartist.ui.picture import Picture

    for scheme in ("dark", "light"):
        for size in (LARGE, SMALL, HUGE):
            for page in PAGES:
                yield Picture(folder / f"{page}-{scheme}-{size[0]}.png", scheme, size, page)


def render(library_path: Path, pictures: Iterator[Picture]) -> None:
    """Render the pictures of one library."""
    from indieartist.jobs.runner import ThreadRunner
    from indieartist.services.studio import open_studio
    from indieartist.system.paths import resources_path
    from indieartist.ui.start import picture_pages

    wanted = list(pictures)
    for picture in wanted:
        picture.path.parent.mkdir(parents=True, exist_ok=True)
    picture_pages(lambda: open_studio(library_path), ThreadRunner(), resources_path(), wanted)
    print(*(picture.path for picture in wanted), sep="\n")


def main() -> int:
    """Fill a library for the while, and render it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from indieartist.services.studio import open_studio

    with tempfile.TemporaryDirectory() as folder:
        full, empty, long = (Path(folder, name) for name in ("Library", "Empty", "Long"))
        for path, fill_it in ((full, fill), (long, fill_long)):
            studio = open_studio(path)
            fill_it(studio)
            studio.library.close()
        if len(sys.argv) > 1:
            render(full, every(Path(sys.argv[1])))
            render(empty, every(Path(sys.argv[1], "empty")))
            render(long, every(Path(sys.argv[1], "long")))
        else:
            render(full, chosen())
    return 0


if __name__ == "__main__":
    sys.exit(main())

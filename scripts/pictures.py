"""Renders the pictures of the window from a real library into docs/pictures.

The song of `resources/song.toml` where it was fetched, else our own; around it a few more releases.
With `all`, every page in both schemes and three sizes goes into .cache/pictures, for the eye to
check: with songs, empty, under titles of 120 letters, at work, failing, and with no library. More
words name pages, so that only these are taken anew.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.studio import Studio
    from indieartist.ui.picture import Picture, Prepare
    from indieartist.ui.window import StudioWindow

ROOT = Path(__file__).resolve().parent.parent
DOCS_PATH, ALL_PATH = ROOT / "docs" / "pictures", ROOT / ".cache" / "pictures"
LARGE, SMALL, HUGE = (1440, 900), (1120, 700), (2560, 1440)
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
    for page in ("master", "check", "publish", "tags", "calendar"):
        yield Picture(DOCS_PATH / f"{page}.png", "dark", LARGE, page)
    yield Picture(DOCS_PATH / "release_light.png", "light", LARGE, "release")


def every(folder: Path, pages: Collection[str]) -> Iterator[Picture]:
    """Every page, or those named, in both schemes and all sizes."""
    from indieartist.ui.picture import Picture
    from indieartist.ui.places import PLACES

    for scheme in ("dark", "light"):
        for size in (LARGE, SMALL, HUGE):
            for page in [place.key for place in PLACES if not pages or place.key in pages]:
                path = folder / f"{page}-{scheme}-{size[0]}.png"
                yield Picture(path, scheme, size, page)


def render(library_path: Path, pictures: Iterator[Picture], prepare: Prepare | None = None) -> None:
    """Render the pictures of one library."""
    from indieartist.jobs.runner import ThreadRunner
    from indieartist.services.studio import open_studio
    from indieartist.system.paths import resources_path
    from indieartist.ui.start import picture_pages

    wanted = list(pictures)
    for picture in wanted:
        picture.path.parent.mkdir(parents=True, exist_ok=True)

    def open_it() -> Studio:
        return open_studio(library_path)

    picture_pages(open_it, ThreadRunner(), resources_path(), wanted, prepare)
    print(*(picture.path for picture in wanted), sep="\n", flush=True)


def at_work(window: StudioWindow) -> Callable[[], None]:
    """Two acts under way, and the drawer that lists them; afterwards they end."""
    over = threading.Event()

    def work(_studio: Studio, report: Report) -> None:
        report(0.42)
        over.wait(60)

    for label in ("Mastering “Feelings”", "Importing 12 bounces"):
        window.desk.act(label, work, lane="audio")
    _let_run(700)
    if not window.drawer.isVisible():
        window.handlers.show_jobs()
    _let_run(200)

    def end() -> None:
        over.set()
        window.handlers.show_jobs()
        _let_run(200)
        window.job_log.clear()

    return end


def failing(window: StudioWindow) -> Callable[[], None]:
    """An act that failed, as it is told."""
    from indieartist.errors import WorldError

    def work(_studio: Studio, _report: Report) -> None:
        raise WorldError(
            "The disk of the library is full, so “Feelings (Langfassung).wav” was not imported.",
            "Free some space; nothing was changed.",
        )

    window.desk.act("Importing 3 bounces", work)
    _let_run(600)
    return window.job_log.clear


def refused(_window: StudioWindow) -> Callable[[], None]:
    """The library cannot be opened: what is seen then needs no more."""
    return lambda: None


def _let_run(duration_ms: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(duration_ms, loop.quit)
    loop.exec()


def render_all(folder: Path, libraries: dict[str, Path], pages: Collection[str]) -> None:
    """Render every page in every state."""
    for state, prepare in (("full", None), ("empty", None), ("long", None)):
        render(libraries[state], every(folder / state, pages), prepare)
    render(libraries["full"], every(folder / "busy", pages), at_work)
    render(libraries["full"], every(folder / "failing", pages), failing)
    render(libraries["closed"], every(folder / "closed", {"releases"}), refused)


def main(words: Sequence[str]) -> int:
    """Fill a library for the while, and render it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from indieartist.services.studio import open_studio

    with tempfile.TemporaryDirectory() as folder:
        libraries = {name: Path(folder, name) for name in ("full", "empty", "long", "closed")}
        libraries["closed"].write_text("a file, not a library", encoding="utf-8")
        for name, fill_it in (("full", fill), ("long", fill_long)):
            studio = open_studio(libraries[name])
            fill_it(studio)
            studio.library.close()
        if words[:1] == ["all"]:
            render_all(ALL_PATH, libraries, words[1:])
        else:
            render(libraries["full"], chosen())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

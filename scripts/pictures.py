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
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import picture_states as states
from picture_library import fill

if TYPE_CHECKING:
    from indieartist.services.studio import Studio
    from indieartist.ui.picture import Picture, Prepare

ROOT = Path(__file__).resolve().parent.parent
DOCS_PATH, ALL_PATH = ROOT / "docs" / "pictures", ROOT / ".cache" / "pictures"
LARGE, SMALL, HUGE = (1440, 900), (1120, 700), (2560, 1440)
SHOWN = (
    ("release_dark", "release", states.listening),
    ("release_light", "release", states.listening),
    ("master", "master", states.listening),
    ("check", "check", states.listening),
    ("publish", "publish", states.listening),
    ("tags", "tags", states.listening),
    ("calendar", "calendar", states.listening),
    ("board", "calendar", states.board),
    ("library", "tracks", states.editing_many),
    ("bounces", "track", states.next_bounce),
    ("daw", "track", states.from_daw),
    ("safe-keeping", "safety", states.listening),
    ("platforms", "master", states.on_services),
    ("listening", "release", states.blind),
)
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


def chosen(pages: Collection[str]) -> Iterator[tuple[Picture, Prepare]]:
    """The pictures that the documentation shows, or those named, each with its state."""
    from indieartist.ui.picture import Picture

    for name, page, state in SHOWN:
        if not pages or name in pages:
            scheme = "light" if name.endswith("light") else "dark"
            yield Picture(DOCS_PATH / f"{name}.png", scheme, LARGE, page), state


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


def render_all(folder: Path, libraries: dict[str, Path], pages: Collection[str]) -> None:
    """Render every page in every state."""
    for state, prepare in (("full", states.listening), ("empty", None), ("long", None)):
        render(libraries[state], every(folder / state, pages), prepare)
    render(libraries["full"], every(folder / "busy", pages), states.at_work)
    render(libraries["full"], every(folder / "failing", pages), states.failing)
    render(libraries["closed"], every(folder / "closed", {"releases"}), states.refused)


def main(words: Sequence[str]) -> int:
    """Fill a library for the while, and render it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from indieartist.services.studio import open_studio

    with tempfile.TemporaryDirectory() as folder:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = folder  # so that no setting of this machine's person is in them
        libraries = {name: Path(folder, name) for name in ("full", "empty", "long", "closed")}
        libraries["closed"].write_text("a file, not a library", encoding="utf-8")
        for name, fill_it in (("full", fill), ("long", fill_long)):
            studio = open_studio(libraries[name])
            fill_it(studio)
            studio.library.close()
        if words[:1] == ["all"]:
            render_all(ALL_PATH, libraries, words[1:])
        else:
            for state in dict.fromkeys(state for _, state in chosen(words)):
                pictures = (picture for picture, its in chosen(words) if its is state)
                render(libraries["full"], pictures, state)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The intake: what is dropped on the window or chosen comes in, and what is refused is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from indieartist.domain import figures
from indieartist.ui.widgets.finding import Severity

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.importing import Imported, Refused
    from indieartist.services.studio import Studio
    from indieartist.ui.window import StudioWindow

PROJECTS = frozenset((".als", ".rpp", ".dawproject", ".flp"))
PICTURES = frozenset((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".gif", ".bmp"))
_AUDIO = "Audio (*.wav *.wave *.aif *.aiff *.flac *.m4a *.mp3 *.ogg *.opus);;All files (*)"
_NAMED_MAX = 3


class Intake(QObject):
    """Bounces make or join releases; a picture becomes the cover of the release in hand.

    `choose_files(title, filter)` returns paths; tests put their own in its place.
    """

    def __init__(self, window: StudioWindow) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self.choose_files: Callable[[str, str], list[Path]] = self._ask
        window.files_dropped.connect(self.take)

    def choose(self) -> None:
        """Let the person choose bounces."""
        if paths := self.choose_files("Add bounces", _AUDIO):
            self.take(paths)

    def choose_cover(self) -> None:
        """Let the person choose a cover for the release in hand."""
        globs = " ".join(f"*{suffix}" for suffix in sorted(PICTURES))
        if paths := self.choose_files("Choose a cover", f"Pictures ({globs})"):
            self.set_cover(paths[0])

    def take(self, paths: Sequence[Path], release_id: int | None = None) -> None:
        """Take in what was dropped: pictures and bounces, each its own way; folders whole.

        Bounces go into a release where one is named, else into the one on screen.
        """
        files = [file for path in paths for file in _files_of(path)]
        pictures = [path for path in files if path.suffix.lower() in PICTURES]
        projects = [path for path in files if path.suffix.lower() in PROJECTS]
        bounces = [path for path in files if path not in pictures and path not in projects]
        if pictures:
            self.set_cover(pictures[0])
        if projects:
            self.read_project(projects[0])
        if bounces:
            self.import_bounces(bounces, release_id)
        if not files:
            self._desk.say("There is no file in what was dropped.", "warn")

    def import_bounces(self, paths: list[Path], release_id: int | None = None) -> None:
        """Import bounces: into the release named or on screen, else wherever they belong."""
        release_id = release_id or self._window.release_on_screen

        def work(studio: Studio, report: Report) -> list[Imported | Refused]:
            from indieartist.services.importing import import_files

            return import_files(studio, paths, release_id=release_id, report=report)

        name = paths[0].name if len(paths) == 1 else figures.count(len(paths), "bounce")
        self._desk.act(f"Importing {name}", work, self._tell, lane="audio")

    def read_project(self, path: Path) -> None:
        """Have the track on screen read a DAW's project."""
        from indieartist.ui.screens.track import TrackScreen

        if isinstance(page := self._window.shown, TrackScreen):
            page.daw.read_file(path)
        else:
            self._desk.say(f"Drop {path.name} on the page of its track.", "info")

    def set_cover(self, path: Path) -> None:
        """Make a picture the cover of the release in hand."""
        release = self._window.release
        if release is None:
            self._desk.say("There is no release yet for this cover.", "warn")
            return

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services.editing import set_artwork

            set_artwork(studio, release, path)

        says = f"{path.name} is the cover of “{release.title}”"
        self._desk.act(f"Cover {path.name}", work, lane="audio", says=says)

    def move(self, track_ids: Sequence[int], release_id: int) -> None:
        """Move tracks to the end of another release."""

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services.catalogue import move_tracks

            move_tracks(studio, track_ids, release_id)

        were = "was" if len(track_ids) == 1 else "were"
        says = f"{figures.count(len(track_ids), 'track')} {were} moved"
        self._desk.act("Move tracks", work, says=says)

    def try_demo(self) -> None:
        """Render our own small song and import it, with its cover and its credits."""

        def work(studio: Studio, report: Report) -> int:
            from indieartist.services.demo import import_demo

            return import_demo(studio, report)

        def done(release_id: int) -> None:
            self._window.open_release(release_id)
            self._desk.say("The demo song is yours to try everything with.", "info")

        self._desk.act("Rendering the demo song", work, done, lane="audio")

    def _tell(self, results: list[Any]) -> None:
        """Open what came in, and say what did not and why."""
        refused = [result for result in results if hasattr(result, "error")]
        taken = [result for result in results if not hasattr(result, "error")]
        if taken:
            self._window.open_release(taken[0].release_id)
        words, new = came_in(taken), any(not result.known for result in taken)
        if refused:
            words = " ".join((words, named(refused))).strip()
        severity: Severity = "err" if refused else "ok" if new else "info"
        if new:
            self._desk.say(words, severity, button="Undo", then=self._desk.undo)
        else:
            self._desk.say(words, severity)

    def _ask(self, title: str, pattern: str) -> list[Path]:
        folder = self._window.preferences.now.bounce_folder
        names, _ = QFileDialog.getOpenFileNames(self._window, title, folder, pattern)
        return [Path(name) for name in names]


def came_in(taken: Sequence[Any]) -> str:
    """'“Night Bus” came in.', '3 bounces came in, 1 was here already.', or nothing."""
    new = [result for result in taken if not result.known]
    known = len(taken) - len(new)
    if not new:
        return "The library had this already; nothing was changed." if taken else ""
    what = f"“{new[0].title}”" if len(new) == 1 else figures.count(len(new), "bounce")
    was = f", {known} {'was' if known == 1 else 'were'} here already" if known else ""
    return f"{what} came in{was}."


def named(refused: Sequence[Any]) -> str:
    """What was refused and why, the first few by name."""
    first = " ".join(str(result.error) for result in refused[:_NAMED_MAX])
    more = len(refused) - _NAMED_MAX
    return f"{first} And {more} more." if more > 0 else first


def _files_of(path: Path) -> list[Path]:
    """The path itself, or the files right inside a folder, in order."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.is_file() and file.name[0] != ".")

"""Watching a folder for bounces: each is taken once it is finished, and only once.

The scan is the truth: it sees what came while nothing ran, and works on network drives too. The
system's own word that something changed, by watchdog, only brings the next scan forward.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError, WorldError
from indieartist.library import bounces as known
from indieartist.library.bounces import Seen
from indieartist.services.bounces import LABEL, MADE, Outcome, Taken, take_bounce

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

    from indieartist.services.studio import Studio

STABLE_S = 2.0
_GIVE_UP_S = 60.0  # a file that stands still so long and still has no whole header is damaged
_DEEPEST, _MOST_FILES = 6, 50_000
_SUFFIXES = frozenset((".wav", ".wave", ".aif", ".aiff", ".flac", ".m4a", ".mp3", ".ogg", ".opus"))
# What DAWs keep beside their projects is no bounce.
_NOT_BOUNCES = frozenset(
    ("samples", "audio files", "media", "recorded", "processed", "freeze", "backup", "backups")
)

_TELLING = frozenset(("created", "modified", "moved", "closed", "deleted"))

Stamp = tuple[int, int]  # size in bytes, and when it was written to


@dataclass(slots=True)
class Watch:
    """One folder under watch. It lives as long as the watching; what it saw, the library keeps."""

    folder: Path
    clock: Callable[[], float] = time.monotonic
    _waiting: dict[str, tuple[Stamp, float]] = field(default_factory=dict)

    def look(self, studio: Studio) -> list[Path]:
        """The bounces that are finished and were not seen yet, the oldest first.

        A file is finished when it has not changed for two seconds and its header holds. Raises
        WorldError where the folder cannot be read.
        """
        with studio.library.read() as connection:
            seen = known.read_seen(connection, str(self.folder))
        now = self.clock()
        stamps = dict(_files(self.folder, studio.library.folder))
        fresh = {
            path: stamp
            for path, stamp in stamps.items()
            if path not in seen or seen[path].stamp != stamp
        }
        waiting = {path: self._since(path, stamp, now) for path, stamp in fresh.items()}
        self._waiting = {path: (fresh[path], since) for path, since in waiting.items()}
        still = [path for path, since in waiting.items() if now - since >= STABLE_S]
        ready = [path for path in still if self._is_whole(path, now - waiting[path])]
        return [Path(path) for path in sorted(ready, key=lambda path: fresh[path][1])]

    @property
    def pending(self) -> int:
        """How many files are still being written, or only just were."""
        return len(self._waiting)

    def _since(self, path: str, stamp: Stamp, now: float) -> float:
        before = self._waiting.get(path)
        return before[1] if before is not None and before[0] == stamp else now

    def _is_whole(self, path: str, still_s: float) -> bool:
        from indieartist.audio.decode import probe

        try:
            probe(Path(path))
        except (UserError, WorldError):
            return still_s >= _GIVE_UP_S  # taking it says what is wrong
        return True

    def take(self, studio: Studio, paths: list[Path], report: Report = silent) -> list[Taken]:
        """Take finished bounces one by one, and remember what became of each."""
        taken = []
        for number, path in enumerate(paths):
            share = part(report, number / len(paths), (number + 1) / len(paths))
            stamp = _stamp(path)
            outcome = take_bounce(studio, path, share)
            if stamp is not None and _stamp(path) == stamp:
                _remember(studio, [_seen(path, stamp, outcome)])
                self._waiting.pop(str(path), None)
                taken.append(outcome)
        return taken

    def begin(self, studio: Studio) -> int:
        """Let what lies in a folder that was never watched be as it is; return how much that is.

        A folder that was watched before is caught up with instead: nothing is let be.
        """
        with studio.library.read() as connection:
            if known.read_seen(connection, str(self.folder)):
                return 0
        found = list(_files(self.folder, studio.library.folder))
        _remember(studio, [Seen(path, *stamp, Outcome.EARLIER.value) for path, stamp in found])
        return len(found)

    def count_earlier(self, studio: Studio) -> int:
        """How many bounces were there before the watch began and are still not taken."""
        return len(self._list_earlier(studio))

    def recall_earlier(self, studio: Studio) -> int:
        """Have what was there before taken after all; return how many these are."""
        earlier = self._list_earlier(studio)
        again = [Seen(each.path, -1, -1, each.outcome) for each in earlier]
        _remember(studio, again)
        return len(again)

    def _list_earlier(self, studio: Studio) -> list[Seen]:
        with studio.library.read() as connection:
            seen = known.read_seen(connection, str(self.folder))
        return [each for each in seen.values() if each.outcome == Outcome.EARLIER]


def watch_folder(folder: Path) -> Watch:
    """A watch over a folder; raises UserError where there is none."""
    if not folder.is_dir():
        raise UserError(f"There is no folder {folder}.", "Choose the one your DAW bounces to.")
    return Watch(folder.absolute())


def say_taken(taken: list[Taken]) -> str:
    """'Night Bus v3.wav is mix 3 of “Night Bus” (sounds like it).', or how many came in."""
    made = [each for each in taken if each.outcome in MADE]
    told = made or taken
    if len(told) == 1:
        return told[0].sentence
    rest = len(taken) - len(made)
    words = f"{len(made)} bounces came in" if made else f"{rest} files were here already"
    return f"{words}, {rest} were here already." if made and rest else f"{words}."


def undo_taken(studio: Studio, count: int) -> int:
    """Take back the last `count` bounces that came in; return how many that were.

    Where something else was done since, what came before it stays.
    """
    from indieartist.services import acts

    undone = 0
    while undone < count:
        past = acts.find_undoable(studio)
        if past is None or not past.label.startswith(LABEL):
            break
        acts.undo(studio)
        undone += 1
    return undone


class Hint:
    """The system's word that something changed below a folder; without it the scan does alone.

    `told` is called on a thread of its own.
    """

    def __init__(self, folder: Path, told: Callable[[], None]) -> None:
        self._observer = _observe(folder, told)

    @property
    def works(self) -> bool:
        """Whether the system tells of changes at all."""
        return self._observer is not None

    def close(self) -> None:
        """Listen no more."""
        if self._observer is not None:
            self._observer.stop()
            self._observer = None


def _observe(folder: Path, told: Callable[[], None]) -> BaseObserver | None:
    try:
        from watchdog.events import FileSystemEvent, FileSystemEventHandler
        from watchdog.observers import Observer

        class Handler(FileSystemEventHandler):
            def on_any_event(self, event: FileSystemEvent) -> None:
                if event.event_type in _TELLING:  # our own reading opens and closes files too
                    told()

        observer = Observer()
        observer.daemon = True
        observer.schedule(Handler(), str(folder), recursive=True)
        observer.start()
    except (ImportError, OSError, RuntimeError):
        return None
    return observer


def _files(folder: Path, library: Path) -> Iterator[tuple[str, Stamp]]:
    """The sounds below a folder with their stamps; hidden ones and the library are left out."""
    try:
        with os.scandir(folder):
            pass
    except OSError as error:
        raise WorldError(
            f"{folder} cannot be read: {error.strerror}.", "Is it connected?"
        ) from error
    count = 0
    for place, folders, names in os.walk(folder):
        depth = len(Path(place).relative_to(folder).parts)
        folders[:] = [
            name
            for name in sorted(folders)
            if name[0] != "."
            and name.lower() not in _NOT_BOUNCES
            and depth < _DEEPEST
            and Path(place, name) != library
        ]
        for name in names:
            path = Path(place, name)
            if path.suffix.lower() in _SUFFIXES and name[0] != "." and (stamp := _stamp(path)):
                count += 1
                if count > _MOST_FILES:
                    return
                yield str(path), stamp


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:  # it went while we looked
        return None
    return (found.st_size, found.st_mtime_ns)


def _seen(path: Path, stamp: Stamp, taken: Taken) -> Seen:
    return Seen(str(path), *stamp, taken.outcome.value, taken.note, taken.mix_id)


def _remember(studio: Studio, seen: list[Seen]) -> None:
    with studio.library.write() as connection:
        known.remember_seen(connection, seen, studio.now())

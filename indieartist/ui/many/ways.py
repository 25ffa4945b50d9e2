"""The ways to the boxes that change many things: entries of menus, and commands of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from indieartist.domain import figures
from indieartist.ui.many.edit_box import EditBox
from indieartist.ui.many.import_box import ImportBox
from indieartist.ui.many.paste_box import PasteBox
from indieartist.ui.many.rename_box import RenameBox
from indieartist.ui.many.tag_box import TagBox

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release
    from indieartist.services.library_import import Merged
    from indieartist.services.numbers import Given
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.widgets.finding import Severity
    from indieartist.ui.window import StudioWindow

_TABLES = "Tables (*.csv *.tsv *.txt);;All files (*)"


def offer_for_tracks(menu: QMenu, desk: Desk, ids: Sequence[int], parent: QWidget) -> None:
    """Put what can be done with these tracks at once into a menu."""
    menu.addAction("Edit…", lambda: EditBox(desk, "track", ids, parent).open())
    menu.addAction("Give the next ISRC", lambda: give_isrcs(desk, ids))
    menu.addAction("Paste ISRCs…", lambda: PasteBox(desk, ids, parent).open())
    menu.addAction("Write tags into files…", lambda: TagBox(desk, ids, parent).open())
    menu.addAction("Rename files…", lambda: RenameBox(desk, ids, parent).open())


def offer_for_releases(menu: QMenu, desk: Desk, ids: Sequence[int], parent: QWidget) -> None:
    """Put what can be done with these releases at once into a menu."""
    menu.addAction("Edit…", lambda: EditBox(desk, "release", ids, parent).open())
    menu.addAction(
        "Give the next catalogue number", lambda: give_numbers(desk, "catalogue_number", ids)
    )
    menu.addAction("Give the next UPC", lambda: give_numbers(desk, "gtin", ids))
    menu.addAction("Write tags into their files…", lambda: write_tags_on(desk, ids, parent))
    menu.addAction("Rename their files…", lambda: rename_files_on(desk, ids, parent))


def give_isrcs(desk: Desk, track_ids: Sequence[int]) -> None:
    """Give each of these tracks that has none the next ISRC of its series."""

    def work(studio: Studio, _report: Report) -> list[Given]:
        from indieartist.services import numbers

        return numbers.assign_isrcs(studio, track_ids)

    desk.act("Next ISRC", work, lambda made: _tell(desk, made, "ISRC"))


def give_numbers(desk: Desk, kind: str, release_ids: Sequence[int]) -> None:
    """Give each of these releases that has none the next number of its series."""

    def work(studio: Studio, _report: Report) -> list[Given]:
        from indieartist.services import numbers

        return numbers.assign_numbers(studio, kind, release_ids)

    desk.act("Next number", work, lambda made: _tell(desk, made, "number"))


def _tell(desk: Desk, made: list[Given], noun: str) -> None:
    if made:
        words = made[0].number if len(made) == 1 else figures.count(len(made), noun)
        desk.say(f"Given: {words}", button="Undo", then=desk.undo)
    else:
        desk.say(f"All of them have their {noun} already.", "info")


def edit_tracks_of(window: StudioWindow, release: Release | None) -> None:
    """Edit all tracks of a release at once."""
    if release is not None and release.tracks:
        EditBox(window.desk, "track", [track.id for track in release.tracks], window).open()


def paste_isrcs_of(window: StudioWindow, release: Release | None) -> None:
    """Lay a list of ISRCs beside the tracks of a release."""
    if release is not None and release.tracks:
        PasteBox(window.desk, [track.id for track in release.tracks], window).open()


def rename_files_of(window: StudioWindow, release: Release | None) -> None:
    """Rename the files of a release's tracks; without one, files of the person's choice."""
    ids = [track.id for track in release.tracks] if release else []
    RenameBox(window.desk, ids, window).open()


def write_tags_of(window: StudioWindow, release: Release | None) -> None:
    """Write the tags of all files of a release's tracks."""
    if release is not None and release.tracks:
        TagBox(window.desk, [track.id for track in release.tracks], window).open()


def write_tags_on(desk: Desk, release_ids: Sequence[int], parent: QWidget) -> None:
    """Write the tags of the files of all tracks of these releases."""
    _open_on(desk, release_ids, parent, TagBox)


def rename_files_on(desk: Desk, release_ids: Sequence[int], parent: QWidget) -> None:
    """Rename the files of all tracks of these releases."""

    _open_on(desk, release_ids, parent, RenameBox)


def _open_on(
    desk: Desk, release_ids: Sequence[int], parent: QWidget, box: type[TagBox | RenameBox]
) -> None:
    def work(studio: Studio) -> list[int]:
        from indieartist.services import renaming

        return renaming.list_tracks_of(studio, release_ids)

    def done(ids: list[int]) -> None:
        box(desk, ids, parent).open()

    desk.read("Reading the tracks", work, done, owner=parent)


def import_folder(window: StudioWindow, choose: Callable[[], str] | None = None) -> None:
    """Let the person choose a folder of tagged files."""
    name = (choose or _asking(window, "Folder with releases"))()
    if name:
        ImportBox(window.desk, Path(name), window).open()


def import_table(window: StudioWindow, choose: Callable[[], str] | None = None) -> None:
    """Let the person choose a table."""

    def ask() -> str:
        return QFileDialog.getOpenFileName(window, "Table of releases", "", _TABLES)[0]

    if name := (choose or ask)():
        ImportBox(window.desk, Path(name), window).open()


def import_library(window: StudioWindow, choose: Callable[[], str] | None = None) -> None:
    """Bring in another library."""
    name = (choose or _asking(window, "Another IndieArtist library"))()
    if not name:
        return

    def work(studio: Studio, report: Report) -> Merged:
        from indieartist.services.library_import import import_library

        return import_library(studio, Path(name), report)

    def done(merged: Merged) -> None:
        came = len(merged.release_ids)
        words = _merged_words(merged)
        tone: Severity = "warn" if merged.missing else "ok"
        window.desk.say(words, tone, button="Undo" if came else "", then=window.desk.undo)

    window.desk.act(f"Import library {Path(name).name}", work, done, lane="audio")


def _merged_words(merged: Merged) -> str:
    words = f"{figures.count(len(merged.release_ids), 'release')} came in"
    if merged.known:
        words += f", {merged.known} {'was' if merged.known == 1 else 'were'} here already"
    if merged.missing:
        more = f" and {len(merged.missing) - 1} more" if len(merged.missing) > 1 else ""
        words += f". The audio of “{merged.missing[0]}”{more} is missing there"
    return words


def _asking(window: StudioWindow, title: str) -> Callable[[], str]:
    return lambda: QFileDialog.getExistingDirectory(window, title)

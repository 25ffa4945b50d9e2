"""What the commands of the window do, as far as no page does it by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from indieartist.ui.about import AboutBox
from indieartist.ui.many import ways
from indieartist.ui.many.audit_box import AuditBox
from indieartist.ui.many.numbers_box import NumbersBox
from indieartist.ui.screens.master import MasterScreen

if TYPE_CHECKING:
    from indieartist.services.studio import Studio
    from indieartist.ui.window import StudioWindow


class Handlers(QObject):
    """One small function for each command; `commands.ACTIONS` names them."""

    def __init__(self, window: StudioWindow) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk

    def new_release(self) -> None:
        """Begin an empty release, and turn to its facts."""

        def work(studio: Studio, _report: object) -> int:
            from indieartist.services.editing import new_release

            return new_release(studio, "Untitled", [studio.artist] if studio.artist else [])

        def done(release_id: int) -> None:
            self._window.open_release(release_id)
            self._window.edit_fact("title")

        self._desk.act("New release", work, done, says="A new release")

    def remove_release(self) -> None:
        """Remove the release in hand, with everything on it."""
        if (release := self._window.release) is None:
            return

        def work(studio: Studio, _report: object) -> None:
            from indieartist.services.editing import remove_release

            remove_release(studio, release)

        says = f"“{release.title}” was removed"
        self._desk.act("Remove release", work, lambda _: self.show_releases(), says=says)

    def open_track(self) -> None:
        """Turn to the page of the chosen track."""
        self._window.release_screen.open_track()

    def rename_track(self) -> None:
        """Put the cursor into the title of the chosen track."""
        self._window.release_screen.rename()

    def approve_mix(self) -> None:
        """Approve the chosen track's current mix, or withdraw the approval."""
        self._window.release_screen.approve()

    def remove_track(self) -> None:
        """Take the chosen track off its release."""
        self._window.release_screen.remove()

    def move_up(self) -> None:
        """Move the chosen track up."""
        self._window.release_screen.move_track(-1)

    def move_down(self) -> None:
        """Move the chosen track down."""
        self._window.release_screen.move_track(1)

    def edit_tracks(self) -> None:
        """Edit all tracks of the release in hand at once."""
        ways.edit_tracks_of(self._window, self._window.release)

    def paste_isrcs(self) -> None:
        """Lay a list of ISRCs beside the tracks of the release in hand."""
        ways.paste_isrcs_of(self._window, self._window.release)

    def rename_files(self) -> None:
        """Rename the files of the release in hand by a pattern."""
        ways.rename_files_of(self._window, self._window.release)

    def show_numbers(self) -> None:
        """Open the series of numbers, and the reader of codes."""
        NumbersBox(self._desk, self._window).open()

    def write_tags(self) -> None:
        """Write the tags of all files of the release in hand."""
        ways.write_tags_of(self._window, self._window.release)

    def check_catalogue(self) -> None:
        """Show what is wrong anywhere in the catalogue."""
        AuditBox(self._window).open()

    def import_folder(self) -> None:
        """Make releases of a folder of tagged files."""
        ways.import_folder(self._window)

    def import_table(self) -> None:
        """Make releases of a spreadsheet."""
        ways.import_table(self._window)

    def import_library(self) -> None:
        """Bring in another library."""
        ways.import_library(self._window)

    def show_facts(self) -> None:
        """Turn to the facts of the release in hand."""
        self._window.turn_to("facts")

    def show_releases(self) -> None:
        """Turn to all releases."""
        self._window.show_page("releases")

    def show_tracks(self) -> None:
        """Turn to all tracks."""
        self._window.show_page("tracks")

    def show_master(self) -> None:
        """Turn to the masters of the release in hand."""
        self._window.show_page("master")

    def render_master(self) -> None:
        """Render in the mastering room what its choices say; from elsewhere, turn to it first."""
        room = self._enter_room()
        if room is not None and room.render_card.render_button.isEnabled():
            room.render_master()

    def hear_changes(self) -> None:
        """Hear what the chain would do at once, or no more."""
        if (room := self._enter_room()) is not None:
            room.render_card.hear.click()

    def go_to_next_peak(self) -> None:
        """Seek to the next peak that is over the ceiling."""
        if (room := self._enter_room()) is not None:
            room.stage.wave.go_to_peak(1)

    def go_to_previous_peak(self) -> None:
        """Seek to the peak before."""
        if (room := self._enter_room()) is not None:
            room.stage.wave.go_to_peak(-1)

    def zoom_to_loop(self) -> None:
        """See the stretch that repeats, or all of the song."""
        if (room := self._enter_room()) is not None:
            room.stage.wave.zoom_to_loop()

    def _enter_room(self) -> MasterScreen | None:
        """The mastering room with a song in it; None where one has only just come in."""
        shown = self._window.shown
        if isinstance(shown, MasterScreen):
            return shown if shown.track is not None else None
        self.show_master()
        return None

    def show_check(self) -> None:
        """Turn to what is wrong with the release in hand."""
        self._window.show_page("check")

    def show_publish(self) -> None:
        """Turn to where the release in hand goes."""
        self._window.show_page("publish")

    def show_calendar(self) -> None:
        """Turn to what is due over all releases."""
        self._window.show_page("calendar")

    def show_tags(self) -> None:
        """Turn to the tags in the files of the track in hand."""
        self._window.show_page("tags")

    def show_safety(self) -> None:
        """Turn to the bin, to backups, and to the way out."""
        self._window.show_page("safety")

    def open_settings(self) -> None:
        """Turn to the settings."""
        self._window.show_page("settings")

    def search(self) -> None:
        """Put the cursor into the search that finds anywhere."""
        self._window.shown.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def filter_list(self) -> None:
        """Put the cursor into the filter of the list on screen, of all tracks where none is."""
        if self._window.shown.filter is None:
            self._window.show_page("tracks")
        if (field := self._window.shown.filter) is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose_dark(self) -> None:
        """Show the dark scheme."""
        self._window.preferences.choose("appearance", "dark")

    def choose_light(self) -> None:
        """Show the light scheme."""
        self._window.preferences.choose("appearance", "light")

    def choose_system(self) -> None:
        """Follow the system's scheme."""
        self._window.preferences.choose("appearance", "system")

    def show_about(self) -> None:
        """Say what this program is."""
        AboutBox(self._window).open()

    def show_jobs(self) -> None:
        """Open the drawer of work, or close it."""
        drawer = self._window.drawer
        drawer.toggle()
        if drawer.isVisible():
            self._window.toast.hide()  # what it said stands in the drawer

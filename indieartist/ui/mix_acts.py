"""What can be done with one mix of a track, wherever its row stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from indieartist.domain.release import Mix, Track

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.widgets.mix_row import MixRow
    from indieartist.ui.window import StudioWindow


class MixActs:
    """`choose_target` asks where to write a copy; tests put their own in its place."""

    def __init__(self, desk: Desk, studio_window: StudioWindow, page: QWidget) -> None:
        self._desk, self._window, self._page = desk, studio_window, page
        self.choose_target: Callable[[str], Path | None] = self._ask_target

    def connect_row(self, row: MixRow, track: Track) -> None:
        """Let a row's buttons do what they say."""
        mix = row.mix
        row.play_asked.connect(lambda: self._window.player.play_track(track.id, mix.id))
        row.approve_asked.connect(lambda on: self.approve(track, mix if on else None))
        row.export_asked.connect(lambda: self.export(track, mix))
        row.remove_asked.connect(lambda: self.remove(track, mix))

    def approve(self, track: Track, mix: Mix | None) -> None:
        """Approve a mix for release, or withdraw the approval."""

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services import editing

            editing.approve_mix(studio, track, mix)

        says = f"Mix {mix.number} is approved for release" if mix else "The approval is withdrawn"
        self._desk.act("Approve", work, says=says)

    def remove(self, track: Track, mix: Mix) -> None:
        """Take a mix off the track; undo brings it back."""

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services import editing

            editing.remove_mix(studio, track, mix)

        self._desk.act("Remove mix", work, says=f"Mix {mix.number} is removed")

    def rename(self, mix: Mix, name: str) -> None:
        """Call a mix something else."""

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services import finding, versions

            versions.rename_mix(studio, finding.get_track(studio, f"T{mix.track_id}"), mix, name)

        self._desk.act("Rename mix", work, says=f"Mix {mix.number} has a new name")

    def note(self, mix: Mix, note: str) -> None:
        """Write down what is to be remembered of a mix."""

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services import finding, versions

            versions.note_mix(studio, finding.get_track(studio, f"T{mix.track_id}"), mix, note)

        self._desk.act("Note on mix", work, says=f"Mix {mix.number} has a note")

    def export(self, track: Track, mix: Mix) -> None:
        """Copy a mix to where the person wants it."""
        path = self.choose_target(f"{track.title} ({mix.name}).{mix.info.container}")
        if path is None:
            return

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services import mastering

            mastering.export_mix(studio, mix, path)

        self._desk.act("Export", work, lane="audio", says=f"{path.name} is written", final=True)

    def _ask_target(self, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._page, "Export", str(Path.home() / name))
        return Path(chosen) if chosen else None

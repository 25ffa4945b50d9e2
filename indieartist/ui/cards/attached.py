"""The files that hang on a release: its Canvas clip, and the Atmos master of a track."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from indieartist.domain import figures
from indieartist.domain.attachments import AtmosFacts, Attachment, AttachmentKind, ClipFacts
from indieartist.ui import theme
from indieartist.ui.widgets.card import Card
from indieartist.ui.widgets.file_row import FileRow
from indieartist.ui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release, Track
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

_CLIPS = "Clips and stills (*.mp4 *.mov *.jpg *.jpeg);;All files (*)"
_ADM = "ADM Broadcast WAV (*.wav);;All files (*)"
_TEACHES = "The page Check looks at both. Proofs of tasks hang on the checklist: Calendar, Board."


class AttachedCard(Card):
    """`ask_file(title, filter)` asks for a file; tests put their own in its place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Canvas and Atmos")
        self._desk = desk
        self._release: Release | None = None
        self._track: Track | None = None
        self.ask_file: Callable[[str, str], Path | None] = self._ask
        self.canvas = FileRow(
            "Drop a clip: 9:16, 3 to 8 seconds, MP4",
            "Choose a Canvas…",
            lambda: self.ask_file("Choose a Canvas", _CLIPS),
        )
        self.atmos = FileRow(
            "Drop an ADM BWF: 24 bit, 48 kHz",
            "Choose an Atmos master…",
            lambda: self.ask_file("Choose an Atmos master", _ADM),
        )
        self._of_track = Text("", "small", "text2")
        self.column.setSpacing(theme.M)
        self.column.addWidget(Text("Canvas and Atmos", "section"))
        self.column.addWidget(Paragraph(_TEACHES, "small", "text3"))
        self.column.addWidget(Text("Canvas of the release", "small", "text2"))
        self.column.addWidget(self.canvas)
        self.column.addWidget(self._of_track)
        self.column.addWidget(self.atmos)
        self.canvas.chosen.connect(self._take_canvas)
        self.atmos.chosen.connect(self._take_atmos)

    def show_files(self, release: Release, track: Track | None) -> None:
        """Show what hangs on the release, and on the track in hand."""
        self._release, self._track = release, track
        canvas = next(iter(release.attached(AttachmentKind.CANVAS)), None)
        self.canvas.set_path(*_shown(canvas))
        self._of_track.setText(f"Atmos master of “{track.title}”" if track else "")
        for part in (self._of_track, self.atmos):
            part.setVisible(track is not None)
        self.atmos.set_path(*_shown(self._atmos()))

    def _atmos(self) -> Attachment | None:
        if self._release is None or self._track is None:
            return None
        files = self._release.attached(AttachmentKind.ATMOS)
        return next((file for file in files if file.track_id == self._track.id), None)

    def _take_canvas(self, path: Path | None) -> None:
        if (release := self._release) is None:
            return
        if path is None:
            self._detach(next(iter(release.attached(AttachmentKind.CANVAS)), None))
            return

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services.attaching import attach_canvas

            attach_canvas(studio, release, path)

        self._desk.act("Canvas", work, says=f"{path.name} is the Canvas of “{release.title}”")

    def _take_atmos(self, path: Path | None) -> None:
        release, track = self._release, self._track
        if release is None or track is None:
            return
        if path is None:
            self._detach(self._atmos())
            return

        def work(studio: Studio, report: Report) -> None:
            from indieartist.services.attaching import attach_atmos

            attach_atmos(studio, release, track, path, report)

        says = f"{path.name} is the Atmos master of “{track.title}”"
        self._desk.act(f"Reading {path.name}", work, lane="audio", says=says)

    def _detach(self, file: Attachment | None) -> None:
        release = self._release
        if release is None or file is None:
            return

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services.attaching import detach

            detach(studio, release, file)

        self._desk.act("Detach", work, says=f"{file.name} was taken off")

    def _ask(self, title: str, names: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self, title, "", names)
        return Path(name) if name else None


def _shown(file: Attachment | None) -> tuple[Path | None, str]:
    if file is None:
        return None, ""
    return Path(file.name), f"{file.name} · {_tell(file.clip or file.atmos)}"


def _tell(facts: ClipFacts | AtmosFacts | None) -> str:
    """A file in few words: '1080 × 1920, 6.0 s' or '12 channels, 24 bit, 48 kHz, 3:20'."""
    if isinstance(facts, ClipFacts):
        lasts = f", {facts.duration_ms / 1000:.1f} s" if facts.duration_ms is not None else ""
        return f"{facts.width_px} × {facts.height_px}{lasts}"
    if facts is None:
        return ""
    rate = f"{facts.sample_rate_hz / 1000:g} kHz"
    parts = (f"{facts.channels} channels", f"{facts.bits} bit", rate)
    return ", ".join((*parts, figures.length(facts.duration_ms)))

"""What a track's DAW project says of it: offered quietly, taken with one press, given back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from indieartist.domain import figures
from indieartist.domain.project import Marker, TrackProject
from indieartist.ui import theme
from indieartist.ui.widgets.button import Button, LinkButton
from indieartist.ui.widgets.card import Card, row
from indieartist.ui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release, Track
    from indieartist.services.daw import Offer
    from indieartist.services.stem_packs import WrittenPack
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

_PROJECTS = "Projects (*.als *.rpp *.dawproject *.flp *.txt);;All files (*)"
_STEMS = "Audio (*.wav *.wave *.aif *.aiff *.flac *.mp3 *.ogg);;All files (*)"
_NOTHING = "No project of its name lies near its bounces. Any other can be read."
_MARKERS_SHOWN, _MISSING_SHOWN = 12, 3

Read = tuple["TrackProject | None", "Offer | None"]


class FromDaw(Card):
    """`choose_file(title, filter)`, `choose_files` and `choose_target(name)` ask for files; tests
    put their own in their place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("From the DAW")
        self._desk = desk
        self._release: Release | None = None
        self._track: Track | None = None
        self._taken: TrackProject | None = None
        self.offer: Offer | None = None
        self._declined: set[tuple[int, TrackProject]] = set()
        self._chosen = False  # whether the person named the project that is offered
        self.choose_file: Callable[[str, str], Path | None] = self._ask_file
        self.choose_files: Callable[[str, str], list[Path]] = self._ask_files
        self.choose_target: Callable[[str], Path | None] = self._ask_target
        self.facts = Paragraph("", "body", "text")
        self.markers = Paragraph("", "small")
        self.offered = Paragraph("", "body", "text")
        self.missing = Paragraph("", "small", "warn")
        self.take = Button("Take them over", "check")
        self.decline = Button("Not now", kind="quiet")
        self.read = LinkButton("Read a project", "folder")
        self.pack = LinkButton("Make a stem pack", "package")
        self.drop = LinkButton("Let go", "close")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.column.setSpacing(theme.M)
        head = QHBoxLayout()
        head.addWidget(Text("From the DAW", "section"), 1)
        head.addWidget(self.drop)
        self.column.addLayout(head)
        for words in (self.facts, self.markers, self.offered, self.missing):
            self.column.addWidget(words)
        self._choice = QWidget()
        self._choice.setLayout(row(self.take, self.decline))
        self.column.addWidget(self._choice)
        self.column.addLayout(row(self.read, self.pack, gap=theme.XL))
        self.drop.setAccessibleName("Let go of the project's tempo and markers")

    def _connect(self) -> None:
        self.take.clicked.connect(self._take_over)
        self.decline.clicked.connect(self._decline)
        self.drop.clicked.connect(self._let_go)
        self.read.clicked.connect(self._read_chosen)
        self.pack.clicked.connect(self._make_pack)

    def show_track(self, release: Release, track: Track) -> None:
        """Show what a track took over, and look for what a project offers it."""
        if self._track is None or self._track.id != track.id:
            self._taken = self.offer = None
            self._chosen = False
        self._release, self._track = release, track
        self._show()

        def work(studio: Studio) -> Read:
            from indieartist.services.daw import find_offer, find_taken

            return find_taken(studio, track), find_offer(studio, track)

        def done(read: Read) -> None:
            if self._track is track:
                self._taken, found = read
                self.offer = self.offer if self._chosen else found
                self._show()

        self._desk.read("Looking for a project", work, done, owner=self, lane="audio")

    def _show(self) -> None:
        taken, offer = self._taken, self._wanted()
        _say(self.facts, _facts(taken) if taken else "" if offer else _NOTHING)
        self.facts.set_tone("text" if taken else "text2")
        _say(self.markers, _markers(taken.markers) if taken else "")
        _say(self.offered, _offered(offer) if offer else "")
        _say(self.missing, _missing(offer.source.missing_samples) if offer else "")
        self._choice.setVisible(offer is not None)
        self.drop.setVisible(taken is not None)

    def _wanted(self) -> Offer | None:
        """The offer, unless it was declined."""
        if self.offer is None or self._track is None:
            return None
        return None if (self._track.id, self.offer.project) in self._declined else self.offer

    # what is done

    def _take_over(self) -> None:
        track, offer = self._track, self._wanted()
        if track is None or offer is None:
            return
        self._chosen = False

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services.daw import take_project

            take_project(studio, track, offer.project)

        says = f"“{track.title}” has {offer.project.words()} now"
        self._desk.act("Take over tempo and markers", work, says=says)

    def _decline(self) -> None:
        if self._track is not None and self.offer is not None:
            self._declined.add((self._track.id, self.offer.project))
            self._chosen = False
            self._show()
            self.read.setFocus()

    def _let_go(self) -> None:
        if (track := self._track) is None:
            return

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services.daw import drop_project

            drop_project(studio, track)

        self._desk.act("Let go", work, says="Tempo and markers are let go of")

    def _read_chosen(self) -> None:
        if (path := self.choose_file("Read a DAW project", _PROJECTS)) is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Read a project, whatever it is called, and offer what it says."""
        if (track := self._track) is None:
            return

        def work(_studio: Studio) -> Offer:
            from indieartist.services.daw import make_offer

            return make_offer(path)

        def done(offer: Offer) -> None:
            if self._track is not None and self._track.id == track.id:
                self._declined.discard((track.id, offer.project))
                self.offer, self._chosen = offer, True
                self._show()
                self.take.setFocus()

        self._desk.read(f"Reading {path.name}", work, done, owner=self, lane="audio")

    def _make_pack(self) -> None:
        release, track = self._release, self._track
        if release is None or track is None:
            return
        stems = self.choose_files("Choose the stems", _STEMS)
        target = self.choose_target(f"{track.title}.dawproject") if stems else None
        if target is None:
            return

        def work(studio: Studio, report: Report) -> WrittenPack:
            from indieartist.services import stem_packs as packs

            parts = [packs.read_stem(path) for path in stems]
            facts = packs.facts_of(release, track)
            pack = packs.make_pack(parts, packs.project_of(studio, track), facts)
            return packs.write_pack(pack, target, report)

        says = f"{target.name} holds {figures.count(len(stems), 'stem')}"
        self._desk.act(f"Packing {target.name}", work, lane="audio", says=says, final=True)

    def _ask_file(self, title: str, pattern: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self, title, self._near(), pattern)
        return Path(name) if name else None

    def _ask_files(self, title: str, pattern: str) -> list[Path]:
        names, _ = QFileDialog.getOpenFileNames(self, title, self._near(), pattern)
        return [Path(name) for name in names]

    def _ask_target(self, name: str) -> Path | None:
        start = str(Path(self._near() or Path.home()) / name.replace("/", "_"))
        chosen, _ = QFileDialog.getSaveFileName(self, "Stem pack", start)
        return Path(chosen) if chosen else None

    def _near(self) -> str:
        """Where the project lies that was taken or is offered."""
        told = self._taken or (self.offer.project if self.offer else None)
        return str(Path(told.path).parent) if told else ""


def _say(words: Paragraph, text: str) -> None:
    words.setText(text)
    words.setVisible(bool(text))


def _facts(taken: TrackProject) -> str:
    """'92.5 bpm · 6/8 · Ableton Live 12.1, Night Bus.als'."""
    tempo = f"{taken.tempo_bpm:g} bpm" if taken.tempo_bpm else ""
    source = f"{taken.daw}, {Path(taken.path).name}"
    return " · ".join(part for part in (tempo, taken.time_signature or "", source) if part)


def _markers(markers: tuple[Marker, ...]) -> str:
    """'0:00 Intro · 0:24 Chorus · and 3 more'."""
    shown = [f"{_place(each)} {each.name}".strip() for each in markers[:_MARKERS_SHOWN]]
    more = len(markers) - _MARKERS_SHOWN
    return " · ".join([*shown, f"and {more} more"] if more > 0 else shown)


def _place(marker: Marker) -> str:
    return marker.place if marker.at_ms is None else figures.length(marker.at_ms)


def _offered(offer: Offer) -> str:
    found = offer.source
    holds = [
        figures.count(len(found.tracks), "track"),
        figures.count(len(found.plugins), "plug-in"),
        figures.count(len(found.samples), "sample"),
    ]
    return f"{offer.name} ({offer.project.daw}) says {offer.project.words()}; {', '.join(holds)}."


def _missing(samples: tuple[str, ...]) -> str:
    """'2 samples are missing: kick.wav, snare.wav.'."""
    if not samples:
        return ""
    names = [place.replace("\\", "/").rpartition("/")[2] for place in samples[:_MISSING_SHOWN]]
    more = f" and {len(samples) - _MISSING_SHOWN} more" if len(samples) > _MISSING_SHOWN else ""
    count = figures.count(len(samples), "sample is", "samples are")
    return f"{count} missing: {', '.join(names)}{more}."

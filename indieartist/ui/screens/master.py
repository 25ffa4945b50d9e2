"""Mastering: a target, a click, and the master beside the original, heard, seen and approved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from indieartist.domain.release import Mix, MixKind
from indieartist.ui import figures, theme
from indieartist.ui.busy import Busy
from indieartist.ui.cards.chain import ChainCard
from indieartist.ui.cards.changes import Changes, ChangesCard
from indieartist.ui.cards.heard import HeardCard
from indieartist.ui.mix_acts import MixActs
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.card import Card, column
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.form import ChoiceField, name_editor
from indieartist.ui.widgets.mix_row import MixRow
from indieartist.ui.widgets.pages import Pages
from indieartist.ui.widgets.split import Split
from indieartist.ui.widgets.text import ElidedText, Text

if TYPE_CHECKING:
    from indieartist.domain.mastering import Target
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release, Track
    from indieartist.services.mastering import Mastered
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

_AUDIO = "Audio (*.wav *.wave *.aif *.aiff *.flac *.m4a *.mp3 *.ogg *.opus);;All files (*)"
_TEACHES = "Drop a bounce from your DAW anywhere on this window; its master is made here."
_ASIDE_PX, _SIDE_BY_SIDE_PX = 352, 860
_EXPLAINED_FROM_PX = 770  # a page lower than this has no room for a sentence to each stage


class MasterScreen(Screen):
    """`choose_file` asks for a path; tests put their own in its place."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.choose_file: Callable[[], Path | None] = self._ask_file
        self.acts = MixActs(desk, studio_window, self)
        self.release: Release | None = None
        self._track_id: int | None = None
        self._mix_id: int | None = None
        self._stages: dict[int, list[Any]] = {}
        self.title = ElidedText("", "title")
        self.tracks = ChoiceField({})
        name_editor(self.tracks, "Track")
        self.tracks.setFixedWidth(260)
        self.tracks.edited.connect(lambda key: self.choose_track(int(key)))
        self.chain = ChainCard(self._choose_reference)
        self.chain.render_asked.connect(self.render_master)
        self._busy = Busy(desk, self.chain.render_button)
        self.rows: list[MixRow] = []
        self._mixes = Card("Versions")
        self._mixes.column.setContentsMargins(0, theme.CARD_Y, 0, theme.S)
        self._mixes.column.setSpacing(0)
        self.heard = HeardCard()
        self.changes = ChangesCard()
        self._pages = Pages()
        self._pages.addWidget(EmptyState("headphones", "Nothing to master yet", _TEACHES))
        self._pages.addWidget(self._desk_page())
        self.body.addWidget(self._pages, 1)

    def _desk_page(self) -> QWidget:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.tracks)
        left = QWidget()
        words = column(self._mixes, self.heard, self.changes, gap=theme.L)
        words.addStretch(1)
        left.setLayout(words)
        page = QWidget()
        whole = column(gap=theme.L)
        whole.addLayout(head)
        whole.addWidget(Split(left, self.chain, _ASIDE_PX, _SIDE_BY_SIDE_PX, above=True))
        whole.addStretch(1)
        page.setLayout(whole)
        return page

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.chain.explain_stages(self.height() >= _EXPLAINED_FROM_PX)

    # what is shown

    @property
    def track(self) -> Track | None:
        """The track in hand: the one chosen, else the first that has audio."""
        tracks = [t for t in self.release.tracks if t.mixes] if self.release else []
        chosen = [track for track in tracks if track.id == self._track_id]
        return next(iter(chosen or tracks), None)

    def show_release(self, release: Release | None) -> None:
        def work(studio: Studio) -> tuple[dict[str, Target], dict[int, list[Any]]]:
            from indieartist.services import mastering

            mixes = [mix for track in release.tracks for mix in track.mixes] if release else []
            stages = {mix.id: mastering.stages_of(mix) for mix in mixes}
            return mastering.list_targets(studio), stages

        def done(read: tuple[dict[str, Target], dict[int, list[Any]]]) -> None:
            self.release = release
            self.chain.set_targets(read[0])
            self._stages = read[1]
            self._show()

        self.desk.read("Reading the masters", work, done, owner=self)

    def choose_track(self, track_id: int) -> None:
        """Work on another track."""
        self._track_id, self._mix_id = track_id, None
        self._show()

    def _show(self) -> None:
        track = self.track
        title = self.release.title if self.release else ""
        self.path.show_path("Releases", *([title] if title else []), "Master")
        self._pages.setCurrentIndex(1 if track else 0)
        if track is None or self.release is None:
            return
        self.title.setText(track.title)
        with_audio = [t for t in self.release.tracks if t.mixes]
        self.tracks.offer(
            {str(t.id): f"{t.position}  {t.title}" for t in with_audio}, str(track.id)
        )
        self.tracks.setVisible(len(with_audio) > 1)
        self._show_mixes(track)
        self.heard.show_figures(track.bounce.measurement if track.bounce else None)
        self._show_changes(track)

    def _show_mixes(self, track: Track) -> None:
        while taken := self._mixes.column.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        heading = Text("Versions", "section")
        heading.setContentsMargins(theme.CARD_X, 0, 0, theme.S)
        self._mixes.column.addWidget(heading)
        chosen = self._chosen(track)
        self.rows = [
            MixRow(mix, approved=mix.id == track.approved_mix_id, chosen=mix is chosen)
            for mix in reversed(track.mixes)
        ]
        for row in self.rows:
            self._connect(row, track)
            self._mixes.column.addWidget(row)
        self.rows[-1].end()

    def _connect(self, row: MixRow, track: Track) -> None:
        self.acts.connect_row(row, track)
        row.shown.connect(lambda: self._choose_mix(row.mix))

    def _choose_mix(self, mix: Mix) -> None:
        self._mix_id = mix.id
        self._show()

    def _chosen(self, track: Track) -> Mix | None:
        """The master whose changes are seen: the one chosen, else the newest."""
        masters = [mix for mix in track.mixes if mix.kind is MixKind.MASTER]
        chosen = [mix for mix in masters if mix.id == self._mix_id]
        return next(iter(chosen or masters[-1:]), None)

    def _show_changes(self, track: Track) -> None:
        master = self._chosen(track)
        if master is None:
            self.changes.show_changes(None)
            return
        original = next((m for m in track.mixes if m.id == master.parent_id), track.bounce)
        self.changes.show_changes(
            Changes(
                f"{master.name}, master {master.number}",
                original.measurement if original else None,
                master.measurement,
                self._stages.get(master.id, ()),
                master.settings.get("warnings", ()),
            )
        )

    # what is done

    def render_master(self) -> None:
        """Render a master of the track in hand, in the background."""
        track, wishes = self.track, self.chain.wishes
        if track is None:
            return

        def work(studio: Studio, report: Report) -> Mastered:
            from indieartist.services import finding, mastering

            settings = mastering.get_settings(
                studio,
                wishes.target,
                reference=wishes.reference.name if wishes.reference else "",
                amount_pct=wishes.amount_pct,
                bypassed=wishes.bypassed,
            )
            fresh = finding.get_track(studio, f"T{track.id}")
            reference = wishes.reference
            return mastering.master_track(
                studio, fresh, settings, reference=reference, report=report
            )

        def done(made: Mastered) -> None:
            self._mix_id = made.mix_id
            after = made.report.after
            level = f"{figures.level(after.integrated_lufs)} LUFS"
            words = f"“{track.title}” is mastered: {level}"
            self.desk.say(words, button="Undo", then=self.desk.undo)

        label = f"Mastering “{track.title}”"
        self._busy.during(lambda: self.desk.act(label, work, done, lane="audio", owner=self))

    def _choose_reference(self) -> Path | None:
        return self.choose_file()

    def _ask_file(self) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose a reference", "", _AUDIO)
        return Path(name) if name else None

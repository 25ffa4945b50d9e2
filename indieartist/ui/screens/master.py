"""The mastering room: the song in full, its chain, what changed, and what services make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from indieartist.domain.release import Mix, MixKind
from indieartist.ui import theme
from indieartist.ui.cards.chain import ChainCard
from indieartist.ui.cards.changes import ChangesCard
from indieartist.ui.cards.heard import HeardCard
from indieartist.ui.cards.render import RenderCard
from indieartist.ui.cards.services import ServicesCard
from indieartist.ui.cards.versions import VersionsCard
from indieartist.ui.gradual import Gradual
from indieartist.ui.mix_acts import MixActs
from indieartist.ui.room.comparing import Comparing
from indieartist.ui.room.hearing import Hearing
from indieartist.ui.room.meters import RoomMeters
from indieartist.ui.room.playback import Playback
from indieartist.ui.room.preview import Preview, Wanted, choose_stretch
from indieartist.ui.room.rendering import Rendering
from indieartist.ui.room.showing import Showing
from indieartist.ui.room.sights import Sights
from indieartist.ui.room.stage_card import StageCard
from indieartist.ui.room.tone_card import ToneCard
from indieartist.ui.room.wishes import Choices, Wishes, WishHistory, read_wishes
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.card import Card, column
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.form import ChoiceField, name_editor
from indieartist.ui.widgets.pages import Pages
from indieartist.ui.widgets.split import Pair, Split
from indieartist.ui.widgets.text import ElidedText

if TYPE_CHECKING:
    from indieartist.domain.release import Release, Track
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

_AUDIO = "Audio (*.wav *.wave *.aif *.aiff *.flac *.m4a *.mp3 *.ogg *.opus);;All files (*)"
_TEACHES = "Drop a bounce from your DAW anywhere on this window; its master is made here."
_ASIDE_PX, _SIDE_BY_SIDE_PX, _PAIR_PX, _METERS_PX = 348, 860, 640, 400
_STAGE_SHARE, _STAGE_PX = 0.44, (300, 520)


class MasterScreen(Screen):
    """`choose_file` asks for a path; tests put their own in its place."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.choose_file: Callable[[], Path | None] = self._ask_file
        self.acts = MixActs(desk, studio_window, self)
        self.release: Release | None = None
        self._track_id: int | None = None
        self._histories: dict[int, WishHistory] = {}
        self._filling = Gradual(self)
        self._make_parts()
        self._pages = Pages()
        empty = EmptyState("headphones", "Nothing to master yet", _TEACHES, "Add bounces")
        empty.pressed.connect(self.studio_window.intake.choose)
        self._pages.addWidget(empty)
        self._pages.addWidget(self._desk_page())
        self.body.addWidget(self._pages, 1)
        self._connect()

    def _make_parts(self) -> None:
        self.title = ElidedText("", "title")
        self.tracks = ChoiceField({})
        name_editor(self.tracks, "Track")
        self.tracks.setFixedWidth(260)
        self.stage, self.tone, self.meters = StageCard(), ToneCard(), RoomMeters()
        self.chain, self.render_card = ChainCard(self._choose_reference), RenderCard()
        self.versions, self.changes, self.heard = VersionsCard(), ChangesCard(), HeardCard()
        self.services = ServicesCard()
        self.sights = Sights(self.desk)
        window = self.studio_window
        self.hearing = Hearing(window, self.stage, self.meters)
        self.preview = Preview(self.desk, window.player)
        self.rendering = Rendering(self.desk, self.render_card)
        self.comparing = Comparing(self.desk, self.changes)
        self.playback = Playback(self.desk, self.services)
        self.showing = Showing(self.desk, self.sights, self.stage, self.meters, self.tone)

    def _desk_page(self) -> QWidget:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.tracks)
        measured = Card("Meters")
        measured.column.addWidget(self.meters)
        left, right, page = QWidget(), QWidget(), QWidget()
        for holder in (left, right, page):
            holder.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        sights = Pair(self.tone, measured, _PAIR_PX, _METERS_PX)
        words = column(sights, self.versions, self.changes, self.services, self.heard, gap=theme.L)
        words.addStretch(1)
        left.setLayout(words)
        right.setLayout(column(self.render_card, self.chain, gap=theme.L))
        whole = column(gap=theme.L)
        whole.addLayout(head)
        whole.addWidget(self.stage)
        whole.addWidget(Split(left, right, _ASIDE_PX, _SIDE_BY_SIDE_PX, above=True))
        whole.addStretch(1)
        page.setLayout(whole)
        return page

    def _connect(self) -> None:
        self.tracks.edited.connect(lambda key: self.choose_track(int(key)))
        self.chain.changed.connect(self._wish)
        self.hearing.switched.connect(self._show_heard)
        self.hearing.looped.connect(self._ask_preview)
        self.comparing.chosen.connect(lambda: self._filling.begin(self._fill_versions()))
        self.render_card.render_asked.connect(self.render_master)
        self.render_card.hear_toggled.connect(self._turn_preview)
        self.preview.told.connect(self.render_card.show_preview)
        self.preview.rendered.connect(lambda _: self._show_heard())
        self.rendering.rendered.connect(self._see_rendered)
        cards = self.versions
        cards.seen.connect(self.comparing.see)
        cards.compared.connect(self.comparing.put)
        cards.settings_asked.connect(self._take_settings)
        cards.renamed.connect(self.acts.rename)
        cards.noted.connect(self.acts.note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low, high = _STAGE_PX
        self.stage.setFixedHeight(min(max(round(self.height() * _STAGE_SHARE), low), high))

    # what is shown

    @property
    def track(self) -> Track | None:
        """The track in hand: the one chosen, else the first that has audio."""
        chosen = [track for track in self.with_audio if track.id == self._track_id]
        return next(iter(chosen or self.with_audio), None)

    @property
    def with_audio(self) -> list[Track]:
        """The tracks that can be mastered."""
        return [t for t in self.release.tracks if t.mixes] if self.release else []

    def show_release(self, release: Release | None) -> None:
        def work(studio: Studio) -> Choices:
            from indieartist.services import mastering

            return Choices(
                mastering.list_targets(studio),
                mastering.list_presets(studio),
                mastering.list_curves(studio),
            )

        def done(choices: Choices) -> None:
            self.release = release
            self._filling.begin(self._fill(choices))

        self.desk.read("Reading the masters", work, done, owner=self)

    def choose_track(self, track_id: int) -> None:
        """Work on another track."""
        if track_id != self._track_id:
            self.preview.forget()
        self._track_id = track_id
        self._filling.begin(self._fill(self.chain.choices))

    def _fill(self, choices: Choices) -> Iterator[None]:
        """Show the track in hand, a part at a step."""
        self.chain.set_choices(choices)
        yield
        track = self.track
        title = self.release.title if self.release else ""
        self.path.show_path("Releases", *([title] if title else []), "Master")
        self._pages.setCurrentIndex(1 if track else 0)
        self.hearing.show_track(track)
        if track is None:
            self.comparing.show_track(None)
            return
        self.title.setText(track.title)
        titles = {str(t.id): f"{t.position}  {t.title}" for t in self.with_audio}
        self.tracks.offer(titles, str(track.id))
        self.tracks.setVisible(len(titles) > 1)
        self.render_card.show_tracks(len(titles))
        yield
        self.chain.show_history(self._histories.setdefault(track.id, WishHistory()))
        yield
        self.comparing.show_track(track)
        yield
        yield from self._fill_versions()
        self.heard.show_figures(track.bounce.measurement if track.bounce else None)

    def _fill_versions(self) -> Iterator[None]:
        if (track := self.track) is not None:
            pair = self.comparing.pair
            master = pair[1] if pair and pair[1].kind is MixKind.MASTER else None
            yield from self.versions.fill(track, master, self.acts)
            self._show_heard()
            yield

    def _show_heard(self) -> None:
        """The version that is heard is seen; else the one that is compared."""
        track = self.track
        if track is None:
            return
        pair = self.comparing.pair
        heard = next((mix for mix in track.mixes if mix.id == self.hearing.mix_id), None)
        seen = heard or (pair[1] if pair else track.current)
        original = pair[0] if pair else track.bounce
        self.playback.show_mix(seen, self.release)
        self.showing.show(seen, (original, pair[1] if pair else None))
        self.showing.lean(self.chain.wishes, self.chain.choices)
        self.showing.preview(self.preview.section if self.hearing.is_preview else None)

    # what is done

    def _wish(self, _wishes: Wishes) -> None:
        self.showing.lean(self.chain.wishes, self.chain.choices)
        self._ask_preview()

    def _turn_preview(self, on: bool) -> None:
        self.preview.turn(on)
        self._ask_preview()

    def _ask_preview(self) -> None:
        track = self.track
        if track is None or track.bounce is None:
            return
        duration = track.bounce.info.duration_ms
        stretch = choose_stretch(self.stage.wave.loop, self.hearing.at_ms, duration)
        self.preview.ask(Wanted(track, self.chain.wishes, *stretch))

    def render_master(self) -> None:
        """Render a master of the track in hand, or of all as one album, in the background."""
        if self.render_card.as_album:
            self.rendering.render_album(self.with_audio, self.chain.wishes)
        elif (track := self.track) is not None:
            self.rendering.render(track, self.chain.wishes)

    def _see_rendered(self, mix_ids: list[int]) -> None:
        """See the new master beside its bounce once the page has it."""
        self.comparing.compare(0, mix_ids[0])

    def _take_settings(self, mix: Mix) -> None:
        kept = mix.settings.get("settings") or {}
        self.chain.take(read_wishes(kept, self.chain.choices))

    def _choose_reference(self) -> Path | None:
        return self.choose_file()

    def _ask_file(self) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose a reference", "", _AUDIO)
        return Path(name) if name else None

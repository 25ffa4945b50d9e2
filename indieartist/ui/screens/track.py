"""A track's page: its versions, its people, its words and its facts, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.cards.from_daw import FromDaw
from indieartist.ui.fact_form import FactForm
from indieartist.ui.many.next_numbers import NextNumbers
from indieartist.ui.mix_acts import MixActs
from indieartist.ui.person_box import PersonBox
from indieartist.ui.screens.facts import TRACK_FIELDS
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.button import Button, IconButton
from indieartist.ui.widgets.card import Card, column, row
from indieartist.ui.widgets.credits import CreditsEditor
from indieartist.ui.widgets.mix_row import MixRow
from indieartist.ui.widgets.offstage import offstage
from indieartist.ui.widgets.split import Split
from indieartist.ui.widgets.text import ElidedText, Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from indieartist.domain.release import Credit, Release, Track
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

FACTS = tuple(field for field in TRACK_FIELDS if field.kind != "text")
WORDS = tuple(field for field in TRACK_FIELDS if field.kind == "text")
_ASIDE_PX, _SIDE_BY_SIDE_PX = 420, 860
_COMPARED = (
    "The keys 1 to 9 switch between its versions while it plays; Ctrl+B hides which is which."
)
_NO_AUDIO = "There is no audio yet. Drop a bounce on the page of the release."


class TrackScreen(Screen):
    """The track that the window has in hand; every field is kept when it is left."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.release: Release | None = None
        self.acts = MixActs(desk, studio_window, self)
        self.title = ElidedText("", "title")
        self.about = ElidedText("", "body", "text2")
        self.before = IconButton("chevron-up", "Track before")
        self.after = IconButton("chevron-down", "Track after")
        self.compare = Button("Compare", "headphones", "primary")
        self.master = Button("Master it", "sliders")
        self.tags = Button("Tags", "tag")
        self.rows: list[MixRow] = []
        self._shown: tuple[object, ...] = ()
        self.versions = Card("Versions")
        self.versions.column.setContentsMargins(0, theme.CARD_Y, 0, theme.S)
        self.versions.column.setSpacing(0)
        self.daw = FromDaw(desk)
        self.people = CreditsEditor()
        self.facts = FactForm(desk, FACTS, self._save)
        self.lyrics = FactForm(desk, WORDS, self._save)
        self.numbers = NextNumbers(desk, ("isrc",))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addLayout(column(self.title, self.about, gap=theme.XS), 1)
        for button in (self.before, self.after, self.tags, self.master, self.compare):
            head.addWidget(button)
        left = QWidget()
        people, words = _card("People", self.people), _card("Words", self.lyrics)
        parts = column(self.versions, self.daw, people, words, gap=theme.L)
        parts.addStretch(1)
        left.setLayout(parts)
        self.body.setSpacing(theme.L)
        self.body.addLayout(head)
        facts = _card("Facts", self.facts, self.numbers)
        self.body.addWidget(Split(left, facts, _ASIDE_PX, _SIDE_BY_SIDE_PX))
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.compare.clicked.connect(self.listen)
        self.tags.clicked.connect(self.studio_window.handlers.show_tags)
        self.master.clicked.connect(self._to_master)
        self.people.edited.connect(self._save_people)
        self.people.codes_asked.connect(self._open_person)

    # what is shown

    @property
    def track(self) -> Track | None:
        """The track in hand, where the release has it."""
        tracks = self.release.tracks if self.release else ()
        return next((t for t in tracks if t.id == self.studio_window.track_id), None)

    def show_release(self, release: Release | None) -> None:
        self.release = release
        if release and release.tracks and self.studio_window.track_id is None:
            self.studio_window.in_hand.track_id = release.tracks[0].id
        if release is None or self.track is None:
            self.studio_window.show_page("release")
            return
        self._show(release, self.track)

    def _show(self, release: Release, track: Track) -> None:
        self.path.show_path("Releases", release.title, track.title)
        self.title.setText(track.title)
        self.about.setText(_about(release, track))
        self.before.setEnabled(track is not release.tracks[0])
        self.after.setEnabled(track is not release.tracks[-1])
        self.compare.setEnabled(bool(track.mixes))
        self.compare.setText("Compare" if len(track.mixes) > 1 else "Play")
        self.compare.setAccessibleName(self.compare.text())
        self.master.setEnabled(bool(track.mixes))
        self.facts.show_values({field.key: getattr(track, field.key) for field in FACTS})
        self.lyrics.show_values({field.key: getattr(track, field.key) for field in WORDS})
        self.people.set_value(track.credits)
        self.numbers.show_release(release, track)
        self._show_versions(track)
        self.daw.show_track(release, track)

    def _show_versions(self, track: Track) -> None:
        """List the versions; a list that is the same stays as it stands."""
        shown = (track.id, track.mixes, track.approved_mix_id)
        if shown != self._shown:
            self._shown = shown
            with offstage(self.versions):
                self._list_versions(track)

    def _list_versions(self, track: Track) -> None:
        while taken := self.versions.column.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        heading = Text("Versions", "section")
        heading.setContentsMargins(theme.CARD_X, 0, 0, theme.S)
        self.versions.column.addWidget(heading)
        mixes = reversed(track.mixes)
        self.rows = [MixRow(m, approved=m is track.approved, chosen=False) for m in mixes]
        for each in self.rows:
            self.acts.connect_row(each, track)
            each.shown.connect(self._to_master)
            self.versions.column.addWidget(each)
        if self.rows:
            self.rows[-1].end()
        else:
            nothing = Paragraph(_NO_AUDIO)
            nothing.setContentsMargins(theme.CARD_X, 0, theme.CARD_X, theme.S)
            self.versions.column.addWidget(nothing)

    # what is done

    def listen(self) -> None:
        """Play the track; with several versions, say how to switch between them."""
        if (track := self.track) is None or not track.mixes:
            return
        if len(track.mixes) == 1:
            self.studio_window.player.play_track(track.id)
        else:
            self.studio_window.player.compare_mixes(track.id)
            self.desk.say(_COMPARED, "info")

    def _to_master(self) -> None:
        if (track := self.track) is not None:
            self.studio_window.show_master_of(track.id)

    def _step(self, step: int) -> None:
        if self.release is None or self.track is None:
            return
        place = self.release.tracks.index(self.track) + step
        if 0 <= place < len(self.release.tracks):
            self.studio_window.open_track(self.release.tracks[place].id)

    def _save(self, key: str, text: str) -> Callable[[Studio], object] | None:
        if (track := self.track) is None:
            return None

        def work(studio: Studio) -> None:
            from indieartist.services.editing import edit_track

            edit_track(studio, track, {key: text})

        return work

    def _open_person(self, name: str) -> None:
        PersonBox(self.desk, name, self).open()

    def _save_people(self, credits: tuple[Credit, ...]) -> None:
        if (track := self.track) is None:
            return

        def work(studio: Studio, _report: object) -> None:
            from indieartist.services.editing import set_track_credits

            set_track_credits(studio, track, credits)

        self.desk.act("Keeping the people", work, says=f"The people of “{track.title}” are kept")


def _card(name: str, *parts: QWidget) -> Card:
    card = Card(name)
    card.column.setSpacing(theme.M)
    card.column.addLayout(row(Text(name, "section")))
    for part in parts:
        card.column.addWidget(part)
    return card


def _about(release: Release, track: Track) -> str:
    """'Track 2 of “Harbour Lights” · Mara Vale · 3:34'."""
    parts = [f"Track {track.position} of “{release.title}”", release.artist_line]
    parts.append(figures.length(track.duration_ms) if track.mixes else "")
    return " · ".join(part for part in parts if part)

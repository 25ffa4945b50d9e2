"""The facts of a release and its tracks: titles, codes, people, rights, links, lyrics."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from indieartist.domain import figures
from indieartist.domain.release_days import suggest_release_day
from indieartist.ui import theme
from indieartist.ui.cards.attached import AttachedCard
from indieartist.ui.fact_form import FactForm, Field
from indieartist.ui.many.next_numbers import NextNumbers
from indieartist.ui.person_box import PersonBox
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.button import LinkButton
from indieartist.ui.widgets.card import Card, row
from indieartist.ui.widgets.credits import CreditsEditor
from indieartist.ui.widgets.form import ChoiceField, FieldRow, TextField
from indieartist.ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from indieartist.domain.release import Credit, Release, Track
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

    Work = Callable[[Studio], object]

RELEASE_FIELDS = (
    Field("title", "Title"),
    Field("version", "Version", hint="Remix, Live, Deluxe… without brackets"),
    Field("release_on", "Release day", "day"),
    Field("original_release_on", "First released", "day", "Only where it came out before"),
    Field("label", "Label", hint="Your own name will do"),
    Field("catalogue_number", "Catalogue number", "code"),
    Field("gtin", "UPC or EAN", "code", "Your distributor gives you one"),
    Field("genre", "Genre"),
    Field("language", "Language of the titles", "language"),
    Field("ai_disclosure", "Made with AI", hint="“none”, or what was"),
    Field("content_id", "Content ID", "content_id", "Only for what is wholly yours"),
    Field("p_line", "℗ line", hint="Year and owner of the recording: 2026 Mara Vale"),
    Field("c_line", "© line", hint="Year and owner of artwork and texts"),
    Field("description", "Description", "text"),
)
TRACK_FIELDS = (
    Field("title", "Track title"),
    Field("version", "Track version"),
    Field("isrc", "ISRC", "code", code="isrc"),
    Field("iswc", "ISWC", "code", "Of the song itself; your society gives it", "iswc"),
    Field("explicit", "Advisory", "advisory"),
    Field("language", "Language sung", "language"),
    Field("genre", "Genre, where it differs"),
    Field("lyrics", "Lyrics", "text"),
)


class FactsScreen(Screen):
    """Every field is kept when it is left, and every change can be undone."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self._release: Release | None = None
        self._track_id: int | None = None
        self.facts = FactForm(desk, RELEASE_FIELDS, self._save_release)
        self.people = CreditsEditor()
        self.links = FieldRow("Links", TextField(lines=3), "One a line: bandcamp https://…")
        self.which = ChoiceField({})
        self.track_facts = FactForm(desk, TRACK_FIELDS, self._save_track)
        self.track_people = CreditsEditor()
        self.numbers = NextNumbers(desk, ("catalogue_number", "gtin"))
        self.track_numbers = NextNumbers(desk, ("isrc",))
        self._suggest = LinkButton("", "calendar")
        self._same = LinkButton("", "copy")
        self.links.editor.setFixedHeight(self.links.editor.minimumHeight())
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.body.setSpacing(theme.L)
        suggestions = row(self._suggest, self._same, gap=theme.L)
        about = _card("The release", self.facts)
        about.column.addLayout(suggestions)
        about.column.addWidget(self.numbers)
        people = _card("Artists and people of the release", self.people, self.links)
        which = FieldRow("Track", self.which)
        track = _card("The track", which, self.track_facts, self.track_numbers)
        track.column.addWidget(Text("People of this track", "strong"))
        track.column.addWidget(self.track_people)
        self.attached = AttachedCard(self.desk)
        for card in (about, people, track, self.attached):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.people.edited.connect(self._save_people)
        self.people.codes_asked.connect(self._open_person)
        self.track_people.edited.connect(self._save_track_people)
        self.track_people.codes_asked.connect(self._open_person)
        self.which.edited.connect(lambda key: self.choose_track(int(key)))
        self._suggest.clicked.connect(self._take_day)
        self._same.clicked.connect(self._take_lines)
        editor = self.links.editor
        if isinstance(editor, TextField):
            editor.edited.connect(self._save_links)
        self.desk.opened.connect(self._read_genres)

    def show_release(self, release: Release | None) -> None:
        if release is None:
            self.studio_window.show_page("releases")
            return
        self._release = release
        self.path.show_path("Releases", release.title, "Facts")
        self.facts.show_values(_values(release, RELEASE_FIELDS))
        self.people.set_value(release.credits)
        links = self.links.editor
        if isinstance(links, TextField):
            links.set_value("\n".join(f"{service} {url}" for service, url in release.links))
        self._show_suggestions(release)
        self.numbers.show_release(release)
        self._show_tracks(release)

    def _show_suggestions(self, release: Release) -> None:
        day, line = self._suggested(release)
        _set_words(self._suggest, f"Release it on Friday, {figures.day(day)}")
        _set_words(self._same, f"Use “{line}” for ℗ and ©")
        self._suggest.setVisible(release.release_on is None)
        self._same.setVisible(bool(line) and not (release.p_line and release.c_line))

    def _suggested(self, release: Release) -> tuple[date, str]:
        today = self.studio_window.today()
        year = (release.release_on or today).year
        owner = release.label or release.artist_line
        return suggest_release_day(today), f"{year} {owner}" if owner else ""

    def _show_tracks(self, release: Release) -> None:
        names = {str(t.id): f"{t.position}. {t.title}" for t in release.tracks}
        ids = [track.id for track in release.tracks]
        if self._track_id not in ids:
            self._track_id = ids[0] if ids else None
        if names != self._offered():
            self.which.offer(names, str(self._track_id or ""))
        for part in (self.which, self.track_facts, self.track_people):
            part.setEnabled(bool(ids))
        self._show_track()

    def _offered(self) -> dict[str, str]:
        places = range(self.which.count())
        return {str(self.which.itemData(i)): self.which.itemText(i) for i in places}

    def _show_track(self) -> None:
        if (track := self._track) is not None and self._release is not None:
            self.track_numbers.show_release(self._release, track)
            self.which.set_value(str(track.id))
            self.track_facts.show_values(_values(track, TRACK_FIELDS))
            self.track_people.set_value(track.credits)
        if self._release is not None:
            self.attached.show_files(self._release, self._track)

    @property
    def _track(self) -> Track | None:
        tracks = self._release.tracks if self._release else ()
        return next((track for track in tracks if track.id == self._track_id), None)

    def choose_track(self, track_id: int) -> None:
        """Show the facts of one track."""
        self._track_id = track_id
        self._show_track()

    def go_to(self, field: str, track_id: int | None = None) -> None:
        """Put the cursor into the field of the release, or of one of its tracks."""
        if track_id is not None:
            self.choose_track(track_id)
        if field == "attachments":
            self.area.ensureWidgetVisible(self.attached)
            return
        form = self.facts if track_id is None else self.track_facts
        form.go_to(field)
        if (line := form.rows.get(field)) is not None:
            self.area.ensureWidgetVisible(line)

    # keeping

    def _save_release(self, key: str, text: str) -> Work | None:
        return self._edit_release({key: text})

    def _edit_release(self, values: dict[str, str]) -> Work | None:
        if (release := self._release) is None:
            return None

        def work(studio: Studio) -> None:
            from indieartist.services.editing import edit_release

            edit_release(studio, release, values)

        return work

    def _save_track(self, key: str, text: str) -> Work | None:
        if (track := self._track) is None:
            return None

        def work(studio: Studio) -> None:
            from indieartist.services.editing import edit_track

            edit_track(studio, track, {key: text})

        return work

    def _open_person(self, name: str) -> None:
        PersonBox(self.desk, name, self).open()

    def _save_people(self, credits: tuple[Credit, ...]) -> None:
        if (release := self._release) is None:
            return

        def work(studio: Studio, _report: object) -> None:
            from indieartist.services.editing import set_release_credits

            set_release_credits(studio, release, credits)

        self.desk.act("Keeping the people", work, says="The people are kept")

    def _save_track_people(self, credits: tuple[Credit, ...]) -> None:
        if (track := self._track) is None:
            return

        def work(studio: Studio, _report: object) -> None:
            from indieartist.services.editing import set_track_credits

            set_track_credits(studio, track, credits)

        self.desk.act("Keeping the people", work, says=f"The people of “{track.title}” are kept")

    def _save_links(self, text: str) -> None:
        if (release := self._release) is None:
            return
        self.links.set_problem()

        def work(studio: Studio) -> None:
            from indieartist.services.editing import set_links

            set_links(studio, release, _links(text))

        def refused(error: BaseException) -> None:
            self.links.set_problem(str(error))

        says = "The links are kept"
        self.desk.edit("Keeping the links", work, refused, owner=self.links, says=says)

    def _take_day(self) -> None:
        if self._release is not None:
            self._take({"release_on": self._suggested(self._release)[0].isoformat()})

    def _take_lines(self) -> None:
        if self._release is not None:
            line = self._suggested(self._release)[1]
            self._take({"p_line": line, "c_line": line})

    def _take(self, values: dict[str, str]) -> None:
        work = self._edit_release(values)
        if work is not None:
            present = self.desk.bridge.present
            self.desk.edit("Keeping the facts", work, present, owner=self, says="Filled in")

    def _read_genres(self) -> None:
        def work(studio: Studio) -> list[str]:
            genres: list[str] = studio.table("rules", "words")["genres"]
            return genres

        def done(genres: list[str]) -> None:
            self.facts.offer("genre", genres)
            self.track_facts.offer("genre", genres)

        self.desk.read("Reading the genres", work, done, owner=self)


def _card(name: str, *parts: QWidget) -> Card:
    card = Card(name)
    card.column.setSpacing(theme.M)
    card.column.addWidget(Text(name, "section"), alignment=Qt.AlignmentFlag.AlignLeft)
    for part in parts:
        card.column.addWidget(part)
    return card


def _values(owner: Release | Track, fields: tuple[Field, ...]) -> dict[str, str | date | None]:
    return {field.key: getattr(owner, field.key) for field in fields}


def _set_words(button: LinkButton, words: str) -> None:
    button.setText(words)
    button.setAccessibleName(words)
    button.updateGeometry()


def _links(text: str) -> list[tuple[str, str]]:
    """Each line's last word is the address, what comes before it the service."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    return [(" ".join(words[:-1]), words[-1]) for words in lines]

"""The tags of a file beside what the release says: chosen field by field, then written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from indieartist.domain import figures
from indieartist.errors import AppError
from indieartist.ui import theme
from indieartist.ui.gradual import Gradual
from indieartist.ui.many.tag_edit_box import TagEditBox
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import Card, column
from indieartist.ui.widgets.file_row import FileRow
from indieartist.ui.widgets.finding import Finding, FindingRow
from indieartist.ui.widgets.form import name_editor
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.tag_row import TagField, TagHead
from indieartist.ui.widgets.text import ElidedText, Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from indieartist.domain.release import Release, Track
    from indieartist.services.studio import Studio
    from indieartist.services.tag_staging import Staged, TagRow
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

_AUDIO = "Audio (*.wav *.aif *.aiff *.flac *.mp3 *.m4a *.mp4 *.ogg *.opus *.aac)"
_ABOUT = "Nothing is written until you say so; the audio stays bit for bit."
_NONE = "Choose the file whose tags you want to see. Those the mixes came from are found by itself."
_ID3 = (Segment("", "As it is"), Segment("3", "2.3"), Segment("4", "2.4"))
_GROUPS = (
    ("To be written", "The release says something else, or something more."),
    ("Only in the file", "The release says nothing of these. Tick what should be taken out."),
    ("The same already", ""),
)


class TagsScreen(Screen):
    """The tags of one file of the track in hand; `ask_file` is put in another place by tests."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.release: Release | None = None
        self.staged: Staged | None = None
        self.fields: list[TagField] = []
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self._chosen: dict[int, Path] = {}  # by track, for as long as the window is open
        self._asked = 0
        self.title = ElidedText("", "title")
        self.file = FileRow("No file", "Choose file", self._choose)
        self.version = SegmentedSwitch(_ID3, "Version of ID3")
        self.write = Button("Write", "tag", "primary")
        self.edit = Button("Edit by hand…")
        self.restore = Button("Take the last write back", "undo")
        self.restore_all = Button("Take all back", kind="quiet")
        self.every = Button("Choose none")
        self.card = Card("Tags")
        self.content = QWidget()
        self.filler = Gradual(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        name_editor(self.file, "File")
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addLayout(column(self.title, Paragraph(_ABOUT), gap=theme.XS), 1)
        head.addWidget(self.restore_all)
        head.addWidget(self.edit)
        head.addWidget(self.restore)
        head.addWidget(self.write)
        top = Card("File")
        line = QHBoxLayout()
        line.setSpacing(theme.M)
        line.addWidget(Text("File", "strong"))
        line.addWidget(self.file, 1)
        self.id3 = QWidget()
        id3 = QHBoxLayout(self.id3)
        id3.setContentsMargins(theme.M, 0, 0, 0)
        id3.setSpacing(theme.S)
        id3.addWidget(Text("ID3", "small", "text2"))
        id3.addWidget(self.version)
        line.addWidget(self.id3)
        top.column.addLayout(line)
        self.body.setSpacing(theme.L)
        self.body.addLayout(head)
        self.body.addWidget(top)
        self.body.addWidget(self.card)
        self.card.column.addWidget(self.content)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.file.chosen.connect(self._take_file)
        self.version.chosen.connect(lambda _: self._count())
        self.write.clicked.connect(self._write)
        self.edit.clicked.connect(self._edit)
        self.restore.clicked.connect(lambda: self._restore(every=False))
        self.restore_all.clicked.connect(lambda: self._restore(every=True))

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
        if release is None or (track := self.track) is None:
            self.studio_window.show_page("release")
            return
        self.path.show_path("Releases", release.title, track.title, "Tags")
        self.title.setText(f"Tags of {track.title}")
        self._read(release, track)

    def _read(self, release: Release, track: Track) -> None:
        self._asked += 1
        asked, chosen = self._asked, self._chosen.get(track.id)
        if self.staged is None:
            self._show_words("Reading the tags…")

        def work(studio: Studio) -> Staged | None:
            from indieartist.services import tag_staging, tagging

            found = (chosen,) if chosen else tagging.files_of(studio, track)
            return tag_staging.stage(studio, release, track, found[0]) if found else None

        def done(staged: Staged | None) -> None:
            if asked == self._asked:
                self._show(staged)

        def failed(error: BaseException) -> None:
            if asked == self._asked:
                self._show_error(error)

        self.desk.read("Reading tags", work, done, owner=self, lane="audio", failed=failed)

    def _show(self, staged: Staged | None) -> None:
        self.staged = staged
        self.file.set_path(staged.path if staged else None)
        self.id3.setVisible(bool(staged and staged.holds_id3))
        self._show_restores(len(staged.writes) if staged else 0)
        self.edit.setEnabled(staged is not None)
        if staged is None:
            self._show_words(_NONE)
        else:
            self._fill(staged.rows)

    def _show_restores(self, count: int) -> None:
        self.restore.setVisible(count > 0)
        self.restore_all.setVisible(count > 1)
        self.restore_all.setText(f"Take all {count} back")
        self.restore_all.setAccessibleName(f"Take all {count} writes back")
        self.restore_all.updateGeometry()

    def _show_error(self, error: BaseException) -> None:
        self.staged = None
        self.edit.setEnabled(False)
        self._show_restores(0)
        self.id3.hide()
        if not isinstance(error, AppError):
            self.desk.bridge.present(error)
            return
        content = self._clear()
        row = FindingRow(Finding("err", error.message, error.hint))
        row.end()
        content.addWidget(row)
        self._count()

    def _show_words(self, words: str) -> None:
        self._clear().addWidget(Paragraph(words))
        self._count()

    def _clear(self) -> QHBoxLayout:
        """An empty content in the place of the old one."""
        self.filler.begin(iter(()))
        self.fields = []
        self.every = Button("Choose none")
        self.every.clicked.connect(self._choose_every)
        old, self.content = self.content, QWidget()
        self.card.column.replaceWidget(old, self.content)
        old.hide()
        old.deleteLater()
        room = QHBoxLayout(self.content)
        room.setContentsMargins(0, 0, 0, 0)
        return room

    def _fill(self, rows: tuple[TagRow, ...]) -> None:
        room = column(gap=0)
        self._clear().addLayout(room)
        groups = (
            [row for row in rows if row.differs],
            [row for row in rows if row.only_in_file],
            [row for row in rows if not row.differs and not row.only_in_file],
        )

        def steps() -> Iterator[None]:
            room.addWidget(TagHead())
            for (name, about), group in zip(_GROUPS, groups, strict=True):
                if group:
                    room.addLayout(self._group_head(name, about, len(group)))
                    yield
                for row in group:
                    field = TagField(row)
                    field.toggled.connect(lambda _: self._count())
                    self.fields.append(field)
                    room.addWidget(field)
                    yield
            self._count()
            yield

        self._count()
        self.filler.begin(steps())

    def _group_head(self, name: str, about: str, count: int) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, theme.L, 0, theme.XS)
        line.setSpacing(theme.M)
        line.addWidget(Text(f"{name} ({count})", "section"))
        line.addWidget(ElidedText(about, "small", "text3"), 1)
        if name == _GROUPS[0][0]:
            line.addWidget(self.every)
        return line

    def _count(self) -> None:
        """Say on the button how much it writes."""
        count = len(self.chosen)
        anew = bool(self.version.key) and self.id3.isVisibleTo(self)
        self.write.setEnabled(bool(self.staged) and bool(count or anew))
        self.write.setText(f"Write {figures.count(count, 'field')}" if count else "Write")
        self.write.setAccessibleName(self.write.text())
        self.write.updateGeometry()
        differing = [field for field in self.fields if field.row.differs]
        none = any(field.isChecked() for field in differing)
        self.every.setText("Choose none" if none else "Choose all")
        self.every.setAccessibleName(self.every.text())

    @property
    def chosen(self) -> tuple[str, ...]:
        """The fields that are ticked."""
        return tuple(field.row.field for field in self.fields if field.isChecked())

    # what is done

    def _choose_every(self) -> None:
        differing = [field for field in self.fields if field.row.differs]
        on = not any(field.isChecked() for field in differing)
        for field in differing:
            field.setChecked(on)

    def _choose(self) -> Path | None:
        return self.ask_file()

    def _ask_file(self) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self, "Tags of which file", "", _AUDIO)
        return Path(name) if name else None

    def _take_file(self, path: Path | None) -> None:
        if self.release is None or (track := self.track) is None:
            return
        self._chosen.pop(track.id, None)
        if path is not None:
            self._chosen[track.id] = path
        self.staged = None
        self._read(self.release, track)

    def _write(self) -> None:
        if (staged := self.staged) is None:
            return
        keys, version = self.chosen, int(self.version.key or 0) or None

        def work(studio: Studio, report: Callable[[float], None]) -> None:
            from indieartist.services import tag_staging, tagging

            sheet = tag_staging.pick(staged, keys)
            tagging.write_file_tags(studio, staged.path, sheet, report, id3_version=version)

        says = f"{figures.count(len(keys), 'field')} written into {staged.path.name}"
        self.version.choose("")
        self.desk.act("Writing tags", work, lane="audio", says=says)

    def _edit(self) -> None:
        if self.staged is not None:
            TagEditBox(self.desk, self.staged.path, self).open()

    def _restore(self, *, every: bool) -> None:
        if (staged := self.staged) is None:
            return

        def work(studio: Studio, report: Callable[[float], None]) -> None:
            from indieartist.services import tagging

            back = tagging.restore_first_tags if every else tagging.restore_file_tags
            back(studio, staged.path, report)

        before = "before the first write" if every else "before the write"
        says = f"{staged.path.name} is as it was {before}"
        self.desk.act("Restoring tags", work, lane="audio", says=says, final=True)

"""Bring in a catalogue: say which column of a table is what, and see the releases it makes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from indieartist.domain import figures
from indieartist.domain.catalogue_plan import CataloguePlan
from indieartist.domain.columns import COLUMNS
from indieartist.ui import theme
from indieartist.ui.many.box import PreviewBox
from indieartist.ui.many.preview_table import PreviewRow, PreviewTable
from indieartist.ui.widgets.form import ChoiceField, FieldRow
from indieartist.ui.widgets.toggle import ToggleSwitch

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.catalogue_import import Imported
    from indieartist.services.importing import Refused
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

_FOLDER = "The tags of these files become releases. The files are only read."
_TABLE = "Say what each column holds; what was guessed stands there already."
_OUT = {"": "Leave out"}
_CHOICES = _OUT | {key: column.label for key, column in COLUMNS.items()}
_ACROSS = 4


class ImportBox(PreviewBox):
    """A folder or a table; a folder has no columns to name."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        self.is_table = path.is_file()
        words = _TABLE if self.is_table else _FOLDER
        super().__init__(desk, f"Import {path.name}", words, parent)
        self.path = path
        self.plan: CataloguePlan | None = None
        self.columns: dict[int, ChoiceField] = {}
        headings = ("Release", "Artist", "Date", "Tracks", "")
        self.preview = PreviewTable("Releases that would come in", headings, (5, 4, 2, 2, 3))
        if self.is_table:
            self.body.addWidget(self._columns(), 2)
        self.body.addWidget(self.preview, 3)
        self.audio = ToggleSwitch("Take the audio in too")
        self.audio.setToolTip("Each file is heard to its end and copied as its track's first mix")
        self.audio.toggled.connect(lambda _: self.plan and self._show(self.plan))
        self.end(*([] if self.is_table else [self.audio]))
        self._read()

    def _columns(self) -> QWidget:
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(2, 2, theme.M, 2)
        self._grid.setHorizontalSpacing(theme.L)
        self._grid.setVerticalSpacing(theme.S)
        scroll = QScrollArea()
        scroll.setAccessibleName("Columns")
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        return scroll

    def _read(self) -> None:
        """Read the table's headings first; a folder is looked through at once."""
        if not self.is_table:
            self.look()
            return
        path = self.path

        def work(_studio: Studio, _report: Report) -> tuple[list[tuple[str, str]], dict[int, str]]:
            from indieartist.services import catalogue_import

            table, guessed = catalogue_import.read_table(path)
            first = table.rows[0] if table.rows else ("",) * len(table.headings)
            return list(zip(table.headings, first, strict=True)), guessed

        self.loader.read("Reading the table", work, self._show_columns, failed=self.refuse)

    def _show_columns(self, read: tuple[list[tuple[str, str]], dict[int, str]]) -> None:
        headings, guessed = read
        for place, (heading, example) in enumerate(headings):
            choice = ChoiceField(_CHOICES, guessed.get(place, ""))
            choice.edited.connect(partial(self._choose, place))
            self.columns[place] = choice
            label = heading or f"Column {place + 1}"
            row = FieldRow(label, choice, example[:40] or "empty")
            self._grid.addWidget(row, place // _ACROSS, place % _ACROSS)
        self.look()

    def _choose(self, place: int, key: str) -> None:
        """One column says one thing: who said it before is left out."""
        for other, choice in self.columns.items():
            if other != place and key and choice.value == key:
                choice.set_value("")
        self.look_soon()

    def look(self) -> None:
        """Read what would come in."""
        path, named = self.path, {n: c.value for n, c in self.columns.items() if c.value}
        is_table = self.is_table

        def work(studio: Studio, report: Report) -> CataloguePlan:
            from indieartist.services import catalogue_import

            if not is_table:
                return catalogue_import.plan_folder(studio, path, report)
            table, _guessed = catalogue_import.read_table(path)
            return catalogue_import.plan_table(studio, table, named)

        self.said.setText("Looking …")
        self.said.set_tone("text2")
        self.loader.read("Looking what would come in", work, self._show, failed=self.refuse)

    def _show(self, plan: CataloguePlan) -> None:
        self.plan = plan
        rows = [
            PreviewRow(
                (
                    release.values["title"],
                    ", ".join(credit.name for credit in release.credits) or "—",
                    figures.day(release.release_on) if release.release_on else "—",
                    str(len(release.tracks)),
                    "more tracks" if release.known else "new",
                ),
                "text2" if release.known else "ok",
            )
            for release in plan.releases
        ]
        rows += [
            PreviewRow((problem, "", "", "", ""), "warn", wide=True) for problem in plan.problems
        ]
        self.preview.set_rows(rows)
        releases = figures.count(len(plan.new_releases), "release")
        silent = len(plan.silent) if self.audio.isChecked() else 0
        button = f"Import {releases}"
        if silent and not plan.releases:
            button = f"Take {figures.count(silent, 'file')} in"
        self.show_count(len(plan.releases) + silent, button)
        here = f"{figures.count(plan.known_tracks, 'track')} here already. "
        left = f"{figures.count(len(plan.problems), 'value')} left out."
        if plan.silent:
            here = here.replace(". ", f", {len(plan.silent)} of them without audio. ")
        said = (here if plan.known_tracks else "") + (left if plan.problems else "")
        self.said.setText(said or ("" if plan.releases else "Nothing new is in it."))

    def carry_out(self) -> None:
        """Bring it in, as one act."""
        plan, name = self.plan, self.path.name
        if plan is None:
            return

        def work(studio: Studio, _report: Report) -> Imported:
            from indieartist.services import catalogue_import

            return catalogue_import.carry_out(studio, plan, name)

        count = figures.count(plan.track_count, "track")
        desk, hears = self.desk, self.audio.isChecked()

        def done(made: Imported) -> None:
            if hears and made.files:
                hear_files(desk, made, name)

        says = f"{count} came in from {name}" if plan.releases else ""
        desk.act(f"Import {name}", work, done, says=says)
        self.accept()


def hear_files(desk: Desk, made: Imported, name: str) -> None:
    """Take the audio of what came in, beside all other work; say what could not be heard."""

    def work(studio: Studio, report: Report) -> list[Refused]:
        from indieartist.services import catalogue_audio

        return catalogue_audio.take_audio(studio, made, report)

    def done(refused: list[Refused]) -> None:
        heard = figures.count(len(made.files) - len(refused), "file")
        if not refused:
            desk.say(f"The audio of {heard} came in from {name}", button="Undo", then=desk.undo)
            return
        first = f"{Path(refused[0].path).name}: {refused[0].error.message}"
        more = f" And {len(refused) - 1} more." if len(refused) > 1 else ""
        desk.say(f"{heard} came in; not so {first}{more}", "warn")

    desk.act(f"Listening to {name}", work, done, lane="audio")

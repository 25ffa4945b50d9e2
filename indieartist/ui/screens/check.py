"""The check: what each destination would refuse or correct, by which rule, and the fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from indieartist.domain import figures
from indieartist.domain.preflight.changes import tell_change
from indieartist.domain.preflight.registry import Severity
from indieartist.ui import theme
from indieartist.ui.cards.conflicts import ConflictsCard
from indieartist.ui.gradual import Gradual
from indieartist.ui.screens.facts import RELEASE_FIELDS, TRACK_FIELDS
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import Card, column
from indieartist.ui.widgets.choice_chips import ChoiceChips
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.finding import Finding as Shown
from indieartist.ui.widgets.finding import FindingRow, SeverityIcon
from indieartist.ui.widgets.finding import Severity as Sign
from indieartist.ui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indieartist.domain.preflight.findings import Finding, NotChecked, Preflight
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

_ANY = "any"  # what is checked while nothing is chosen
_GROUPS: tuple[tuple[Severity, Sign, str], ...] = (
    (Severity.ERROR, "err", "Must be fixed"),
    (Severity.WARNING, "warn", "Worth fixing"),
    (Severity.INFO, "info", "Good to know"),
)
_RELEASE_LABELS = {field.key: field.label for field in RELEASE_FIELDS}
_TRACK_LABELS = {field.key: field.label for field in TRACK_FIELDS}
_TEACHES = "Drop a bounce from your DAW on this window: what stores would refuse is said here."
_TOGETHER = 3  # rows that come onto the page at once
_LONGEST_CHANGE = 160  # characters; a longer text is not held beside another on one line
_AUDIO_FIELDS = ("approved_mix_id", "mixes")


class CheckScreen(Screen):
    """`edit_asked` carries a field's name and the track's number, or None for the release's own."""

    edit_asked = Signal(str, object)

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.release: Release | None = None
        self.result: Preflight | None = None
        self.rows: list[FindingRow] = []
        self.edit_asked.connect(self._lead)
        self.destinations = ChoiceChips("Destinations")
        self.destinations.changed.connect(lambda _: self.show_release(self.release))
        self.headline = Text("", "title")
        self.subline = Paragraph("")
        self.correct = Button("Make all corrections", "check", "primary")
        self.correct.setToolTip("Makes every fix that takes no decision, as one act")
        self.correct.clicked.connect(self.correct_all)
        self.unseen = Button("", "chevron-right", "quiet")
        self.unseen.setCheckable(True)
        self.unseen.toggled.connect(self._fold)
        self._unseen_list = QWidget()
        self._unseen_list.setLayout(column(gap=theme.XS))
        self._groups = QVBoxLayout()
        self._filler = Gradual(self)
        self.conflicts = ConflictsCard(desk, studio_window)
        self._groups.setSpacing(theme.L)
        self._empty = EmptyState("check-circle", "Nothing to check yet", _TEACHES, "Add bounces")
        self._empty.pressed.connect(studio_window.intake.choose)
        self._page = self._lay_out()
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._page, 1)

    def _lay_out(self) -> QWidget:
        head = QHBoxLayout()
        head.addLayout(column(self.headline, self.subline, gap=theme.XS), 1)
        head.addWidget(self.correct)
        whole_catalogue = Button("Whole catalogue", "library", shortcut="Ctrl+Shift+K")
        whole_catalogue.clicked.connect(self.studio_window.handlers.check_catalogue)
        head.addWidget(whole_catalogue)
        page = QWidget()
        page.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.L)
        whole.addLayout(head)
        whole.addWidget(self.destinations)
        whole.addLayout(self._groups)
        whole.addWidget(self.conflicts)
        unseen = QHBoxLayout()
        unseen.addWidget(self.unseen)
        unseen.addStretch(1)
        whole.addLayout(unseen)
        whole.addWidget(self._unseen_list)
        whole.addStretch(1)
        return page

    def show_release(self, release: Release | None) -> None:
        self.release = release
        self._empty.setVisible(release is None)
        self._page.setVisible(release is not None)
        if release is None:
            self.path.show_path("Releases", "Check")
            return
        self._check(release)

    def _check(self, release: Release) -> None:
        chosen = self.destinations.chosen

        def work(studio: Studio) -> tuple[dict[str, str], Preflight, bool]:
            from indieartist.services import checking, covers

            book = checking.read_rulebook(studio).destinations
            names = {key: place.title for key, place in book.items() if key != _ANY}
            result = checking.check_release(studio, release, chosen)
            return names, result, covers.needs_look(release.artwork)

        self.desk.read("Checking", work, self._show, owner=self)
        self.conflicts.show_release(release)

    def _look(self, release: Release) -> None:
        """Look at a cover that nobody has looked at, and check again; what is shown stays."""

        def work(studio: Studio) -> Release:
            from indieartist.services import covers

            return covers.look_at(studio, release)

        def done(looked: Release) -> None:
            if self.release is release:
                self.release = looked
                self._check(looked)

        self.desk.read("Looking at the cover", work, done, owner=self, lane="audio")

    def _show(self, read: tuple[dict[str, str], Preflight, bool]) -> None:
        names, result, unseen = read
        if self.release is None:
            return
        if unseen:
            self._look(self.release)
        same, self.result = result == self.result, result
        self.path.show_path("Releases", self.release.title, "Check")
        self._say(result)
        self.correct.setVisible(bool(result.corrections))
        if same:
            return
        self._show_groups(names, result)
        self._show_unseen(result.not_checked)

    def _say(self, result: Preflight) -> None:
        where = "every destination you chose" if self.destinations.chosen else "any store"
        if result.ready:
            self.headline.setText(f"Ready for {where}")
        else:
            count = figures.count(len(result.errors), "thing")
            self.headline.setText(f"{count} to fix before {where} takes it")
        self.headline.set_tone("ok" if result.ready else "text")
        rest = len(result.findings) - len(result.errors)
        more = (
            f"{figures.count(rest, 'more finding')} may be corrected or delayed. " if rest else ""
        )
        self.subline.setText(f"{more}Each names its rule and where the rule was read.")

    def _show_groups(self, names: dict[str, str], result: Preflight) -> None:
        while taken := self._groups.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        self.rows = []
        self._filler.begin(self._fill(names, result))

    def _fill(self, names: dict[str, str], result: Preflight) -> Iterator[None]:
        """One row at a step, off the page; a few of them come onto it together."""
        self.destinations.offer(names)
        yield
        for severity, sign, words in _GROUPS:
            found = [finding for finding in result.findings if finding.severity is severity]
            if not found:
                continue
            card = self._group(sign, f"{words} ({len(found)})")
            self._groups.addWidget(card)
            for start in range(0, len(found), _TOGETHER):
                holder = QWidget()
                holder.setLayout(column(gap=0))
                holder.hide()
                card.column.addWidget(holder)
                for finding in found[start : start + _TOGETHER]:
                    self._add(self._row(sign, finding), holder, last=finding is found[-1])
                    yield
                holder.show()
                card.show()
                yield

    def _add(self, row: FindingRow, holder: QWidget, *, last: bool) -> None:
        self.rows.append(row)
        if last:
            row.end()
        if (layout := holder.layout()) is not None:
            layout.addWidget(row)
        for part in row.findChildren(QWidget):
            part.ensurePolished()

    def _group(self, sign: Sign, words: str) -> Card:
        card = Card(words)
        card.hide()  # until its first rows are in it
        head = QHBoxLayout()
        head.setSpacing(theme.M)  # as in its rows
        head.addWidget(SeverityIcon(sign))
        head.addWidget(Text(words, "section"), 1)
        card.column.addLayout(head)
        card.column.setSpacing(0)
        return card

    def _row(self, sign: Sign, finding: Finding) -> FindingRow:
        evidence = " · ".join(part for part in (self._change(finding), finding.hint) if part)
        row = FindingRow(
            Shown(
                sign,
                finding.message,
                evidence,
                f"{finding.rule_id}  {finding.title}",
                finding.sources[0].url if finding.sources else "",
                finding.fix.label if finding.fix else "",
                _place_of(finding),
            )
        )
        row.fix_asked.connect(lambda: self.fix(finding))
        row.place_asked.connect(lambda: self.edit_asked.emit(finding.field, finding.track_id))
        row.source_asked.connect(lambda url: QDesktopServices.openUrl(QUrl(url)))
        return row

    def _change(self, finding: Finding) -> str:
        """What a fix would change, before and after; without one, what was seen."""
        if finding.fix is None or self.release is None:
            return finding.evidence
        before, after = tell_change(self.release, finding.fix)
        short = before and len(before) + len(after) <= _LONGEST_CHANGE
        return f"{before} → {after}" if short else finding.evidence

    def _show_unseen(self, unseen: tuple[NotChecked, ...]) -> None:
        self.unseen.setText(f"Not checked ({len(unseen)})")
        self.unseen.setAccessibleName(self.unseen.text())
        self.unseen.setVisible(bool(unseen))
        layout = self._unseen_list.layout()
        while layout is not None and (taken := layout.takeAt(0)):
            if old := taken.widget():
                old.deleteLater()
        for each in dict.fromkeys((one.rule_id, one.title, one.needs) for one in unseen):
            words = f"{each[0]}  {each[1]}: {each[2]}"
            if layout is not None:
                layout.addWidget(Paragraph(words, "small", "text3"))
        self._fold(self.unseen.isChecked())

    def _fold(self, opened: bool) -> None:
        self.unseen.icon_name = "chevron-down" if opened else "chevron-right"
        self._unseen_list.setVisible(opened and not self.unseen.isHidden())
        self.unseen.update()

    def _lead(self, field: str, track_id: int | None) -> None:
        """Turn to where the field is."""
        if field in _AUDIO_FIELDS:
            self.studio_window.turn_to("master")
        else:
            self.studio_window.edit_fact(field, track_id)

    # what is done

    def fix(self, finding: Finding) -> None:
        """Make the edit that a finding offers."""
        release = self.release
        if release is None or finding.fix is None:
            return

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services import checking

            checking.apply_fix(studio, release, finding)

        self.desk.act(finding.fix.label, work, says=f"Done: {finding.fix.label}")

    def correct_all(self) -> None:
        """Make every correction that is no decision."""
        release, chosen = self.release, self.destinations.chosen
        if release is None:
            return

        def work(studio: Studio, _report: Report) -> int:
            from indieartist.services import checking

            return checking.correct_release(studio, release, chosen)

        def done(made: int) -> None:
            words = f"{figures.count(made, 'correction')} made"
            self.desk.say(words, button="Undo", then=self.desk.undo)

        self.desk.act("Correct", work, done, owner=self)


def _place_of(finding: Finding) -> str:
    """The words that lead to the field of a finding: its name on the page of facts."""
    field = finding.field
    if field in _AUDIO_FIELDS:
        return "Go to its masters"
    labels = _RELEASE_LABELS if finding.track_id is None else _TRACK_LABELS
    name = labels.get(field, field.replace("_", " ")).partition(",")[0]
    return f"Edit {name if name[:2].isupper() else _lowered(name)}" if field else ""


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]

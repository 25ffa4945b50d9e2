"""The pages of a blind test: what is to be tested, the letters and answers, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.domain.blind import TRIALS as ROWS
from indieartist.domain.blind import USUAL_TRIALS, AbxTest, BlindTest
from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.button import Button, tip
from indieartist.ui.widgets.card import column, row
from indieartist.ui.widgets.form import ChoiceField, name_editor
from indieartist.ui.widgets.pressable import Pressable
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.text import Paragraph, Text

_KINDS = (
    Segment("abx", "Can I hear it?", None, "ABX: X is A or B, and you say which"),
    Segment("favourite", "Which do I like?", None, "All versions under shuffled letters"),
)
_WORDS = {
    "abx": "X is A or B, anew each time. Say which, as often as settled here; the score against "
    "chance is shown at the end. All is heard at one loudness.",
    "favourite": "All versions under shuffled letters and at one loudness. Choose the one you "
    "like best, then see which it was.",
}

_MARK_PX = 16
_KEYS = "Space plays, L loops, arrows move."
_LIKED = "I like this one best"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be tested: the versions' keys, and how many trials; 0 asks for a favourite."""

    keys: tuple[str, ...]
    trials: int = 0


@dataclass(frozen=True, slots=True)
class Reveal:
    """How a test ended: its words, what was behind each letter, and a summary to be copied."""

    head: str
    meaning: str
    behind: tuple[tuple[str, str], ...]
    hits: tuple[bool, ...]
    summary: str


class LetterKey(Pressable):
    """A large letter to listen to; lit while it is heard."""

    radius = theme.RADIUS_CARD

    def __init__(self, letter: str, key: str) -> None:
        super().__init__(f"Hear {letter}")
        self.letter, self._key = letter, key
        self.setCheckable(True)
        self.setToolTip(tip(f"Hear {letter}", key))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """It is lit by what is heard, not by the press."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space listens; Enter is the answer to the test, also on the letter that was pressed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(56, 76)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        on = self.isChecked()
        fill = theme.lifted() if on or self.hovered else theme.colour("surface3")
        painting.box(painter, rect, self.radius, fill, theme.colour("text" if on else "line"))
        ink = theme.colour("text" if on else "text2")
        painting.text(
            painter, rect.adjusted(0, -8, 0, -8), self.letter, "title", ink, align=painting.CENTRE
        )
        low = QRectF(rect.left(), rect.bottom() - 24, rect.width(), 16)
        painting.text(
            painter, low, self._key, "caption", theme.colour("text3"), align=painting.CENTRE
        )


class SetupPage(QWidget):
    """Asks what is to be tested."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = SegmentedSwitch(_KINDS, "Kind of blind test")
        self.kind.chosen.connect(lambda _: self._tell())
        self.words = Paragraph("", "small")
        self.first, self.second = ChoiceField({}), ChoiceField({})
        self.trials = ChoiceField({str(n): f"{n} trials" for n in ROWS}, str(USUAL_TRIALS))
        for field, name in (
            (self.first, "First version"),
            (self.second, "Second version"),
            (self.trials, "Number of trials"),
        ):
            name_editor(field, name)
        self.begin = Button("Begin", "play", "primary")
        self._names: dict[str, str] = {}
        self._pair = QWidget()
        self._pair.setLayout(row(self.first, Text("or", "small", "text2"), self.second))
        self._all = Paragraph("", "body", "text")
        whole = column(self.kind, self.words, self._pair, self._all, gap=theme.M)
        whole.addLayout(row(self.trials, self.begin))
        self.setLayout(whole)

    def offer(self, names: dict[str, str]) -> None:
        """Offer these versions, the first two unless others were chosen."""
        self._names, keys = names, list(names)
        first = self.first.value if self.first.value in names else keys[0]
        second = self.second.value if self.second.value in names else keys[1]
        self.first.offer(names, first)
        self.second.offer(names, second if second != first else keys[0])
        self._tell()

    def _tell(self) -> None:
        pair = self.kind.key == "abx"
        self.words.setText(_WORDS[self.kind.key])
        self._pair.setVisible(pair)
        self.trials.setVisible(pair)
        self._all.setVisible(not pair)
        self._all.setText(", ".join(self._names.values()))

    @property
    def wish(self) -> Wish | None:
        """What was asked for; None where a version would be heard against itself."""
        if self.kind.key != "abx":
            return Wish(tuple(self._names))
        keys = (self.first.value, self.second.value)
        return Wish(keys, int(self.trials.value)) if keys[0] != keys[1] else None


class TrialPage(QWidget):
    """The letters to hear, and the answers. `guessed` carries none for the one that is heard."""

    chosen = Signal(str)
    guessed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.head, self.hint = Text("", "section"), Paragraph("", "small")
        self.letters: dict[str, LetterKey] = {}
        self.answers: dict[str, Button] = {}
        self.stop = Button("End the test", kind="quiet")
        self._letters, self._answers = row(stretch=False), row()
        self._answers.addWidget(self.stop)
        whole = column(self.head, gap=theme.M)
        whole.addLayout(self._letters)
        whole.addLayout(self._answers)
        whole.addWidget(self.hint)
        self.setLayout(whole)

    def show_test(self, test: BlindTest) -> None:
        """Show where a test is; new letters where it is another one."""
        if tuple(self.letters) != test.letters:
            self._lay_out(test)
        if isinstance(test, AbxTest):
            self.head.setText(f"Trial {test.done + 1} of {len(test.answers)}: is X A or B?")
            self.hint.setText(
                f"1, 2, 3 or A, B, X listen. Enter says “X is the one I hear”. {_KEYS}"
            )
        else:
            self.head.setText("Which do you like best?")
            self.hint.setText(
                f"1 to {len(test.letters)} listen. Enter chooses the one you hear. {_KEYS}"
            )

    def _lay_out(self, test: BlindTest) -> None:
        for old in (*self.letters.values(), *self.answers.values()):
            old.hide()
            old.deleteLater()
        numbered = enumerate(test.letters, 1)
        self.letters = {letter: LetterKey(letter, str(number)) for number, letter in numbered}
        words = {"A": "X is A", "B": "X is B"} if isinstance(test, AbxTest) else {"": _LIKED}
        self.answers = {letter: Button(label, "check") for letter, label in words.items()}
        for letter, key in self.letters.items():
            key.clicked.connect(lambda _=False, letter=letter: self.chosen.emit(letter))
            self._letters.addWidget(key)
        for place, (letter, button) in enumerate(self.answers.items()):
            button.clicked.connect(lambda _=False, letter=letter: self.guessed.emit(letter))
            self._answers.insertWidget(place, button)

    def show_heard(self, letter: str) -> None:
        """Light the letter that is heard."""
        for each, key in self.letters.items():
            key.setChecked(each == letter)


class Hits(QWidget):
    """One mark for each trial: filled where the guess was right."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[bool, ...] = ()
        self.setFixedHeight(_MARK_PX)

    def show_hits(self, hits: tuple[bool, ...]) -> None:
        """Show these trials, in their order."""
        self._hits = hits
        said = ", ".join("right" if hit else "wrong" for hit in hits)
        self.setAccessibleName(f"Trials: {said}")
        self.setVisible(bool(hits))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            for place, hit in enumerate(self._hits):
                spot = QRectF(place * (_MARK_PX + 5) + 1, 1, _MARK_PX - 2, _MARK_PX - 2)
                tone = theme.colour("ok" if hit else "text3")
                icons.paint(painter, "check" if hit else "close", spot, tone)


class RevealPage(QWidget):
    """What came of the test, and what was behind the letters."""

    def __init__(self) -> None:
        super().__init__()
        self.head = Paragraph("", "section", "text")
        self.meaning, self.behind = Paragraph(""), Paragraph("", "strong", "text")
        self.hits = Hits()
        self.copy = Button("Copy", "copy")
        self.copy.setAccessibleName("Copy the result")
        self.again = Button("Another test", "refresh")
        self.close_button = Button("Close", kind="primary")
        whole = column(self.head, self.hits, self.meaning, self.behind, gap=theme.M)
        whole.addLayout(row(self.close_button, self.again, self.copy))
        self.setLayout(whole)

    def show_reveal(self, reveal: Reveal) -> None:
        """Show how a test ended."""
        self.head.setText(reveal.head)
        self.meaning.setText(reveal.meaning)
        self.meaning.setVisible(bool(reveal.meaning))
        self.hits.show_hits(reveal.hits)
        lines = (f"{letter} was {name}" for letter, name in reveal.behind)
        self.behind.setText(" · ".join(lines))
        self.copy.setText("Copy")

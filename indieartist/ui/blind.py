"""Blind listening: the versions behind letters, guesses or a favourite, and what came of it."""

from __future__ import annotations

from random import Random, SystemRandom
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from indieartist.domain import figures
from indieartist.domain.blind import (
    AbxTest,
    BlindTest,
    begin_abx,
    begin_favourite,
    tell_meaning,
    tell_score,
)
from indieartist.ui.widgets.blind_pages import Reveal, Wish
from indieartist.ui.widgets.blind_sheet import BlindSheet

if TYPE_CHECKING:
    from indieartist.services.decks import Deck
    from indieartist.ui.deck_display import DeckDisplay
    from indieartist.ui.desk import Desk
    from indieartist.ui.widgets.transport import TransportBar

_NEEDS_TWO = "A blind test needs two versions: master the song, or choose one in the versions menu."


class BlindListening(QObject):
    """One test at a time, on the deck that is on; while it runs, nothing tells which is which.

    `begun` comes before the versions are hidden, `ended` once they are shown again. `rng` tosses
    the coins; `results` are the summaries of this session, the newest last.
    """

    begun = Signal()
    ended = Signal()

    def __init__(
        self, desk: Desk, bar: TransportBar, display: DeckDisplay, rng: Random | None = None
    ) -> None:
        super().__init__(bar)
        self._desk, self._bar, self._display = desk, bar, display
        self.rng = rng or SystemRandom()
        self.test: BlindTest | None = None
        self.sheet: BlindSheet | None = None
        self.results: list[str] = []
        self._heard = ""
        self._matched = True

    @property
    def running(self) -> bool:
        """Whether versions are hidden now."""
        return self.test is not None

    # the sheet

    def open(self) -> None:
        """Ask what is to be tested; a test that runs goes on."""
        deck = self._display.deck
        if self.running:
            return
        if deck is None or len(deck.versions) < 2:
            self._desk.say(_NEEDS_TWO, "info")
            return
        sheet = self.sheet or self._make_sheet()
        sheet.ask({version.key: deck.name_of(version) for version in deck.versions})

    def _make_sheet(self) -> BlindSheet:
        self.sheet = sheet = BlindSheet(self._bar)
        sheet.begun.connect(self._begin)
        sheet.chosen.connect(self.hear)
        sheet.guessed.connect(self.guess)
        sheet.stopped.connect(self.stop)
        sheet.copied.connect(lambda: QGuiApplication.clipboard().setText(self.results[-1]))
        sheet.again.connect(self.open)
        return sheet

    # the test

    def _begin(self, wish: Wish) -> None:
        deck = self._display.deck
        if deck is None or any(deck.place_of(key) is None for key in wish.keys):
            return
        self.begun.emit()
        if wish.trials:
            self.test = begin_abx((wish.keys[0], wish.keys[1]), wish.trials, self.rng)
        else:
            self.test = begin_favourite(wish.keys, self.rng)
        self._matched = self._bar.match.isChecked()
        self._bar.match.setChecked(True)
        self._bar.hide_identities(hidden=True)
        self._display.veil(self.test.letters)
        self._show()
        self.hear("A")

    def hear(self, letter: str) -> None:
        """Listen to what is behind a letter, from where the song is."""
        deck, test = self._display.deck, self.test
        if deck is None or test is None or letter not in test.letters:
            return
        place = deck.place_of(test.key_of(letter))
        if place is not None:
            self._heard = letter
            deck.player.select(place, dip=True)
            self._bar.sources.show_choice(letter)
            if self.sheet is not None:
                self.sheet.show_heard(letter)

    def hear_place(self, place: int) -> None:
        """Listen to the letter at a place, from 0 on."""
        if self.test is not None and place < len(self.test.letters):
            self.hear(self.test.letters[place])

    def guess(self, letter: str = "") -> None:
        """Say which letter X is, or which is the favourite: by default the one that is heard.

        That X is X says nothing. The last answer ends the test.
        """
        test, letter = self.test, letter or self._heard
        if test is None or letter not in test.letters or letter == "X":
            return
        self.test = test.guess(letter)
        if self.test.over:
            self.stop()
        else:
            self._show()
            self.hear("X")

    def stop(self) -> None:
        """End the test, show what came of it, and hear the versions by their names again."""
        test, deck = self.test, self._display.deck
        if test is None:
            return
        self._lift()
        if deck is None or self.sheet is None:
            return
        reveal = self._reveal(test, deck)
        self.results.append(reveal.summary)
        self.sheet.show_reveal(reveal)

    def give_up(self) -> None:
        """End the test without a word: what was tested is gone."""
        if self.test is not None:
            self._lift()
            self._desk.say("The versions have changed, so the blind test was ended.", "info")
        if self.sheet is not None:
            self.sheet.forget()

    def _lift(self) -> None:
        self.test = None
        self._bar.hide_identities(hidden=False)
        self._bar.match.setChecked(self._matched)
        self._display.unveil()
        self.ended.emit()

    def _show(self) -> None:
        if self.sheet is not None and self.test is not None:
            self.sheet.show_test(self.test)

    # what came of it

    def _reveal(self, test: BlindTest, deck: Deck) -> Reveal:
        names = {version.key: deck.name_of(version) for version in deck.versions}
        letters = [letter for letter in test.letters if letter != "X"]
        behind = tuple((letter, names[test.key_of(letter)]) for letter in letters)
        if isinstance(test, AbxTest):
            head, meaning = tell_score(test), tell_meaning(test)
            hits: tuple[bool, ...] = test.hits
        else:
            liked = names[test.key_of(test.favourite)] if test.over else ""
            head = f"You like {liked} best." if liked else "Nothing was chosen."
            meaning, hits = "", ()
        summary = self._summary(head, meaning, behind, deck)
        return Reveal(head, meaning, behind, hits, summary)

    def _summary(
        self, head: str, meaning: str, behind: tuple[tuple[str, str], ...], deck: Deck
    ) -> str:
        known = [version.lufs for version in deck.versions if version.lufs is not None]
        level = f"Loudness matched at {figures.level(min(known))} LUFS." if known else ""
        song = f"Blind test of “{self._bar.song.title}”"
        lines = [song, head, meaning, *(f"{letter}: {name}" for letter, name in behind), level]
        return "\n".join(line for line in lines if line)

"""Listening without knowing: ABX trials scored against chance, and a favourite among letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import comb
from random import Random

LETTERS = "ABCDEFGHI"
X = "X"
TRIALS = (8, 10, 16, 20, 25)
USUAL_TRIALS = 16
CLEAR = 0.05  # what chance does more seldom than this counts as heard, as in most listening tests


def chance_of(right: int, trials: int) -> float:
    """How often guessing alone gets at least `right` of `trials` right, 0..1.

    The exact upper tail of the binomial distribution for p = 1/2; true only where the number of
    trials was settled before the first.
    """
    ways = sum(comb(trials, hits) for hits in range(max(right, 0), trials + 1))
    return ways / (1 << trials)


@dataclass(frozen=True, slots=True)
class AbxTest:
    """A row of trials: `pair` are the keys behind A and B, `answers` what X is in each, 0 or 1.

    `guesses` has one entry for each trial that is done.
    """

    pair: tuple[str, str]
    answers: tuple[int, ...]
    guesses: tuple[int, ...] = ()

    @property
    def letters(self) -> tuple[str, ...]:
        """What can be heard."""
        return "A", "B", X

    @property
    def done(self) -> int:
        """How many trials are over."""
        return len(self.guesses)

    @property
    def over(self) -> bool:
        """Whether there is nothing left to guess."""
        return self.done == len(self.answers)

    def key_of(self, letter: str) -> str:
        """The key of the version behind a letter, in the trial of now."""
        if letter == X:
            return self.pair[self.answers[min(self.done, len(self.answers) - 1)]]
        return self.pair["AB".index(letter)]

    def guess(self, letter: str) -> AbxTest:
        """The test after saying that X is `letter`, A or B; over, it stays as it is."""
        if self.over:
            return self
        return replace(self, guesses=(*self.guesses, "AB".index(letter)))

    @property
    def hits(self) -> tuple[bool, ...]:
        """Of each trial that is done, whether the guess was right."""
        pairs = zip(self.guesses, self.answers, strict=False)
        return tuple(guess == answer for guess, answer in pairs)

    @property
    def right(self) -> int:
        """How many guesses were right."""
        return sum(self.hits)

    @property
    def chance(self) -> float:
        """How often guessing alone does as well; see `chance_of`."""
        return chance_of(self.right, self.done)


@dataclass(frozen=True, slots=True)
class FavouriteTest:
    """Versions under shuffled letters, and the one that was liked best: its letter, or none yet."""

    keys: tuple[str, ...]
    favourite: str = ""

    @property
    def letters(self) -> tuple[str, ...]:
        """What can be heard."""
        return tuple(LETTERS[: len(self.keys)])

    @property
    def over(self) -> bool:
        """Whether one was chosen."""
        return bool(self.favourite)

    def key_of(self, letter: str) -> str:
        """The key of the version behind a letter."""
        return self.keys[LETTERS.index(letter)]

    def guess(self, letter: str) -> FavouriteTest:
        """The test after choosing a favourite; the first choice stays."""
        return self if self.over else replace(self, favourite=letter)


BlindTest = AbxTest | FavouriteTest


def begin_abx(pair: tuple[str, str], trials: int, rng: Random) -> AbxTest:
    """Which of the pair is A, and what X is each time, by the toss of a coin."""
    first = rng.randrange(2)
    answers = tuple(rng.randrange(2) for _ in range(trials))
    return AbxTest((pair[first], pair[1 - first]), answers)


def begin_favourite(keys: Sequence[str], rng: Random) -> FavouriteTest:
    """Two to nine versions under shuffled letters."""
    if not 2 <= len(keys) <= len(LETTERS):
        raise ValueError(f"{len(keys)} versions cannot be compared")
    return FavouriteTest(tuple(rng.sample(list(keys), len(keys))))


def tell_score(test: AbxTest) -> str:
    """'12 of 16: chance would do that in 3.8 % of tries.'"""
    if not test.done:
        return "Nothing was guessed."
    return f"{test.right} of {test.done}: chance would do that in {share(test.chance)} of tries."


def tell_meaning(test: AbxTest) -> str:
    """What the score does and does not show, in a sentence or two."""
    if not test.done:
        return ""
    if test.chance <= CLEAR:
        words = "That speaks for a difference you can hear."
    else:
        words = "That shows no difference; it does not show that there is none."
    if not test.over:
        words += (
            f" The test was ended after {test.done} of {len(test.answers)} trials: who stops at a "
            "good moment finds more than there is."
        )
    return words


def share(value: float) -> str:
    """'3.8 %'; what is rarer than one in a thousand is said as such."""
    if value < 0.001:
        return "less than 0.1 %"
    return f"{100 * value:.1f} %" if value < 0.995 else "100 %"

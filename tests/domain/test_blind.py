"""Blind listening: the score against chance by known values, fair coins, and what it is told."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.domain.blind import (
    AbxTest,
    begin_abx,
    begin_favourite,
    chance_of,
    share,
    tell_meaning,
    tell_score,
)

KNOWN = [
    (5, 5, 1 / 32),
    (8, 8, 1 / 256),
    (7, 8, 9 / 256),
    (9, 10, 11 / 1024),
    (8, 10, 56 / 1024),
    (12, 16, 2517 / 65536),
    (16, 16, 1 / 65536),
    (10, 20, 0.588098526001),
    (15, 20, 0.020694732666),
    (0, 7, 1.0),
    (0, 0, 1.0),
]


@pytest.mark.parametrize(("right", "trials", "chance"), KNOWN)
def test_chance_is_the_exact_tail(right: int, trials: int, chance: float) -> None:
    assert chance_of(right, trials) == pytest.approx(chance, rel=1e-11)


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_tails_of_both_sides_make_a_whole(right: int, trials: int) -> None:
    """At least `right` hits, or at least one more miss than leaves room for them."""
    if right <= trials:
        assert chance_of(right, trials) + chance_of(trials - right + 1, trials) == pytest.approx(1)


@given(st.integers(0, 2**32), st.integers(1, 25), st.data())
def test_x_is_one_of_the_pair_and_the_score_counts_it(
    seed: int, trials: int, data: st.DataObject
) -> None:
    test = begin_abx(("mix:1", "mix:2"), trials, Random(seed))
    right = 0
    for place in range(trials):
        assert test.done == place and not test.over
        assert {test.key_of("A"), test.key_of("B")} == {"mix:1", "mix:2"}
        assert test.key_of("X") == test.pair[test.answers[place]]
        guess = data.draw(st.sampled_from("AB"))
        right += test.key_of(guess) == test.key_of("X")
        test = test.guess(guess)
    assert test.over
    assert test.right == right == sum(test.hits)
    assert test.guess("A") == test


def test_the_coins_are_fair_and_repeatable() -> None:
    rng = Random(3)
    tests = [begin_abx(("a", "b"), 16, rng) for _ in range(500)]
    firsts = Counter(test.pair[0] for test in tests)
    answers = Counter(answer for test in tests for answer in test.answers)
    assert 200 < firsts["a"] < 300
    assert 3800 < answers[0] < 4200
    again = [a == b for test in tests for a, b in pairwise(test.answers)]
    assert 3550 < sum(again) < 3950, "a coin does not remember"
    assert begin_abx(("a", "b"), 16, Random(7)) == begin_abx(("a", "b"), 16, Random(7))


@given(st.integers(0, 2**32), st.integers(2, 9))
def test_a_favourite_is_chosen_among_all(seed: int, count: int) -> None:
    keys = [f"mix:{n}" for n in range(count)]
    test = begin_favourite(keys, Random(seed))
    assert sorted(test.key_of(letter) for letter in test.letters) == sorted(keys)
    chosen = test.guess(test.letters[-1])
    assert chosen.over and chosen.guess("A") == chosen


@pytest.mark.parametrize("count", [0, 1, 10])
def test_a_favourite_needs_two_to_nine(count: int) -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        begin_favourite([f"{n}" for n in range(count)], Random(1))


def scored(right: int, done: int, trials: int) -> AbxTest:
    return AbxTest(("a", "b"), (0,) * trials, (0,) * right + (1,) * (done - right))


def test_the_words_of_the_score() -> None:
    clear = scored(12, 16, 16)
    assert tell_score(clear) == "12 of 16: chance would do that in 3.8 % of tries."
    assert tell_meaning(clear) == "That speaks for a difference you can hear."
    assert "shows no difference; it does not show that there is none" in tell_meaning(
        scored(9, 16, 16)
    )
    assert "ended after 9 of 16" in tell_meaning(scored(9, 9, 16))
    assert tell_score(scored(0, 0, 16)) == "Nothing was guessed."
    assert tell_meaning(scored(0, 0, 16)) == ""
    assert [share(value) for value in (1.0, 0.9961, 0.5, 0.0384, 0.00002)] == [
        "100 %",
        "100 %",
        "50.0 %",
        "3.8 %",
        "less than 0.1 %",
    ]

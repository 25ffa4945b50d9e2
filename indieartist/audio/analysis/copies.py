"""Which of many sounds are one recording: in another codec, at another level, a little later.

Of two encodings of a recording many of Chromaprint's words stay as they are and stand at about the
same place, so all words are sorted once, equal ones vote for the sounds they stand in, and only
sounds with votes are laid over each other. Time and memory grow with the sounds, not their pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.analysis.fingerprint import WORD_MS, unpack_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.analysis.likeness import Words

# On 26 real songs a codec of 96 kb/s, a level, a limiter or a start 60 ms later changed 0 to 0.07
# of the bits, an instrumental beside its song 0.09 to 0.19, two strangers 0.43 and more.
COPY_ERROR_RATE = 0.08
MOST_APART_MS = 2_000  # in length, and by how much one may begin later
_MOST_SHIFT = round(MOST_APART_MS / WORD_MS)
_LEAST_WORDS = 24  # 3 s: below that chance has its way
_LEAST_VOTES, _VOTING = 4, 0.01  # of a copy, more than one word in a hundred stays as it is
_NEIGHBOURS = 4  # in the sorted words: copies beyond them are found through those between


@dataclass(frozen=True, slots=True)
class Print:
    """A sound by its packed fingerprint and its length."""

    fingerprint: str
    duration_ms: int


def find_copies(prints: Mapping[str, Print]) -> list[frozenset[str]]:
    """The names of those sounds that are one recording, a set for each with two or more."""
    names = list(prints)
    words = [unpack_words(prints[name].fingerprint) for name in names]
    lengths = np.array([prints[name].duration_ms for name in names])
    roots = list(range(len(names)))
    for one, other, shift in _candidates(words, lengths):
        ours, theirs = _root(roots, one), _root(roots, other)
        if ours != theirs and _is_copy(words[one], words[other], shift):
            roots[theirs] = ours
    groups: dict[int, set[str]] = {}
    for place, name in enumerate(names):
        groups.setdefault(_root(roots, place), set()).add(name)
    return [frozenset(group) for group in groups.values() if len(group) > 1]


def _root(roots: list[int], place: int) -> int:
    while roots[place] != place:
        roots[place] = place = roots[roots[place]]
    return place


def _candidates(
    words: Sequence[Words], lengths: NDArray[np.int64]
) -> Iterator[tuple[int, int, int]]:
    """Pairs that share words, and by how many words the second begins later, most votes first."""
    if not words:
        return
    sizes = [len(each) for each in words]
    sounds = np.repeat(np.arange(len(words)), sizes)
    places = np.concatenate([np.arange(size) for size in sizes])
    joined = np.concatenate(words).astype(np.int64)
    order = np.argsort(joined << 32 | places)
    joined, sounds, places = joined[order], sounds[order], places[order]
    keys = [_votes(joined, sounds, places, lengths, step) for step in range(1, _NEIGHBOURS + 1)]
    found, votes = np.unique(np.concatenate(keys), return_counts=True)
    span = 2 * _MOST_SHIFT + 1
    shorter = np.minimum(*np.array(sizes)[np.array(np.divmod(found // span, len(words)))])
    enough = votes >= np.maximum(_LEAST_VOTES, _VOTING * shorter)
    found, votes = found[enough], votes[enough]
    for key in found[np.argsort(-votes, kind="stable")]:
        pair, shift = divmod(int(key), span)
        one, other = divmod(pair, len(words))
        yield one, other, shift - _MOST_SHIFT


def _votes(
    joined: NDArray[np.int64],
    sounds: NDArray[np.int64],
    places: NDArray[np.int64],
    lengths: NDArray[np.int64],
    step: int,
) -> NDArray[np.int64]:
    """For each word and the one `step` behind it: pair and shift as one number, where they vote."""
    first, second = slice(None, -step), slice(step, None)
    one, other, shift = sounds[first], sounds[second], places[second] - places[first]
    votes = (joined[first] == joined[second]) & (one != other) & (shift <= _MOST_SHIFT)
    one, other, shift = one[votes], other[votes], shift[votes]
    near = np.abs(lengths[one] - lengths[other]) <= MOST_APART_MS
    one, other, shift = one[near], other[near], shift[near]
    shift = np.where(one < other, shift, -shift)
    pair = np.minimum(one, other) * len(lengths) + np.maximum(one, other)
    return np.asarray(pair * (2 * _MOST_SHIFT + 1) + shift + _MOST_SHIFT)


def _is_copy(first: Words, second: Words, shift: int) -> bool:
    for near in (shift, shift - 1, shift + 1):
        ours, theirs = first[max(0, -near) :], second[max(0, near) :]
        overlap = min(len(ours), len(theirs))
        if overlap < _LEAST_WORDS:
            continue
        wrong = int(np.bitwise_count(ours[:overlap] ^ theirs[:overlap]).sum())
        if wrong < COPY_ERROR_RATE * 32 * overlap:
            return True
    return False

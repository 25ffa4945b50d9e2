"""A slot: where one field lies in one kind of tag, and how it is read and written there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indieartist.domain.lrc import find_lines, to_lrc

Values = tuple[str, ...]


class UnfitError(ValueError):
    """A value has no place in this kind of tag; the text says why, without the file's name."""


class Slot(ABC):
    """One field's place; `tags` is the tag object of the library that reads the container."""

    @abstractmethod
    def read(self, tags: Any) -> Values:
        """The values found, () if none."""

    @abstractmethod
    def write(self, tags: Any, values: Values) -> None:
        """Put exactly `values` there, nothing for ()."""

    def fit(self, values: Values) -> Values:
        """The values as they will be read back; raises `UnfitError` for one that cannot be held."""
        return values


@dataclass(frozen=True)
class Coded(Slot):
    """A slot that holds a code for each of a few words, as '1' for 'explicit'.

    The first code of a word is written; a code that is not in `words` is read as no value.
    """

    slot: Slot
    words: Mapping[str, str]  # code: word

    def read(self, tags: Any) -> Values:
        """The words of the codes found."""
        return tuple(self.words[code] for code in self.slot.read(tags) if code in self.words)

    def write(self, tags: Any, values: Values) -> None:
        """Write the code of each word."""
        codes = {word: code for code, word in reversed(list(self.words.items()))}
        self.slot.write(tags, tuple(codes[value] for value in values))

    def fit(self, values: Values) -> Values:
        """Only the words of the table."""
        for value in values:
            if value not in self.words.values():
                known = ", ".join(dict.fromkeys(self.words.values()))
                raise UnfitError(f"'{value}' is not one of: {known}")
        return values


@dataclass(frozen=True)
class Synced(Slot):
    """Lyrics with times as LRC text in a place of their own, where the container has no better.

    LRC text in the place of the `plain` lyrics, where many programs put it, is read too.
    """

    own: Slot
    plain: Slot

    def read(self, tags: Any) -> Values:
        """The first LRC text found, its lines in order."""
        found = (*self.own.read(tags), *self.plain.read(tags))
        return tuple(to_lrc(find_lines(text)) for text in found if find_lines(text))[:1]

    def write(self, tags: Any, values: Values) -> None:
        """Into the own place; for none, LRC text goes from the plain one too."""
        self.own.write(tags, values)
        if not values and any(find_lines(text) for text in self.plain.read(tags)):
            self.plain.write(tags, ())

    def fit(self, values: Values) -> Values:
        """LRC text with its lines in order."""
        return fit_lrc(values)


def fit_lrc(values: Values) -> Values:
    """LRC text as it is kept; raises UnfitError for text without times."""
    lines = [find_lines(text) for text in values]
    if not all(lines):
        raise UnfitError("synced lyrics need a time such as [01:02.50] before each line")
    return tuple(map(to_lrc, lines))


Column = Mapping[str, Slot]


def read_fields(column: Column, tags: Any) -> dict[str, Values]:
    """Every field of the column that has a value."""
    found = {key: slot.read(tags) for key, slot in column.items()}
    return {key: values for key, values in found.items() if values}


def write_fields(column: Column, tags: Any, fields: Mapping[str, Values]) -> None:
    """Write the fields that the column has a place for; the rest is left alone."""
    for key, values in fields.items():
        if key in column:
            column[key].write(tags, column[key].fit(values))

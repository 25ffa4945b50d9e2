"""A slot: where one field lies in one kind of tag, and how it is read and written there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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

"""What is known beside a release: the names of the catalogue, and what went out before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from indieartist.domain.names import same_name

SHORTEST_LIKE = 8  # letters; shorter names differ by one letter and mean two people


@dataclass(frozen=True, slots=True)
class SentTrack:
    """A recording as it was delivered."""

    title: str
    isrc: str
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """A release as it went out; `by_hand` where only the person knows whether it arrived."""

    destination: str
    title: str  # the destination's, for messages
    gtin: str
    tracks: tuple[SentTrack, ...]
    sent_on: date
    by_hand: bool = False


@dataclass(frozen=True)
class Names:
    """Every spelling of a name in the catalogue, and the numbers of the releases it stands on."""

    releases: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def find_like(self, name: str, but: int) -> tuple[str, bool] | None:
        """The commonest other spelling of `name` on releases `but` one; True: only signs differ.

        None where `name` is as common there, or nothing is like it.
        """
        form = same_name(name)
        own = self._count(name, but)
        alike = {n for key in _near(form) for n in self._by_form.get(key, ()) if n != name}
        common = {n: count for n in alike if (count := self._count(n, but)) > own}
        same = [n for n in common if same_name(n) == form]
        near = [n for n in common if not own and _one_apart(same_name(n), form)]
        best = max(same or near, key=lambda n: (common[n], n), default=None)
        return None if best is None else (best, bool(same))

    def _count(self, name: str, but: int) -> int:
        on = self.releases.get(name, frozenset())
        return len(on) - (but in on)

    @cached_property
    def _by_form(self) -> Mapping[str, list[str]]:
        """Spellings by their form and by that with each letter left out (Garbe's SymSpell)."""
        found: dict[str, list[str]] = {}
        for name in self.releases:
            for key in _near(same_name(name)):
                found.setdefault(key, []).append(name)
        return found


@dataclass(frozen=True, slots=True)
class Carried:
    """What two files of one mix carry beside sound: the library's own, and the one that goes out.

    `delivered` is empty as well where no package was made yet: it is made without tags.
    """

    kept: tuple[str, ...] = ()
    delivered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """The names of the catalogue, the deliveries of the release, oldest first, and what files hold.

    `carried` goes by the hash of the mix; a mix that is not in it has not been looked at.
    """

    names: Names = field(default_factory=Names)
    deliveries: tuple[Delivery, ...] = ()
    carried: Mapping[str, Carried] = field(default_factory=dict)


def _near(form: str) -> Iterator[str]:
    yield form
    if len(form) >= SHORTEST_LIKE:
        yield from {form[:at] + form[at + 1 :] for at in range(len(form))}


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter was left out, put in, changed, or changed places with its neighbour."""
    if min(len(one), len(other)) < SHORTEST_LIKE or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    if len(one) != len(other):
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return longer[at + 1 :] == shorter[at:]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or one[at + 1 :] == other[at + 1 :]

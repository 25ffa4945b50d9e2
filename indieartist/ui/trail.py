"""The way through the window: where one was, the way back, and the way on again."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Spot:
    """A page, and the release and the track it was about."""

    page: str
    release_id: int | None = None
    track_id: int | None = None


class Trail:
    """As a browser keeps it: going somewhere anew forgets what lay ahead."""

    def __init__(self) -> None:
        self._spots: list[Spot] = []
        self._at = -1

    @property
    def here(self) -> Spot | None:
        """Where one is."""
        return self._spots[self._at] if self._spots else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a way back."""
        return self._at > 0

    @property
    def can_go_on(self) -> bool:
        """Whether one went back before."""
        return self._at < len(self._spots) - 1

    def visit(self, spot: Spot) -> None:
        """Note where one went; where one is already adds nothing."""
        if spot == self.here:
            return
        del self._spots[self._at + 1 :]
        self._spots.append(spot)
        del self._spots[:-LONGEST]
        self._at = len(self._spots) - 1

    def back(self) -> Spot | None:
        """Go back one step; None where there is none."""
        if not self.can_go_back:
            return None
        self._at -= 1
        return self._spots[self._at]

    def on(self) -> Spot | None:
        """Go on one step; None where there is none."""
        if not self.can_go_on:
            return None
        self._at += 1
        return self._spots[self._at]

    def forget(self, release_id: int) -> None:
        """Leave out a release that is gone."""
        kept = [spot for spot in self._spots if spot.release_id != release_id]
        before = [spot for spot in self._spots[: self._at + 1] if spot.release_id != release_id]
        self._spots, self._at = kept, len(before) - 1

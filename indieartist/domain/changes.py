"""What changed between two versions of a song, in words and figures."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: its topic, one plain sentence, and its figures by name with their units.

    Topics are level, tone, dynamics and width.
    """

    topic: str
    words: str
    figures: dict[str, float] = field(default_factory=dict)

"""What can be seen on a cover: its detail, its padding, and the words and codes on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CoverWord:
    """One word as it was read on a cover, and how sure the reading is, 0 to 100."""

    text: str
    confidence: int


@dataclass(frozen=True, slots=True)
class CoverLook:
    """The picture as it is seen.

    `detail` is the share of its side that its finest detail needs: 0.5 where it could be half as
    large and lose nothing. `padding_px` are flat strips with a straight edge: left, top, right,
    bottom. `spread` is the standard deviation of its brightness, 0 to 127. `codes` are what QR and
    bar codes on it say; None where nothing here reads codes, as `words` where nothing reads words.
    """

    detail: float
    padding_px: tuple[int, int, int, int]
    spread: float
    codes: tuple[str, ...] | None = None
    words: tuple[CoverWord, ...] | None = None

"""Progress as one callback: long work reports a fraction and is cancelled from inside it."""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[float], None]
"""Called with the fraction done, 0.0 to 1.0; raises `errors.Cancelled` to stop the work."""


def silent(fraction: float) -> None:
    """Report to nobody."""


def part(report: Report, start: float, end: float) -> Report:
    """Map a step's 0..1 onto the stretch `start`..`end` of the whole."""
    return lambda fraction: report(start + (end - start) * fraction)

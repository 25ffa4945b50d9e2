"""Rows of the table: a goal, the figure reached, what stood beside it, and the verdict."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

REASONS_PATH = Path(__file__).with_name("reasons.toml")
HEADINGS = ("what", "goal", "IndieArtist", "beside", "figure", "verdict")


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on a figure: at least or at most so much."""

    bound: float
    at_least: bool
    unit: str = ""
    digits: int = 2

    def judge(self, figure: float) -> str:
        """Return 'reached' or by how much the figure missed."""
        missed = self.bound - figure if self.at_least else figure - self.bound
        if missed <= 0:
            return "reached"
        share = f" ({100 * missed / abs(self.bound):.0f} %)" if self.bound else ""
        return f"missed by {self.write(missed)}{share}"

    def write(self, figure: float) -> str:
        """Return the figure with as many digits as the goal has, and its unit."""
        return f"{figure:.{self.digits}f}{self.unit}"

    def __str__(self) -> str:
        bound = f"{self.bound:.{self.digits}f}"
        short = bound.rstrip("0").rstrip(".") if "." in bound else bound
        return f"{'≥' if self.at_least else '≤'} {short}{self.unit}"


def at_least(bound: float, unit: str = "", digits: int = 2) -> Goal:
    """A goal that larger figures reach."""
    return Goal(bound, True, unit, digits)


def at_most(bound: float, unit: str = "", digits: int = 2) -> Goal:
    """A goal that smaller figures reach."""
    return Goal(bound, False, unit, digits)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; without a goal it informs, without a figure it says why not."""

    what: str
    goal: Goal | None
    figure: float | None
    ours: str = ""
    beside: str = ""
    remark: str = ""
    key: str = ""  # where `reasons.toml` says why it was missed

    @property
    def verdict(self) -> str:
        """Whether the goal was reached, by how much it was missed, or why nothing is known."""
        if self.goal is None or self.figure is None:
            return self.remark
        verdict = self.goal.judge(self.figure)
        return f"{verdict} ({self.remark})" if self.remark else verdict

    @property
    def missed(self) -> bool:
        """Whether there is a figure and it misses the goal."""
        return self.goal is not None and self.figure is not None and "missed" in self.verdict

    def cells(self) -> tuple[str, ...]:
        """The line, cell by cell, as `HEADINGS` has them."""
        written = ""
        if self.figure is not None:
            written = self.goal.write(self.figure) if self.goal else f"{self.figure:.2f}"
        goal = str(self.goal) if self.goal else ""
        return self.what, goal, self.ours, self.beside, written, self.verdict


def absent(what: str, goal: Goal | None, why: str) -> Row:
    """The row of a peer that is not to be had here."""
    return Row(what, goal, None, remark=f"not to be had here: {why}")


def markdown(rows: Iterable[Row]) -> str:
    """The table in Markdown, columns aligned so that a terminal shows it as well."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"
        for line in (lines[0], rule, *lines[1:])
    )


def reasons(rows: Iterable[Row]) -> str:
    """The rows that missed under the reason that is on record for them, each reason once."""
    known = tomllib.loads(REASONS_PATH.read_text(encoding="utf-8"))
    missed: dict[str, list[str]] = {}
    for row in rows:
        if row.missed:
            reason = known.get(row.key, "no reason is on record yet.").strip()
            missed.setdefault(reason, []).append(f"**{row.what}** {row.verdict}")
    return "\n".join(_under(reason, said) for reason, said in missed.items())


def _under(reason: str, said: list[str]) -> str:
    """One row before its reason, several as a list beneath it."""
    if len(said) == 1:
        return f"- {said[0]}: {reason}"
    return "\n".join((f"- {reason[:1].upper()}{reason[1:]}", *(f"  - {row}" for row in said)))

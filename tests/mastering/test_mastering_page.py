"""The page on mastering says what the data says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from indieartist.domain.mastering import PURPOSES
from indieartist.services.mastering_choices import (
    Shipped,
    list_curves,
    list_presets,
    list_targets,
)

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "mastering.md").read_text(encoding="utf-8")


def table(*rows: Iterable[str]) -> str:
    head, *rest = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|---" * len(list(rows[0])) + "|", *rest])


def make_stages() -> str:
    return table(
        ("stage", "what it is for"), *((f"`{name}`", said) for name, said in PURPOSES.items())
    )


def make_presets() -> str:
    targets = list_targets(Shipped())
    rows = [
        (
            f"`{preset.name}`",
            f"{targets[preset.target].integrated_lufs:g} LUFS, "
            f"{targets[preset.target].ceiling_dbtp:g} dBTP".replace("-", "−"),
            f"`{preset.curve}`, {preset.amount_pct:.0f} %" if preset.curve else "—",
            "—"
            if "dynamics" in preset.bypassed
            else " / ".join(f"{voicing.ratio:g}" for voicing in preset.voicings),
            preset.whom,
            preset.confidence,
        )
        for preset in list_presets(Shipped()).values()
    ]
    return table(("preset", "target", "curve", "ratios", "for whom", "confidence"), *rows)


def make_curves() -> str:
    rows = [(f"`{c.name}`", c.note, c.confidence) for c in list_curves(Shipped()).values()]
    return table(("curve", "what it is", "confidence"), *rows)


@pytest.mark.parametrize("make", [make_stages, make_presets, make_curves])
def test_the_page_has_the_table_that_the_data_makes(make: Callable[[], str]) -> None:
    """Where this fails, put the text it expects between the page's marks."""
    name = make.__name__.removeprefix("make_")
    assert f"<!-- {name} -->\n{make()}\n<!-- /{name} -->" in PAGE


def test_every_picture_of_the_page_is_there_and_small() -> None:
    found = [part.split(")")[0] for part in PAGE.split("](")[1:]]
    assert found.count("pictures/master.png") == 1  # the window itself, the rest are drawn
    assert len(found) == 8
    for name in found:
        limit = 300_000 if name == "pictures/master.png" else 150_000
        assert (ROOT / "docs" / name).stat().st_size < limit

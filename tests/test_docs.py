"""The guide says what the program does: figures, commands and pages that it names exist."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from indieartist.cli.main import COMMANDS
from indieartist.domain.measurement import AlbumMeasurement, Measurement

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def names_in(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_0-9]+)`", text))


def test_every_figure_is_explained() -> None:
    told = names_in((ROOT / "docs" / "measuring.md").read_text(encoding="utf-8"))
    derived = {"tempo_half_bpm", "tempo_double_bpm"}
    wanted = {f.name for kind in (Measurement, AlbumMeasurement) for f in fields(kind)} | derived
    assert not wanted - told
    columns = {name for name in told if name.endswith(("_lufs", "_db", "_ms", "_bpm", "_hz"))}
    assert not columns - wanted


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_a_page_shows_exist(page: Path) -> None:
    shown = re.findall(r"(?m)^ {4}indieartist ([a-z][a-z-]*)", page.read_text(encoding="utf-8"))
    assert not set(shown) - set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert not [link for link in inside if not (page.parent / link).exists()]

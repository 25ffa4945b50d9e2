"""The copy-sheet: one page, working from the disk, with a copy button beside every field."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.adapters.templates import make_environment

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True, slots=True)
class Field:
    """One value to copy; `note` stands quietly beside the label, such as '212 of 300'."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that lies beside the page; `path` is relative to it."""

    path: str
    alt: str
    label: str = ""
    width_px: int = 0
    height_px: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go to."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """A card of the page: a track, or a network."""

    title: str
    fields: tuple[Field, ...]
    note: str = ""
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page: whose it is, what to do, and the sections to work through."""

    title: str
    artist: str
    kind: str  # "Delivery sheet"
    cover: Picture | None
    steps: tuple[str, ...]
    sections: tuple[Section, ...]
    language: str = "en"  # of the values; the page itself speaks English


def render_sheet(sheet: Sheet) -> str:
    """The page as HTML: the same sheet gives the same bytes, and fetches nothing."""
    return _template().render(sheet=sheet)


@cache
def _template() -> Template:
    return make_environment(Path(__file__).parent).get_template("sheet.html")

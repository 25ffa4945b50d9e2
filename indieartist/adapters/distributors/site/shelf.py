"""The site's front page: every release that lies on it, newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indieartist.adapters.distributors.site.page import environment
from indieartist.adapters.distributors.site.words import KINDS, day_in_words
from indieartist.errors import UserError
from indieartist.sdk.codec import from_json
from indieartist.sdk.failures import Misconfigured
from indieartist.sdk.files import replace_file
from indieartist.sdk.views import ReleaseView

ENTRY, INDEX = "release.json", "index.html"
MARK = b'<meta name="generator" content="IndieArtist">'
LARGEST_ENTRY_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Entry:
    """What the front page shows of a release."""

    title: str
    artist: str
    kind: str
    release_on: date | None


def entry_of(release: ReleaseView) -> Entry:
    """The release's entry."""
    kind = KINDS.get(release.kind, "Release")
    return Entry(release.full_title, release.artist_line, kind, release.release_on)


def render_shelf(site: Path, root: str) -> bytes:
    """The front page for the releases that lie in `site` now."""
    found = _find_entries(site)
    artists = list(dict.fromkeys(entry.artist for _, entry in found))
    cards = [(folder, entry, day_in_words(entry.release_on)) for folder, entry in found]
    artist = artists[0] if len(artists) == 1 else ""
    page = environment().get_template("shelf.html")
    text = page.render(cards=cards, artist=artist, root=root)
    return text.encode("utf-8", "replace")


def write_shelf(site: Path, root: str) -> None:
    """Write the front page, unless the one there is not ours."""
    index = site / INDEX
    if index.exists() and MARK not in index.read_bytes()[:4096]:
        message = f"{index} was not made here and is left alone."
        raise Misconfigured(message, "Choose another folder for the site, or move that page.")
    replace_file(index, render_shelf(site, root))


def _find_entries(site: Path) -> list[tuple[str, Entry]]:
    """Folder names and entries, newest first, and those without a date last."""
    found = [(path.parent.name, _find_entry(path)) for path in site.glob(f"*/{ENTRY}")]
    entries = [(name, entry) for name, entry in found if entry and not name.startswith(".")]
    entries.sort(key=lambda pair: pair[0])
    return sorted(entries, key=lambda pair: pair[1].release_on or date.min, reverse=True)


def _find_entry(path: Path) -> Entry | None:
    """The entry in a file; None when it is damaged or something else of that name."""
    try:
        if path.stat().st_size > LARGEST_ENTRY_BYTES:
            return None
        return from_json(Entry, json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, RecursionError, UserError):
        return None

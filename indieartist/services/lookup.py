"""Finding by name in one go: the library is opened only where it has to be prepared first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.library import lookup
from indieartist.library.lookup import Named

if TYPE_CHECKING:
    from indieartist.services.studio import Studio

__all__ = ["Named", "find_names"]


def find_names(
    folder: Path, open_studio: Callable[[], Studio], words: str, most: int
) -> list[Named]:
    """Releases and tracks that hold every word in title, people or codes; `most` of each."""
    found = lookup.find_names(folder, words, most)
    if found is not None:
        return found
    from indieartist.services import finding

    return finding.find_names(open_studio(), words, most)

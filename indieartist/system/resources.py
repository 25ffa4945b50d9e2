"""Reading the tables that the program ships in `resources/`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from indieartist.errors import UserError

_parse = lru_cache(maxsize=64)(tomllib.loads)  # by the text, so a file that changed is read anew


def read_table(path: Path) -> dict[str, Any]:
    """One TOML file as a dictionary, which is shared and not to be changed.

    Raises UserError naming the line that is wrong.
    """
    try:
        return _parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"{path.name} cannot be read: {error}.", "Reinstall or mend it.") from error


def read_tables(folder: Path) -> dict[str, dict[str, Any]]:
    """Every TOML file of a folder by its name without suffix, in order."""
    return {path.stem: read_table(path) for path in sorted(folder.glob("*.toml"))}

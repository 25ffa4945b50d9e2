"""Reading the tables that the program ships in `resources/`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from indieartist.errors import UserError


def read_table(path: Path) -> dict[str, Any]:
    """One TOML file as a dictionary; raises UserError naming the line that is wrong."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"{path.name} cannot be read: {error}.", "Reinstall or mend it.") from error


def read_tables(folder: Path) -> dict[str, dict[str, Any]]:
    """Every TOML file of a folder by its name without suffix, in order."""
    return {path.stem: read_table(path) for path in sorted(folder.glob("*.toml"))}

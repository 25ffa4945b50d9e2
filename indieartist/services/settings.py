"""The person's settings between runs: one small JSON file, written whole or not at all."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from indieartist.errors import world_error
from indieartist.system.paths import settings_path

SETTINGS_NAME = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """`appearance` is 'system', 'dark' or 'light'; `geometry` the window's own words, or none."""

    appearance: str = "system"
    geometry: str = ""


def read_settings(folder: Path | None = None) -> Settings:
    """What was chosen last; what is damaged, missing or of another kind is as if never chosen."""
    found = _read(_file(folder))
    known = {field.name: found.get(field.name) for field in fields(Settings)}
    return Settings(**{name: value for name, value in known.items() if isinstance(value, str)})


def write_settings(settings: Settings, folder: Path | None = None) -> None:
    """Keep them, beside what another version of the program keeps there.

    Raises WorldError or UserError where the disk does not let us.
    """
    path = _file(folder)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    words = json.dumps(_read(path) | asdict(settings), indent=2, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise world_error(error, path) from error
    finally:
        _remove(draft)


def _file(folder: Path | None) -> Path:
    return (folder or settings_path()) / SETTINGS_NAME


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):  # never a reason not to start
        return {}
    return found if isinstance(found, dict) else {}


def _remove(draft: Path) -> None:
    try:
        draft.unlink(missing_ok=True)
    except OSError:  # where no file could be made there is none to remove
        return

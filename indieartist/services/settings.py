"""The person's settings: declared once, kept between runs in one small JSON file, written whole."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal

from indieartist.errors import world_error
from indieartist.system.paths import settings_path

SETTINGS_NAME = "settings.json"

Kind = Literal["line", "folder", "choice", "switch"]
Value = str | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing a person may choose: its key, its words, how it is edited, and where it begins."""

    section: str
    key: str
    label: str
    explanation: str
    kind: Kind
    default: Value = ""
    choices: tuple[tuple[str, str], ...] = ()


# What is asked for, in the order of the screen. Each has its field in `Settings`.
SETTINGS = (
    Setting("You", "artist", "Artist's name", "A new release begins with it.", "line"),
    Setting(
        "You",
        "bounce_folder",
        "Bounce folder",
        "Where your DAW writes its bounces: Add bounces begins there.",
        "folder",
    ),
    Setting(
        "You",
        "watch_bounces",
        "Watch it",
        "A bounce that lands there becomes the next mix of its track by itself. What lies there "
        "already is let be.",
        "switch",
        False,
    ),
    Setting(
        "You",
        "remind",
        "Remind me",
        "Says once a day what is late or due, on the desktop where the window is not in front.",
        "switch",
        True,
    ),
    Setting(
        "Look",
        "appearance",
        "Appearance",
        "Dark for the studio, light for the day, or as the system has it.",
        "choice",
        "system",
        (("system", "System"), ("dark", "Dark"), ("light", "Light")),
    ),
    Setting(
        "Look",
        "reduced_motion",
        "Reduced motion",
        "Nothing slides or fades; everything is there at once.",
        "switch",
        False,
    ),
    Setting(
        "Look",
        "ui_size",
        "Size of everything",
        "Words, drawings and distances alike. It counts from the next start.",
        "choice",
        "100",
        (("100", "100 %"), ("125", "125 %"), ("150", "150 %"), ("200", "200 %")),
    ),
    Setting(
        "Sound",
        "buffer_ms",
        "Buffer",
        "A longer one plays without gaps on a busy machine. It counts from the next song, and "
        "grows by itself where sound came late.",
        "choice",
        "60",
        (("60", "60 ms"), ("150", "150 ms"), ("250", "250 ms")),
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen; `geometry` is the window's own words for its place, or none.

    `welcomed` says that the first questions were answered or put off; `hear_as` holds the keys of
    the services whose playing the player offers, parted by commas.
    """

    appearance: str = "system"
    geometry: str = ""
    artist: str = ""
    bounce_folder: str = ""
    watch_bounces: bool = False
    remind: bool = True
    reduced_motion: bool = False
    ui_size: str = "100"
    buffer_ms: str = "60"
    hear_as: str = "spotify"
    welcomed: bool = False


def read_settings(folder: Path | None = None) -> Settings:
    """What was chosen last; what is damaged, missing or of another kind is as if never chosen."""
    found = _read(_file(folder))
    known: dict[str, Any] = {
        field.name: found[field.name]
        for field in fields(Settings)
        if field.name in found and _fits(field.name, found[field.name])
    }
    return Settings(**known)


def _fits(name: str, value: object) -> bool:
    """Whether a value is of the kind its setting has, and among those offered."""
    offered = next((dict(each.choices) for each in SETTINGS if each.key == name), {})
    return type(value) is type(getattr(_UNTOUCHED, name)) and (not offered or value in offered)


_UNTOUCHED = Settings()


def settings_file(folder: Path | None = None) -> Path:
    """Where they are kept."""
    return _file(folder)


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

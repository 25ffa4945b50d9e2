"""Where things lie on this machine: the library, the settings and the data the program ships."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

import platformdirs

APP_NAME = "IndieArtist"


def default_library_path() -> Path:
    """The library of a person who named none: a folder beside their music."""
    return Path(platformdirs.user_music_dir()) / APP_NAME


def settings_path() -> Path:
    """The folder of the program's own settings."""
    return Path(platformdirs.user_config_dir(APP_NAME))


def resources_path() -> Path:
    """The data the program ships: in the packaged app, in a checkout, or where pip put it."""
    bundle = getattr(sys, "_MEIPASS", None)
    beside = Path(bundle) if bundle else Path(__file__).parents[2]
    installed = Path(sysconfig.get_path("data"), "share", "indieartist")
    root = beside if (beside / "resources").is_dir() else installed
    return root / "resources"

"""The typeface: Inter, from its installed package, with the system's fonts behind it."""

from __future__ import annotations

from functools import lru_cache

import fontpkg_inter
from PySide6.QtGui import QFontDatabase

FAMILY = fontpkg_inter.FAMILY
_FILE = "Inter[opsz,wght].ttf"


@lru_cache(maxsize=1)
def load() -> None:
    """Hand Inter to Qt, once; where the file is missing Qt keeps the system's typeface."""
    QFontDatabase.addApplicationFont(str(fontpkg_inter.ROOT / "files" / _FILE))

"""Whether a window can be shown here, said in a sentence before Qt would end the process."""

from __future__ import annotations

import ctypes
import os
import sys

from indieartist.errors import WorldError

# What Qt's xcb platform loads; a missing one ends the process inside QApplication.
_XCB = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def has_display() -> bool:
    """Whether there is a screen to open a window on."""
    told = os.environ.get("QT_QPA_PLATFORM")
    shown = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return bool(told) or shown or not sys.platform.startswith("linux")


def require_display() -> None:
    """Raise WorldError, saying what to do, where no window can be shown."""
    if not has_display():
        raise WorldError(
            "There is no display to open the window on.",
            "Render a picture of it instead: indieartist window --picture window.png",
        )
    if needs := missing_packages():
        raise WorldError(
            "The system lacks what a window needs.", f"Install it: apt install {' '.join(needs)}"
        )


def missing_packages() -> list[str]:
    """The Debian packages that X11 needs and this machine lacks."""
    on_x11 = sys.platform.startswith("linux") and not os.environ.get("WAYLAND_DISPLAY")
    if not on_x11 or os.environ.get("QT_QPA_PLATFORM"):
        return []
    return [package for name, package in _XCB.items() if not _loads(name)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True

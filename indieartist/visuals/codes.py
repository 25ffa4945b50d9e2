"""Codes on a picture: QR and bar codes, read by zxing-cpp where it is installed."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import PIL.Image


def can_read_codes() -> bool:
    """Whether a reader is installed."""
    return find_spec("zxingcpp") is not None


def read_codes(picture: PIL.Image.Image) -> tuple[str, ...] | None:
    """What each code on the picture says; None where no reader is installed."""
    if not can_read_codes():
        return None
    import zxingcpp

    return tuple(code.text for code in zxingcpp.read_barcodes(picture) if code.valid)

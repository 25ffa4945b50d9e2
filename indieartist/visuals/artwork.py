"""Artwork: pictures read by their content, and the derivatives that stores and pages need."""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from indieartist.domain.release import Artwork
from indieartist.errors import UserError, world_error

if TYPE_CHECKING:
    import PIL.Image

# What Pillow's parsers let through, beside OSError, for bytes that nobody meant.
PARSING = (SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, struct.error)
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")


def read_artwork(path: Path) -> Artwork:
    """What a picture file is, as it is seen: a camera's turn is followed.

    Raises UserError when it is none, broken or absurdly large.
    """
    image = _open(path)
    try:
        with path.open("rb") as file:
            content_hash = hashlib.file_digest(file, "sha256").hexdigest()
            size_bytes = file.tell()
    except OSError as error:
        raise world_error(error, path) from error
    return Artwork(
        content_hash, image.width, image.height, image.mode, image.format or "", size_bytes
    )


def render_cover(source_path: Path, target_path: Path, side_px: int) -> None:
    """Write a square RGB JPEG of the cover, at most `side_px` wide, with no metadata in it.

    The same picture gives the same bytes. Never enlarges.
    """
    image = open_flat(source_path)
    side = min(side_px, image.width, image.height)
    if image.size != (side, side):
        import PIL.Image

        square = min(image.size)
        left, top = (image.width - square) // 2, (image.height - square) // 2
        box = (left, top, left + square, top + square)
        image = image.resize((side, side), PIL.Image.Resampling.LANCZOS, box=box)
    partial = target_path.with_name(f".{target_path.name}.{os.getpid()}.part")
    try:
        image.save(partial, "JPEG", quality=95, subsampling=0, optimize=True)
        partial.replace(target_path)
    except OSError as error:
        raise world_error(error, target_path) from error
    finally:
        with suppress(OSError):  # what the disk said first is what counts
            partial.unlink(missing_ok=True)


def open_flat(path: Path) -> PIL.Image.Image:
    """The picture as RGB with no transparency; raises UserError as `read_artwork` does."""
    return _flat(_open(path))


def _open(path: Path) -> PIL.Image.Image:
    import PIL.Image

    too_large = (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UserError(f"{path.name} is not a file.", "Choose a picture.")
        with path.open("rb") as file:
            return _load(file)
    except too_large as error:
        raise UserError(
            f"{path.name} is too large a picture.", "Export it at 3000×3000."
        ) from error
    except (FileNotFoundError, PermissionError) as error:
        raise world_error(error, path) from error
    except (OSError, *PARSING) as error:
        raise UserError(
            f"{path.name} is not a picture that can be read.", "Export it as JPEG or PNG."
        ) from error


def _load(file: BinaryIO) -> PIL.Image.Image:
    """The picture, or the first of several, the right way up."""
    import PIL.Image
    import PIL.ImageOps

    with warnings.catch_warnings():  # Pillow warns at 89, refuses at 179 million pixels
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", PIL.Image.DecompressionBombWarning)
        image = PIL.Image.open(file, formats=FORMATS)
        image.load()
        PIL.ImageOps.exif_transpose(image, in_place=True)
    return image


def _flat(image: PIL.Image.Image) -> PIL.Image.Image:
    """RGB with no transparency: what is transparent becomes white, CMYK is converted."""
    import PIL.Image

    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would clip, not scale
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layers = image.convert("RGBA")
        white = PIL.Image.new("RGBA", layers.size, "white")
        return PIL.Image.alpha_composite(white, layers).convert("RGB")
    return image.convert("RGB")

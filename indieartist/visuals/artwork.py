"""Artwork: pictures read by their content, and the derivatives that stores and pages need."""

from __future__ import annotations

import hashlib
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.release import Artwork
from indieartist.errors import UserError, world_error

if TYPE_CHECKING:
    import PIL.Image

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")


def read_artwork(path: Path) -> Artwork:
    """What a picture file is; raises UserError when it is none, broken or absurdly large."""
    image = _open(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise world_error(error, path) from error
    return Artwork(
        hashlib.sha256(content).hexdigest(),
        image.width,
        image.height,
        image.mode,
        image.format or "",
        len(content),
    )


def render_cover(source_path: Path, target_path: Path, side_px: int) -> None:
    """Write a square RGB JPEG of the cover, at most `side_px` wide, with no metadata in it.

    The same picture gives the same bytes. Never enlarges.
    """
    image = _flat(_open(source_path))
    side = min(side_px, image.width, image.height)
    if image.size != (side, side):
        import PIL.Image

        square = min(image.size)
        left, top = (image.width - square) // 2, (image.height - square) // 2
        box = (left, top, left + square, top + square)
        image = image.resize((side, side), PIL.Image.Resampling.LANCZOS, box=box)
    partial = target_path.with_name(target_path.name + ".part")
    try:
        image.save(partial, "JPEG", quality=95, subsampling=0, optimize=True)
        partial.replace(target_path)
    except OSError as error:
        raise world_error(error, target_path) from error
    finally:
        partial.unlink(missing_ok=True)


def _open(path: Path) -> PIL.Image.Image:
    import PIL.Image

    too_large = (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning)
    try:
        with warnings.catch_warnings():  # Pillow warns at 89, refuses at 179 million pixels
            warnings.simplefilter("error", PIL.Image.DecompressionBombWarning)
            image = PIL.Image.open(path, formats=FORMATS)
            image.load()
    except too_large as error:
        raise UserError(
            f"{path.name} is too large a picture.", "Export it at 3000×3000."
        ) from error
    except FileNotFoundError as error:
        raise world_error(error, path) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise UserError(
            f"{path.name} is not a picture that can be read.", "Export it as JPEG or PNG."
        ) from error
    return image


def _flat(image: PIL.Image.Image) -> PIL.Image.Image:
    """RGB with no transparency: what is transparent becomes white, CMYK is converted."""
    import PIL.Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layers = image.convert("RGBA")
        white = PIL.Image.new("RGBA", layers.size, "white")
        return PIL.Image.alpha_composite(white, layers).convert("RGB")
    return image.convert("RGB")

"""Pictures made from the artwork: copies in the sizes that pages and networks want."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.sdk.failures import Rejected
from indieartist.sdk.views import FileView

if TYPE_CHECKING:
    from PIL.Image import Image

JPEG_QUALITY = 88


def open_artwork(file: FileView) -> Image:
    """The artwork upright, in sRGB without transparency; raises Rejected if it is no picture."""
    from PIL import Image, ImageOps

    name = Path(file.path).name
    try:
        with Image.open(file.path) as source:
            source.load()
            return _in_srgb(ImageOps.exif_transpose(source))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        message = f"The artwork {name} cannot be read as a picture."
        raise Rejected(message, "Add the cover again as JPEG or PNG.") from error


def _in_srgb(image: Image) -> Image:
    """Flatten onto white, and translate the colours where the file says what they mean."""
    from PIL import Image, ImageCms

    if image.mode in ("LA", "PA", "RGBA", "P"):
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        flat = Image.alpha_composite(white, image).convert("RGB")
        flat.info = image.info
        image = flat
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except ImageCms.PyCMSError:  # a damaged profile: the colours as they stand
            converted = None
        image = converted or image
    return image.convert("RGB")


def resize_square(image: Image, size_px: int) -> Image:
    """The middle square of the picture at that size, enlarged where it must be."""
    from PIL import Image

    side_px = min(image.size)
    left, top = (image.width - side_px) // 2, (image.height - side_px) // 2
    box = (left, top, left + side_px, top + side_px)
    return image.resize((size_px, size_px), Image.Resampling.LANCZOS, box, reducing_gap=3.0)


def as_jpeg(image: Image, quality: int = JPEG_QUALITY) -> bytes:
    """The picture as JPEG: the same pixels give the same bytes, with no date in them."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True, subsampling=0)
    return buffer.getvalue()


def ambient(image: Image, size_px: tuple[int, int]) -> Image:
    """The picture's colours as soft light filling `size_px`: what lies behind the cover."""
    from PIL import Image, ImageEnhance, ImageFilter, ImageOps

    small = (max(size_px[0] // 12, 8), max(size_px[1] // 12, 8))
    soft = ImageOps.fit(image, small, Image.Resampling.BOX)
    soft = soft.filter(ImageFilter.GaussianBlur(max(small) / 9))
    soft = ImageEnhance.Color(soft).enhance(1.5)  # mixing has dulled it
    return soft.resize(size_px, Image.Resampling.BICUBIC)

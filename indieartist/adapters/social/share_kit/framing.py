"""The cover in every shape: whole, with its own light around it where the shape is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indieartist.adapters.pictures import ambient, as_jpeg, resize_square
from indieartist.adapters.social.share_kit.networks import Frame

if TYPE_CHECKING:
    from PIL.Image import Image

MARGIN = 0.08  # of the shorter side, around the cover
CORNER, BLUR, DROP = 0.012, 0.035, 0.02  # of the cover's side: its corners and its shadow
LARGEST_BYTES = 950_000  # the strictest network takes 1,000,000
QUALITIES = (90, 84, 76, 66, 54)


def render_frame(artwork: Image, frame: Frame) -> bytes:
    """The picture of that shape as JPEG, small enough for every network."""
    square = frame is Frame.SQUARE
    picture = resize_square(artwork, frame.size_px[0]) if square else _framed(artwork, frame)
    for quality in QUALITIES:
        data = as_jpeg(picture, quality)
        if len(data) <= LARGEST_BYTES:
            break
    return data


def _framed(artwork: Image, frame: Frame) -> Image:
    """The cover in the middle of its own light, with round corners and a soft shadow."""
    width_px, height_px = frame.size_px
    side_px = round(min(width_px, height_px) * (1 - 2 * MARGIN))
    cover = resize_square(artwork, side_px)
    picture = _dimmed(ambient(artwork, frame.size_px))
    place = ((width_px - side_px) // 2, (height_px - side_px) // 2)
    _drop_shadow(picture, place, side_px)
    picture.paste(cover, place, _corners(side_px))
    return picture


def _dimmed(picture: Image) -> Image:
    """A little darker than the cover, so that the cover stands before it."""
    from PIL import ImageEnhance

    return ImageEnhance.Brightness(picture).enhance(0.72)


def _drop_shadow(picture: Image, place: tuple[int, int], side_px: int) -> None:
    from PIL import Image, ImageDraw, ImageFilter

    mask = Image.new("L", picture.size, 0)
    left, top = place[0], place[1] + round(side_px * DROP)
    ImageDraw.Draw(mask).rectangle((left, top, left + side_px, top + side_px), fill=150)
    picture.paste((0, 0, 0), mask=mask.filter(ImageFilter.GaussianBlur(side_px * BLUR)))


def _corners(side_px: int) -> Image:
    """Round corners, drawn twice as large so that their edge is smooth."""
    from PIL import Image, ImageDraw

    large_px = side_px * 2
    mask = Image.new("L", (large_px, large_px), 0)
    box = (0, 0, large_px - 1, large_px - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius=round(large_px * CORNER), fill=255)
    return mask.resize((side_px, side_px), Image.Resampling.LANCZOS)

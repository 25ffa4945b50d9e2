"""Looking at a cover: its detail, its padding, and the words and codes on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.cover import CoverLook
from indieartist.visuals.artwork import open_flat
from indieartist.visuals.codes import read_codes
from indieartist.visuals.words import read_words

if TYPE_CHECKING:
    import numpy as np
    import PIL.Image
    from numpy.typing import NDArray

    Grey = NDArray[np.float32]

SHARES = (0.25, 0.33, 0.5, 0.67)  # of the side, each tried whether it would hold the picture
UNSEEN = 6.5  # of 255: what JPEG at quality 92 adds to an enlarged picture, and no eye finds
FINEST = 99.9  # per cent of the pixels that must be that alike
FLAT = 2.5  # of 255: how much a strip of padding may differ in itself
EDGE, LONG = 12.0, 0.6  # of 255, and of the side: the step and the length of an edge between
BLOCK_PX = 16  # JPEG and scaling blur an edge over so much
MOST_PX = 3000  # looked at; a larger picture is looked at in this size


def look_at_cover(path: Path) -> CoverLook:
    """Look at a picture file; takes about a second, two where its words are read.

    Raises UserError where it is no picture.
    """
    import numpy as np

    picture = open_flat(path)
    if max(picture.size) > MOST_PX:
        picture.thumbnail((MOST_PX, MOST_PX))
    grey = picture.convert("L")
    pixels = np.asarray(grey, np.float32)
    return CoverLook(
        detail=_detail(grey, pixels),
        padding_px=_padding(pixels),
        spread=round(float(pixels.std()), 2),
        codes=read_codes(grey),
        words=read_words(grey),
    )


def _detail(grey: PIL.Image.Image, pixels: Grey) -> float:
    """The smallest share of its side to which the picture can be made smaller, and back."""
    return next((share for share in SHARES if _survives(grey, pixels, share)), 1.0)


def _survives(grey: PIL.Image.Image, pixels: Grey, share: float) -> bool:
    import numpy as np
    from PIL.Image import Resampling

    width, height = (max(round(px * share), 1) for px in grey.size)
    small = grey.resize((width, height), Resampling.LANCZOS)
    back = np.asarray(small.resize(grey.size, Resampling.LANCZOS), np.float32)
    return bool(np.percentile(np.abs(pixels - back), FINEST) < UNSEEN)


def _padding(pixels: Grey) -> tuple[int, int, int, int]:
    turned = (pixels.T, pixels, pixels.T[::-1], pixels[::-1])
    left, top, right, bottom = (_strip(rows) for rows in turned)
    return left, top, right, bottom


def _strip(rows: Grey) -> int:
    """How many rows are one flat colour before a straight edge; 0 where there is no such edge."""
    import numpy as np

    flat = np.abs(rows - rows[0, 0]).max(axis=1) <= FLAT
    count = int(np.argmin(flat)) if not flat.all() else 0
    if not count:
        return 0
    first = rows[min(count + BLOCK_PX, len(rows) - 1)]
    return count if float((np.abs(first - rows[0, 0]) > EDGE).mean()) >= LONG else 0

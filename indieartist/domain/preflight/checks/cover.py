"""Checks of the cover's measures (AW-01, AW-02)."""

from __future__ import annotations

from collections.abc import Iterator

from indieartist.domain.preflight.registry import (
    Case,
    Fix,
    Outcome,
    Problem,
    Redraw,
    Severity,
    check,
)
from indieartist.domain.release import Artwork

MOST_PX = 6000  # a side; no destination takes more
_MODES = {
    "CMYK": "CMYK, made for print",
    "RGBA": "RGB with transparency",
    "L": "grey",
    "P": "a palette",
}


@check
def cover_size(case: Case) -> Iterator[Outcome]:
    """AW-01: a cover is there, square, and within the destination's pixels and bytes."""
    cover = case.release.artwork
    if cover is None:
        hint = f"Add a square picture of at least {case.options['min_px']} pixels a side."
        yield Problem("The release has no cover.", "artwork", hint=hint)
        return
    size = f"{cover.width_px} × {cover.height_px} px"
    if cover.width_px != cover.height_px:
        crop = _redraw(cover, "Cut the square out of its middle", asks=True)
        yield Problem(
            "The cover is not square.", "artwork", None, size, "Crop it to a square.", crop
        )
    if min(cover.width_px, cover.height_px) < case.options["min_px"]:
        message = f"The cover is smaller than {case.options['min_px']} pixels."
        hint = "Export it larger from the original; enlarging this file shows."
        yield Problem(message, "artwork", None, size, hint)
    yield from _too_large(cover, case)


def _too_large(cover: Artwork, case: Case) -> Iterator[Problem]:
    longest = max(cover.width_px, cover.height_px)
    most = case.options.get("exact_px", case.options.get("max_px", longest))
    megabytes = cover.size_bytes / 1_000_000
    if longest > most:
        message = f"This destination takes a cover of {most} pixels at most."
        size = f"{cover.width_px} × {cover.height_px} px"
        hint = "Send a smaller copy; keep this one for the others."
        yield Problem(message, "artwork", None, size, hint, at_most=Severity.WARNING)
    if megabytes > case.options.get("max_megabytes", megabytes):
        message = f"The cover's file is larger than {case.options['max_megabytes']} MB."
        yield Problem(message, "artwork", None, f"{megabytes:.1f} MB", "Save it as JPEG.")


@check
def cover_format(case: Case) -> Iterator[Outcome]:
    """AW-02: the cover's file format and colours."""
    cover = case.release.artwork
    if cover is None:
        return
    if cover.format.upper() not in case.options["formats"]:
        message = f"The cover is {cover.format}, not {' or '.join(case.options['formats'])}."
        fix = _redraw(cover, "Convert it to an RGB JPEG")
        yield Problem(message, "artwork", None, cover.format, "Export it as JPEG.", fix)
    if cover.mode not in case.options["modes"]:
        message = f"The cover's colours are {_MODES.get(cover.mode, cover.mode)}, not RGB."
        hint = "Export it as RGB without transparency."
        fix = _redraw(cover, "Convert it to an RGB JPEG")
        yield Problem(message, "artwork", None, cover.mode, hint, fix)


def _redraw(cover: Artwork, label: str, *, asks: bool = False) -> Fix:
    """The edit that draws the cover anew; one that is cut is never made unasked."""
    cut = cover.width_px != cover.height_px
    return Fix("artwork", Redraw(MOST_PX), label, None, asks or cut)

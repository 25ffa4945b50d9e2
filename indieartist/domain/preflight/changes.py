"""What a fix would change, in words: before and after."""

from __future__ import annotations

from indieartist.domain.preflight.registry import Fix, Redraw
from indieartist.domain.release import Artwork, Credit, Release


def tell_change(release: Release, fix: Fix) -> tuple[str, str]:
    """The value as it is and as the fix would leave it: 'Ride ft. Ana', 'Ride (feat. Ana)'."""
    owner: object = release
    if fix.track_id is not None:
        owner = next(track for track in release.tracks if track.id == fix.track_id)
    before = getattr(owner, fix.field)
    if isinstance(fix.value, Redraw):
        return _tell_redrawn(before, fix.value)
    if isinstance(fix.value, tuple):
        return _tell_credits(before, fix.value)
    return str(before or ""), str(fix.value)


def redrawn(artwork: Artwork, how: Redraw) -> Artwork:
    """The measures of the cover that `how` makes of this one; its bytes are not known yet."""
    side = min(artwork.width_px, artwork.height_px, how.side_px)
    return Artwork("", side, side, "RGB", "JPEG", 0)


def _tell_redrawn(artwork: Artwork | None, how: Redraw) -> tuple[str, str]:
    if artwork is None:
        return "", ""
    covers = (artwork, redrawn(artwork, how))
    before, after = (f"{c.width_px} × {c.height_px} {c.mode} {c.format}" for c in covers)
    return before, after


def _tell_credits(before: tuple[Credit, ...], after: tuple[Credit, ...]) -> tuple[str, str]:
    """Only the names that go and come: 'Ana & Bo', 'Ana, Bo'."""
    gone = [credit.name for credit in before if credit not in after]
    come = [credit.name for credit in after if credit not in before]
    return ", ".join(gone), ", ".join(come)

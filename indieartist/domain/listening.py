"""What is heard against what: the original of a track and its master."""

from __future__ import annotations

from indieartist.domain.release import Mix, MixKind, Track


def choose_mixes(track: Track, mix_id: int | None = None) -> tuple[Mix, ...]:
    """What is compared, the original first: the mix asked for, else the current one, and its half.

    A master is heard against the bounce it was made from, a bounce against the current master.
    """
    mixes = {mix.id: mix for mix in track.mixes}
    asked, current = mixes.get(mix_id or 0) or track.current, track.current
    if asked is not None and asked.kind is MixKind.MASTER:
        original, master = mixes.get(asked.parent_id or 0) or track.bounce, asked
        return (original, master) if original else (master,)
    masters = (current,) if current and current.kind is MixKind.MASTER else ()
    return (asked, *masters) if asked else ()

"""What is heard against what: an original, its master, other versions, and what services play."""

from __future__ import annotations

from enum import StrEnum

from indieartist.domain.release import Mix, MixKind, Track

MOST_VERSIONS = 9  # one for each digit


class VersionKind(StrEnum):
    """Where a version comes from."""

    ORIGINAL = "original"
    MASTER = "master"
    SERVICE = "service"  # a master, as a service is modelled to play it
    PREVIEW = "preview"  # a section of a master that is still being made


KIND_OF = {MixKind.BOUNCE: VersionKind.ORIGINAL, MixKind.MASTER: VersionKind.MASTER}


def choose_mixes(
    track: Track, mix_id: int | None = None, more: frozenset[int] = frozenset()
) -> tuple[Mix, ...]:
    """What is compared, the original first: the mix asked for, else the current one, and its half.

    A master is heard against the bounce it was made from, a bounce against the current master.
    `more` are the ids of other mixes of the track to hear beside them; the last one chosen by
    itself stays last.
    """
    pair = _pair(track, mix_id)
    known = {mix.id for mix in pair}
    others = tuple(mix for mix in track.mixes if mix.id in more and mix.id not in known)
    return (*pair[:-1], *others, *pair[-1:])


def _pair(track: Track, mix_id: int | None) -> tuple[Mix, ...]:
    mixes = {mix.id: mix for mix in track.mixes}
    asked, current = mixes.get(mix_id or 0) or track.current, track.current
    if asked is not None and asked.kind is MixKind.MASTER:
        original, master = mixes.get(asked.parent_id or 0) or track.bounce, asked
        return (original, master) if original else (master,)
    masters = (current,) if current and current.kind is MixKind.MASTER else ()
    return (asked, *masters) if asked else ()

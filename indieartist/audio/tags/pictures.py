"""Which of a file's pictures is its cover, in ID3 and in FLAC's picture blocks alike."""

from __future__ import annotations

from typing import Any

from indieartist.domain.tags import Picture

OTHER, FRONT_COVER = 0, 3  # id3v2.4.0-frames, 4.14; RFC 9639, table 13
COVERS = (FRONT_COVER, OTHER)  # many programs write the cover as 'other'


def find_cover(pictures: list[Any]) -> Any:
    """The first front cover, else the first picture of no kind, else None."""
    covers = (one for kind in COVERS for one in pictures if int(one.type) == kind)
    return next(covers, None)


def replaced_covers(pictures: list[Any], picture: Picture) -> list[Any]:
    """The pictures that a write of `picture` takes out: the cover; all, for an empty one."""
    if not picture:
        return [one for one in pictures if int(one.type) in COVERS]
    cover = find_cover(pictures)
    return [] if cover is None else [cover]

"""Checks of what a release is by its tracks: single, EP or album, and how many (RT-01, RT-02)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indieartist.domain.preflight.registry import Case, Outcome, Problem, check
from indieartist.domain.release import ReleaseKind

_KIND_NAMES = {
    ReleaseKind.SINGLE: "a single",
    ReleaseKind.EP: "an EP",
    ReleaseKind.ALBUM: "an album",
}
_CLAIM = re.compile(r"\b(single|ep|album|lp)\)?$", re.IGNORECASE)
_CLAIMED = {
    "single": ReleaseKind.SINGLE,
    "ep": ReleaseKind.EP,
    "album": ReleaseKind.ALBUM,
    "lp": ReleaseKind.ALBUM,
}


@check
def release_kind(case: Case) -> Iterator[Outcome]:
    """RT-01: the destination's kind against ours, and against the kind that the title claims."""
    if not case.tracks:
        return
    kind = _kind_there(case)
    claim = _CLAIM.search(case.release.title)
    count = f"{len(case.tracks)} tracks, {case.release.duration_ms // 60_000} minutes"
    if claim and len(case.release.title.split()) > 1 and _CLAIMED[claim[1].lower()] is not kind:
        message = f"The title says {claim[1]}, but this is {_KIND_NAMES[kind]}."
        yield Problem(message, "title", None, count, "Change the title or the tracks.")
    elif kind is not case.release.kind:
        usual = _KIND_NAMES[case.release.kind]
        message = f"This destination files it as {_KIND_NAMES[kind]}, others as {usual}."
        yield Problem(
            message, "tracks", None, count, "Nothing to change, unless the kind matters to you."
        )


def _kind_there(case: Case) -> ReleaseKind:
    count, options = len(case.tracks), case.options
    longest_ms = max(track.duration_ms for track in case.tracks)
    if count <= options["single_tracks"] and longest_ms < options["long_track_minutes"] * 60_000:
        return ReleaseKind.SINGLE
    short = case.release.duration_ms <= options.get("ep_minutes", float("inf")) * 60_000
    return ReleaseKind.EP if count <= options["ep_tracks"] and short else ReleaseKind.ALBUM


@check
def track_count(case: Case) -> Iterator[Outcome]:
    """RT-02: at least one track, at most `most_tracks`."""
    count, most = len(case.tracks), case.options["most_tracks"]
    if not count:
        yield Problem("The release has no track.", "tracks", hint="Import a bounce into it.")
    elif count > most:
        message = f"The release has {count} tracks; this destination takes {most}."
        yield Problem(
            message, "tracks", hint="Split it into volumes, or leave this destination out."
        )

"""The fields that distributors ask for, as one table of columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from indieartist.sdk.views import FileRole, ReleaseView, TrackView

LIST = "; "  # between names in one cell
EXPLICIT = {"none": "Not explicit", "explicit": "Explicit", "clean": "Clean version"}


def _played(track: TrackView) -> str:
    """'Ines Okafor (cello)': what stores want of the people who play and sing."""
    people = [credit for credit in track.credits if credit.group == "performance"]
    return LIST.join(f"{c.name} ({c.instrument or c.label.lower()})" for c in people)


RELEASE_COLUMNS: dict[str, Callable[[ReleaseView], str]] = {
    "Release title": lambda r: r.title,
    "Release version": lambda r: r.version,
    "Release type": lambda r: {"ep": "EP"}.get(r.kind, r.kind.capitalize()),
    "Release artists": lambda r: LIST.join(r.artists),
    "Label": lambda r: r.label,
    "Catalogue number": lambda r: r.catalogue_number,
    "UPC/EAN": lambda r: r.gtin,
    "Release date": lambda r: _day(r.release_on),
    "Original release date": lambda r: _day(r.original_release_on or r.release_on),
    "Genre": lambda r: r.genre,
    "Metadata language": lambda r: r.language,
    "P line": lambda r: r.p_line,
    "C line": lambda r: r.c_line,
    "AI use": lambda r: {"none": "None"}.get(r.ai_disclosure, r.ai_disclosure),
    "Description": lambda r: r.description,
    "Number of tracks": lambda r: str(len(r.tracks)),
}

TRACK_COLUMNS: dict[str, Callable[[TrackView], str]] = {
    "Track title": lambda t: t.title,
    "Track version": lambda t: t.version,
    "Track artists": lambda t: LIST.join(t.artists),
    "Featured artists": lambda t: _named(t, "featured"),
    "Remixers": lambda t: _named(t, "remixer"),
    "ISRC": lambda t: t.isrc,
    "ISWC": lambda t: t.iswc,
    "Length": lambda t: clock(t.duration_ms),
    "Explicit": lambda t: EXPLICIT.get(t.explicit, ""),
    "Lyrics language": lambda t: "" if t.language == "zxx" else t.language,
    "Instrumental": lambda t: "Yes" if t.language == "zxx" else "No",
    "Track genre": lambda t: t.genre,
    "Composers": lambda t: _named(t, "composer", "writer"),
    "Lyricists": lambda t: _named(t, "lyricist", "writer"),
    "Arrangers": lambda t: _named(t, "arranger"),
    "Writers' IPI": lambda t: _coded(t, "writing", "ipi"),
    "Performers": _played,
    "Producers": lambda t: _named(t, "producer"),
    "ISNI": lambda t: _coded(t, "", "isni"),
    "Engineers": lambda t: _named(t, "engineer", "mixer", "mastering"),
    "Lyrics": lambda t: t.lyrics,
}


def columns_of(release: ReleaseView, index: int, names: list[str]) -> dict[str, str]:
    """One row of the table: the track's own fields, then the release's again."""
    track = release.tracks[index]
    audio = track.find_file(FileRole.AUDIO)
    return {
        "Track number": str(index + 1),
        **{name: get(track) for name, get in TRACK_COLUMNS.items()},
        "Audio file": names[index],
        "Audio SHA-256": audio.sha256 if audio else "",
        **{name: get(release) for name, get in RELEASE_COLUMNS.items()},
        "Artwork file": names[-1],
    }


def clock(duration_ms: int) -> str:
    """'4:07', or '1:02:03' from an hour on; to the nearest second."""
    minutes, seconds = divmod(round(duration_ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _coded(track: TrackView, group: str, code: str) -> str:
    """'Mara Vale 00014107338' for each of a group, or of all, whose code is known."""
    people = [c for c in track.credits if group in ("", c.group) and getattr(c, code)]
    return LIST.join(dict.fromkeys(f"{c.name} {getattr(c, code)}" for c in people))


def _named(track: TrackView, *roles: str) -> str:
    names = [credit.name for credit in track.credits if credit.role in roles]
    return LIST.join(dict.fromkeys(names))

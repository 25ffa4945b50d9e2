"""The release for search engines: schema.org MusicAlbum as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from indieartist.adapters.distributors.site.words import iso_duration, summary_of
from indieartist.adapters.templates import web_address
from indieartist.sdk.text import shown
from indieartist.sdk.views import FileRole, ReleaseView, TrackView

RELEASE_TYPES = {"single": "SingleRelease", "ep": "EPRelease", "album": "AlbumRelease"}
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
COMPOSERS, LYRICISTS = ("composer", "writer"), ("lyricist", "writer")


def structured_data(release: ReleaseView, audio: list[str], url: str) -> str:
    """JSON for a script element; no text in it can end that element or begin a comment."""
    data = {"@context": "https://schema.org", **_album(release, audio, url)}
    text = json.dumps(_kept(data), ensure_ascii=False, sort_keys=True, indent=1)
    return "".join(UNSAFE.get(char, char) for char in text)


def _album(release: ReleaseView, audio: list[str], url: str) -> dict[str, Any]:
    tracks = zip(release.tracks, audio, strict=True)
    return {
        "@type": "MusicAlbum",
        "@id": url,
        "url": url,
        "name": release.full_title,
        "description": summary_of(release),
        "byArtist": _groups(release.artists),
        "albumReleaseType": _schema(RELEASE_TYPES.get(release.kind, "")),
        "albumProductionType": _schema("StudioAlbum"),
        "numTracks": len(release.tracks),
        "datePublished": str(release.original_release_on or release.release_on or ""),
        "genre": release.genre,
        "inLanguage": release.language,
        "image": f"{url}cover-1200.jpg" if url else "",
        "copyrightNotice": f"© {release.c_line}" if release.c_line else "",
        "sameAs": [address for link in release.links if (address := web_address(link.url))],
        "albumRelease": _edition(release),
        "track": [_track(track, n, name, url) for n, (track, name) in enumerate(tracks, 1)],
    }


def _edition(release: ReleaseView) -> dict[str, Any]:
    return {
        "@type": "MusicRelease",
        "name": release.full_title,
        "musicReleaseFormat": _schema("DigitalFormat"),
        "catalogNumber": release.catalogue_number,
        "gtin": release.gtin,
        "datePublished": str(release.release_on or ""),
        "duration": iso_duration(release.duration_ms),
        "recordLabel": {"@type": "Organization", "name": release.label} if release.label else "",
    }


def _track(track: TrackView, position: int, audio: str, url: str) -> dict[str, Any]:
    file = track.find_file(FileRole.LISTENING) or track.find_file(FileRole.AUDIO)
    sound = {
        "@type": "AudioObject",
        "contentUrl": url + audio,
        "encodingFormat": file.mime if file else "",
        "duration": iso_duration(track.duration_ms),
    }
    return {
        "@type": "MusicRecording",
        "position": position,
        "name": track.full_title,
        "duration": iso_duration(track.duration_ms),
        "isrcCode": track.isrc,
        "byArtist": _groups(track.artists),
        "genre": track.genre,
        "inLanguage": track.language,
        "isFamilyFriendly": {"explicit": False, "none": True, "clean": True}.get(track.explicit),
        "audio": sound if url else "",
        "recordingOf": _composition(track),
    }


def _composition(track: TrackView) -> dict[str, Any]:
    return {
        "@type": "MusicComposition",
        "name": track.title,
        "composer": _people(track, COMPOSERS),
        "lyricist": _people(track, LYRICISTS),
    }


def _people(track: TrackView, roles: tuple[str, ...]) -> list[dict[str, str]]:
    names = dict.fromkeys(credit.name for credit in track.credits if credit.role in roles)
    return [{"@type": "Person", "name": name} for name in names]


def _groups(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"@type": "MusicGroup", "name": name} for name in names]


def _schema(name: str) -> str:
    return f"https://schema.org/{name}" if name else ""


def _kept(value: Any) -> Any:
    """Without empty values, and without characters that no page may hold."""
    if isinstance(value, dict):
        kept = {key: _kept(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in ("", [], {}, None)}
    return [_kept(item) for item in value] if isinstance(value, list) else shown(value)

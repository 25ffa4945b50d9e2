"""What a page cannot do without, and what its visitors would notice."""

from __future__ import annotations

from collections.abc import Iterator

from indieartist.sdk.capabilities import Capabilities
from indieartist.sdk.steps import Issue, Severity
from indieartist.sdk.views import FileRole, ReleaseView, TrackView

HEAVY = ("audio/wav", "audio/flac", "audio/aiff")


def find_issues(release: ReleaseView, caps: Capabilities) -> tuple[Issue, ...]:
    """Missing fields and unfit sound; pure, and stable in order."""
    tracks = (found for n, track in enumerate(release.tracks) for found in _sound(n, track, caps))
    return (*_missing(release, caps), *tracks)


def _missing(release: ReleaseView, caps: Capabilities) -> Iterator[Issue]:
    for field in caps.required_fields:
        if not getattr(release, field):
            word = {"artist_line": "artist"}.get(field, field)
            message = f"The release has no {word}."
            yield Issue(f"{field}.missing", Severity.ERROR, field, message, f"Add {word}.")


def _sound(index: int, track: TrackView, caps: Capabilities) -> Iterator[Issue]:
    field, name = f"tracks.{index}.files", track.full_title
    sound = track.find_file(FileRole.LISTENING) or track.find_file(FileRole.AUDIO)
    if sound is None:
        message = f"“{name}” has no finished audio."
        yield Issue("audio.missing", Severity.ERROR, field, message, "Approve a mix or a master.")
    elif sound.mime not in caps.audio_mimes:
        message = f"“{name}” is {sound.mime}, which browsers do not play."
        yield Issue("audio.format", Severity.ERROR, field, message, "Give it an MP3 to listen to.")
    elif sound.role is FileRole.AUDIO and sound.mime in HEAVY:
        message = f"“{name}” has no small file to listen to: the page plays the master itself."
        hint = "It loads slowly on a phone, and anyone can take it."
        yield Issue("audio.heavy", Severity.WARNING, field, message, hint)

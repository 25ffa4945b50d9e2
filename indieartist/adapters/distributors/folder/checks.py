"""What no distributor's form can do without; finer rules belong to the core's own check."""

from __future__ import annotations

from collections.abc import Iterator

from indieartist.sdk.capabilities import Capabilities
from indieartist.sdk.steps import Issue, Severity
from indieartist.sdk.views import FileRole, ReleaseView, TrackView


def find_issues(release: ReleaseView, caps: Capabilities) -> tuple[Issue, ...]:
    """Missing fields, missing or unfit files; pure, and stable in order."""
    return (*_missing(release, caps), *_wanted(release), *_audio(release, caps))


def _missing(release: ReleaseView, caps: Capabilities) -> Iterator[Issue]:
    for field in caps.required_fields:
        if not getattr(release, field):
            message = f"The release has no {field}."
            yield Issue(f"{field}.missing", Severity.ERROR, field, message, f"Add {field}.")


WANTED = ("genre", "language", "p_line", "c_line", "release_on")


def _wanted(release: ReleaseView) -> Iterator[Issue]:
    for field in WANTED:
        if not getattr(release, field):
            words = field.replace("_on", " date").replace("_", " ")
            message = f"The sheet will have no {words}."
            hint = "Every distributor asks for it."
            yield Issue(f"{field}.missing", Severity.WARNING, field, message, hint)


def _audio(release: ReleaseView, caps: Capabilities) -> Iterator[Issue]:
    for index, track in enumerate(release.tracks):
        yield from _track_audio(index, track, caps)


def _track_audio(index: int, track: TrackView, caps: Capabilities) -> Iterator[Issue]:
    field, audio = f"tracks.{index}.files", track.find_file(FileRole.AUDIO)
    if audio is None:
        message = f"“{track.full_title}” has no finished audio."
        yield Issue("audio.missing", Severity.ERROR, field, message, "Approve a mix or a master.")
    elif audio.mime not in caps.audio_mimes:
        message = f"“{track.full_title}” is {audio.mime}, which most distributors refuse."
        yield Issue("audio.format", Severity.WARNING, field, message, "Deliver WAV or FLAC.")

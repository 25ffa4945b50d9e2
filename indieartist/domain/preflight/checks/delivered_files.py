"""Checks of the files beside the sound: tags, Atmos master, Canvas (AU-06, AU-08, CV-01)."""

from __future__ import annotations

from collections.abc import Iterator

from indieartist.domain.attachments import AtmosFacts, Attachment, AttachmentKind, ClipFacts
from indieartist.domain.preflight.registry import (
    Case,
    Outcome,
    Problem,
    Severity,
    Unseen,
    check,
    named,
)
from indieartist.domain.release import Track
from indieartist.domain.wording import write_minus

Fault = tuple[str, str, str]  # message, evidence, hint

_ANEW = "Delete it in the library's folder Renders: the next delivery makes it anew."
_PACKAGE = "Hand over the file of the delivery package: it is written without them."
_BOUNCE_AGAIN = "Export the ADM BWF from the renderer again."


@check
def clean_files(case: Case) -> Iterator[Outcome]:
    """AU-06: the file that goes out carries sound alone; the library's own is told apart."""
    for track in case.tracks:
        if track.approved is None:
            continue
        carried = case.known.carried.get(track.approved.audio_hash)
        if carried is None:
            yield Unseen("the file of every approved mix")
            continue
        if carried.delivered:
            marks = ", ".join(carried.delivered)
            message = f"The file of {named(track)} that goes out carries tags."
            yield Problem(message, "mixes", track.id, marks, _ANEW)
        if carried.kept:
            marks, light = ", ".join(carried.kept), Severity.INFO
            message = f"The library's own file of {named(track)} carries tags."
            yield Problem(message, "mixes", track.id, marks, _PACKAGE, at_most=light)


@check
def atmos_masters(case: Case) -> Iterator[Outcome]:
    """AU-08: the Atmos master of a track, where one is attached."""
    tracks = {track.id: track for track in case.tracks}
    for file in _of(case, AttachmentKind.ATMOS):
        track = tracks.get(file.track_id or 0)
        if track is None or file.atmos is None:
            continue
        where = f"The Atmos master of {named(track)}"
        for message, evidence, hint in _atmos_faults(file.atmos, track, case):
            yield Problem(f"{where} {message}", "attachments", track.id, evidence, hint)
        if file.atmos.sample_rate_hz == case.options["archive_rate_hz"]:
            message = f"{where} has the archive's rate."
            hint = f"Deliver {case.options['rate_hz'] // 1000} kHz."
            light = Severity.WARNING
            yield Problem(message, "attachments", track.id, "96 kHz", hint, at_most=light)
        if file.atmos.has_adm and file.atmos.integrated_lufs is None:
            needs = "loudness and true peak of the Atmos master, as its renderer states them"
            yield Unseen(needs, track.id)


def _atmos_faults(facts: AtmosFacts, track: Track, case: Case) -> Iterator[Fault]:
    options = case.options
    if facts.container != "wav" or not facts.has_adm:
        yield "is no ADM BWF.", f"{facts.container.upper()} without axml and chna", _BOUNCE_AGAIN
    if facts.bits != options["bits"]:
        yield f"is not {options['bits']} bit.", f"{facts.bits or '?'} bit", _BOUNCE_AGAIN
    if facts.sample_rate_hz not in (options["rate_hz"], options["archive_rate_hz"]):
        rate = f"{facts.sample_rate_hz / 1000:g} kHz"
        yield f"is not {options['rate_hz'] // 1000} kHz.", rate, _BOUNCE_AGAIN
    apart_ms = abs(facts.duration_ms - track.duration_ms) if track.current else 0
    if apart_ms > options["max_apart_ms"]:
        evidence = f"{apart_ms / 1000:.1f} s apart"
        yield "is not as long as the stereo master.", evidence, "Bounce both from one session."
    yield from _atmos_levels(facts, case)


def _atmos_levels(facts: AtmosFacts, case: Case) -> Iterator[Fault]:
    loud, peak = facts.integrated_lufs, facts.true_peak_dbtp
    most_lufs, most_dbtp = case.options["max_lufs"], case.options["max_dbtp"]
    if loud is not None and round(loud, 1) > most_lufs:
        message = write_minus(f"is louder than {most_lufs:g} LKFS.")
        yield message, write_minus(f"{loud:.1f} LKFS"), "Turn the whole mix down."
    if peak is not None and peak > most_dbtp:
        message = write_minus(f"peaks above {most_dbtp:g} dBTP.")
        yield message, write_minus(f"{peak:.1f} dBTP"), "Lower the limiter's ceiling."


@check
def canvas(case: Case) -> Iterator[Outcome]:
    """CV-01: the Canvas clip, where one is attached."""
    for file in _of(case, AttachmentKind.CANVAS):
        if file.clip is None:
            continue
        where = f"The Canvas {file.name}"
        for message, evidence, hint in _clip_faults(file.clip, case):
            yield Problem(f"{where} {message}", "attachments", file.track_id, evidence, hint)
        if file.clip.has_sound:
            message, light = f"{where} has sound.", Severity.WARNING
            hint = "Nobody hears it: the track plays. Export it without."
            yield Problem(message, "attachments", file.track_id, "sound", hint, at_most=light)


def _clip_faults(clip: ClipFacts, case: Case) -> Iterator[Fault]:
    options = case.options
    if clip.container not in options["containers"]:
        yield "is neither MP4 nor JPEG.", clip.container.upper(), "Export it as MP4 (H.264)."
    length_ms = clip.duration_ms
    least, most = options["min_seconds"], options["max_seconds"]
    if length_ms is not None and not least * 1000 <= length_ms <= most * 1000:
        hint = f"Cut it to a loop of {least} to {most} seconds."
        yield f"does not last {least} to {most} seconds.", f"{length_ms / 1000:.1f} s", hint
    width, height = options["shape"]
    # By whole pixels: 405 x 720 is what 9:16 of 720 lines is.
    if abs(clip.width_px - clip.height_px * width / height) >= 1:
        size = f"{clip.width_px} × {clip.height_px}"
        yield f"is not {width}:{height} upright.", size, "Export it as 1080 × 1920."
    if clip.height_px < options["min_height_px"]:
        least_px = options["min_height_px"]
        yield f"is less than {least_px} pixels tall.", f"{clip.height_px} pixels", "Export larger."


def _of(case: Case, kind: AttachmentKind) -> Iterator[Attachment]:
    return iter(case.release.attached(kind))

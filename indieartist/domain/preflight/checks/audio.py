"""Checks of the sound that would go out: approval, format, length, signal (AP-01, AU-01 to 05)."""

from __future__ import annotations

from collections.abc import Iterator

from indieartist.domain.measurement import AudioInfo, Measurement, Source
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

_LOSSY_HINT = "Export the mix from the DAW again as 24-bit WAV."
_QUALITY = "a full measurement (`indieartist measure`) of the audio"


@check
def approved_mixes(case: Case) -> Iterator[Outcome]:
    """AP-01: every track has audio, and one mix of it is approved."""
    for track in case.tracks:
        if not track.mixes:
            hint = "Import a bounce."
            yield Problem(f"{named(track)} has no audio.", "mixes", track.id, hint=hint)
        elif track.approved is None:
            hint = "Listen, then approve the mix that goes out."
            yield Problem(
                f"{named(track)} has no approved mix.", "approved_mix_id", track.id, hint=hint
            )


@check
def audio_format(case: Case) -> Iterator[Outcome]:
    """AU-01: container, sample rate, bits, channels and size, by the destination's figures."""
    for track in case.tracks:
        if track.current is None:
            yield Unseen("audio", track.id)
        else:
            for message, evidence, hint in _format_faults(track.current.info, case):
                yield Problem(f"{named(track)} {message}", "mixes", track.id, evidence, hint)


def _format_faults(info: AudioInfo, case: Case) -> Iterator[tuple[str, str, str]]:
    options = case.options
    if not info.lossless:
        yield "comes from a lossy file.", info.codec.upper(), _LOSSY_HINT
        return
    if info.container not in options["containers"]:
        accepted = " or ".join(c.upper() for c in options["containers"] if c != "rf64")
        yield f"is not {accepted}.", info.container.upper(), "A master made here is WAV."
    if not options["min_rate_hz"] <= info.sample_rate_hz <= options["max_rate_hz"]:
        rate = f"{info.sample_rate_hz / 1000:g} kHz"
        yield (
            f"has a sample rate of {rate}.",
            rate,
            _rates(options["min_rate_hz"], options["max_rate_hz"]),
        )
    if info.bits not in options["bits"] or info.codec == "float":
        accepted = " or ".join(str(bits) for bits in options["bits"])
        yield f"is not {accepted} bit.", f"{info.bits} bit {info.codec}", "Master it to that depth."
    if info.channels not in options["channels"]:
        yield "is not stereo.", f"{info.channels} channels", "Export it in stereo from the DAW."
    size_mb = info.frames * info.channels * (info.bits or 0) / 8_000_000
    if size_mb > options.get("max_megabytes", size_mb):
        yield (
            f"is larger than {options['max_megabytes']} MB.",
            f"{size_mb:.0f} MB",
            "Ask for another way.",
        )


def _rates(low_hz: int, high_hz: int) -> str:
    if low_hz == high_hz:
        return f"Wanted are exactly {low_hz / 1000:g} kHz."
    return f"Wanted are {low_hz / 1000:g} to {high_hz / 1000:g} kHz."


@check
def silence(case: Case) -> Iterator[Outcome]:
    """AU-02: more than `max_silence_ms` of silence before or after the music."""
    for track, measured in _measured(case):
        if measured is None:
            yield Unseen("a measurement of the audio", track.id)
            continue
        ends = {"begins": measured.silence_head_ms, "ends": measured.silence_tail_ms}
        for verb, silent_ms in ends.items():
            if silent_ms > case.options["max_silence_ms"]:
                message = f"{named(track)} {verb} with {silent_ms / 1000:.0f} seconds of silence."
                yield Problem(message, "mixes", track.id, f"{silent_ms} ms", "Trim it in the DAW.")


def _measured(case: Case) -> Iterator[tuple[Track, Measurement | None]]:
    return ((track, track.current.measurement if track.current else None) for track in case.tracks)


@check
def lengths(case: Case) -> Iterator[Outcome]:
    """AU-03: tracks too short to earn, releases too short on average, minimums by genre."""
    heard = [track for track in case.tracks if track.current]
    for track in case.tracks:
        if track.current is None:
            yield Unseen("audio", track.id)
        elif track.duration_ms < case.options["earning_seconds"] * 1000:
            message = f"{named(track)} is shorter than {case.options['earning_seconds']} seconds."
            hint = "Streams of it earn nothing."
            length = _seconds(track.duration_ms)
            yield Problem(message, "mixes", track.id, length, hint, at_most=Severity.WARNING)
        yield from _genre_minimum(case, track)
    average_ms = sum(track.duration_ms for track in heard) / len(heard) if heard else 0
    if heard and average_ms < case.options["average_seconds"] * 1000:
        message = f"The tracks last less than {case.options['average_seconds']} seconds on average."
        hint = "A release was refused for this; longer tracks help."
        yield Problem(message, "tracks", None, _seconds(average_ms), hint)


def _genre_minimum(case: Case, track: Track) -> Iterator[Problem]:
    genre = track.genre or case.release.genre
    least = case.options.get("genre_seconds", {}).get(genre, 0)
    if track.current and track.duration_ms < least * 1000:
        message = f"{named(track)} is shorter than {least // 60} minutes, the least for {genre}."
        length = _seconds(track.duration_ms)
        yield Problem(
            message, "mixes", track.id, length, "Make it longer, or leave this store out."
        )


def _seconds(length_ms: float) -> str:
    return f"{length_ms / 1000:.1f} s"


@check
def signal(case: Case) -> Iterator[Outcome]:
    """AU-04: true peak, clipping, DC, dropouts, and how the two channels go together."""
    for track, measured in _measured(case):
        if measured is None:
            yield Unseen("a measurement of the audio", track.id)
            continue
        if not measured.complete:
            yield Unseen(_QUALITY, track.id)
        for message, evidence, hint in (
            *_peak_faults(measured, case),
            *_fault_signs(measured, case),
            *_stereo_faults(measured, case),
        ):
            yield Problem(f"{named(track)} {message}", "mixes", track.id, evidence, hint)


def _peak_faults(measured: Measurement, case: Case) -> Iterator[tuple[str, str, str]]:
    # Compared as levels are written, in tenths: a master made for -14 is not louder than -14.
    loud = round(measured.integrated_lufs or -70.0, 1) > case.options["loud_lufs"]
    ceiling = case.options["loud_max_dbtp"] if loud else case.options["max_dbtp"]
    peak = measured.true_peak_dbtp
    if peak is not None and peak > ceiling:
        reason = ", as it is louder than -14 LUFS" if loud else ""
        message = write_minus(f"peaks above {ceiling:g} dBTP{reason}.")
        yield message, write_minus(f"{peak:.1f} dBTP"), "Master it with a lower ceiling."


def _fault_signs(measured: Measurement, case: Case) -> Iterator[tuple[str, str, str]]:
    if measured.integrated_lufs is None:
        yield "is silent.", "no loudness", "Export it again; a track may have been muted."
        return
    if measured.clipped_runs:
        yield (
            "is clipped.",
            f"{measured.clipped_runs} places",
            "Lower the master bus and export again.",
        )
    if measured.dc_offset > case.options["max_dc"]:
        yield "has a DC offset.", f"{measured.dc_offset:.3f}", "Filter below 20 Hz."
    if measured.dropouts:
        yield (
            "breaks off and goes on.",
            f"{measured.dropouts} dropouts",
            "Listen for holes in the sound, and export it again.",
        )
    if measured.channels == 2 and measured.correlation is None:
        yield "has one silent channel.", "stereo", "Export it again in stereo."


def _stereo_faults(measured: Measurement, case: Case) -> Iterator[tuple[str, str, str]]:
    balance_db, loss_db = measured.balance_db or 0.0, measured.mono_loss_db or 0.0
    if abs(balance_db) > case.options["max_balance_db"]:
        side = "left" if balance_db > 0 else "right"
        hint = "Check the panning and the master bus."
        yield f"is louder on the {side}.", f"{abs(balance_db):.1f} dB", hint
    if loss_db > case.options["max_mono_loss_db"]:
        hint = "One channel may be out of phase: a telephone plays mono."
        yield "nearly cancels out in mono.", f"{loss_db:.1f} dB lost", hint


@check
def honest_format(case: Case) -> Iterator[Outcome]:
    """AU-05: two equal channels, bits that never change, a lossy or lower-rate source."""
    for track, measured in _measured(case):
        if measured is None or track.current is None:
            yield Unseen("a measurement of the audio", track.id)
            continue
        yield from _source_signs(track, measured)
        if measured.correlation is not None and measured.correlation > 0.99999:
            hint = "Fine if it is meant to be mono."
            yield Problem(f"{named(track)} is mono in two channels.", "mixes", track.id, hint=hint)
        bits = track.current.info.bits
        if measured.bits_used and bits and measured.bits_used < bits:
            message = f"{named(track)} has {measured.bits_used} bits in a file of {bits}."
            hint = "Export the mix at full depth if you can."
            yield Problem(message, "mixes", track.id, f"{measured.bits_used} bits used", hint)


def _source_signs(track: Track, measured: Measurement) -> Iterator[Outcome]:
    if measured.source is None:
        yield Unseen(_QUALITY, track.id)
        return
    lossless = track.current is not None and track.current.info.lossless
    claims = {
        Source.LOSSY: ("sounds as if it was an MP3 or the like before.", _LOSSY_HINT),
        Source.UPSAMPLED: (
            "sounds as if it was brought up from a lower sample rate.",
            "Export the mix at the session's own rate.",
        ),
    }
    if lossless and measured.source in claims:
        message, hint = claims[measured.source]
        evidence = f"nothing above {(measured.shelf_hz or 0) / 1000:.1f} kHz"
        yield Problem(f"{named(track)} {message}", "mixes", track.id, evidence, hint)

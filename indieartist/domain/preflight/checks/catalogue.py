"""Checks against what is known beside the release (AR-08, ID-04, ID-05, AU-07)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from indieartist.domain.identifiers import find_gtin, find_isrc, pad_gtin
from indieartist.domain.preflight.known import Delivery, SentTrack
from indieartist.domain.preflight.registry import (
    Case,
    Fix,
    Outcome,
    Problem,
    Severity,
    check,
    named,
)
from indieartist.domain.release import Credit, Track


@check
def names_alike(case: Case) -> Iterator[Outcome]:
    """AR-08: a name that stands in the catalogue with another spelling."""
    fields = [(None, case.release.credits), *((t.id, t.credits) for t in case.tracks)]
    told: set[str] = set()
    for track_id, credits in fields:
        for credit in credits:
            if credit.name in told or not (
                like := case.known.names.find_like(credit.name, case.release.id)
            ):
                continue
            told.add(credit.name)
            yield _spelling(credit, credits, track_id, *like)


def _spelling(
    credit: Credit, credits: tuple[Credit, ...], track_id: int | None, other: str, same: bool
) -> Problem:
    verb = "stands" if same else "may stand"
    spelled = tuple(replace(c, name=other) if c.name == credit.name else c for c in credits)
    return Problem(
        f"“{credit.name}” {verb} in your catalogue as “{other}”.",
        "credits",
        track_id,
        credit.name,
        "Keep one spelling for one person; leave it if they are two.",
        Fix("credits", spelled, f"Spell it “{other}”", track_id, asks=True),
        Severity.ERROR if same else Severity.INFO,
    )


@check
def as_delivered(case: Case) -> Iterator[Outcome]:
    """ID-04: the UPC, the ISRCs and the number of tracks, against the newest delivery."""
    delivery = _newest(case)
    if delivery is None:
        return
    worst = Severity.WARNING if delivery.by_hand else Severity.ERROR
    for field, track_id, was, now in _changes(case, delivery):
        yield Problem(
            f"{was} went out ({delivery.title}); now it is {now}.",
            field,
            track_id,
            f"delivered {delivery.sent_on.isoformat()}",
            "Put it back, or take the release down and deliver a new one.",
            at_most=worst,
        )


def _changes(case: Case, sent: Delivery) -> Iterator[tuple[str, int | None, str, str]]:
    if sent.gtin and _gtin(case.release.gtin) != _gtin(sent.gtin):
        yield "gtin", None, f"UPC {sent.gtin}", case.release.gtin or "gone"
    if len(sent.tracks) != len(case.tracks):
        yield "tracks", None, f"A release of {_tracks(len(sent.tracks))}", str(len(case.tracks))
    for track, was in _pairs(case, sent):
        isrc = find_isrc(track.isrc) or track.isrc
        if was.isrc and isrc != (find_isrc(was.isrc) or was.isrc):
            yield "isrc", track.id, f"ISRC {was.isrc} of {named(track)}", isrc or "gone"


def _tracks(count: int) -> str:
    return f"{count} track{'s' * (count != 1)}"


def _gtin(text: str) -> str:
    """A form in which the UPC and the EAN of one number are equal."""
    gtin = find_gtin(text)
    return pad_gtin(gtin) if gtin else text


def _pairs(case: Case, sent: Delivery) -> Iterator[tuple[Track, SentTrack]]:
    """Tracks that are there and were there, by their place."""
    for track, was in zip_longest(case.tracks, sent.tracks):
        if track is not None and was is not None:
            yield track, was


@check
def one_gtin_two_distributors(case: Case) -> Iterator[Outcome]:
    """ID-05: a release that went out with its UPC through another distributor."""
    delivery = _newest(case)
    if delivery is None or delivery.by_hand or delivery.destination == case.destination:
        return
    if delivery.gtin and _gtin(case.release.gtin) == _gtin(delivery.gtin):
        yield Problem(
            f"The UPC went out through {delivery.title} before.",
            "gtin",
            None,
            delivery.gtin,
            "Ask the new distributor whether it takes a UPC used elsewhere.",
        )


@check
def replaced_length(case: Case) -> Iterator[Outcome]:
    """AU-07: a mix approved after the delivery, against the delivered one's length."""
    delivery = _newest(case)
    if delivery is None:
        return
    most_ms = round(case.options["most_seconds"] * 1000)
    for track, was in _pairs(case, delivery):
        apart_ms = track.duration_ms - was.duration_ms
        if track.approved and was.duration_ms and abs(apart_ms) > most_ms:
            yield Problem(
                f"{named(track)} is {abs(apart_ms) / 1000:.1f} s"
                f" {'longer' if apart_ms > 0 else 'shorter'} than the delivered recording.",
                "approved_mix_id",
                track.id,
                f"delivered {was.duration_ms / 1000:.1f} s",
                "Another length is another recording: give it its own ISRC and release.",
                at_most=Severity.WARNING if delivery.by_hand else Severity.ERROR,
            )


def _newest(case: Case) -> Delivery | None:
    return case.known.deliveries[-1] if case.known.deliveries else None

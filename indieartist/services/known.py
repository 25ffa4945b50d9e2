"""What checks are told beside the release: the catalogue's names, and what was delivered before."""

from __future__ import annotations

from typing import Any

from indieartist.domain.preflight.known import Delivery, Known, Names, SentTrack
from indieartist.domain.preflight.rulebook import RuleBook
from indieartist.domain.release import Release
from indieartist.library.known import list_names, list_sent
from indieartist.sdk.adapter import DISTRIBUTORS
from indieartist.services.studio import Studio


def read_names(studio: Studio) -> Names:
    """Every name of the library; read once where many releases are checked."""
    with studio.library.read() as connection:
        return Names(list_names(connection))


def read_known(studio: Studio, release: Release, book: RuleBook, names: Names) -> Known:
    """What is known beside `release`; what was published where it may be amended is no delivery."""
    amends = {key for key, place in book.destinations.items() if place.amends}
    binding = [key for key in studio.adapters.list_keys(DISTRIBUTORS) if key not in amends]
    with studio.library.read() as connection:
        sent = list_sent(connection, release.id, binding)
    return Known(names, tuple(_delivery(studio, book, *row) for row in sent))


def _delivery(studio: Studio, book: RuleBook, key: str, item: dict[str, Any], at: Any) -> Delivery:
    place = book.destinations.get(key)
    tracks = item.get("tracks", ())
    return Delivery(
        destination=key,
        title=place.title if place else studio.adapters.get(key).manifest.display_name,
        gtin=item.get("gtin", ""),
        tracks=tuple(SentTrack(t["title"], t["isrc"], t["duration_ms"]) for t in tracks),
        sent_on=at.astimezone().date(),
        by_hand=bool(place and place.group == "direct"),
    )

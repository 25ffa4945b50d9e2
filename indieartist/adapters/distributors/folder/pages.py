"""The copy-sheet of a delivery: what stands on it and in which order."""

from __future__ import annotations

from indieartist.adapters.distributors.folder.columns import RELEASE_COLUMNS, TRACK_COLUMNS
from indieartist.adapters.sheet import Field, Picture, Section, Sheet
from indieartist.sdk.views import CreditView, ReleaseView

STEPS = (
    "Open your distributor's upload form beside this page.",
    "Copy each field across. Empty fields are left out: the form may stay empty there too.",
    "Add the artwork and the audio from this folder, in the order of the tracks.",
    "Write the UPC and the release link back into the release when you get them.",
)


def delivery_sheet(release: ReleaseView, names: list[str]) -> Sheet:
    """The release's own fields first, then a card per track; `names` as in the package."""
    cover = Picture(names[-1], f"Cover of {release.full_title}")
    tracks = tuple(_track_section(release, index, names[index]) for index in range(len(names) - 1))
    return Sheet(
        title=release.full_title,
        artist=release.artist_line,
        kind="Delivery sheet",
        cover=cover,
        steps=STEPS,
        sections=(_release_section(release, names[-1]), *tracks),
    )


def _release_section(release: ReleaseView, artwork: str) -> Section:
    values = {name: get(release) for name, get in RELEASE_COLUMNS.items()}
    links = {link.service: link.url for link in release.links}
    return Section("The release", _fields({**values, "Artwork file": artwork, **links}))


def _track_section(release: ReleaseView, index: int, name: str) -> Section:
    track = release.tracks[index]
    values = {label: get(track) for label, get in TRACK_COLUMNS.items()}
    credits = "\n".join(map(_credit_line, track.credits))
    values = {**values, "All credits": credits, "Audio file": name}
    return Section(f"{index + 1}. {track.full_title}", _fields(values))


def _credit_line(credit: CreditView) -> str:
    return f"{credit.label}: {credit.name}" + f" ({credit.instrument})" * bool(credit.instrument)


def _fields(values: dict[str, str]) -> tuple[Field, ...]:
    return tuple(Field(label, value) for label, value in values.items() if value)

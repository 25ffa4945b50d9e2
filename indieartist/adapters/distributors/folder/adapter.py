"""The adapter: what the package is called, what goes in, and what is left to the person."""

from __future__ import annotations

from pathlib import Path

from indieartist.adapters.distributors.folder.checks import find_issues
from indieartist.adapters.distributors.folder.package import FORMAT, build_package
from indieartist.adapters.handover import Handover
from indieartist.sdk.adapter import Kind, Manifest, Permission
from indieartist.sdk.capabilities import Actions, Capabilities, CapCache, Mode
from indieartist.sdk.context import Report
from indieartist.sdk.files import safe_name
from indieartist.sdk.steps import Issue, ManualStep
from indieartist.sdk.views import AccountView, ReleaseView


class Folder(Handover[ReleaseView]):
    """Builds `<artist> - <title>` in the chosen folder; nothing leaves the machine."""

    manifest = Manifest(
        id="folder",
        kind=Kind.DISTRIBUTOR,
        display_name="Delivery package",
        publisher="IndieArtist",
        permissions=(Permission.FILES,),
    )
    item_type = ReleaseView
    format = FORMAT
    page = ""
    by_hand = (
        ManualStep("Open your distributor's upload form and the package's sheet.html beside it."),
        ManualStep("Copy each field across, then add the artwork and the audio of the package."),
        ManualStep("Choose the stores and confirm the rights.", bring_back="UPC and release link"),
    )
    takedown = ManualStep("Ask the distributor that you gave the package to for a takedown.")

    def capabilities(self, account: AccountView | None, cache: CapCache) -> Capabilities:
        """A person carries the package the last mile."""
        del account, cache  # the same for everybody
        return Capabilities(
            idempotency=Mode.NATURAL_PUT,
            actions=Actions(update=True),
            audio_mimes=("audio/wav", "audio/flac"),
            required_fields=("title", "artists", "tracks", "artwork"),
            manual=True,
        )

    def validate(self, item: ReleaseView, caps: Capabilities) -> tuple[Issue, ...]:
        """What no upload form can do without."""
        return find_issues(item, caps)

    def title_of(self, item: ReleaseView) -> str:
        """'Mara Vale - Harbour Lights (Deluxe)'."""
        return f"{safe_name(item.artist_line, 56)} - {safe_name(item.full_title, 60)}"

    def summary_of(self, item: ReleaseView) -> str:
        """How many files."""
        count = len(item.tracks)
        return f"{count} audio file{'s' * (count != 1)}, the artwork and the sheet"

    def build(self, item: ReleaseView, place: Path, report: Report) -> None:
        """Build the package."""
        build_package(item, place, report)

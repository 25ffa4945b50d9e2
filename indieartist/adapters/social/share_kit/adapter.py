"""The adapter: what the kit is called, what goes in, and what is left to the person."""

from __future__ import annotations

from pathlib import Path

from indieartist.adapters.handover import Handover
from indieartist.adapters.social.share_kit.checks import find_issues
from indieartist.adapters.social.share_kit.kit import FORMAT, build_kit
from indieartist.adapters.social.share_kit.networks import NETWORKS
from indieartist.sdk.adapter import Kind, Manifest, Permission
from indieartist.sdk.capabilities import Actions, Capabilities, CapCache, Mode
from indieartist.sdk.context import Report
from indieartist.sdk.files import safe_name
from indieartist.sdk.steps import Issue, ManualStep
from indieartist.sdk.views import AccountView, PostView


class ShareKit(Handover[PostView]):
    """Builds a kit in the chosen folder; nothing leaves the machine."""

    manifest = Manifest(
        id="share-kit",
        kind=Kind.SOCIAL,
        display_name="Share kit",
        publisher="IndieArtist",
        permissions=(Permission.FILES,),
    )
    item_type = PostView
    format = FORMAT
    page = "index.html"
    by_hand = (
        ManualStep("Open index.html in the kit and post to each network you use."),
        ManualStep("Paste the links of the posts here.", bring_back="links of the posts"),
    )
    takedown = ManualStep("Delete the posts on the networks where you posted them.")

    def capabilities(self, account: AccountView | None, cache: CapCache) -> Capabilities:
        """A person posts it; each network's own limits are kept when the kit is built."""
        del account, cache  # the same for everybody
        return Capabilities(
            idempotency=Mode.NATURAL_PUT,
            actions=Actions(update=True),
            required_fields=("text",),
            manual=True,
        )

    def validate(self, item: PostView, caps: Capabilities) -> tuple[Issue, ...]:
        """What is missing, and where the text will be cut."""
        del caps
        return find_issues(item)

    def title_of(self, item: PostView) -> str:
        """'Mara Vale - Harbour Lights - share kit'."""
        if item.release is None:
            return f"Share kit - {safe_name(item.text, 40)}"
        artist = safe_name(item.release.artist_line, 40)
        return f"{artist} - {safe_name(item.release.full_title, 48)} - share kit"

    def summary_of(self, item: PostView) -> str:
        """For how many networks."""
        del item
        return f"texts and pictures for {len(NETWORKS)} networks"

    def build(self, item: PostView, place: Path, report: Report) -> None:
        """Build the kit."""
        build_kit(item, place, report)

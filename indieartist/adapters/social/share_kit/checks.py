"""What a kit cannot be made without, and where a network will see less than was written."""

from __future__ import annotations

from collections.abc import Iterator

from indieartist.adapters.social.share_kit.kit import picture_of
from indieartist.adapters.social.share_kit.networks import NETWORKS
from indieartist.adapters.social.share_kit.wording import wording_for
from indieartist.sdk.steps import Issue, Severity
from indieartist.sdk.views import PostView


def find_issues(post: PostView) -> tuple[Issue, ...]:
    """Findings on text and picture; pure, and stable in order."""
    return (*_missing(post), *_shortened(post))


def _missing(post: PostView) -> Iterator[Issue]:
    if not post.text.strip():
        yield Issue("text.empty", Severity.ERROR, "text", "The post is empty.", "Write something.")
    picture = picture_of(post)
    if picture is None:
        message, hint = "The post has no picture.", "Add one, or a cover to its release."
        yield Issue("media.missing", Severity.ERROR, "media", message, hint)
    elif not picture.alt.strip():
        message = "The picture has no description for people who cannot see it."
        hint = "Say in a sentence what is there."
        yield Issue("media.no_alt", Severity.WARNING, "media.0.alt", message, hint)


def _shortened(post: PostView) -> Iterator[Issue]:
    cut = [network.name for network in NETWORKS if wording_for(post, network).shortened]
    if cut:
        message = f"The text is too long for {', '.join(cut)}, and is cut there."
        hint = "Put what matters first, or shorten it."
        yield Issue("text.shortened", Severity.WARNING, "text", message, hint)

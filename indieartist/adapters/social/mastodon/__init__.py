"""Posts to Mastodon and to servers that speak its API, on the person's own account."""

from __future__ import annotations

from indieartist.adapters.social.mastodon.adapter import Mastodon

__all__ = ["Mastodon"]

"""The share kit: texts and pictures fitted to each network, to be posted by hand."""

from __future__ import annotations

from indieartist.adapters.social.share_kit.adapter import ShareKit

__all__ = ["ShareKit"]

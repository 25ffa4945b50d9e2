"""The artist's own place: a page and a feed for each release, and an index of them all."""

from __future__ import annotations

from indieartist.adapters.distributors.site.adapter import Site

__all__ = ["Site"]

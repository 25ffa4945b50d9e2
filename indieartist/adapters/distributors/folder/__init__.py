"""The delivery package: a folder that any distributor's upload form can be fed from."""

from __future__ import annotations

from indieartist.adapters.distributors.folder.adapter import Folder

__all__ = ["Folder"]

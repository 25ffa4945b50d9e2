"""Finding adapters by entry point, ours and strangers' alike, each loaded when it is first used."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

from indieartist.errors import UserError

if TYPE_CHECKING:
    from indieartist.sdk.adapter import Adapter

    AnyAdapter = Adapter[Any]

GROUPS = ("indieartist.distributors", "indieartist.socials")


class AdapterShelf:
    """The installed adapters by their key; a broken one fails alone, when it is asked for."""

    def __init__(self) -> None:
        self._loaded: dict[str, AnyAdapter] = {}

    @cached_property
    def _points(self) -> Mapping[str, EntryPoint]:
        return {point.name: point for group in GROUPS for point in entry_points(group=group)}

    def list_keys(self, group: str | None = None) -> list[str]:
        """Adapter keys, all or those of an entry point group (`sdk.adapter`)."""
        points = self._points.values()
        return [p.name for p in points if group is None or p.group == group]

    def get(self, key: str) -> AnyAdapter:
        """The adapter; raises UserError when it is unknown, broken or made for another contract."""
        if key not in self._loaded:
            self._loaded[key] = self._load(key)
        return self._loaded[key]

    def _load(self, key: str) -> AnyAdapter:
        from indieartist.sdk.adapter import API_VERSION

        if key not in self._points:
            known = ", ".join(self._points)
            raise UserError(f"There is no destination “{key}”.", f"Known: {known}.")
        try:
            adapter: AnyAdapter = self._points[key].load()()
        except Exception as error:  # a stranger's code: whatever it raises stays with it
            raise UserError(
                f"The adapter “{key}” does not start: {error}.", "Update or remove it."
            ) from error
        spoken = adapter.manifest.api_version
        if spoken != API_VERSION:
            raise UserError(
                f"The adapter “{key}” speaks version {spoken} of the contract, "
                f"this program {API_VERSION}.",
                "Update the one that is older.",
            )
        return adapter

"""An account's secrets: given out by name, and scrubbed from every text that leaves."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, quote_plus

from indieartist.sdk.failures import AuthLost

HIDDEN = "•••"
SHORTEST_SCRUBBED = 4  # scrubbing shorter ones would only garble the text


class Secrets:
    """Asks the core's keyring for one account's secrets and remembers what to hide."""

    def __init__(self, find: Callable[[str], str | None]) -> None:
        self._find = find
        self._seen: set[str] = set()

    def __repr__(self) -> str:
        return "Secrets()"

    def get(self, name: str) -> str:
        """The secret of that name; raises `AuthLost` when there is none."""
        value = self._find(name)
        if not value:
            raise AuthLost("This account is not connected.", "Connect it again.")
        self.hide(value)
        return value

    def hide(self, value: str) -> None:
        """Scrub `value`, also as it looks in an address, from now on."""
        if len(value) >= SHORTEST_SCRUBBED:
            self._seen |= {value, quote(value, safe=""), quote_plus(value)}

    def redact(self, text: str) -> str:
        """The text without any secret that was given out."""
        for value in sorted(self._seen, key=len, reverse=True):
            text = text.replace(value, HIDDEN)
        return text

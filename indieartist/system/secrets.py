"""Where accounts' secrets live: the system's keyring, else this process's memory, never a file."""

from __future__ import annotations

import os
import re
from typing import Protocol

from indieartist.errors import WorldError

SERVICE = "indieartist"

# keyrings.alt would be picked silently and keeps secrets as readable text, or asks on stdin.
TRUSTED = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)


class SecretStore(Protocol):
    """A place for secrets by name."""

    where: str

    def find(self, name: str) -> str | None:
        """The secret, if there is one."""

    def keep(self, name: str, value: str) -> None:
        """Store the secret."""

    def forget(self, name: str) -> None:
        """Remove the secret."""


class MemorySecrets:
    """Secrets for as long as the program runs, where the machine has no keyring."""

    where = "in memory, until the program ends"

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def find(self, name: str) -> str | None:
        """The secret, if it was kept or stands in the environment."""
        return self._values.get(name) or os.environ.get(variable_of(name))

    def keep(self, name: str, value: str) -> None:
        """Remember the secret."""
        self._values[name] = value

    def forget(self, name: str) -> None:
        """Forget the secret."""
        self._values.pop(name, None)


class KeyringSecrets:
    """Secrets in the system's keyring; the environment goes before it, for scheduled runs."""

    where = "in the system's keyring"

    def find(self, name: str) -> str | None:
        """The secret, if there is one; raises WorldError when the keyring is locked."""
        import keyring
        from keyring.errors import KeyringError

        if value := os.environ.get(variable_of(name)):
            return value
        try:
            return keyring.get_password(SERVICE, name)
        except KeyringError as error:
            raise _closed(error) from error

    def keep(self, name: str, value: str) -> None:
        """Store the secret; raises WorldError when the keyring is locked."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(SERVICE, name, value)
        except KeyringError as error:
            raise _closed(error) from error

    def forget(self, name: str) -> None:
        """Remove the secret."""
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            keyring.delete_password(SERVICE, name)
        except PasswordDeleteError:
            return
        except KeyringError as error:
            raise _closed(error) from error


def open_secrets() -> SecretStore:
    """The system's keyring where a trusted one answers, else memory."""
    import keyring

    backend = keyring.get_keyring()
    candidates = getattr(backend, "backends", [backend])
    for candidate in candidates:
        if type(candidate).__module__.startswith(TRUSTED):
            keyring.set_keyring(candidate)
            return KeyringSecrets()
    return MemorySecrets()


def variable_of(name: str) -> str:
    """The environment variable that may hold the secret, for machines without a keyring."""
    return "INDIEARTIST_SECRET_" + re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_")


def _closed(error: Exception) -> WorldError:
    return WorldError(
        f"The system's keyring did not answer: {type(error).__name__}.",
        "Unlock it and try again.",
    )

"""What was worked out of audio and can be worked out again: small files by its content hash."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.errors import world_error
from indieartist.library.database import sync_file

if TYPE_CHECKING:
    from indieartist.library.vault import Vault


class Derived:
    """A folder for each content hash, a file for each name; a file is there whole or not at all.

    It is made where the vault sweeps up after killed processes. What reads a file must still bear
    with any bytes: a person may have been in the folder.
    """

    def __init__(self, folder: Path, vault: Vault) -> None:
        self.folder = folder
        self._vault = vault

    def find(self, content_hash: str, name: str) -> bytes | None:
        """What is kept under this name, if anything; it counts as used now."""
        path = self._path_of(content_hash, name)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        with suppress(OSError):
            os.utime(path)
        return content

    def write(self, content_hash: str, name: str, content: bytes) -> None:
        """Keep `content`, in the place of what was kept before."""
        path, making = self._path_of(content_hash, name), self._vault.new_path(".derived")
        try:
            making.write_bytes(content)
            sync_file(making)
            path.parent.mkdir(parents=True, exist_ok=True)
            making.replace(path)
        except OSError as error:
            raise world_error(error, path) from error
        finally:
            making.unlink(missing_ok=True)

    def forget_old(self, content_hash: str, kind: str, most: int) -> None:
        """Keep the `most` that were used last of those whose names begin with `kind`."""
        with suppress(OSError):
            kept = list(self._path_of(content_hash, kind).parent.glob(f"{kind}*"))
            kept.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
            for path in kept[most:]:
                path.unlink(missing_ok=True)

    def forget(self, content_hash: str) -> None:
        """Let go of everything that was worked out of audio that is gone."""
        shutil.rmtree(self._path_of(content_hash, "any").parent, ignore_errors=True)

    def _path_of(self, content_hash: str, name: str) -> Path:
        return self.folder / content_hash[:2] / content_hash / name

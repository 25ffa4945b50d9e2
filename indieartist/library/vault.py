"""The vault: audio, masters and artwork as files named by the SHA-256 of their content."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError, world_error
from indieartist.library.database import sync_file

CHUNK_BYTES = 1 << 20


class Vault:
    """A folder of immutable files; a file is in it whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._incoming = folder / "incoming"

    def path_of(self, content_hash: str, suffix: str) -> Path:
        """Where the file with this hash lies, or would lie."""
        return self.folder / content_hash[:2] / f"{content_hash}{suffix}"

    def get_path(self, content_hash: str, suffix: str) -> Path:
        """Where the file lies; raises UserError when it is missing."""
        path = self.path_of(content_hash, suffix)
        if not path.is_file():
            raise UserError(
                f"The library's file {path.name} is missing.", "Restore it from a backup."
            )
        return path

    def add_file(self, source_path: Path, suffix: str, report: Report = silent) -> str:
        """Copy a file in; return its hash. A killed copy leaves nothing under the vault's names."""
        incoming = self.new_path(suffix)
        try:
            content_hash = _copy_hashed(source_path, incoming, report)
            return self._keep(incoming, content_hash, suffix)
        except OSError as error:
            raise world_error(error, source_path) from error
        finally:
            incoming.unlink(missing_ok=True)

    def adopt(self, incoming: Path, suffix: str) -> str:
        """Move a file that was made at `new_path` in; return its hash."""
        try:
            return self._keep(incoming, hash_file(incoming), suffix)
        except OSError as error:
            raise world_error(error, incoming) from error

    def forget(self, content_hash: str, suffix: str) -> None:
        """Delete a file that was taken in and that the library has no use for after all."""
        path = self.path_of(content_hash, suffix)
        if path.exists():
            path.chmod(0o644)  # where a file that is read-only cannot be deleted
            path.unlink()

    def new_path(self, suffix: str) -> Path:
        """A path on the vault's own disk for a file in the making, named by this process."""
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise world_error(error, self.folder) from error
        return self._incoming / f"{os.getpid()}-{os.urandom(6).hex()}{suffix}"

    def sweep(self) -> int:
        """Delete what killed processes left half made; return how many files went."""
        left = [p for p in self._incoming.glob("*-*") if not _alive(_maker(p))]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _keep(self, incoming: Path, content_hash: str, suffix: str) -> str:
        target = self.path_of(content_hash, suffix)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            incoming.chmod(0o444)
            sync_file(incoming)
            incoming.replace(target)
            sync_file(target)
        return content_hash


def _copy_hashed(source_path: Path, target_path: Path, report: Report) -> str:
    digest, done = hashlib.sha256(), 0
    size = max(source_path.stat().st_size, 1)
    with source_path.open("rb") as source, target_path.open("xb") as target:
        while chunk := source.read(CHUNK_BYTES):
            digest.update(chunk)
            target.write(chunk)
            done += len(chunk)
            if done > size:  # else a file that never ends would be copied for ever
                raise UserError(f"{source_path.name} is still being written.", "Try again then.")
            report(done / size)
    return digest.hexdigest()


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, as hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _maker(incoming: Path) -> str:
    """The process that makes a file; of a hidden draft beside one, whoever makes that one."""
    return incoming.name.lstrip(".").split("-")[0]


def _alive(pid: str) -> bool:
    if not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True

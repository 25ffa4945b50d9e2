"""Writing a folder for a person: safe names, verified copies, and all of it or nothing."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from indieartist.errors import WorldError
from indieartist.sdk.context import Report, silent
from indieartist.sdk.failures import Misconfigured
from indieartist.sdk.views import FileView

CHUNK_BYTES = 2**20
NAME_MAX_BYTES = 120  # leaves room for a suffix and for long parent folders on Windows
FORBIDDEN = set('<>:"/\\|?*')
RESERVED = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(10)}
AT_FDCWD, RENAME_EXCHANGE, RENAME_SWAP = -100, 2, 2


def safe_name(text: str, max_bytes: int = NAME_MAX_BYTES) -> str:
    """The text as a file name that every system takes, as near to it as can be (NFC)."""
    kept = "".join(_safe_char(char) for char in unicodedata.normalize("NFC", text))
    name = _shorten(" ".join(kept.split()), max_bytes).strip(". ")
    if not name:
        return "Untitled"
    return f"_{name}" if name.split(".")[0].casefold().strip() in RESERVED else name


def _safe_char(char: str) -> str:
    if char in FORBIDDEN:
        return "-"
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return "" if unicodedata.category(char) == "Cf" else " "
    return char


def _shorten(name: str, max_bytes: int) -> str:
    """Cut the UTF-8 without splitting a character."""
    return name.encode()[:max_bytes].decode("utf-8", "ignore")


def hash_file(path: Path) -> str:
    """SHA-256 of a file, in hex; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_verified(source: FileView, target: Path, report: Report = silent) -> None:
    """Copy a finished file and check what was copied against the hash it was planned with."""
    name, digest, done = Path(source.path).name, hashlib.sha256(), 0
    with _source(Path(source.path)) as reader, _target(target) as writer:
        while chunk := reader.read(CHUNK_BYTES):
            writer.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            report(min(done / max(source.size_bytes, 1), 1.0))
    if digest.hexdigest() != source.sha256:
        raise Misconfigured(f"{name} has changed since it was planned.", "Plan the delivery again.")


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with plain line feeds on every system; lone surrogates become '?'."""
    write_bytes(path, text.encode("utf-8", "replace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write and force to disk a file inside a folder that is still being built."""
    with _target(path) as file:
        file.write(data)


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in its place at once: whoever looks sees the old one or the new one."""
    stage = path.with_name(f".{path.name}.writing")
    try:
        write_bytes(stage, data)
        stage.replace(path)
    except OSError as error:
        raise disk_failure(error, path) from error
    finally:
        stage.unlink(missing_ok=True)


@contextmanager
def _source(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror}."
        raise WorldError(message, "See whether it is still there.") from error


@contextmanager
def _target(path: Path) -> Iterator[BinaryIO]:
    """A new file that is on the disk when the block ends; raises WorldError for the disk's no."""
    try:
        with path.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise disk_failure(error, path) from error


def disk_failure(error: OSError, path: Path) -> WorldError:
    """What a person should read when the disk refuses."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return WorldError(f"The disk is full: {path.name} could not be written.", "Make room.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return WorldError(f"{path.parent} may not be written to.", "Choose another folder.")
    return WorldError(f"{path.name} could not be written: {error.strerror}.", "Check the disk.")


@contextmanager
def staged_folder(final: Path) -> Iterator[Path]:
    """A folder to build in, which takes the place of `final` in one move when all went well.

    Whatever goes wrong inside, `final` stays as it was and no partial folder is left behind.
    """
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        recover_folder(final)
        stage = _stage(final)
        shutil.rmtree(stage, ignore_errors=True)  # left by a crash
        stage.mkdir()
    except OSError as error:
        raise disk_failure(error, final) from error
    try:
        yield stage
        _replace_folder(stage, final)
    except OSError as error:
        raise disk_failure(error, final) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def remove_folder(final: Path) -> None:
    """Take a folder away in one move; what a crash leaves behind is hidden and goes next time."""
    stage = _stage(final)
    try:
        shutil.rmtree(stage, ignore_errors=True)
        final.rename(stage)
        shutil.rmtree(stage)
    except OSError as error:
        raise disk_failure(error, final) from error


def _stage(final: Path) -> Path:
    return final.with_name(f".{final.name}.building")


def _replace_folder(stage: Path, final: Path) -> None:
    """Put `stage` where `final` is; afterwards `stage` holds what was there, if anything."""
    if not final.exists():
        stage.rename(final)
    elif not _swap(stage, final):
        aside = _aside(final)
        final.rename(aside)
        stage.rename(final)
        shutil.rmtree(aside)


def recover_folder(final: Path) -> None:
    """Bring back a folder that a crash caught between two moves (where swapping is missing)."""
    aside = _aside(final)
    if aside.exists() and not final.exists():
        aside.rename(final)
    shutil.rmtree(aside, ignore_errors=True)


def _aside(final: Path) -> Path:
    return final.with_name(f".{final.name}.before")


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one act of the kernel; False where it has no such act."""
    calls = {"linux": "renameat2", "darwin": "renamex_np"}
    library = ctypes.CDLL(None) if sys.platform in calls else None
    call = getattr(library, calls.get(sys.platform, ""), None)
    if call is None:
        return False
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        return bool(call(first, second, RENAME_SWAP) == 0)
    return bool(call(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE) == 0)

"""Where the errors of mutagen and of the disk become sentences."""

from __future__ import annotations

import errno
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indieartist.audio.sniff import EXPORT_HINT, shown
from indieartist.audio.tags.layout import MalformedError
from indieartist.audio.tags.slots import UnfitError
from indieartist.errors import AppError, UserError, WorldError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
PARSING = (
    ValueError,
    LookupError,
    ArithmeticError,
    EOFError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""What mutagen's parsers let through, beside its own error, for bytes that nobody meant."""


@contextmanager
def foreign_bytes(trouble: str = "has damaged tags") -> Iterator[None]:
    """Around mutagen at work: what it trips over is the file's fault, said as 'NAME `trouble`'."""
    from mutagen import MutagenError

    try:
        yield
    except MalformedError:
        raise
    except (MutagenError, *PARSING) as error:
        raise (_find_os_error(error) or MalformedError(trouble)) from error


@contextmanager
def readable_errors(path: Path) -> Iterator[None]:
    """Turn what goes wrong with the tags of `path` into one sentence with its name in it."""
    name = shown(path)
    try:
        yield
    except UnfitError as error:
        raise UserError(
            f"The tags do not fit into {name}: {error}.", "Change the value and write again."
        ) from error
    except MalformedError as error:
        raise UserError(f"{name} {error}.", EXPORT_HINT) from error
    except OSError as error:
        raise _from_disk(name, error) from error


def _from_disk(name: str, error: OSError) -> AppError:
    if isinstance(error, FileNotFoundError):
        return UserError(f"{name} is not there.", "Was it moved or renamed?")
    if error.errno in DENIED:
        return UserError(f"{name} may not be opened or changed.", "Change its permissions.")
    if error.errno in FULL:
        return WorldError(f"The disk is full; {name} is unchanged.", "Make room.")
    reason = error.strerror or error
    return WorldError(
        f"{name} cannot be read or written: {reason}.", "Check the path and the disk."
    )


def _find_os_error(error: BaseException | None) -> OSError | None:
    """The disk's error inside the library's.

    Not the disk's: the bare one that mutagen raises where bytes run out, and EINVAL, which comes of
    seeking to where damaged sizes point.
    """
    while error is not None:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            return error
        inner = next((arg for arg in error.args if isinstance(arg, OSError)), None)
        error = inner or error.__cause__ or error.__context__
    return None

"""Files renamed step by step: all or none, where they exchange names too, and after a kill."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from indieartist.errors import AppError, UserError, world_error

Step = tuple[Path, Path]


def order_steps(moves: Sequence[Step]) -> list[Step]:
    """The renames (old, new) in order; where files exchange names, they step aside first."""
    leaving = {name_key(old) for old, _new in moves}
    aside = {old: _aside(old) for old, new in moves if name_key(new) in leaving}
    first = [(old, aside[old]) for old, _new in moves if old in aside]
    straight = [(old, new) for old, new in moves if old not in aside]
    last = [(aside[old], new) for old, new in moves if old in aside]
    return first + straight + last


def find_made(steps: list[Step], count: int, file: int | None) -> list[Step]:
    """The steps that were made: all, unless a kill came in between.

    The first `count` put files aside under names of their own, the last as many take them on.
    `file` is the number that the file system gave the first of them.
    """
    first, straight, last = steps[:count], steps[count : len(steps) - count], steps[-count:]
    straight = [(old, new) for old, new in straight if is_there(new) or not is_there(old)]
    if not count:
        return straight
    waiting = [is_there(aside) for _old, aside in first]
    if all(waiting):
        return first + straight
    if waiting[0]:
        return [step for step, waits in zip(first, waiting, strict=True) if waits]
    untouched = not any(waiting) and number_of(first[0][0]) == file
    return [] if untouched else first + straight + [s for s in last if not is_there(s[0])]


def number_of(path: Path) -> int | None:
    """What the file system knows the file by, whatever it is called."""
    return path.stat().st_ino if path.exists() else None


def walk(steps: Sequence[Step], *, skip: bool = False) -> list[Path]:
    """Make the steps, all or none; with `skip`, return what the files were to be called that are
    not there.
    """
    done: list[Step] = []
    gone: list[Path] = []
    try:
        for old, new in steps:
            if skip and not is_there(old):
                gone.append(new)
                continue
            if _blocked(old, new):
                raise UserError(f"There is a file {new.name} already.", "Nothing was renamed.")
            _rename(old, new)
            done.append((old, new))
    except AppError:
        for old, new in reversed(done):
            _rename(new, old)
        raise
    return gone


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.stem[:60]}.{os.urandom(4).hex()}{path.suffix}")


def _rename(old: Path, new: Path) -> None:
    try:
        old.rename(new)
    except OSError as error:
        raise world_error(error, old) from error


def is_there(path: Path) -> bool:
    """Whether anything has that name, a broken link too."""
    return os.path.lexists(path)


def _blocked(old: Path, new: Path) -> bool:
    """Whether something else has the name; a change of case finds the file itself there."""
    return is_there(new) and not (is_there(old) and old.samefile(new))


def name_key(path: Path) -> str:
    """Where two names are one: macOS and Windows know neither case nor kinds of accents."""
    return unicodedata.normalize("NFC", str(path)).casefold()

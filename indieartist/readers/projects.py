"""Reading a DAW's project, of whichever kind it is: by what stands in it, not by its name."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from indieartist.domain.project import Project
from indieartist.errors import UserError, world_error
from indieartist.readers import ableton, dawproject, flstudio, protools, reaper
from indieartist.readers.limits import MOST_SECONDS, Limits

Reader = Callable[[Path, Limits], Project]

# The bytes that each kind begins with, and who reads it.
READERS: dict[bytes, Reader] = {
    ableton.MAGIC: ableton.read_ableton,
    reaper.MAGIC: reaper.read_reaper,
    dawproject.MAGIC: dawproject.read_dawproject,
    flstudio.MAGIC: flstudio.read_flstudio,
    protools.MAGIC: protools.read_protools,
}
_KNOWN = "Ableton Live (.als), Reaper (.rpp), .dawproject, FL Studio (.flp) or Pro Tools' text"

# What other DAWs' files are called, and the way by which they can be read after all.
_BY_ANOTHER_WAY = {
    ".ptx": "In Pro Tools, File > Export > Session Info as Text gives a file that can be read.",
    ".pts": "In Pro Tools, File > Export > Session Info as Text gives a file that can be read.",
    ".ptf": "In Pro Tools, File > Export > Session Info as Text gives a file that can be read.",
    ".cpr": "In Cubase, File > Export > DAWproject gives a file that can be read.",
    ".song": "In Studio One, File > Convert To > DAWproject gives a file that can be read.",
    ".bwproject": "In Bitwig, File > Export Project > DAWproject gives a file that can be read.",
    ".logicx": "Logic has no format that others read: export its audio, and its name will do.",
}


def read_project(path: Path, seconds: float = MOST_SECONDS) -> Project:
    """Everything a project says of its song; nothing is ever written.

    Raises UserError for a file that is no project, is damaged or built to harm, or takes too long,
    and WorldError where the disk is in the way.
    """
    limits = Limits(_shown(path), seconds)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _unknown(path)
        return _find_reader(path)(path, limits)
    except OSError as error:
        raise world_error(error, path) from error
    except ValueError as error:  # a NUL in the path
        raise UserError(f"{_shown(path)!r} is not a possible path.", "Check the path.") from error
    except (MemoryError, RecursionError) as error:
        raise limits.damaged() from error


def _find_reader(path: Path) -> Reader:
    with path.open("rb") as file:
        head = file.read(64)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace").encode("ascii", "replace")
    for magic, reader in READERS.items():
        if head.startswith(magic) or text.startswith(magic):
            return reader
    raise _unknown(path)


def _unknown(path: Path) -> UserError:
    hint = _BY_ANOTHER_WAY.get(path.suffix.lower(), f"Choose a project of {_KNOWN}.")
    return UserError(f"“{_shown(path)}” is no project that can be read.", hint)


def _shown(path: Path) -> str:
    return path.name.encode("utf-8", "replace").decode("utf-8")

"""ID3v2 tags as a whole: opened, parsed, and made into bytes of version 2.3 or 2.4."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

from indieartist.audio.tags.border import foreign_bytes
from indieartist.audio.tags.id3_23 import gather, spread
from indieartist.audio.tags.id3_limits import require_modest
from indieartist.audio.tags.layout import read_head

PADDING_BYTES = 32  # ExifTool takes the last frame of a tag without any for damaged
ONLY_IN_23 = ("RVAD", "EQUA", "TRDA", "TSIZ")  # id3v2.4.0-changes


def empty() -> Any:
    """A tag without frames."""
    from mutagen.id3 import ID3

    return ID3()


def open_file(path: Path) -> Any:
    """The tag at the head of a file, completed from ID3v1 at its end; an empty one without."""
    from mutagen.id3 import ID3, ID3NoHeaderError

    with path.open("rb") as file:
        require_modest(read_head(file))
    with foreign_bytes():
        try:
            tags = _translated(ID3(path, translate=False))
        except ID3NoHeaderError:
            return ID3()
    return tags


def save_file(tags: Any, path: Path, version: int | None = None) -> None:
    """Write the tag to the head of a file, or take it out where nothing is left in it."""
    with foreign_bytes("cannot hold these tags"):
        if tags or tags.unknown_frames:
            tags.save(path, v1=1, **_prepared(tags, version))
        else:
            tags.delete(path)


def parse(data: bytes) -> Any:
    """An ID3v2 tag in a chunk as mutagen's object, of version 2.4."""
    from mutagen.id3 import ID3

    require_modest(data)
    with foreign_bytes():
        return _translated(ID3(BytesIO(data), load_v1=False, translate=False))


def render(tags: Any, version: int | None = None) -> bytes:
    """The tag as bytes with a little padding; b'' where nothing is left in it."""
    if not tags and not tags.unknown_frames:
        return b""
    sink = BytesIO()
    with foreign_bytes("cannot hold these tags"):
        tags.save(sink, v1=0, padding=_padding, **_prepared(tags, version))
    return sink.getvalue()


def _padding(_info: Any) -> int:
    return PADDING_BYTES


def _translated(tags: Any) -> Any:
    """The frames as those of 2.4, whatever the version; what 2.4 has no frame for waits aside."""
    aside = [frame for name in ONLY_IN_23 for frame in tags.getall(name)]
    tags.update_to_v24()
    tags.only_in_23 = aside
    if tags.version[:2] == (2, 3):
        spread(tags)
    return tags


def _prepared(tags: Any, version: int | None) -> dict[str, Any]:
    """Make the frames those of ID3v2.3 or 2.4, and say so to mutagen; None keeps what it was.

    Lists are joined with NUL in 2.3 too, but for the two frames whose lists have slashes there.
    """
    chosen = version or (3 if tags.version[:2] == (2, 3) else 4)
    if chosen == 3:
        gather(tags)
        for frame in getattr(tags, "only_in_23", ()):
            tags.add(frame)
    else:
        keep_unknown(tags)
    return {"v2_version": chosen, "v23_sep": None}


def keep_unknown(tags: Any) -> None:
    """Carry frames that mutagen does not know from ID3v2.3 over to 2.4.

    Mutagen drops them on a change of version; one without flags differs only in how its size is
    written. Frames of ID3v2.2 (three letters) have no form in 2.4, and flagged ones (compressed,
    encrypted) would change meaning: those are dropped, and come back with a restore.
    """
    from mutagen.id3 import BinaryFrame

    if tags.version[:2] != (2, 3):
        return
    for number, raw in enumerate(tags.unknown_frames):
        name = raw[:4].decode("latin-1")
        if re.fullmatch(r"[A-Z][A-Z0-9]{3}", name) and raw[8:10] == b"\0\0":
            tags[f"{name}:{number}"] = type(name, (BinaryFrame,), {})(data=raw[10:])

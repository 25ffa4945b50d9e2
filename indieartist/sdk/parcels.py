"""A folder that an adapter made and that knows it: manifest with hashes, owner and revision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indieartist.errors import UserError
from indieartist.sdk.codec import from_json, to_json
from indieartist.sdk.failures import Misconfigured
from indieartist.sdk.files import hash_file, remove_folder, safe_name, write_text

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
LARGEST_MANIFEST_BYTES = 2**24


@dataclass(frozen=True, slots=True)
class ParcelFile:
    """One file of a parcel; `path` is relative and written with '/'."""

    path: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a made folder is: `format` names its maker, `item_id` and `revision` its content."""

    format: str
    item_id: str
    revision: str
    files: tuple[ParcelFile, ...]


def write_manifest(folder: Path, format: str, item_id: str, revision: str) -> None:
    """Write manifest.json over all files, and SHA256SUMS (as `sha256sum -c` reads it) over all."""
    parcel = Parcel(format, item_id, revision, _list_files(folder))
    text = json.dumps(to_json(parcel), ensure_ascii=False, indent=2)
    write_text(folder / MANIFEST, text + "\n")
    sums = "".join(f"{file.sha256}  {file.path}\n" for file in _list_files(folder))
    write_text(folder / SUMS, sums)


def _list_files(folder: Path) -> tuple[ParcelFile, ...]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in paths]
    files = zip(names, paths, strict=True)
    return tuple(ParcelFile(name, p.stat().st_size, hash_file(p)) for name, p in files)


def find_parcel(folder: Path) -> Parcel | None:
    """What a folder says it is; None for any other folder, and for a damaged manifest."""
    path = folder / MANIFEST
    try:
        if path.stat().st_size > LARGEST_MANIFEST_BYTES:
            return None
        return from_json(Parcel, json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, RecursionError, UserError):
        return None


def place_for(out_dir: Path, names: Sequence[str], format: str, item_id: str) -> Path:
    """Where a parcel belongs: under the first of its names that nothing else has taken.

    Names that differ in case alone count as the same, since many disks cannot tell them apart.
    """
    for name in names:
        there = _find_alike(out_dir, name)
        if there is None or is_parcel_of(there, format, item_id):
            return there or out_dir / name
    message = f"{names[0]!r} is taken in {out_dir}."
    raise Misconfigured(message, "Move what lies there, or choose another folder.")


def parcel_names(title: str, item_id: str) -> tuple[str, str]:
    """The two names that a parcel can have: the title, and with the id where that is taken."""
    return safe_name(title), f"{safe_name(title, 100)} [{safe_name(item_id, 16)}]"


def _find_alike(out_dir: Path, name: str) -> Path | None:
    if not out_dir.is_dir():
        return None
    alike = (path for path in out_dir.iterdir() if path.name.casefold() == name.casefold())
    return next(alike, None)


def remove_parcel(folder: Path, format: str, item_id: str) -> None:
    """Take a parcel away in one move; a folder that is not that parcel is left alone."""
    if is_parcel_of(folder, format, item_id):
        remove_folder(folder)


def is_parcel_of(folder: Path, format: str, item_id: str) -> bool:
    """Whether a folder is the parcel of that item by that maker."""
    parcel = find_parcel(folder)
    return parcel is not None and (parcel.format, parcel.item_id) == (format, item_id)

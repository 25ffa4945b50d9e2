"""The package itself: audio, artwork, metadata, sheet and manifest, in one new folder."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from indieartist.adapters.distributors.folder.columns import columns_of
from indieartist.adapters.distributors.folder.pages import delivery_sheet
from indieartist.adapters.sheet import render_sheet
from indieartist.sdk.codec import to_json
from indieartist.sdk.context import Report, part_of
from indieartist.sdk.failures import Rejected
from indieartist.sdk.files import (
    copy_verified,
    safe_name,
    staged_folder,
    write_bytes,
    write_text,
)
from indieartist.sdk.parcels import write_manifest
from indieartist.sdk.views import FileRole, FileView, ReleaseView, TrackView, item_revision

FORMAT = "indieartist-delivery/1"


def build_package(release: ReleaseView, place: Path, report: Report) -> None:
    """Build the package beside `place` and let it take that place at once; the bytes repeat."""
    report(0.0)
    copies = _copies_of(release)
    with staged_folder(place) as folder:
        for index, (name, file) in enumerate(copies):
            copy_verified(file, folder / name, part_of(report, index, len(copies)))
        names = [name for name, _ in copies]
        _write_metadata(release, names, folder)
        write_text(folder / "sheet.html", render_sheet(delivery_sheet(release, names)))
        write_manifest(folder, FORMAT, release.id, item_revision(release))
        report(1.0)


def _copies_of(release: ReleaseView) -> list[tuple[str, FileView]]:
    """Name in the package and source of each file: the tracks in order, then the artwork."""
    audio = [(_audio_name(n, t, release), t) for n, t in enumerate(release.tracks, 1)]
    copies = [(name, _audio_of(track)) for name, track in audio]
    if release.artwork is None or not copies:
        raise Rejected("The release has no artwork or no tracks.", "Add what is missing.")
    return [*copies, (f"artwork{release.artwork.extension}", release.artwork)]


def _audio_name(number: int, track: TrackView, release: ReleaseView) -> str:
    width = max(2, len(str(len(release.tracks))))
    return f"{number:0{width}} - {safe_name(track.full_title)}{_audio_of(track).extension}"


def _audio_of(track: TrackView) -> FileView:
    if audio := track.find_file(FileRole.AUDIO):
        return audio
    raise Rejected(f"“{track.full_title}” has no finished audio.", "Approve a mix or a master.")


def _write_metadata(release: ReleaseView, names: list[str], folder: Path) -> None:
    """metadata.csv, one row per track, for spreadsheets; metadata.json for everything else."""
    rows = [columns_of(release, index, names) for index in range(len(release.tracks))]
    table = io.StringIO()
    writer = csv.DictWriter(table, list(rows[0]), quoting=csv.QUOTE_ALL)  # CRLF, as RFC 4180 has it
    writer.writeheader()
    writer.writerows(rows)
    # The byte order mark is what makes Excel read UTF-8. Values stay exactly as they are, also
    # behind "=" and "+": both are titles of real albums, and a form wants them unchanged.
    write_bytes(
        folder / "metadata.csv", b"\xef\xbb\xbf" + table.getvalue().encode("utf-8", "replace")
    )
    write_text(folder / "metadata.json", _as_json(release, names))


def _as_json(release: ReleaseView, names: list[str]) -> str:
    """The whole view, with the files by their names in the package."""
    data = to_json(release)
    for name, track in zip(names, data["tracks"], strict=False):
        track["files"] = [{**f, "path": name} for f in track["files"] if f["role"] == "audio"]
    data["artwork"]["path"] = names[-1]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

"""One release's folder: page, feed, songs and pictures, built beside its place and moved there."""

from __future__ import annotations

import json
from pathlib import Path

from indieartist.adapters.distributors.site.feed import render_feed
from indieartist.adapters.distributors.site.page import Place, render_page
from indieartist.adapters.distributors.site.palette import Palette, palette_of
from indieartist.adapters.distributors.site.shelf import ENTRY, entry_of
from indieartist.adapters.distributors.site.words import slug_of
from indieartist.adapters.pictures import ambient, as_jpeg, open_artwork, resize_square
from indieartist.sdk.codec import to_json
from indieartist.sdk.context import Report, part_of
from indieartist.sdk.failures import Rejected
from indieartist.sdk.files import copy_verified, hash_file, staged_folder, write_bytes, write_text
from indieartist.sdk.parcels import write_manifest
from indieartist.sdk.views import FileRole, FileView, ReleaseView, TrackView, item_revision

FORMAT = "indieartist-site/1"
COVERS_PX = (3000, 1200, 600, 96)  # a feed's cover is 1400 to 3000 (Apple, podcast artwork)
AMBIENT_PX = (640, 360)


def build_release(release: ReleaseView, place: Path, root: str, report: Report) -> None:
    """Build the folder and let it take `place` at once; `root` is the site's address, if any."""
    report(0.0)
    songs = [(_song_name(n, track), _sound_of(track)) for n, track in enumerate(release.tracks, 1)]
    if release.artwork is None or not songs:
        raise Rejected("The release has no artwork or no tracks.", "Add what is missing.")
    with staged_folder(place) as folder:
        for index, (name, file) in enumerate(songs):
            folder.joinpath(name).parent.mkdir(exist_ok=True)
            copy_verified(file, folder / name, part_of(report, index, len(songs) + 1))
        palette = _write_pictures(release.artwork, folder)
        _write_texts(release, [name for name, _ in songs], Place(root, place.name), palette, folder)
        write_manifest(folder, FORMAT, release.id, item_revision(release))
        report(1.0)


def _write_texts(
    release: ReleaseView, songs: list[str], place: Place, palette: Palette, folder: Path
) -> None:
    write_text(folder / "index.html", render_page(release, songs, place, palette))
    write_text(folder / "feed.xml", render_feed(release, songs, place))
    entry = to_json(entry_of(release))
    write_text(folder / ENTRY, json.dumps(entry, ensure_ascii=False, indent=1) + "\n")


def _write_pictures(artwork: FileView, folder: Path) -> Palette:
    """The cover in all its sizes, and the light behind it; returns the colours it leads to."""
    image = open_artwork(artwork)
    if hash_file(Path(artwork.path)) != artwork.sha256:
        raise Rejected("The artwork has changed since it was planned.", "Plan the page again.")
    for size_px in COVERS_PX:
        copy = resize_square(image, min(size_px, *image.size))  # never larger than it was
        write_bytes(folder / f"cover-{size_px}.jpg", as_jpeg(copy))
    light = ambient(image, AMBIENT_PX)
    write_bytes(folder / "ambient.jpg", as_jpeg(light, quality=80))
    return palette_of(light)


def _song_name(number: int, track: TrackView) -> str:
    return f"songs/{number:02}-{slug_of(track.full_title, 'song')}{_sound_of(track).extension}"


def _sound_of(track: TrackView) -> FileView:
    """What fans hear: the small file made for listening, else the master itself."""
    if sound := track.find_file(FileRole.LISTENING) or track.find_file(FileRole.AUDIO):
        return sound
    raise Rejected(f"“{track.full_title}” has no finished audio.", "Approve a mix or a master.")

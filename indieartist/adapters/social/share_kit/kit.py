"""The kit itself: a folder with a text per network, the pictures, and the page to work from."""

from __future__ import annotations

from pathlib import Path

from indieartist.adapters.pictures import open_artwork
from indieartist.adapters.sheet import Field, Link, Picture, Section, Sheet, render_sheet
from indieartist.adapters.social.share_kit.framing import render_frame
from indieartist.adapters.social.share_kit.networks import NETWORKS, Frame
from indieartist.adapters.social.share_kit.wording import Wording, wording_for
from indieartist.sdk.context import Report, part_of
from indieartist.sdk.failures import Rejected
from indieartist.sdk.files import copy_verified, hash_file, staged_folder, write_bytes, write_text
from indieartist.sdk.parcels import write_manifest
from indieartist.sdk.text import shown
from indieartist.sdk.views import FileView, MediaView, PostView, item_revision

FORMAT = "indieartist-share-kit/1"
STEPS = (
    "Open each network with its link, or on your phone.",
    "Copy the text across and add the pictures; copy the description into the “alt text”.",
    "Paste the post's link back into IndieArtist when it is out.",
)


def picture_of(post: PostView) -> MediaView | None:
    """The picture that the kit is made from: the post's first, else the release's cover."""
    own = (m for m in post.media if m.file.mime.startswith("image/"))
    found = next(own, None)
    release = post.release
    if found or release is None or release.artwork is None:
        return found
    return MediaView(release.artwork, f"Cover of {release.full_title} by {release.artist_line}")


def build_kit(post: PostView, place: Path, report: Report) -> None:
    """Build the folder and let it take `place` at once; the bytes repeat."""
    report(0.0)
    picture = picture_of(post)
    if picture is None:
        raise Rejected("The post has no picture.", "Add one, or a cover to its release.")
    with staged_folder(place) as folder:
        _write_pictures(picture.file, folder, report)
        others = _copy_others(post, folder)
        words = [wording_for(post, network) for network in NETWORKS]
        _write_texts(words, folder)
        write_text(folder / "index.html", render_sheet(_sheet(post, picture, words, others)))
        write_manifest(folder, FORMAT, post.id, item_revision(post))
        report(1.0)


def _write_pictures(file: FileView, folder: Path, report: Report) -> None:
    artwork = open_artwork(file)
    if hash_file(Path(file.path)) != file.sha256:
        raise Rejected("The picture has changed since it was planned.", "Plan the kit again.")
    folder.joinpath("images").mkdir()
    for index, frame in enumerate(Frame):
        part_of(report, index, len(Frame) + 1)(0.0)
        write_bytes(folder / frame.path, render_frame(artwork, frame))


def _copy_others(post: PostView, folder: Path) -> list[str]:
    """Sounds and videos go in as they are; returns their names in the kit."""
    others = [m.file for m in post.media if not m.file.mime.startswith("image/")]
    names = [f"media/{number}{file.extension}" for number, file in enumerate(others, 1)]
    for name, file in zip(names, others, strict=True):
        folder.joinpath("media").mkdir(exist_ok=True)
        copy_verified(file, folder / name)
    return names


def _write_texts(words: list[Wording], folder: Path) -> None:
    folder.joinpath("texts").mkdir()
    for wording in words:
        title = f"{wording.title}\n\n" if wording.title else ""
        write_text(folder / f"texts/{wording.network.id}.txt", shown(title + wording.text) + "\n")


def _sheet(post: PostView, picture: MediaView, words: list[Wording], others: list[str]) -> Sheet:
    title = post.release.full_title if post.release else "Post"
    artist = post.release.artist_line if post.release else ""
    cover = Picture(Frame.SQUARE.path, picture.alt)
    when = f"Post it on {post.scheduled_at:%Y-%m-%d at %H:%M} UTC." if post.scheduled_at else ""
    return Sheet(
        title=title,
        artist=artist,
        kind="Share kit",
        cover=cover,
        steps=tuple(step for step in (when, *STEPS) if step),
        sections=(
            _shared_section(post, picture, others),
            *(_section(wording, picture.alt) for wording in words),
        ),
    )


def _shared_section(post: PostView, picture: MediaView, others: list[str]) -> Section:
    """What every network has in common."""
    fields = {
        "Link": post.link,
        "Hashtags": " ".join(f"#{tag}" for tag in post.hashtags),
        "Picture description": picture.alt,
        "More files": "\n".join(others),
    }
    kept = tuple(Field(label, value) for label, value in fields.items() if value)
    return Section("For all", kept, pictures=tuple(_picture(f, picture.alt) for f in Frame))


def _section(wording: Wording, alt: str) -> Section:
    network = wording.network
    title = Field(network.title_label, wording.title, wording.title_note)
    text = Field("Text", wording.text, wording.text_note)
    return Section(
        title=network.name,
        fields=(title, text) if network.title else (text,),
        note=network.note,
        pictures=tuple(_picture(frame, alt) for frame in network.frames),
        links=(Link(f"Open {network.name}", wording.compose_url),),
    )


def _picture(frame: Frame, alt: str) -> Picture:
    return Picture(frame.path, alt, frame.label, *frame.size_px)

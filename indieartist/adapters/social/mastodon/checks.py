"""What the server would refuse, found before anything is sent; and what followers would miss."""

from __future__ import annotations

from collections.abc import Iterator

from indieartist.sdk.capabilities import Capabilities, MediaLimit
from indieartist.sdk.steps import Issue, Severity
from indieartist.sdk.text import compose, count
from indieartist.sdk.views import FileView, MediaView, PostView


def find_issues(post: PostView, caps: Capabilities) -> tuple[Issue, ...]:
    """Findings on text and media; pure, and stable in order."""
    return (*_text_issues(post, caps), *_mix_issues(post), *_media_issues(post, caps))


def _error(code: str, field: str, message: str, hint: str) -> Issue:
    return Issue(code, Severity.ERROR, field, message, hint)


def _text_issues(post: PostView, caps: Capabilities) -> Iterator[Issue]:
    text, limit = compose(post), caps.text
    if not text.strip() and not post.media:
        yield _error("text.empty", "text", "The post is empty.", "Write something or add media.")
    if limit is None:
        return
    length = count(text, limit) + count(post.spoiler, limit)
    if length > limit.max:
        message = f"The post is {length} characters long; the server takes {limit.max}."
        yield _error("text.too_long", "text", message, f"Take {length - limit.max} away.")


def _mix_issues(post: PostView) -> Iterator[Issue]:
    kinds = [_kind(medium.file) for medium in post.media]
    if len(kinds) > 1 and set(kinds) != {"image"}:
        message = "Sound and video stand alone: one file, and no pictures beside it."
        yield _error("media.mixed", "media", message, "Keep the pictures or the one file.")


def _media_issues(post: PostView, caps: Capabilities) -> Iterator[Issue]:
    limits = {limit.kind: limit for limit in caps.media}
    images = limits.get("image")
    if images and len(post.media) > images.max_count:
        message = f"The server takes {images.max_count} pictures, not {len(post.media)}."
        yield _error("media.too_many", "media", message, "Take some away.")
    for index, medium in enumerate(post.media):
        yield from _medium_issues(f"media.{index}", medium, limits.get(_kind(medium.file)))


def _medium_issues(field: str, medium: MediaView, limit: MediaLimit | None) -> Iterator[Issue]:
    file = medium.file
    if limit is None or file.mime not in limit.mimes:
        message = f"The server does not take {file.mime}."
        yield _error("media.format", field, message, "Use JPEG, PNG, MP3 or MP4.")
        return
    if file.size_bytes > limit.max_bytes:
        most = limit.max_bytes / 2**20
        message = f"The file has {file.size_bytes / 2**20:.1f} MB; the server takes {most:.0f}."
        yield _error("media.too_large", field, message, "Make it smaller.")
    if limit.max_pixels and file.width_px * file.height_px > limit.max_pixels:
        message = f"The picture has {file.width_px} × {file.height_px} pixels: too many."
        yield _error("media.too_many_pixels", field, message, "Make it smaller.")
    yield from _alt_issues(f"{field}.alt", medium.alt, limit)


def _alt_issues(field: str, alt: str, limit: MediaLimit) -> Iterator[Issue]:
    if not alt.strip():
        message = "This has no description for people who cannot see or hear it."
        hint = "Say in a sentence what is there."
        yield Issue("media.no_alt", Severity.WARNING, field, message, hint)
    if len(alt) > limit.alt_max:
        message = f"The description has {len(alt)} characters; the server takes {limit.alt_max}."
        yield _error("media.alt_too_long", field, message, "Shorten it.")


def _kind(file: FileView) -> str:
    return file.mime.partition("/")[0]

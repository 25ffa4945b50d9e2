"""Motion: what a short clip, or the still picture in its place, is by its own container."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from indieartist.domain.attachments import ClipFacts
from indieartist.errors import UserError, world_error

if TYPE_CHECKING:
    from av.container import InputContainer

_STILLS = ("image2", "jpeg_pipe", "png_pipe", "webp_pipe", "gif", "bmp_pipe", "tiff_pipe")
_MP4, _QUICKTIME = "mov,mp4", "qt"
_STILL_NAMES = {"mjpeg": "jpeg"}
_MP4_HINT = "Choose an MP4 or a JPEG."


def read_clip(path: Path) -> ClipFacts:
    """The facts of a video or picture file; raises UserError where it is neither, or broken."""
    import av

    try:
        path.open("rb").close()  # the disk's own words, before FFmpeg's
        with av.open(str(path)) as container:
            return _facts(container)
    except (av.FFmpegError, StopIteration, IndexError, ValueError) as error:
        raise UserError(f"{path.name} is no video that can be read.", _MP4_HINT) from error
    except OSError as error:
        raise world_error(error, path) from error


def _facts(container: InputContainer) -> ClipFacts:
    stream = container.streams.video[0]
    frame = next(container.decode(stream))
    name, still = container.format.name, container.format.name in _STILLS
    # A phone writes what lies on its side, and says how to turn it.
    sideways = getattr(frame, "rotation", 0) % 180 == 90
    size = (frame.height, frame.width) if sideways else (frame.width, frame.height)
    duration = None if still else container.duration
    return ClipFacts(
        container=_still_name(stream) if still else _container(name, container.metadata),
        width_px=size[0],
        height_px=size[1],
        duration_ms=None if duration is None else round(duration / 1000),
        has_sound=bool(container.streams.audio),
    )


def _still_name(stream: Any) -> str:
    name = str(stream.codec_context.name)
    return _STILL_NAMES.get(name, name)


def _container(name: str, metadata: dict[str, str]) -> str:
    """FFmpeg reads MP4 and QuickTime with one demuxer; the brand tells them apart."""
    if not name.startswith(_MP4):
        return name.split(",", maxsplit=1)[0]
    return "mov" if metadata.get("major_brand", "").strip() == _QUICKTIME else "mp4"

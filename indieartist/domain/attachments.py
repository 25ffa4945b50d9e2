"""Files that hang on a release: a Canvas clip, an Atmos master of a track, the proof of a task."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AttachmentKind(StrEnum):
    """What a file is to the release."""

    CANVAS = "canvas"  # the clip that Spotify shows while a track plays
    ATMOS = "atmos"  # the immersive master of one track
    PROOF = "proof"  # that a task of the checklist is done

    @property
    def label(self) -> str:
        """What a person calls it."""
        return _LABELS[self]


_LABELS = {
    AttachmentKind.CANVAS: "Canvas clip",
    AttachmentKind.ATMOS: "Atmos master",
    AttachmentKind.PROOF: "Proof",
}


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """A video, or a still picture (`duration_ms` None), by what its container says."""

    container: str  # mp4, jpeg, or FFmpeg's word for any other
    width_px: int
    height_px: int
    duration_ms: int | None
    has_sound: bool


@dataclass(frozen=True, slots=True)
class AtmosFacts:
    """A Broadcast WAV as its header and ADM chunks (ITU-R BS.2076, BS.2088) have it.

    `beds` and `objects` count tracks. Loudness and true peak are defined for speakers' feeds: they
    are measured where every track is a speaker of a stereo or 5.1 bed, else None, as what has
    objects would have to be rendered first.
    """

    container: str
    sample_rate_hz: int
    channels: int
    bits: int | None
    duration_ms: int
    has_adm: bool  # both axml and chna
    beds: int = 0
    objects: int = 0
    integrated_lufs: float | None = None
    true_peak_dbtp: float | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file, as it lies in the vault under the hash of its content."""

    id: int
    kind: AttachmentKind
    name: str  # the file's name when it came in
    file_hash: str
    suffix: str
    size_bytes: int
    track_id: int | None = None
    task: str = ""  # the key of the task that it proves
    clip: ClipFacts | None = None
    atmos: AtmosFacts | None = None

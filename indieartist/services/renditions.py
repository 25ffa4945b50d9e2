"""Renditions: a mix as one service plays it, rendered once and kept for the player."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.platforms import get_platform
from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError, world_error
from indieartist.services.playing import list_platforms, order_song, outcome_of, play_order
from indieartist.services.songs import read_song

if TYPE_CHECKING:
    from indieartist.audio.engine import Source
    from indieartist.audio.waveform import Waveform
    from indieartist.domain.release import Mix
    from indieartist.services.playing import Order
    from indieartist.services.studio import Studio

KEPT = 12  # renditions; a song of 4 minutes takes about 30 MB
_PICTURE = ".wave"
_VERSION = 1  # a new one, where the same order would sound different


@dataclass(frozen=True, slots=True)
class Rendition:
    """A song as it is heard there: its file lies frame by frame under the song's own sound."""

    path: Path
    name: str
    lufs: float | None
    rate_hz: int


def render_as(
    studio: Studio,
    mix: Mix,
    platform: str,
    quality: str | None = None,
    report: Report = silent,
) -> Rendition:
    """The mix after a service's coder, turned as one track: kept, else rendered now.

    Raises UserError for a platform or quality that is not known, and beyond stereo.
    """
    place = get_platform(list_platforms(), platform)
    order = order_song(read_song(studio, mix, mix.name), place, quality)
    path = _path_of(studio, mix, order)
    found = _find(path, place.name)
    if found is None:
        found = _render(order, path, report)
        _forget_old(path.parent)
    report(1.0)
    return found


def find_as(
    studio: Studio, mix: Mix, platform: str, quality: str | None = None
) -> Rendition | None:
    """The mix as a service plays it, where it was rendered before and is kept."""
    place = get_platform(list_platforms(), platform)
    order = order_song(read_song(studio, mix, mix.name), place, quality)
    return _find(_path_of(studio, mix, order), place.name)


def rendition_waveform(rendition: Rendition) -> Waveform:
    """The picture of a rendition: the one kept beside it, measured now where there is none."""
    from indieartist.audio.measure import measure_file
    from indieartist.audio.waveform import Waveform

    kept = rendition.path.with_suffix(_PICTURE)
    with suppress(OSError, UserError):
        return Waveform.from_bytes(kept.read_bytes())
    waveform = measure_file(rendition.path).waveform
    with suppress(OSError):
        kept.write_bytes(waveform.to_bytes())
    return waveform


def read_source(
    studio: Studio,
    mix: Mix,
    platform: str,
    quality: str | None = None,
    report: Report = silent,
) -> Source:
    """The same as one more source for the player, beside those of `listening.read_versions`."""
    from indieartist.audio.decode import read_audio
    from indieartist.audio.engine import Source

    made = render_as(studio, mix, platform, quality, part(report, 0.0, 0.9))
    samples, rate_hz = read_audio(made.path)
    return Source(made.name, samples, rate_hz, made.lufs)


def _path_of(studio: Studio, mix: Mix, order: Order) -> Path:
    """Where it is kept: named by all that decides how it sounds."""
    facts = (_VERSION, mix.audio_hash, order.platform.key, order.playing, order.change_db)
    key = hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
    return studio.library.folder / "Cache" / "renditions" / f"{key}.flac"


def _render(order: Order, path: Path, report: Report) -> Rendition:
    from indieartist.audio.encode import replacing

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise world_error(error, path.parent) from error
    ordered = replace(order, out=path)
    heard = play_order(ordered, part(report, 0.0, 0.98))
    facts = {"lufs": outcome_of(ordered, heard).heard.lufs, "rate_hz": heard.rate_hz}
    with replacing(path.with_suffix(".json")) as draft:
        draft.write_text(json.dumps(facts), encoding="utf-8")
    return Rendition(path, order.platform.name, facts["lufs"], heard.rate_hz)


def _find(path: Path, name: str) -> Rendition | None:
    """What was kept; the facts are written last, so that a sound with them is whole."""
    try:
        facts = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        path.touch()  # used now: the longest unused goes first
        return Rendition(path, name, facts["lufs"], facts["rate_hz"])
    except (OSError, ValueError, KeyError):
        return None


def _forget_old(folder: Path) -> None:
    """Keep the newest; nothing is lost, for any of them can be rendered again."""
    with suppress(OSError):
        kept = sorted(folder.glob("*.flac"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[KEPT:]:
            path.with_suffix(".json").unlink(missing_ok=True)
            path.with_suffix(_PICTURE).unlink(missing_ok=True)
            path.unlink(missing_ok=True)

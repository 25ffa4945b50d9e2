"""Mastering: a bounce rendered to a target, kept as a mix of its own beside the original."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indieartist.domain.album import AlbumReport
from indieartist.domain.mastering import MasterReport, Settings
from indieartist.domain.progress import Report, silent
from indieartist.domain.release import Mix, MixKind, Track
from indieartist.errors import UserError, world_error
from indieartist.library import contents, releases
from indieartist.library import tables as t
from indieartist.sdk.files import safe_name
from indieartist.services.mastering_choices import (
    DEFAULT_PRESET,
    DEFAULT_TARGET,
    get_settings,
    list_curves,
    list_presets,
    list_targets,
)
from indieartist.services.mastering_sections import keep_reductions
from indieartist.services.measuring import audio_path, get_mix
from indieartist.services.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indieartist.audio.analysis.listening import Heard
    from indieartist.library.history import Act

__all__ = [
    "DEFAULT_PRESET",
    "DEFAULT_TARGET",
    "Mastered",
    "MasteredTracks",
    "check_name",
    "export_mix",
    "get_settings",
    "list_curves",
    "list_presets",
    "list_targets",
    "master_album",
    "master_track",
    "name_exports",
    "stages_of",
]
SUFFIX = ".wav"


@dataclass(frozen=True, slots=True)
class Mastered:
    """A new master: its mix, the report of its making, and where a copy was asked for."""

    track_id: int
    mix_id: int
    mix_number: int
    report: MasterReport
    out_path: str = ""


@dataclass(frozen=True, slots=True)
class MasteredTracks:
    """The new masters of an album, in its order, their settings, and where the album stands."""

    masters: tuple[Mastered, ...]
    settings: tuple[Settings, ...]
    album: AlbumReport


def master_track(
    studio: Studio,
    track: Track,
    settings: Settings,
    *,
    reference: Path | None = None,
    out_path: Path | None = None,
    report: Report = silent,
) -> Mastered:
    """Render the newest bounce of a track as a new mix; the bounce itself is never touched."""
    from indieartist.audio.mastering import make_master

    bounce = get_mix(track.bounce, track.title)
    with _making(studio, 1) as (making,):
        made = make_master(
            audio_path(studio, bounce),
            making,
            settings,
            reference_path=reference,
            before=bounce.measurement,
            report=report,
        )
        taken = _take_in(studio, making)
        keep_reductions(studio, taken.audio_hash, made.reductions)
        with studio.library.act(f"Master “{track.title}” for {settings.target.label}") as act:
            mix = _keep(studio, act, track, taken, _facts(bounce, settings, made.report))
    if out_path is not None:
        export_mix(studio, mix, out_path)
    return Mastered(track.id, mix.id, mix.number, made.report, str(out_path or ""))


def master_album(
    studio: Studio,
    tracks: Sequence[Track],
    settings: Settings,
    *,
    reference: Path | None = None,
    out_paths: Sequence[Path] = (),
    report: Report = silent,
) -> MasteredTracks:
    """Render the newest bounces of tracks as one album: the loudest at the target, all in one act.

    The others keep their distance in loudness, and all share one tone curve. A copy of each is
    written to `out_paths`, where they are given.
    """
    from indieartist.services.mastering_album import Song, make_album

    bounces = [get_mix(track.bounce, track.title) for track in tracks]
    with _making(studio, len(tracks)) as making:
        songs = [
            Song(track.title, audio_path(studio, bounce), path, bounce.measurement)
            for track, bounce, path in zip(tracks, bounces, making, strict=True)
        ]
        made = make_album(songs, settings, reference=reference, report=report)
        taken = [_take_in(studio, path) for path in making]
        for one, master in zip(taken, made.masters, strict=True):
            keep_reductions(studio, one.audio_hash, master.reductions)
        facts = [
            _facts(bounce, how, master.report, made.report)
            for bounce, how, master in zip(bounces, made.settings, made.masters, strict=True)
        ]
        with studio.library.act(f"Master {len(tracks)} tracks as one album") as act:
            mixes = [_keep(studio, act, *row) for row in zip(tracks, taken, facts, strict=True)]
    for mix, out_path in zip(mixes, out_paths, strict=False):
        out_path.parent.mkdir(parents=True, exist_ok=True)
        export_mix(studio, mix, out_path)
    places = [str(path) for path in out_paths] or [""] * len(mixes)
    rows = zip(mixes, made.masters, places, strict=True)
    return MasteredTracks(
        tuple(Mastered(mix.track_id, mix.id, mix.number, m.report, at) for mix, m, at in rows),
        made.settings,
        made.report,
    )


@contextmanager
def _making(studio: Studio, count: int) -> Iterator[list[Path]]:
    """Paths in the vault for masters in the making; what was not taken in is gone afterwards."""
    paths = [studio.library.vault.new_path(SUFFIX) for _ in range(count)]
    try:
        yield paths
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def _facts(
    bounce: Mix, settings: Settings, made: MasterReport, album: AlbumReport | None = None
) -> dict[str, Any]:
    """What is kept of how a master was made."""
    how = {
        "settings": asdict(settings),
        "stages": [asdict(stage) for stage in made.stages],
        "warnings": list(made.warnings),
        "reached": made.reached,
    }
    if album is not None:
        how["album"] = asdict(album)
    return {
        "kind": MixKind.MASTER.value,
        "name": settings.target.label,
        "parent_id": bounce.id,
        "settings": how,
    }


@dataclass(frozen=True, slots=True)
class _Taken:
    """A finished master that lies in the vault, and all that is heard in it."""

    audio_hash: str
    size_bytes: int
    heard: Heard


def _take_in(studio: Studio, making: Path) -> _Taken:
    from indieartist.audio.analysis.listening import hear_file

    size_bytes = making.stat().st_size
    audio_hash = studio.library.vault.adopt(making, SUFFIX)
    heard = hear_file(studio.library.vault.get_path(audio_hash, SUFFIX))
    return _Taken(audio_hash, size_bytes, heard)


def _keep(studio: Studio, act: Act, track: Track, taken: _Taken, facts: dict[str, Any]) -> Mix:
    audio_hash, heard = taken.audio_hash, taken.heard
    contents.remember_audio(act.connection, audio_hash, SUFFIX, taken.size_bytes, heard.info)
    contents.remember_measurement(
        act.connection,
        audio_hash,
        heard.measurement,
        heard.waveform.to_bytes(),
        heard.profile.to_bytes(),
    )
    # The number is taken inside the act: another master may have landed meanwhile.
    mixes = releases.get_track(act.connection, track.id).mixes
    mix_id = act.insert(
        t.mix,
        track_id=track.id,
        number=max(mix.number for mix in mixes) + 1,
        audio_hash=audio_hash,
        added_at=studio.now(),
        **facts,
    )
    mixes = releases.get_track(act.connection, track.id).mixes
    return next(mix for mix in mixes if mix.id == mix_id)


def export_mix(studio: Studio, mix: Mix, out_path: Path) -> None:
    """Write a mix out of the library to a file of its own, whole or not at all.

    A name with the suffix of the mix gets its bytes; another lossless suffix gets its samples.
    """
    source = audio_path(studio, mix)
    if out_path.suffix.lower() == source.suffix.lower():
        return _copy(source, out_path)
    if not mix.info.lossless:
        raise UserError(
            f"A mix in {mix.info.codec.upper()} is exported as {source.suffix}.",
            f"Name it {out_path.with_suffix(source.suffix).name}.",
        )
    from indieartist.audio.encode import get_container, render_clean

    return render_clean(source, out_path, container=get_container(out_path))


def name_exports(tracks: Sequence[Track], folder: Path, suffix: str) -> list[Path]:
    """Where an album's masters go in a folder: numbered in their order, and named by title."""
    return [
        folder / f"{number:02d} {safe_name(track.title)}{suffix}"
        for number, track in enumerate(tracks, 1)
    ]


def check_name(out_path: Path) -> None:
    """Raise UserError where a master cannot be written under this name."""
    from indieartist.audio.encode import get_container

    get_container(out_path)


def _copy(source: Path, out_path: Path) -> None:
    partial = out_path.with_name(f".{out_path.name}.part")
    try:
        shutil.copyfile(source, partial)
        partial.replace(out_path)
    except OSError as error:
        raise world_error(error, out_path) from error
    finally:
        partial.unlink(missing_ok=True)


def stages_of(mix: Mix) -> list[Mapping[str, Any]]:
    """What each stage did to a master, as it was kept."""
    return list(mix.settings.get("stages", ()))

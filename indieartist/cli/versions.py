"""The commands on a track's versions: list, name, note and remove them, and tell them apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indieartist.cli.output import level, print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.errors import UserError

if TYPE_CHECKING:
    from indieartist.domain.changes import Change
    from indieartist.domain.release import Mix, Track


@click.command(cls=TeachingCommand)
@click.argument("track")
@click.option("--mix", "number", type=int, help="The version to name, note or remove.")
@click.option("--name", help="Call it this.")
@click.option("--note", help="Write this note on it; '' takes the note away.")
@click.option("--remove", is_flag=True, help="Take it off the track; `undo` brings it back.")
@pass_session
def versions(
    session: Session, /, track: str, number: int | None, name: str | None, **wishes: Any
) -> None:
    """List the versions of a TRACK: its bounces and masters; name them, note them, remove them.

    \b
    versions T1
    versions T1 --mix 3 --name "Louder" --note "for the vinyl"
    versions T1 --mix 2 --remove
    """
    from indieartist.services import finding

    found = finding.get_track(session.studio, track)
    note, remove = wishes["note"], wishes["remove"]
    if name is None and note is None and not remove:
        _list(session, found, number)
        return
    if number is None:
        raise click.UsageError("Say which version with --mix; `versions TRACK` lists them.")
    if remove and (name is not None or note is not None):
        raise click.UsageError("A version is removed, or named and noted; not both.")
    _change(session, found, number, name, note)
    if remove:
        _remove(session, found, number)
    _list(session, finding.get_track(session.studio, f"T{found.id}"), None)


def _change(
    session: Session, track: Track, number: int, name: str | None, note: str | None
) -> None:
    from indieartist.services import versions as service

    mix = service.get_version(track, number)
    if name is not None:
        service.rename_mix(session.studio, track, mix, name)
    if note is not None:
        service.note_mix(session.studio, track, mix, note)


def _remove(session: Session, track: Track, number: int) -> None:
    from indieartist.services import versions as service

    service.remove_mix(session.studio, track, service.get_version(track, number))


def _list(session: Session, track: Track, number: int | None) -> None:
    from indieartist.services import versions as service

    mixes = track.mixes if number is None else (service.get_version(track, number),)
    told = [_told(track, mix) for mix in mixes]
    session.say({"track_id": track.id, "versions": told}, lambda: _say(track, mixes))


def _told(track: Track, mix: Mix) -> dict[str, Any]:
    figures = mix.measurement
    return {
        "number": mix.number,
        "mix_id": mix.id,
        "kind": mix.kind,
        "name": mix.name,
        "note": mix.note,
        "approved": mix.id == track.approved_mix_id,
        "added_at": mix.added_at,
        "integrated_lufs": figures.integrated_lufs if figures else None,
        "true_peak_dbtp": figures.true_peak_dbtp if figures else None,
    }


def _say(track: Track, mixes: tuple[Mix, ...]) -> None:
    if not mixes:
        click.echo(f"“{track.title}” has no audio yet.")
        return
    rows = [("", "", "", "loudness", "true peak", "name")]
    for mix in mixes:
        figures = mix.measurement
        loud = level(figures.integrated_lufs, "LUFS") if figures else "—"
        peak = level(figures.true_peak_dbtp, "dBTP") if figures else "—"
        mark = "✓" if mix.id == track.approved_mix_id else ""
        note = f"  “{' '.join(mix.note.split())}”" if mix.note else ""
        rows.append((mark, str(mix.number), mix.kind.value, loud, peak, mix.name + note))
    print_rows(rows)


@click.command(cls=TeachingCommand)
@click.argument("targets", nargs=-1, required=True, metavar="TRACK | BEFORE AFTER")
@click.option("--mix", "number", type=int, help="What is heard now. [default: the current mix]")
@click.option("--with", "other", type=int, help="What it is heard against. [default: its bounce]")
@pass_session
def compare(
    session: Session, /, targets: tuple[str, ...], number: int | None, other: int | None
) -> None:
    """Tell what changed in level, tone, dynamics and width: a TRACK's versions, or two FILEs.

    Tone and width are told at equal loudness, as an ear compares them.

    \b
    compare T1                       the current master against its bounce
    compare T1 --mix 3 --with 2      one version against another
    compare old.wav new.wav          files, without a library
    """
    if len(targets) > 2:
        raise click.UsageError("Name one track, or two files.")
    if len(targets) == 2:
        if number is not None or other is not None:
            raise click.UsageError("--mix and --with belong to a track.")
        _compare_files(session, *(_get_file(target) for target in targets))
    else:
        _compare_versions(session, targets[0], number, other)


def _get_file(target: str) -> Path:
    path = Path(target)
    if not path.is_file():
        raise UserError(
            f"There is no file {target}.", "Two targets are files; of a track, name one alone."
        )
    return path


def _compare_files(session: Session, before_path: Path, after_path: Path) -> None:
    from indieartist.services.comparing import tell_file_changes

    with session.progress("Comparing") as report:
        changes = tell_file_changes(before_path, after_path, report)
    told = {"before": str(before_path), "after": str(after_path), "changes": changes}
    session.say(told, lambda: _say_changes(f"{before_path.name} → {after_path.name}", changes))


def _compare_versions(session: Session, target: str, number: int | None, other: int | None) -> None:
    from indieartist.services import comparing, finding

    track = finding.get_track(session.studio, target)
    before, after = comparing.choose_pair(track, number, other)
    with session.progress("Comparing") as report:
        changes = comparing.tell_changes(session.studio, before, after, report)
    told = {
        "track_id": track.id,
        "before": _told(track, before),
        "after": _told(track, after),
        "changes": changes,
    }
    headline = f"{_named(before)} → {_named(after)}"
    session.say(told, lambda: _say_changes(headline, changes))


def _named(mix: Mix) -> str:
    return f"{mix.kind.value} {mix.number} ({mix.name})"


def _say_changes(headline: str, changes: tuple[Change, ...]) -> None:
    click.secho(headline, bold=True)
    print_rows([(change.topic.capitalize(), change.words) for change in changes])

"""The commands of mastering: master a song, a file or an album, and approve what came of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indieartist.cli.mastered import (
    list_choices,
    say_album,
    say_master,
    tell_album,
    tell_master,
)
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.domain.mastering import BIT_DEPTHS, NOISES, PHASES
from indieartist.errors import UserError
from indieartist.services import mastering_choices as choices

if TYPE_CHECKING:
    from indieartist.domain.mastering import Settings
    from indieartist.domain.release import Mix, Track

# The library is imported where it is used: a file is mastered without a database.

PATH = click.Path(path_type=Path)
AUDIO = {".wav", ".wave", ".aif", ".aiff", ".flac", ".mp3", ".m4a", ".aac", ".ogg", ".opus"}
FORMATS = ("wav", "flac", "aiff")


@click.command(cls=TeachingCommand)
@click.argument("targets", nargs=-1, metavar="TRACK|FILE…")
@click.option("--out", "out_path", type=PATH, help="Write here: .wav, .flac, .aiff; or a folder.")
@click.option("--target", default="", help="A name, or LUFS such as -12. [default: the preset's]")
@click.option("--ceiling", type=float, help="The highest true peak, in dBTP. [default: target's]")
@click.option(
    "--preset", default=choices.DEFAULT_PRESET, show_default=True, help="What kind of music."
)
@click.option("--reference", type=PATH, help="A record whose tone to lean towards.")
@click.option("--curve", default="", help="A house curve to lean towards; 'none' for none.")
@click.option("--amount", type=float, help="How far to lean, in percent. [default: 60; curve: 30]")
@click.option("--phase", type=click.Choice(PHASES), default=PHASES[0], show_default=True)
@click.option(
    "--bits", type=click.Choice([str(n) for n in BIT_DEPTHS]), default="24", show_default=True
)
@click.option("--noise", type=click.Choice(NOISES), default=NOISES[0], help="Dither at 16 bits.")
@click.option("--bypass", multiple=True, metavar="STAGE", help="Leave it out; see --list stages.")
@click.option("--album", is_flag=True, help="Keep the tracks' relations; a release such as R1 too.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="wav", help="Of an album.")
@click.option("--section", metavar="MOMENT", help="Only a section, from such as 0:42, into --out.")
@click.option("--length", default="30", show_default=True, help="Of the section, such as 0:30.")
@click.option("--force", is_flag=True, help="Let --out take the place of what is there.")
@click.option(
    "--list",
    "listed",
    type=click.Choice(["stages", "targets", "presets", "curves"]),
    help="Explain what there is to choose from, and do nothing else.",
)
@pass_session
def master(
    session: Session, /, targets: tuple[str, ...], listed: str | None, album: bool, **wishes: Any
) -> None:
    """Master a TRACK's newest bounce into a mix of its own, or a FILE into the file of --out.

    The level meets the target within 0.1 LU, no true peak lies over its ceiling; a target that
    would cost audible damage is not forced, and the loudest clean level is said instead.
    The bounce is never touched, and for a FILE no library is opened.

    \b
    master T1 --preset rock                     a mix beside the bounce
    master mix.wav --out master.flac --target -12
    master mix.wav --out master.wav --reference hit.flac --amount 50
    master R1 --album                           all tracks, their relations kept
    master a.wav b.wav --out masters/           files as an album
    master T1 --section 0:42 --out hear.wav     30 s of it, to hear before it is made

    Several tracks or files are one album: the loudest stands at the target and the others keep
    their distance to it.
    """
    if listed:
        list_choices(session, listed)
        return
    if not targets:
        raise click.UsageError("Name a track or a file, or see what there is with --list.")
    files = [path for target in targets if (path := _find_file(target))]
    if files and len(files) < len(targets):
        raise UserError("Files and tracks cannot be one album.", "Import the files, or export.")
    as_album = album or len(targets) > 1
    if wishes["section"] is not None:
        if as_album:
            raise click.UsageError("A section is of one song; name one track or file.")
        _master_section(session, targets[0], files, wishes)
        return
    if files:
        (_album_of_files if as_album else _master_file)(session, files, wishes)
    else:
        (_album_of_tracks if as_album else _master_track)(session, targets, wishes)


def _find_file(target: str) -> Path | None:
    """The file, or None for the name of a track or a release."""
    path = Path(target)
    if path.is_file():
        return path
    if "/" in target or path.suffix.lower() in AUDIO:
        raise UserError(f"There is no file {target}.", "Check the path.")
    return None


def _settings(session: Session, wishes: dict[str, Any], *, shipped: bool) -> Settings:
    """The settings wished for; their tables are the program's own where no library is open."""
    reference: Path | None = wishes["reference"]
    if reference is not None and not reference.is_file():
        raise UserError(f"There is no file {reference}.", "Check the path of the reference.")
    return choices.get_settings(
        choices.Shipped() if shipped else session.studio,
        wishes["target"],
        preset=wishes["preset"],
        curve=wishes["curve"],
        ceiling_dbtp=wishes["ceiling"],
        reference=reference.stem if reference else "",
        amount_pct=wishes["amount"],
        phase=wishes["phase"],
        bits=int(wishes["bits"]),
        noise=wishes["noise"],
        bypassed=wishes["bypass"],
    )


def _master_file(session: Session, files: list[Path], wishes: dict[str, Any]) -> None:
    from indieartist.services.mastering_files import master_file

    (file,), out_path = files, wishes["out_path"]
    if out_path is None:
        raise UserError(
            f"{file.name} is in no library: its master needs a place.",
            "Say where with --out, or import the file first.",
        )
    if out_path.is_dir():
        out_path /= f"{file.stem}.{wishes['form']}"
    _check_free([out_path], wishes)
    settings = _settings(session, wishes, shipped=True)
    with session.progress("Mastering") as report:
        made = master_file(file, out_path, settings, reference=wishes["reference"], report=report)
    told = {"source": made.source, "out_path": made.out_path}
    session.say(
        told | tell_master(settings, made.report),
        lambda: say_master(f"Master is {made.out_path}", made.report),
    )


def _master_section(
    session: Session, target: str, files: list[Path], wishes: dict[str, Any]
) -> None:
    from indieartist.cli.master_section import Wanted, master_section, read_stretch

    stretch = read_stretch(wishes["section"], wishes["length"])
    out_path = wishes["out_path"]
    if out_path is None:
        raise UserError("A section needs a place.", "Say where with --out section.wav.")
    _check_free([out_path], wishes)
    settings = _settings(session, wishes, shipped=bool(files))
    source = files[0] if files else target
    master_section(session, Wanted(source, settings, stretch, out_path, wishes["reference"]))


def _album_of_files(session: Session, files: list[Path], wishes: dict[str, Any]) -> None:
    from indieartist.services.mastering_files import master_files, name_masters

    folder, suffix = _folder(wishes), f".{wishes['form']}"
    if folder is None:
        raise UserError(
            "These files are in no library: their masters need a place.",
            "Name a folder with --out, or import the files first.",
        )
    _check_free(name_masters(files, folder, suffix), wishes)
    settings = _settings(session, wishes, shipped=True)
    with session.progress("Mastering") as report:
        made = master_files(
            files, folder, settings, suffix=suffix, reference=wishes["reference"], report=report
        )
    told = [
        {"source": one.source, "out_path": one.out_path} | tell_master(one.settings, one.report)
        for one in made.masters
    ]
    named = [(Path(one.out_path).name, one.report) for one in made.masters]
    session.say(tell_album(settings, made.album, told), lambda: say_album(made.album, named))


def _master_track(session: Session, targets: tuple[str, ...], wishes: dict[str, Any]) -> None:
    from indieartist.services import finding, mastering

    (target,), out_path = targets, wishes["out_path"]
    if re.fullmatch(r"[Rr]\d+", target):
        raise UserError(
            f"{target} is a release.",
            f"Add --album to master all its tracks, or name one of them: {target}.1",
        )
    track = finding.get_track(session.studio, target)
    if out_path is not None:
        mastering.check_name(out_path)
        _check_free([out_path], wishes)
    settings = _settings(session, wishes, shipped=False)
    with session.progress("Mastering") as report:
        made = mastering.master_track(
            session.studio,
            track,
            settings,
            reference=wishes["reference"],
            out_path=out_path,
            report=report,
        )
    session.say(
        _numbers(made) | tell_master(settings, made.report) | {"report": made.report},
        lambda: say_master(f"Master is mix {made.mix_number}", made.report),
    )


def _album_of_tracks(session: Session, targets: tuple[str, ...], wishes: dict[str, Any]) -> None:
    from indieartist.services import finding, mastering

    studio, folder = session.studio, _folder(wishes)
    if len(targets) == 1:
        tracks = list(finding.get_release(studio, targets[0]).tracks)
    else:
        tracks = [finding.get_track(studio, target) for target in dict.fromkeys(targets)]
    out_paths: list[Path] = []
    if folder is not None:
        out_paths = mastering.name_exports(tracks, folder, f".{wishes['form']}")
        _check_free(out_paths, wishes)
    settings = _settings(session, wishes, shipped=False)
    with session.progress("Mastering") as report:
        made = mastering.master_album(
            studio,
            tracks,
            settings,
            reference=wishes["reference"],
            out_paths=out_paths,
            report=report,
        )
    told = [
        _numbers(one) | tell_master(how, one.report)
        for one, how in zip(made.masters, made.settings, strict=True)
    ]
    named = [(t.title, one.report) for t, one in zip(tracks, made.masters, strict=True)]
    session.say(tell_album(settings, made.album, told), lambda: say_album(made.album, named))


def _numbers(made: Any) -> dict[str, Any]:
    names = ("track_id", "mix_id", "mix_number", "out_path")
    return {name: getattr(made, name) for name in names}


def _folder(wishes: dict[str, Any]) -> Path | None:
    """The folder that an album goes to, if one is named."""
    folder: Path | None = wishes["out_path"]
    if folder is not None and (folder.is_file() or folder.suffix.lower() in AUDIO):
        raise UserError(f"An album needs a folder, and {folder} is a file.", "Name a folder.")
    return folder


def _check_free(out_paths: list[Path], wishes: dict[str, Any]) -> None:
    """Raise UserError where a file is in the way and was not given up."""
    taken = next((path for path in out_paths if path.exists()), None)
    if taken is not None and (taken.is_dir() or not wishes["force"]):
        raise UserError(f"{taken} is there already.", "Choose another name, or add --force.")


@click.command(cls=TeachingCommand)
@pass_session
def targets(session: Session) -> None:
    """List the loudness targets a master can have, each with its source."""
    list_choices(session, "targets")


@click.command(cls=TeachingCommand)
@click.argument("track")
@click.option("--mix", "number", type=int, help="Its number; the newest master if left out.")
@click.option("--withdraw", is_flag=True, help="Take the approval back.")
@pass_session
def approve(session: Session, /, track: str, number: int | None, withdraw: bool) -> None:
    """Approve a mix of a TRACK for release: only an approved mix is ever delivered."""
    from indieartist.services import editing, finding

    found = finding.get_track(session.studio, track)
    mix = None if withdraw else _numbered(found, number)
    editing.approve_mix(session.studio, found, mix)
    said = f"Mix {mix.number} of “{found.title}” is approved." if mix else "Approval withdrawn."
    session.say({"track_id": found.id, "mix_id": mix.id if mix else None}, lambda: click.echo(said))


def _numbered(track: Track, number: int | None) -> Mix:
    from indieartist.services import measuring

    if number is None:
        return measuring.get_mix(track.current, track.title)
    mix = next((mix for mix in track.mixes if mix.number == number), None)
    return measuring.get_mix(mix, f"{track.title}, mix {number}")

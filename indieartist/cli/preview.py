"""Commands on what streaming services do to a song: preview, and the list of platforms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indieartist.cli.output import level, print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.services import playing

if TYPE_CHECKING:
    from indieartist.domain.platforms import Platform
    from indieartist.services.previewing import Preview, SongPreview


@click.command(cls=TeachingCommand)
@click.argument("targets", nargs=-1, required=True)
@click.option("--platform", "platforms", multiple=True, help="See `platforms`. [default: all]")
@click.option("--quality", help="What that platform sends for this quality; see `platforms`.")
@click.option("--album", is_flag=True, help="As tracks of an album that is played as one.")
@click.option(
    "--quick/--whole",
    default=None,
    help="Send half a minute where it peaks through the coders, or all of it.  [default: --whole"
    " for platforms that are named]",
)
@click.option(
    "--out",
    "out_folder",
    type=click.Path(path_type=Path),
    help="Write what would be heard into this folder, a WAV for each platform.",
)
@click.option("--force", is_flag=True, help="Replace files that are there already.")
@pass_session
def preview(
    session: Session, /, targets: tuple[str, ...], out_folder: Path | None, **how: Any
) -> None:
    """Tell what streaming services do to a FILE, a track such as T1, or a release such as R1.

    For each: the level it is played at, the change in dB, and how high it peaks after the coder.
    A model: the levels follow the services' rules as far as they are known; the coders are of the
    same kind as theirs, not their own.
    """
    from indieartist.services import previewing, songs

    quick = not how["platforms"] if how["quick"] is None else how["quick"]
    wish = previewing.Wish(how["platforms"], how["quality"], quick)
    previewing.choose_platforms(wish)
    with session.progress("Previewing") as report:
        from indieartist.domain.progress import part

        found = songs.read_songs(targets, lambda: session.studio, part(report, 0.0, 0.1))
        album = songs.read_album(found, lambda: session.studio) if how["album"] else ()
        previews = previewing.preview_songs(
            found,
            wish,
            album=album,
            out_folder=out_folder,
            force=how["force"],
            report=part(report, 0.1, 1.0),
        )
    session.say(previews[0] if len(previews) == 1 else previews, lambda: _say(previews))


def _say(previews: list[SongPreview]) -> None:
    for found in previews:
        levels = f"{level(found.integrated_lufs, 'LUFS')}, {level(found.true_peak_dbtp, 'dBTP')}"
        album = f"; its album {level(found.album_lufs, 'LUFS')}" if found.album_lufs else ""
        click.secho(f"“{found.title}”: {levels}{album}", bold=True)
        for heard in found.platforms:
            _say_platform(heard)
        if found.sampled_ms is not None:
            seconds = round(found.sampled_ms / 1000)
            where = f"Peaks are those of {seconds} s where its own are highest"
            click.echo(f"{where}; --whole sends all of it through the coders.")
    click.secho(previews[0].model, dim=True)


def _say_platform(heard: Preview) -> None:
    click.secho(f"· {heard.sentence}", fg="yellow" if heard.clips else None)
    source = f"{heard.confidence}, {heard.seen_on}: {heard.source}"
    click.secho(f"  ({source}{'. ' + heard.note.rstrip('.') if heard.note else ''})", dim=True)
    if heard.out_path:
        click.echo(f"  → {heard.out_path}")


@click.command(cls=TeachingCommand)
@pass_session
def platforms(session: Session) -> None:
    """List the streaming services that are known of: their levels, what they send, the sources."""
    known = playing.list_platforms()
    session.say(known, lambda: _say_platforms(known))


def _say_platforms(known: tuple[Platform, ...]) -> None:
    rows = [("key", "target", "turns up", "album", "sends", "known")]
    rows += [
        (
            platform.key,
            level(platform.target_lufs, "LUFS"),
            _turning_up(platform),
            platform.album.value or "—",
            ", ".join(
                stream.words + ("*" if stream.quality == platform.plays else "")
                for stream in platform.streams
            ),
            platform.loudness_source.confidence.value,
        )
        for platform in known
    ]
    print_rows(rows)
    click.secho("* is what a preview hears where no quality is named.", dim=True)


def _turning_up(platform: Platform) -> str:
    if platform.limiter is not None:
        return "with a limiter"
    return f"to {level(platform.limit_dbtp, 'dBTP')}" if platform.turns_up else "no"

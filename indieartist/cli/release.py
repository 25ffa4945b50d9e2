"""Commands on a release: list, show, edit, credits, order, check and checklist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indieartist.cli.output import level, print_rows
from indieartist.cli.session import Session, TeachingGroup, pass_session
from indieartist.domain import figures
from indieartist.domain.codes import shown_code
from indieartist.domain.credits import ROLES
from indieartist.domain.release import Credit, Release, Track
from indieartist.errors import UserError
from indieartist.services import acts, editing, finding

if TYPE_CHECKING:
    from indieartist.services.studio import Studio


@click.group(cls=TeachingGroup)
def release() -> None:
    """List, show and edit releases and their tracks."""


@release.command("list")
@pass_session
def list_(session: Session) -> None:
    """List all releases, the newest first."""
    lines = finding.list_releases(session.studio)
    rows = [
        (
            f"R{r.id}",
            r.title,
            r.artist_line,
            str(r.release_on or "no date"),
            figures.count(r.track_count, "track"),
        )
        for r in lines
    ]
    session.say(
        lines, lambda: print_rows(rows or [("No releases yet: indieartist import FILE", "")])
    )


@release.command()
@click.argument("release_ref", metavar="RELEASE")
@pass_session
def show(session: Session, /, release_ref: str) -> None:
    """Show everything known of a RELEASE."""
    found = finding.get_release(session.studio, release_ref)
    value = {"release": found, "kind": found.kind, "duration_ms": found.duration_ms}
    session.say(value, lambda: _say_release(found))


def _say_release(release: Release) -> None:
    click.secho(f"R{release.id}  {release.title}", bold=True)
    print_rows([row for row in _facts(release) if row[1]])
    for track in release.tracks:
        _say_track(release, track)


def _facts(release: Release) -> list[tuple[str, str]]:
    cover, tracks = release.artwork, figures.count(len(release.tracks), "track")
    return [
        ("Artist", release.artist_line),
        ("Version", release.version),
        ("Kind", f"{release.kind.value}, {tracks}, {figures.length(release.duration_ms)}"),
        ("Label", release.label),
        ("Catalogue number", release.catalogue_number),
        ("GTIN", release.gtin),
        ("Release date", str(release.release_on or "")),
        ("Genre", release.genre),
        ("Language", release.language),
        ("P line", f"℗ {release.p_line}" if release.p_line else ""),
        ("C line", f"© {release.c_line}" if release.c_line else ""),
        ("Artwork", f"{cover.width_px}×{cover.height_px} {cover.format}" if cover else ""),
        *((service, url) for service, url in release.links),
    ]


def _codes(credit: Credit) -> str:
    named = (("IPI", "ipi", credit.ipi), ("ISNI", "isni", credit.isni))
    return "  ".join(f"{name} {shown_code(kind, code)}" for name, kind, code in named if code)


def _say_track(release: Release, track: Track) -> None:
    version = f" ({track.version})" if track.version else ""
    click.echo()
    click.secho(f"{track.position}. {track.title}{version}  [T{track.id}]", bold=True)
    facts = [
        ("ISRC", track.isrc),
        ("ISWC", shown_code("iswc", track.iswc)),
        ("Advisory", track.explicit),
        ("Language", track.language),
    ]
    print_rows([row for row in facts if row[1]])
    print_rows([(ROLES[c.role].label, c.name, _codes(c)) for c in release.credits_of(track)])
    for mix in track.mixes:
        figures = mix.measurement
        loud = level(figures.integrated_lufs, "LUFS") if figures else "—"
        peak = level(figures.true_peak_dbtp, "dBTP") if figures else "—"
        mark = "✓" if mix.id == track.approved_mix_id else " "
        click.echo(
            f" {mark} mix {mix.number}  {mix.kind.value:7} {loud:>11} {peak:>10}  {mix.name}"
        )


Command = Callable[..., None]

RELEASE_OPTIONS = {
    "--title": "title",
    "--version": "version",
    "--label": "label",
    "--catalogue-number": "catalogue_number",
    "--gtin": "gtin",
    "--date": "release_on",
    "--original-date": "original_release_on",
    "--genre": "genre",
    "--language": "language",
    "--p-line": "p_line",
    "--c-line": "c_line",
    "--ai": "ai_disclosure",
    "--content-id": "content_id",
    "--description": "description",
}
TRACK_OPTIONS = {
    "--title": "title",
    "--version": "version",
    "--isrc": "isrc",
    "--iswc": "iswc",
    "--explicit": "explicit",
    "--language": "language",
    "--genre": "genre",
}


def _field_options(options: dict[str, str]) -> Callable[[Command], Command]:
    """An option for each field."""

    def decorate(function: Command) -> Command:
        for flag, name in reversed(options.items()):
            function = click.option(flag, name)(function)
        return function

    return decorate


@release.command()
@click.argument("release_ref", metavar="RELEASE")
@_field_options(RELEASE_OPTIONS)
@click.option("--artist", "artists", multiple=True, help="A primary artist; repeat for several.")
@click.option("--artwork", type=click.Path(path_type=Path), help="The cover, JPEG or PNG.")
@click.option("--link", "links", multiple=True, help="SERVICE=https://…; repeat for several.")
@click.option("--order", help="The tracks in their order: T3,T1,T2")
@pass_session
def edit(session: Session, /, release_ref: str, **given: Any) -> None:
    """Set fields of a RELEASE; an empty value clears a field. Dates are written 2026-12-04.

    \b
    indieartist release edit R1 --artist "Mara Vale" --date 2026-12-04 --genre Indie \\
        --p-line "2026 Mara Vale" --c-line "2026 Mara Vale" --artwork cover.png
    """
    studio = session.studio
    found = finding.get_release(studio, release_ref)
    values = {name: given[name] for name in RELEASE_OPTIONS.values() if given[name] is not None}
    with acts.one_act(studio, f"Edit “{found.title}”"):
        _edit(studio, found, values, given)
    changed = finding.get_release(studio, f"R{found.id}")
    session.say(changed, lambda: _say_release(changed))


def _edit(studio: Studio, found: Release, values: dict[str, str], given: Mapping[str, Any]) -> None:
    if values:
        editing.edit_release(studio, found, values)
    if given["artists"]:
        editing.set_artists(studio, found, given["artists"])
    if given["artwork"]:
        editing.set_artwork(studio, found, given["artwork"])
    if given["links"]:
        editing.set_links(studio, found, [_link(text) for text in given["links"]])
    if given["order"]:
        refs = given["order"].split(",")
        editing.order_tracks(studio, found, [finding.get_track(studio, r).id for r in refs])


def _link(text: str) -> tuple[str, str]:
    service, separator, url = text.partition("=")
    if not separator:
        raise UserError(f"“{text}” is not a link.", "Write it as Bandcamp=https://…")
    return service, url


@release.command("edit-track")
@click.argument("track")
@_field_options(TRACK_OPTIONS)
@click.option("--lyrics", help="The words, or @FILE to read them from a file.")
@pass_session
def edit_track(session: Session, /, track: str, **given: Any) -> None:
    """Set fields of a TRACK: --explicit none, explicit or clean; --language zxx: instrumental."""
    found = finding.get_track(session.studio, track)
    values = {name: value for name, value in given.items() if value is not None}
    if values.get("lyrics", "").startswith("@"):
        values["lyrics"] = _text_of(Path(values["lyrics"][1:]))
    editing.edit_track(session.studio, found, values)
    changed = finding.get_track(session.studio, f"T{found.id}")
    owner = finding.get_release(session.studio, f"R{found.release_id}")
    session.say(changed, lambda: _say_track(owner, changed))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from error


@release.command()
@click.argument("subject", metavar="RELEASE|TRACK")
@click.argument("people", nargs=-1, required=True, metavar="ROLE=NAME…")
@pass_session
def credit(session: Session, /, subject: str, people: tuple[str, ...]) -> None:
    """Set the credits of a track (T1) or release (R1), replacing those it had.

    \b
    indieartist release credit T1 composer="Mara Vale" performer:guitar="Tom Reyes" \\
        producer="Ines Okafor" mixer="Ines Okafor"
    """
    credits = [_credit(text) for text in people]
    if subject[:1] in "Rr" and "." not in subject:
        owner = finding.get_release(session.studio, subject)
        editing.set_release_credits(session.studio, owner, credits)
    else:
        track = finding.get_track(session.studio, subject)
        editing.set_track_credits(session.studio, track, credits)
    rows = [(ROLES[c.role].label, f"{c.name} {c.instrument}".strip()) for c in credits]
    session.say(credits, lambda: print_rows(rows))


def _credit(text: str) -> Credit:
    role, separator, name = text.partition("=")
    if not separator:
        raise UserError(
            f"“{text}” is not a credit.", f"Write ROLE=NAME; roles: {', '.join(ROLES)}."
        )
    role, _, instrument = role.partition(":")
    return Credit(name, role, instrument)

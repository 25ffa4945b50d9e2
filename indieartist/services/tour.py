"""The tour: the whole main job once, on a real song, as a person would do it by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indieartist.domain.measurement import Measurement
from indieartist.domain.names import title_from_name
from indieartist.domain.progress import Report, part, silent
from indieartist.domain.publishing import Publication
from indieartist.domain.release import Credit, Release
from indieartist.domain.release_days import suggest_release_day
from indieartist.services import checking, editing, finding, importing, mastering, publishing
from indieartist.services.demo import Song, render_song
from indieartist.services.publishing import Route
from indieartist.services.studio import Studio

DESTINATIONS = ("folder", "site")


@dataclass(frozen=True, slots=True)
class Tour:
    """What the tour made: the release, before and after, what was found, what went out."""

    release: Release
    before: Measurement
    after: Measurement
    findings: int
    fixed: int
    publications: tuple[Publication, ...]


def take_tour(
    studio: Studio, bounce: Path | None, say: Callable[[str], None], report: Report = silent
) -> Tour:
    """Import, master, fill in, check, fix, deliver and announce a song; `say` tells each step.

    Taken again with the same song it goes on with the release it made.
    """
    song = _song(studio, bounce, say, part(report, 0.0, 0.1))
    say(f"Importing {song.mix_path.name}")
    found = importing.import_file(studio, song.mix_path, report=part(report, 0.1, 0.25))
    if not found.known:
        say("Filling in what the stores will ask")
        _fill_in(studio, found.release_id, song)
    _master(studio, found.track_id, say, part(report, 0.25, 0.6))
    findings, fixed = _check(studio, found.release_id, say)
    release = _release(studio, found.release_id)
    publications = _publish(studio, release, say, part(report, 0.6, 1.0))
    track = next(track for track in release.tracks if track.id == found.track_id)
    before, after = track.bounce, track.approved
    if before is None or after is None or not (before.measurement and after.measurement):
        raise AssertionError("a tour ends with a measured bounce and a measured master")
    return Tour(release, before.measurement, after.measurement, findings, fixed, publications)


def summary(tour: Tour) -> list[tuple[str, str]]:
    """The tour's result as lines of label and value."""
    before, after = tour.before, tour.after
    return [
        ("Release", f"R{tour.release.id} “{tour.release.title}” by {tour.release.artist_line}"),
        ("Bounce", _levels(before)),
        ("Master", _levels(after)),
        ("Check", f"{tour.findings} findings, {tour.fixed} fixed"),
        *((p.adapter, p.url or p.out_path) for p in tour.publications),
    ]


def _levels(m: Measurement) -> str:
    loud = "silent" if m.integrated_lufs is None else f"{m.integrated_lufs:.1f} LUFS"
    peak = "" if m.true_peak_dbtp is None else f", {m.true_peak_dbtp:.2f} dBTP"
    return f"{loud}{peak}".replace("-", "−")


def _song(studio: Studio, bounce: Path | None, say: Callable[[str], None], report: Report) -> Song:
    """The person's own song, else the real one that was fetched, else ours."""
    if bounce is not None:
        title = title_from_name(bounce.stem)
        return Song(bounce, title, "", "", "", ())
    facts = studio.table("song")
    fetched = studio.resources.parent / facts["bounce"]
    if fetched.exists():
        say(f"“{facts['title']}” by {facts['artist']} ({facts['licence']}, {facts['package']})")
        composer = Credit(facts["composer"], "composer")
        player = Credit(facts["composer"], "performer")
        credits = (Credit(facts["artist"], "artist"), composer, player)
        return Song(fetched, facts["title"], facts["artist"], "Rock", "zxx", credits)
    say("No fetched song was found; rendering our own small one")
    return render_song(studio.library.folder / "Demo song", report)


def _fill_in(studio: Studio, release_id: int, song: Song) -> None:
    release = _release(studio, release_id)
    artist = song.artist or release.artist_line or "Your Name"
    year = studio.today.year
    editing.edit_release(
        studio,
        release,
        {
            "genre": song.genre or release.genre or "Indie Pop",
            "language": "en",
            "label": release.label or artist,
            "release_on": suggest_release_day(studio.today).isoformat(),
            "p_line": f"{year} {artist}",
            "c_line": f"{year} {artist}",
            "ai_disclosure": "none",
        },
    )
    editing.set_artists(studio, release, [artist])
    track = release.tracks[0]
    editing.edit_track(studio, track, {"explicit": "none", "language": song.language or "en"})
    others = [credit for credit in song.credits if credit.role != "artist"]
    if others:
        editing.set_track_credits(studio, track, others)
    editing.set_artwork(studio, release, _cover(studio, song))


def _cover(studio: Studio, song: Song) -> Path:
    from indieartist.visuals.demo_cover import render_demo_cover

    if song.cover_path is not None:
        return song.cover_path
    path = studio.library.folder / "Demo song" / "cover.png"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        render_demo_cover(path)
    return path


def _master(studio: Studio, track_id: int, say: Callable[[str], None], report: Report) -> None:
    track = finding.get_track(studio, f"T{track_id}")
    if track.approved is not None:
        return
    say("Mastering for streaming")
    made = mastering.master_track(studio, track, mastering.get_settings(studio), report=report)
    track = finding.get_track(studio, f"T{track_id}")
    mix = next(mix for mix in track.mixes if mix.id == made.mix_id)
    editing.approve_mix(studio, track, mix)


def _check(studio: Studio, release_id: int, say: Callable[[str], None]) -> tuple[int, int]:
    """Check for the tour's destinations, make the corrections offered; return both counts."""
    release = _release(studio, release_id)
    findings = len(checking.check_release(studio, release, DESTINATIONS).findings)
    fixed = checking.correct_release(studio, release, DESTINATIONS)
    say(f"Checked: {findings} findings, {fixed} corrected")
    return findings, fixed


def _publish(
    studio: Studio, release: Release, say: Callable[[str], None], report: Report
) -> tuple[Publication, ...]:
    say("Building the delivery package, the artist's page and the share kit")
    halves = part(report, 0.0, 0.5), part(report, 0.5, 0.9)
    sent = [
        publishing.deliver(studio, release, Route(destination), half)
        for destination, half in zip(DESTINATIONS, halves, strict=True)
    ]
    sent.append(publishing.post(studio, release, Route("share-kit"), report=part(report, 0.9, 1.0)))
    return tuple(sent)


def _release(studio: Studio, release_id: int) -> Release:
    return finding.get_release(studio, f"R{release_id}")

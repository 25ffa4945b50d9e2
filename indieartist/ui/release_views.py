"""An overview of a release in the words and rows of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indieartist.domain import figures
from indieartist.domain.checklist import Standing
from indieartist.domain.preflight.registry import Severity
from indieartist.domain.titles import without_guests
from indieartist.ui.models.tracks import State, TrackRow
from indieartist.ui.widgets.chip import Fact
from indieartist.ui.widgets.hero import HeroView, Value
from indieartist.ui.widgets.readiness import ReadinessView, Task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from indieartist.domain.checklist import TaskState
    from indieartist.domain.preflight.findings import Finding
    from indieartist.domain.release import Release, Track
    from indieartist.services.overview import Overview

PEAK_LIMIT_DBTP = -1.0
_KINDS = {"single": "Single", "ep": "EP", "album": "Album"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MINUTE_MS = 60_000
_SPOTIFY = "spotify"
_SHORT_MAX = 17  # letters of a status that fit into its column
_SHORT = {
    "ID-01": "ISRC is wrong",
    "ID-02": "ISRC used twice",
    "TI-06": "Guests unclear",
    "AR-06": "Composer missing",
    "AR-07": "Credits missing",
    "LG-01": "Language missing",
    "EX-01": "Advisory missing",
    "AU-02": "Silence at an end",
    "AU-04": "Peak too high",
}  # a rule's name as a status, where its own is longer


def hero_view(overview: Overview, cover: QImage | None) -> HeroView:
    """The head of the page."""
    release = overview.release
    changes = overview.album_changes_db
    services = [
        Value(service.name, figures.change(changes[service.key]), "dB", apart=place == 0)
        for place, service in enumerate(overview.services)
    ]
    return HeroView(
        title=release.title + (f" ({release.version})" if release.version else ""),
        line="  ·  ".join(
            (kind_of(release), release.artist_line or "No artist yet", extent(release))
        ),
        cover=cover,
        facts=_facts(overview),
        issues=_issues(overview),
        values=(
            Value("Album loudness", figures.level(overview.album_lufs), "LUFS"),
            Value("Loudest peak", figures.level(overview.loudest_dbtp), "dBTP"),
            *services,
        )
        if overview.sounds
        else (),
    )


def kind_of(release: Release) -> str:
    """'Album', 'EP' or 'Single'."""
    return _KINDS[release.kind.value]


def extent(release: Release) -> str:
    """'7 tracks, 25 min'."""
    tracks = figures.count(len(release.tracks), "track")
    if release.duration_ms < _MINUTE_MS:
        return f"{tracks}, {round(release.duration_ms / 1000)} s"
    return f"{tracks}, {round(release.duration_ms / _MINUTE_MS)} min"


def _facts(overview: Overview) -> tuple[Fact, ...]:
    release, facts = overview.release, []
    if release.release_on is None:
        facts.append(Fact("No date yet", "calendar"))
    else:
        out = "Out" if release.release_on > overview.today else "Out since"
        facts.append(Fact(f"{out} {figures.day(release.release_on)}", "calendar"))
    facts.append(Fact(f"UPC {figures.gtin(release.gtin)}" if release.gtin else "No UPC or EAN"))
    return tuple(facts)


def _issues(overview: Overview) -> Fact | None:
    errors, warnings = len(overview.preflight.errors), len(overview.preflight.warnings)
    if errors:
        return Fact(figures.count(errors, "issue"), "alert-triangle", "err")
    if warnings:
        return Fact(figures.count(warnings, "remark"), "alert-circle", "warn")
    return Fact("No issues", "check-circle", "ok")


def readiness_view(overview: Overview) -> ReadinessView:
    """The card beside the head."""
    board, day = overview.board, overview.release.release_on
    open_tasks = [s for s in board.tasks if s.state in (Standing.OVERDUE, Standing.DUE)]
    later = [s for s in board.tasks if s.state is Standing.UPCOMING]
    late = sum(state.state is Standing.OVERDUE for state in open_tasks)
    pace = "On track" if day else ""
    when = f"{_WEEKDAYS[day.weekday()]}, {figures.day(day)}" if day else "Choose one in the facts"
    return ReadinessView(
        done=board.readiness.done,
        total=board.readiness.total,
        headline=_headline(overview),
        when=when,
        remark=f"{figures.count(late, 'task')} overdue" if late else pace,
        tasks=tuple(_task(state, overview) for state in (*open_tasks, *later)),
    )


def _headline(overview: Overview) -> str:
    day = overview.release.release_on
    if day is None:
        return "No release day yet"
    days = (day - overview.today).days
    if days == 0:
        return "Release day is today"
    if days < 0:
        return f"Out for {figures.count(-days, 'day')}"
    return f"Release day in {figures.count(days, 'day')}"


def _task(state: TaskState, overview: Overview) -> Task:
    if state.due_on is None:
        return Task(state.key, state.title)
    urgent = state.state in (Standing.OVERDUE, Standing.DUE)
    near = figures.near_day(state.due_on, overview.today)
    overdue = state.state is Standing.OVERDUE
    due = "Overdue" if overdue else near if near in ("Today", "Tomorrow") else f"by {near}"
    return Task(state.key, state.title, due, urgent)


def track_rows(overview: Overview) -> list[TrackRow]:
    """The rows of the table, in order."""
    return [_row(track, overview) for track in overview.release.tracks]


def _row(track: Track, overview: Overview) -> TrackRow:
    sound = overview.sounds.get(track.id)
    measured = sound.measurement if sound else None
    peak = measured.true_peak_dbtp if measured else None
    words, state = _status(track, overview)
    return TrackRow(
        key=track.id,
        number=track.position,
        title=without_guests(track.title) or track.title,
        detail=_detail(track),
        levels=sound.levels if sound else (),
        length_ms=track.duration_ms if track.current else None,
        loudness_lufs=measured.integrated_lufs if measured else None,
        peak_dbtp=peak,
        peak_over=peak is not None and peak > PEAK_LIMIT_DBTP + 0.05,
        service_db=sound.changes_db.get(_SPOTIFY) if sound else None,
        isrc=track.isrc,
        status=words,
        state=state,
        reasons=tuple(f.title for f in overview.preflight.findings if f.track_id == track.id),
    )


def _detail(track: Track) -> str:
    """What stands quieter beside the title: its guests, then its version."""
    without = without_guests(track.title)
    guests = track.title[len(without) :].strip(" ()") if track.title.startswith(without) else ""
    return " · ".join(words for words in (guests, track.version) if words)


def _status(track: Track, overview: Overview) -> tuple[str, State]:
    """The worst that is known of a track, in two or three words."""
    if track.current is None:
        return "No audio yet", "warn"
    found = [f for f in overview.preflight.findings if f.track_id == track.id]
    if errors := _of(found, Severity.ERROR):
        return _said(errors), "err"
    if track.approved is None:
        return "Not approved", "info"
    if warnings := _of(found, Severity.WARNING):
        return _said(warnings), "warn"
    return "Ready", "ok"


def _of(findings: Sequence[Finding], severity: Severity) -> list[Finding]:
    return [finding for finding in findings if finding.severity is severity]


def _said(findings: list[Finding]) -> str:
    """The one problem by its name where that is short, else how many there are."""
    if len(findings) == 1:
        words = _SHORT.get(findings[0].rule_id, findings[0].title)
        if len(words) <= _SHORT_MAX:
            return words
    return figures.count(len(findings), "issue")

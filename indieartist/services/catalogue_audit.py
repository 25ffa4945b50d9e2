"""Looking over the whole catalogue: each rule that something breaks, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indieartist.domain.preflight.findings import Finding
from indieartist.domain.preflight.registry import Severity
from indieartist.domain.progress import Report, silent
from indieartist.domain.release import Release
from indieartist.library import releases
from indieartist.services.checking import Checker
from indieartist.services.studio import Studio


@dataclass(frozen=True, slots=True)
class Place:
    """A release where a rule is broken; `track_ids` names its tracks, where they are meant."""

    release_id: int
    title: str
    artist_line: str
    message: str
    track_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One rule, how grave it is at the worst, and every release where it is broken."""

    rule_id: str
    title: str
    severity: Severity
    places: tuple[Place, ...]

    @property
    def track_ids(self) -> tuple[int, ...]:
        """The tracks that are meant, over all releases; none where releases themselves are."""
        return tuple(track for place in self.places for track in place.track_ids)


def audit_catalogue(
    studio: Studio, destinations: Sequence[str] = (), report: Report = silent
) -> list[Trouble]:
    """Check every release for these destinations; the gravest and most frequent trouble first."""
    checker, found = Checker(studio), dict[str, list[tuple[Release, list[Finding]]]]()
    with studio.library.read() as connection:
        ids = releases.list_ids(connection)
    for number, release_id in enumerate(ids, 1):
        with studio.library.read() as connection:
            release = releases.get_release(connection, release_id)
        by_rule: dict[str, list[Finding]] = {}
        for finding in checker.check(release, destinations).findings:
            by_rule.setdefault(finding.rule_id, []).append(finding)
        for rule_id, findings in by_rule.items():
            found.setdefault(rule_id, []).append((release, findings))
        report(number / len(ids))
    troubles = [_trouble(rule_id, where) for rule_id, where in found.items()]
    return sorted(troubles, key=lambda t: (-t.severity, -len(t.places), t.rule_id))


def _trouble(rule_id: str, where: list[tuple[Release, list[Finding]]]) -> Trouble:
    findings = [finding for _, some in where for finding in some]
    worst = max(finding.severity for finding in findings)
    return Trouble(rule_id, findings[0].title, worst, tuple(_place(*each) for each in where))


def _place(release: Release, findings: list[Finding]) -> Place:
    tracks = dict.fromkeys(f.track_id for f in findings if f.track_id is not None)
    first = findings[0].message
    message = first if len(findings) == 1 else f"{first} And {len(findings) - 1} more."
    return Place(release.id, release.title, release.artist_line, message, tuple(tracks))

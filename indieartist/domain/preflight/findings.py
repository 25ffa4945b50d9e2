"""What preflight says: findings, and what was not checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from indieartist.domain.preflight.registry import Fix, Severity
from indieartist.domain.preflight.rulebook import Source


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem, named once for all the destinations that mind it.

    `track_id` is None where the release itself is meant; `severities` says how bad it is for each
    destination, and `severity` is the worst of them.
    """

    rule_id: str
    title: str
    track_id: int | None
    field: str
    message: str
    evidence: str
    hint: str
    fix: Fix | None
    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    severities: Mapping[str, Severity]

    @property
    def severity(self) -> Severity:
        """The worst over the destinations."""
        return max(self.severities.values())

    @property
    def destinations(self) -> tuple[str, ...]:
        """Keys of the destinations that mind."""
        return tuple(self.severities)


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule that could not be judged, wholly or for one track, and what that would need."""

    rule_id: str
    title: str
    needs: str
    track_id: int | None = None


@dataclass(frozen=True, slots=True)
class Preflight:
    """The result for some destinations: findings worst first, and what nobody has looked at."""

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    destinations: tuple[str, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What would be refused."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What would be corrected, delayed or worth a second look."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)

    @property
    def corrections(self) -> tuple[Finding, ...]:
        """Findings whose fix is no decision, one for each field; check again after making them."""
        chosen: dict[tuple[str, int | None], Finding] = {}
        for finding in self.findings:
            if finding.fix and not finding.fix.asks:
                chosen.setdefault((finding.fix.field, finding.fix.track_id), finding)
        return tuple(chosen.values())

    @property
    def ready(self) -> bool:
        """Whether no rule that was checked stands in the way, at any of the destinations."""
        return not self.errors

    def errors_at(self, destination: str) -> int:
        """The number of findings that this destination would refuse."""
        severities = (finding.severities.get(destination) for finding in self.findings)
        return sum(severity is Severity.ERROR for severity in severities)

    def of(self, rule_ids: Collection[str]) -> tuple[Finding, ...]:
        """The findings of some rules."""
        return tuple(f for f in self.findings if f.rule_id in rule_ids)

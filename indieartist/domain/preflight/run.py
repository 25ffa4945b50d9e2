"""Preflight: every rule of the chosen destinations against one release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from indieartist.domain.preflight.checks import CHECKS
from indieartist.domain.preflight.findings import Finding, NotChecked, Preflight
from indieartist.domain.preflight.known import Known
from indieartist.domain.preflight.registry import Case, Problem, Severity, Unseen
from indieartist.domain.preflight.rulebook import (
    ANY_DESTINATION,
    Destination,
    Rule,
    RuleBook,
    Setting,
)
from indieartist.domain.release import Release


@dataclass(slots=True)
class _Minded:
    """Who minds a problem, how much, and by which setting."""

    severities: dict[str, Severity] = field(default_factory=dict)
    settings: list[Setting] = field(default_factory=list)


def run_preflight(
    release: Release,
    book: RuleBook,
    destinations: Sequence[str] = (),
    *,
    today: date,
    known: Known | None = None,
) -> Preflight:
    """Check `release` for each destination key, or for any store where none is given.

    `known` is what the library knows beside the release; without it nothing else is known.

    The same problem at several destinations is one finding. Raises UserError for an unknown key.
    """
    keys = tuple(dict.fromkeys(destinations or (ANY_DESTINATION,)))
    chosen = [book.get_destination(key) for key in keys]
    case = Case(release, today, book.words, known or Known())
    findings: list[Finding] = []
    not_checked: list[NotChecked] = []
    for rule in book.rules:
        minding = [destination for destination in chosen if rule.id in destination.settings]
        minded, unseen = _judge(rule, case, minding)
        findings += [_finding(rule, problem, entry) for problem, entry in minded.items()]
        not_checked += [NotChecked(rule.id, rule.title, u.needs, u.track_id) for u in unseen]
    order = {track.id: i for i, track in enumerate(release.tracks)}
    findings.sort(key=lambda f: (-f.severity, -1 if f.track_id is None else order[f.track_id]))
    return Preflight(tuple(findings), tuple(not_checked), keys)


def _judge(
    rule: Rule, case: Case, minding: list[Destination]
) -> tuple[dict[Problem, _Minded], list[Unseen]]:
    minded: dict[Problem, _Minded] = {}
    unseen = dict.fromkeys([Unseen(rule.needs)] if rule.needs and minding else [])
    for destination in minding if rule.check else ():
        setting = destination.settings[rule.id]
        for outcome in CHECKS[rule.check](
            replace(case, destination=destination.key, options=setting.options)
        ):
            if isinstance(outcome, Unseen):
                unseen[outcome] = None
            else:
                entry = minded.setdefault(outcome, _Minded())
                entry.severities[destination.key] = min(setting.severity, outcome.at_most)
                entry.settings.append(setting)
    return minded, list(unseen)


def _finding(rule: Rule, problem: Problem, minded: _Minded) -> Finding:
    sources = dict.fromkeys(source for s in minded.settings for source in s.sources)
    return Finding(
        rule_id=rule.id,
        title=rule.title,
        track_id=problem.track_id,
        field=problem.field,
        message=problem.message,
        evidence=problem.evidence,
        hint=problem.hint,
        fix=problem.fix,
        sources=tuple(sources),
        notes=tuple(dict.fromkeys(s.note for s in minded.settings if s.note)),
        severities=minded.severities,
    )

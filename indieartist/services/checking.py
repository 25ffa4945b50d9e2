"""Checking: a release against the rules of its destinations, and the fixes it is offered."""

from __future__ import annotations

from collections.abc import Sequence

from indieartist.domain.preflight.findings import Finding, Preflight
from indieartist.domain.preflight.rulebook import RuleBook, parse_rulebook
from indieartist.domain.preflight.run import run_preflight
from indieartist.domain.release import Release
from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.services.editing import replace_credits
from indieartist.services.studio import Studio


def read_rulebook(studio: Studio) -> RuleBook:
    """The rules as `resources/rules/` has them."""
    tables = studio.tables("rules")
    return parse_rulebook(
        tables["rules"], tables["sources"], tables["destinations"], tables["words"]
    )


def check_release(studio: Studio, release: Release, destinations: Sequence[str] = ()) -> Preflight:
    """Every problem the destinations would find, worst first; for any store where none is named."""
    return run_preflight(release, read_rulebook(studio), destinations, today=studio.today)


def require_ready(studio: Studio, release: Release, destination: str) -> None:
    """Raise UserError naming what the destination would refuse, if anything."""
    known = read_rulebook(studio).destinations
    result = check_release(studio, release, [destination] if destination in known else [])
    if not result.ready:
        said = "; ".join(f"{f.rule_id} {f.message}" for f in result.errors[:3])
        raise UserError(
            f"“{release.title}” is not ready for {destination}: {said}",
            f"See `indieartist check R{release.id} --for {destination}`.",
        )


def apply_fix(studio: Studio, release: Release, finding: Finding) -> None:
    """Make the edit a finding offers, as one undoable act; raises UserError where it has none."""
    fix = finding.fix
    if fix is None:
        raise UserError(f"{finding.rule_id} has no fix to apply.", finding.hint)
    with studio.library.act(f"{fix.label} ({finding.rule_id}, “{release.title}”)") as act:
        if isinstance(fix.value, tuple):
            owner = t.credit.c.track_id if fix.track_id else t.credit.c.release_id
            replace_credits(act, owner, fix.track_id or release.id, fix.value)
        else:
            table = t.track if fix.track_id else t.release
            act.update(table, fix.track_id or release.id, **{fix.field: fix.value})

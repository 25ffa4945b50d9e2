"""Checking: a release against the rules of its destinations, and the fixes it is offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from indieartist.domain.preflight.findings import Finding, Preflight
from indieartist.domain.preflight.known import Known
from indieartist.domain.preflight.registry import Fix, Redraw
from indieartist.domain.preflight.rulebook import RuleBook, merge_own, parse_rulebook
from indieartist.domain.preflight.run import run_preflight
from indieartist.domain.release import Release
from indieartist.errors import UserError
from indieartist.library import contents, releases
from indieartist.library import tables as t
from indieartist.library.history import Act
from indieartist.services import covers
from indieartist.services.editing import replace_credits
from indieartist.services.known import read_carried, read_known, read_names
from indieartist.services.studio import Studio
from indieartist.system.resources import read_tables

MOST_ROUNDS = 8
_SHARED = ("title", "version")  # by a release and its only track


OWN_RULES = "Rules"  # the folder of the library in which a person's own profiles lie


def read_rulebook(studio: Studio) -> RuleBook:
    """The rules as `resources/rules/` has them, with the person's own destinations and sources."""
    tables = read_rule_tables(studio)
    return parse_rulebook(
        tables["rules"], tables["sources"], tables["destinations"], tables["words"]
    )


def read_rule_tables(studio: Studio) -> dict[str, Any]:
    """The tables behind the rule book, the person's own merged in."""
    tables = studio.tables("rules")
    own = read_tables(studio.library.folder / OWN_RULES)
    sources = {**tables["sources"], **own.get("sources", {})}
    destinations = merge_own(tables["destinations"], own.get("destinations", {}))
    return {**tables, "sources": sources, "destinations": destinations}


class Checker:
    """The rules, and the names of the catalogue, read once for checks of many releases."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.book, self.names = read_rulebook(studio), read_names(studio)

    def check(self, release: Release, destinations: Sequence[str] = ()) -> Preflight:
        """Every problem the destinations would find, worst first; none named is any store."""
        known = replace(self.read_known(release), carried=read_carried(self._studio, release))
        today = self._studio.today
        return run_preflight(release, self.book, destinations, today=today, known=known)

    def read_known(self, release: Release) -> Known:
        """What is known beside a release."""
        return read_known(self._studio, release, self.book, self.names)


def check_release(studio: Studio, release: Release, destinations: Sequence[str] = ()) -> Preflight:
    """Every problem the destinations would find, worst first; for any store where none is named."""
    return Checker(studio).check(release, destinations)


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
    if finding.fix is None:
        raise UserError(f"{finding.rule_id} has no fix to apply.", finding.hint)
    label = f"{finding.fix.label} ({finding.rule_id}, “{release.title}”)"
    with studio.library.act(label) as act:
        _apply(studio, act, release, finding.fix)


def correct_release(studio: Studio, release: Release, destinations: Sequence[str] = ()) -> int:
    """Make every correction that is no decision, as one act; return how many were made.

    One correction can bring another to light, so the release is checked anew after each round.
    """
    made = 0
    with studio.library.act(f"Correct “{release.title}”") as act:
        for _round in range(MOST_ROUNDS):
            found = releases.get_release(act.connection, release.id)
            corrections = check_release(studio, found, destinations).corrections
            for finding in corrections:
                if finding.fix:
                    _apply(studio, act, found, finding.fix)
            made += len(corrections)
            if not corrections:
                break
    return made


def _apply(studio: Studio, act: Act, release: Release, fix: Fix) -> None:
    if isinstance(fix.value, Redraw) and release.artwork:
        made = covers.redraw(studio, release.artwork, fix.value)
        contents.remember_artwork(act.connection, made, ".jpg")
        act.update(t.release, release.id, artwork_hash=made.hash)
    elif isinstance(fix.value, tuple):
        owner = t.credit.c.track_id if fix.track_id else t.credit.c.release_id
        replace_credits(act, owner, fix.track_id or release.id, fix.value)
    else:
        table = t.track if fix.track_id else t.release
        act.update(table, fix.track_id or release.id, **{fix.field: fix.value})
        if not fix.track_id and fix.field in _SHARED and release.called_like_its_track:
            act.update(t.track, release.tracks[0].id, **{fix.field: fix.value})

"""Preflight: release rules as data, small checks by name, and what they find.

`parse_rulebook` types the files of `resources/rules`; `run_preflight` checks a release for some
destinations. See docs/decisions/0040-rules-as-data.md.
"""

from indieartist.domain.preflight.changes import redrawn, tell_change
from indieartist.domain.preflight.findings import Finding, NotChecked, Preflight
from indieartist.domain.preflight.known import Carried, Delivery, Known, Names, SentTrack
from indieartist.domain.preflight.registry import Fix, FixValue, Redraw, Severity
from indieartist.domain.preflight.rulebook import (
    Destination,
    Rule,
    RuleBook,
    Setting,
    Source,
    merge_own,
    parse_rulebook,
)
from indieartist.domain.preflight.run import run_preflight

__all__ = [
    "Carried",
    "Delivery",
    "Destination",
    "Finding",
    "Fix",
    "FixValue",
    "Known",
    "Names",
    "NotChecked",
    "Preflight",
    "Redraw",
    "Rule",
    "RuleBook",
    "SentTrack",
    "Setting",
    "Severity",
    "Source",
    "merge_own",
    "parse_rulebook",
    "redrawn",
    "run_preflight",
    "tell_change",
]

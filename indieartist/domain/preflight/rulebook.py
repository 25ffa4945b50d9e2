"""The rules and destinations as data: what `resources/rules/*.toml` says, checked and typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from indieartist.domain.preflight.checks import CHECKS
from indieartist.domain.preflight.registry import Severity
from indieartist.errors import UserError

ANY_DESTINATION = "any"  # what a release is checked for while no destination is chosen
OFF = "off"


@dataclass(frozen=True, slots=True)
class Source:
    """A page where a rule was read."""

    key: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of `rules.toml`; `needs` names the evidence that no check can see yet."""

    id: str
    title: str
    why: str
    severity: Severity
    applies: frozenset[str]
    sources: tuple[Source, ...]
    checked_on: date
    check: str
    needs: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """A rule as one destination applies it."""

    severity: Severity
    options: Mapping[str, Any]
    sources: tuple[Source, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """A store, a distributor, or what you publish yourself, with its settings by rule id."""

    key: str
    title: str
    group: str
    settings: Mapping[str, Setting]
    amends: bool = False  # whether a release may still be changed when it is out


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules, all destinations and the word lists that the checks use."""

    rules: tuple[Rule, ...]
    destinations: Mapping[str, Destination]
    words: Mapping[str, tuple[str, ...]]

    def get_rule(self, rule_id: str) -> Rule:
        """The rule of that id; UserError where there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise UserError(f"There is no rule {rule_id!r}.", "The ids run from AP-01 to CV-01.")

    def get_destination(self, key: str) -> Destination:
        """The destination of that key; UserError names those there are."""
        if key not in self.destinations:
            known = ", ".join(sorted(self.destinations))
            raise UserError(f"There is no destination {key!r}.", f"Choose among {known}.")
        return self.destinations[key]


def parse_rulebook(
    rules: Mapping[str, Any],
    sources: Mapping[str, Any],
    destinations: Mapping[str, Any],
    words: Mapping[str, Any],
) -> RuleBook:
    """The rule book from the four parsed files of `resources/rules`, named like the parameters.

    Raises UserError for what does not fit: an unknown severity, source, check, rule or group.
    """
    known = {key: Source(key, row["title"], row["url"]) for key, row in sources.items()}
    parsed = tuple(_rule(row, known, rules["checked_on"]) for row in rules["rule"])
    by_id = {rule.id: rule for rule in parsed}
    if len(by_id) != len(parsed):
        raise UserError("rules.toml has two rules of one id.", "Give each rule an id of its own.")
    return RuleBook(
        rules=parsed,
        destinations={k: _destination(k, row, by_id, known) for k, row in destinations.items()},
        words={key: tuple(value) for key, value in words.items()},
    )


def merge_own(shipped: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The shipped destinations with a person's own beside and over them.

    A table of a known destination changes what it names and leaves the rest; a new one may begin
    `like` another. Raises UserError for a `like` that is not known, and one without its facts.
    """
    merged = {key: dict(row) for key, row in shipped.items()}
    for key, row in own.items():
        base = merged.get(row.get("like", key), {})
        if "like" in row and not base:
            raise _misfit(f"destination {key}", "destination", row["like"])
        rules = {**base.get("rules", {}), **row.get("rules", {})}
        merged[key] = {**base, **row, "rules": rules}
        for fact in ("title", "group"):
            if fact not in merged[key]:
                raise UserError(
                    f"The destination {key} has no {fact}.", "Give it one, or say what it is like."
                )
    return merged


def _rule(row: Mapping[str, Any], known: Mapping[str, Source], checked_on: date) -> Rule:
    check = row["check"]
    if check and check not in CHECKS:
        raise _misfit(f"rule {row['id']}", "check", check)
    return Rule(
        id=row["id"],
        title=row["title"],
        why=row["why"],
        severity=_severity(row["severity"], f"rule {row['id']}"),
        applies=frozenset(row.get("applies", ("store", "distributor"))),
        sources=_sources(row["sources"], known, f"rule {row['id']}"),
        checked_on=row.get("checked_on", checked_on),
        check=check,
        needs=row.get("needs", ""),
        options=row.get("options", {}),
    )


def _destination(
    key: str, row: Mapping[str, Any], rules: Mapping[str, Rule], known: Mapping[str, Source]
) -> Destination:
    changes = row.get("rules", {})
    for rule_id in changes:
        if rule_id not in rules:
            raise _misfit(f"destination {key}", "rule", rule_id)
    settings = {
        rule.id: _setting(rule, changes.get(rule.id, {}), known)
        for rule in rules.values()
        if _applies(rule, key, row["group"], changes)
    }
    return Destination(key, row["title"], row["group"], settings, row.get("amends", False))


def _applies(rule: Rule, key: str, group: str, changes: Mapping[str, Any]) -> bool:
    if rule.id in changes:
        return bool(changes[rule.id].get("severity") != OFF)
    return group in rule.applies or key in rule.applies


def _setting(rule: Rule, change: Mapping[str, Any], known: Mapping[str, Source]) -> Setting:
    return Setting(
        severity=_severity(change["severity"], rule.id) if "severity" in change else rule.severity,
        options=change.get("options", rule.options),
        sources=_sources(change["sources"], known, rule.id)
        if "sources" in change
        else rule.sources,
        note=change.get("note", ""),
    )


def _severity(text: str, where: str) -> Severity:
    try:
        return Severity[text.upper()]
    except KeyError:
        raise _misfit(where, "severity", text) from None


def _sources(keys: list[str], known: Mapping[str, Source], where: str) -> tuple[Source, ...]:
    for key in keys:
        if key not in known:
            raise _misfit(where, "source", key)
    return tuple(known[key] for key in keys)


def _misfit(where: str, what: str, value: object) -> UserError:
    return UserError(
        f"The rules name a {what} that does not exist: {value!r} ({where}).",
        "Correct the file in resources/rules, or your own in the library's folder Rules.",
    )

"""Checking the whole catalogue: every release that changed since it was checked last."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indieartist import __version__
from indieartist.domain.preflight.rulebook import ANY_DESTINATION
from indieartist.domain.preflight.verdict import Verdict, judge
from indieartist.domain.progress import Report, silent
from indieartist.domain.release import Release
from indieartist.library import releases, verdicts
from indieartist.services.checking import Checker, read_rule_tables
from indieartist.services.known import stamp_delivered
from indieartist.services.studio import Studio

_AT_ONCE = 100  # releases


@dataclass(frozen=True, slots=True)
class CheckedRelease:
    """A release and what its check came to; `fresh` where it had to be checked now."""

    release: Release
    verdict: Verdict
    fresh: bool


def check_catalogue(
    studio: Studio, destinations: Sequence[str] = (), report: Report = silent
) -> list[CheckedRelease]:
    """Check every release for these destinations; what has not changed is not checked again.

    A verdict depends on the release, what is known beside it, the rules and the day.
    """
    keys = tuple(dict.fromkeys(destinations or (ANY_DESTINATION,)))
    checker = Checker(studio)
    known = sorted((name, sorted(on)) for name, on in checker.names.releases.items())
    base = _digest(__version__, read_rule_tables(studio), known, studio.today)
    with studio.library.read() as connection:
        kept = verdicts.list_verdicts(connection, " ".join(keys))
        ids = releases.list_ids(connection)
    found = []
    for number, release in enumerate(_read(studio, ids), 1):
        stamps = stamp_delivered(studio, release)
        digest = _digest(base, release, checker.read_known(release).deliveries, stamps)
        found.append(_check(checker, release, keys, kept.get(release.id), digest))
        report(number / len(ids))
    with studio.library.write() as connection:
        fresh = [checked.verdict for checked in found if checked.fresh]
        verdicts.remember_verdicts(connection, " ".join(keys), fresh)
    return found


def _read(studio: Studio, ids: Sequence[int]) -> Iterator[Release]:
    for start in range(0, len(ids), _AT_ONCE):
        with studio.library.read() as connection:
            found = releases.read_releases(connection, ids[start : start + _AT_ONCE])
        yield from found


def _check(
    checker: Checker, release: Release, keys: tuple[str, ...], kept: Verdict | None, digest: str
) -> CheckedRelease:
    if kept is not None and kept.digest == digest:
        return CheckedRelease(release, kept, fresh=False)
    verdict = judge(release.id, checker.check(release, keys), digest)
    return CheckedRelease(release, verdict, fresh=True)


def _digest(*parts: object) -> str:
    """Plain values spell themselves the same each time; sets would not, and are not among them."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()

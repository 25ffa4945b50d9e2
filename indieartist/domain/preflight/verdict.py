"""What a check came to, in figures: kept, so that only what changed is checked again."""

from __future__ import annotations

from dataclasses import dataclass

from indieartist.domain.preflight.findings import Preflight


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many findings of each severity a release has; `digest` names all that they depend on."""

    release_id: int
    errors: int
    warnings: int
    notes: int
    digest: str = ""

    @property
    def ready(self) -> bool:
        """Whether no rule that was checked stands in the way."""
        return not self.errors


def judge(release_id: int, found: Preflight, digest: str) -> Verdict:
    """The figures of a check."""
    errors, warnings = len(found.errors), len(found.warnings)
    notes = len(found.findings) - errors - warnings
    return Verdict(release_id, errors, warnings, notes, digest)

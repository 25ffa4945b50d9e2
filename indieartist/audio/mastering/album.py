"""The tone of an album: one curve for all its songs, so that they stay as different as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indieartist.audio.mastering.curve import MatchCurve, choose_curve
from indieartist.audio.mastering.profile import Profile
from indieartist.audio.mastering.source import read_profile
from indieartist.domain.mastering import Settings
from indieartist.domain.progress import Report, part, silent


def decide_curve(
    song_paths: Sequence[Path],
    settings: Settings,
    reference_path: Path | None = None,
    report: Report = silent,
) -> MatchCurve | None:
    """The curve from the mean of the songs' spectra to the reference or the house curve, if any."""
    if not settings.runs("tone") or (reference_path is None and settings.curve is None):
        return None
    paths = [*song_paths, *([reference_path] if reference_path else [])]
    share = 1.0 / len(paths)
    profiles = [
        read_profile(path, part(report, at * share, (at + 1) * share))
        for at, path in enumerate(paths)
    ]
    reference = profiles.pop() if reference_path else None
    return choose_curve(average_profiles(profiles), reference, settings)


def average_profiles(profiles: Sequence[Profile]) -> Profile:
    """The mean spectrum of songs, each set to the same power: a loud one has no louder say."""
    first = profiles[0]
    mid, side = np.zeros_like(first.mid), np.zeros_like(first.side)
    for profile in profiles:
        weight = 1.0 / max(float(profile.mid.sum() + profile.side.sum()), 1e-30)
        hz = profile.frequencies_hz
        mid += weight * np.interp(first.frequencies_hz, hz, profile.mid)
        side += weight * np.interp(first.frequencies_hz, hz, profile.side)
    return Profile(first.sample_rate_hz, mid, side)

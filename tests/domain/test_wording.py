"""Levels in sentences carry the real minus sign; ranges and names keep their hyphens."""

from __future__ import annotations

import pytest

from indieartist.domain.wording import write_minus


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("Raised by 2.0 dB to -14.0 LUFS.", "Raised by 2.0 dB to \u221214.0 LUFS."),
        ("stay below -1 dBTP.", "stay below \u22121 dBTP."),
        ("between -36 and -6 LUFS.", "between \u221236 and \u22126 LUFS."),
        ("of the way to take -2.wav: +1.0 dB", "of the way to take -2.wav: +1.0 dB"),
        ("down by 1-2 dB", "down by 1-2 dB"),
    ],
)
def test_only_levels_are_written_anew(plain: str, written: str) -> None:
    assert write_minus(plain) == written

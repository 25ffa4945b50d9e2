"""What a measurement says beyond its figures: its source, its tempos, whether it is complete."""

from __future__ import annotations

from dataclasses import asdict, fields, replace

import pytest
from domain.preflight_cases import MEASURED

from indieartist.domain.measurement import Measurement, Source, tell_source


@pytest.mark.parametrize(
    ("shelf_hz", "rate_hz", "source"),
    [
        (None, 44_100, Source.NATIVE),
        (16_800, 44_100, Source.LOSSY),  # MP3 at 128 kbps
        (20_300, 44_100, Source.LOSSY),  # MP3 at 320
        (20_600, 48_000, Source.LOSSY),
        (21_900, 48_000, Source.LOSSY),  # AAC at 256
        (21_600, 48_000, Source.UPSAMPLED),  # from 44.1 kHz
        (21_700, 96_000, Source.UPSAMPLED),
        (23_600, 96_000, Source.UPSAMPLED),  # from 48 kHz
        (47_400, 192_000, Source.UPSAMPLED),
        (10_700, 44_100, Source.UPSAMPLED),  # from 22.05 kHz
        (18_200, 96_000, Source.LOSSY),
        (10_700, 22_050, Source.LOSSY),  # half of its own rate is no lower rate
    ],
)
def test_the_shelf_tells_the_source(shelf_hz, rate_hz, source):
    assert tell_source(shelf_hz, rate_hz) is source


def test_scripts_get_every_figure_and_the_other_tempos():
    figures = replace(MEASURED, tempo_bpm=87.0, tempo_confidence=0.9).figures()
    assert {field.name for field in fields(Measurement)} <= set(figures)
    assert (figures["tempo_half_bpm"], figures["tempo_double_bpm"]) == (43.5, 174.0)


def test_a_measurement_of_before_is_read_and_is_not_complete():
    """Rows of the first library hold the figures up to the duration, and no more."""
    old = dict(list(asdict(MEASURED).items())[:15])
    assert list(old)[-1] == "duration_ms"
    found = Measurement(**old)
    assert not found.complete
    assert (found.tempo_bpm, found.tempo_half_bpm, found.source) == (None, None, None)


def test_a_song_without_a_fingerprint_to_take_is_complete():
    assert replace(MEASURED, fingerprint="AQAAAA").complete

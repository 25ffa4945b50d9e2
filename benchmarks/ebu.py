"""The cases of EBU Tech 3341 and 3342 as files, and how many of them a tool gets right."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from benchmarks.material import FOLDER, ROOT, once

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Channel = NDArray[np.float64]

RATES_HZ = (44_100, 48_000, 96_000)
LOUDNESS = 0.1  # the tolerance of Tech 3341 for I, M and S, in LU
RANGE = 1.0  # that of Tech 3342
GENERATORS_PATH = ROOT / "tests" / "audio" / "test_ebu.py"


@dataclass(frozen=True, slots=True)
class Case:
    """One file of a standard: how to make its channels, and what must be read in it."""

    name: str
    figures: tuple[str, ...]
    expected: float
    tolerances: tuple[float, float]
    make: Callable[[int], list[Channel]]


@cache
def generators() -> ModuleType:
    """The functions that the tests make these very signals with."""
    spec = importlib.util.spec_from_file_location("ebu_generators", GENERATORS_PATH)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(GENERATORS_PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def list_cases() -> Iterator[Case]:
    """Every case that can be made from its description; not the programmes 3341-7, -8, 3342-5, -6.

    3341-11 and -14 need a live meter.
    """
    for number, level in ((1, -23.0), (2, -33.0)):
        yield loudness(f"{number}", [(20, level)], "integrated momentary short_term", level)
    yield loudness("3", [(10, -36), (60, -23), (10, -36)])
    yield loudness("4", [(10, -72), (10, -36), (60, -23), (10, -36), (10, -72)])
    yield loudness("5", [(20, -26), (20.1, -20), (20, -26)])
    yield Case("3341-6", ("integrated",), -23.0, (LOUDNESS, LOUDNESS), make_surround)
    yield loudness("9", [(1.34, -20), (1.66, -30)] * 5, "short_term")
    yield loudness("12", [(0.18, -20), (0.22, -30)] * 25, "momentary")
    for start in range(20):
        yield loudness(f"10-{start}", [(start * 0.15, None), (3, -23), (1, None)], "short_term")
        yield loudness(f"13-{start}", [(start * 0.02, None), (0.4, -23), (1, None)], "momentary")
    yield from list_range_cases()
    yield from list_peak_cases()


def loudness(
    name: str,
    parts: Sequence[tuple[float, float | None]],
    figures: str = "integrated",
    level: float = -23.0,
) -> Case:
    """A case of Tech 3341 in which a tone of 1 kHz goes through these seconds and dBFS."""
    make = partial(make_stereo, parts)
    return Case(f"3341-{name}", tuple(figures.split()), level, (LOUDNESS, LOUDNESS), make)


def list_range_cases() -> Iterator[Case]:
    """The four tones of Tech 3342."""
    cases: list[tuple[float, list[tuple[float, float]]]] = [
        (10.0, [(20, -20), (20, -30)]),
        (5.0, [(20, -20), (20, -15)]),
        (20.0, [(20, -40), (20, -20)]),
        (15.0, [(20, -50), (20, -35), (20, -20), (20, -35), (20, -50)]),
    ]
    for number, (range_lu, parts) in enumerate(cases, start=1):
        make = partial(make_stereo, parts)
        yield Case(f"3342-{number}", ("range",), range_lu, (RANGE, RANGE), make)


def list_peak_cases() -> Iterator[Case]:
    """The tones of Tech 3341 whose peaks lie between the samples; +0.2 and -0.4 dB are allowed."""
    tones = (
        (15, 4, 0.0, 0.5, -6.0),
        (16, 4, 45.0, 0.5, -6.0),
        (17, 6, 60.0, 0.5, -6.0),
        (18, 8, 67.5, 0.5, -6.0),
        (19, 4, 45.0, 1.41, 3.0),
    )
    for number, divisor, degrees, level, peak_dbtp in tones:
        make = partial(make_peak, (divisor, degrees, level))
        yield Case(f"3341-{number}", ("true_peak",), peak_dbtp, (0.4, 0.2), make)
    for offset in range(4):
        make = partial(make_loud_cycle, offset)
        yield Case(f"3341-{20 + offset}", ("true_peak",), 0.0, (0.4, 0.2), make)


def make_stereo(parts: Sequence[tuple[float, float | None]], rate_hz: int) -> list[Channel]:
    """The same tone on two channels."""
    return [generators().tone(parts, rate_hz)] * 2


def make_surround(rate_hz: int) -> list[Channel]:
    """The tone on five channels, at five levels."""
    levels = (-28, -28, -24, -30, -30)
    return [generators().tone([(20, level)], rate_hz) for level in levels]


def make_peak(tone: tuple[int, float, float], rate_hz: int) -> list[Channel]:
    """A tone at a fraction of the sample rate, at a phase in degrees, of a peak level."""
    import numpy as np

    divisor, degrees, level = tone
    phase = 2 * np.pi * np.arange(rate_hz) / divisor + np.deg2rad(degrees)
    return [generators().faded(level * np.sin(phase))] * 2


def make_loud_cycle(offset: int, rate_hz: int) -> list[Channel]:
    """A tone with one cycle twice as loud, made at four times the rate and thinned out."""
    import numpy as np

    samples = 0.5 * np.sin(2 * np.pi * np.arange(4 * rate_hz) / 24)
    start = 24 * (rate_hz // 12)
    samples[start : start + 16] = np.sin(2 * np.pi * np.arange(16) / 16)
    return [generators().quartered(generators().faded(samples), offset)] * 2


def provide_files() -> dict[Path, Case]:
    """Return the file of every case at every sample rate, as 24-bit FLAC."""
    (FOLDER / "ebu").mkdir(parents=True, exist_ok=True)
    return {
        once(f"ebu/{case.name}-{rate_hz}.flac", partial(write_case, case, rate_hz)): case
        for rate_hz in RATES_HZ
        for case in list_cases()
    }


def write_case(case: Case, rate_hz: int, path: Path) -> None:
    """Write the case at this sample rate."""
    import numpy as np
    import soundfile

    samples = np.stack(case.make(rate_hz), axis=1)
    soundfile.write(path, samples, rate_hz, "PCM_24", format="FLAC")


@dataclass(frozen=True, slots=True)
class Score:
    """How many readings were within the standard, of how many, and the largest error."""

    right: int
    asked: int
    failed: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.right}/{self.asked}"


def score(cases: Mapping[Path, Case], readings: Mapping[Path, Mapping[str, float | None]]) -> Score:
    """Judge what a tool read in each file; figures that it does not give are not asked for."""
    right, failed = 0, []
    given = {figure for found in readings.values() for figure in found}
    for path, case in cases.items():
        for figure in given.intersection(case.figures):
            read = readings.get(path, {}).get(figure)
            below, above = case.tolerances
            if read is not None and -below <= round(read - case.expected, 6) <= above:
                right += 1
            else:
                failed.append(f"{path.stem} {figure} {read}")
    return Score(right, right + len(failed), tuple(sorted(failed)))

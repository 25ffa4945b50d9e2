"""The hot loops: compiled C where the package was built with a compiler, else their NumPy twins.

Each kernel stands twice under one name: in `meter.py` or `dynamics.py`, where it can be read, and
in the .c file of that name, which must give the same results (tests/audio/test_kernels.py).
`_compiled` is built by the package's own build (pyproject.toml, `ext-modules`) and needs nothing
at run time. INDIEARTIST_KERNELS=plain takes the twins although the compiled ones are there.
"""

from __future__ import annotations

import importlib.util
import os
from typing import TYPE_CHECKING

from indieartist.audio.kernels.meter import (
    count_plateaus,
    deinterleave,
    deinterleave_floats,
    find_largest,
    find_true_peak,
    outline,
    sum_bins,
    weigh,
)

COMPILED = (
    os.environ.get("INDIEARTIST_KERNELS") != "plain"
    and importlib.util.find_spec(f"{__name__}._compiled") is not None
)

if TYPE_CHECKING or not COMPILED:
    from indieartist.audio.kernels.rates import decimate
else:
    from indieartist.audio.kernels._compiled import decimate

__all__ = [
    "COMPILED",
    "count_plateaus",
    "decimate",
    "deinterleave",
    "deinterleave_floats",
    "find_largest",
    "find_true_peak",
    "outline",
    "sum_bins",
    "weigh",
]

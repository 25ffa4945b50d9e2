"""The hot loops: compiled C where the package was built with a compiler, else their NumPy twins.

Each kernel stands twice under one name: in `meter.py` or another module, where it can be read, and
in the .c file of that name, which must give the same results (tests/audio/test_kernels.py).
`_compiled` is built by the package's own build (pyproject.toml, `ext-modules`) and needs nothing
at run time. INDIEARTIST_KERNELS=plain takes the twins although the compiled ones are there.
"""

from __future__ import annotations

import importlib.util
import os
from typing import TYPE_CHECKING

COMPILED = (
    os.environ.get("INDIEARTIST_KERNELS") != "plain"
    and importlib.util.find_spec(f"{__name__}._compiled") is not None
)

if TYPE_CHECKING or not COMPILED:
    from indieartist.audio.kernels.block_peaks import find_block_peaks
    from indieartist.audio.kernels.dither import draw_noise, feed_back, round_dithered
    from indieartist.audio.kernels.dynamics import follow_level, smooth_level, square_blocks
    from indieartist.audio.kernels.limiting import decide_limiting, sum_limited
    from indieartist.audio.kernels.meter import (
        count_plateaus,
        deinterleave,
        deinterleave_floats,
        find_largest,
        outline,
        sum_bins,
    )
    from indieartist.audio.kernels.packing import pack_24, unpack_24
    from indieartist.audio.kernels.rates import decimate
    from indieartist.audio.kernels.spectra import cut_windows, filter_sides, find_rises, sort_powers
    from indieartist.audio.kernels.true_peak import find_true_peak
    from indieartist.audio.kernels.weaving import apply_gain, weave_bands
    from indieartist.audio.kernels.weighting import weigh
else:
    from indieartist.audio.kernels._compiled import (
        apply_gain,
        count_plateaus,
        cut_windows,
        decide_limiting,
        decimate,
        deinterleave,
        deinterleave_floats,
        draw_noise,
        feed_back,
        filter_sides,
        find_block_peaks,
        find_largest,
        find_rises,
        find_true_peak,
        follow_level,
        outline,
        pack_24,
        round_dithered,
        smooth_level,
        sort_powers,
        square_blocks,
        sum_bins,
        sum_limited,
        unpack_24,
        weave_bands,
        weigh,
    )

__all__ = [
    "COMPILED",
    "apply_gain",
    "count_plateaus",
    "cut_windows",
    "decide_limiting",
    "decimate",
    "deinterleave",
    "deinterleave_floats",
    "draw_noise",
    "feed_back",
    "filter_sides",
    "find_block_peaks",
    "find_largest",
    "find_rises",
    "find_true_peak",
    "follow_level",
    "outline",
    "pack_24",
    "round_dithered",
    "smooth_level",
    "sort_powers",
    "square_blocks",
    "sum_bins",
    "sum_limited",
    "unpack_24",
    "weave_bands",
    "weigh",
]

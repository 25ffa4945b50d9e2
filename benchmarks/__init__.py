"""The proof: the program's figures beside its peers', made in one run by `python -m benchmarks`."""

import indieartist.audio as _first  # noqa: F401  before NumPy: BLAS keeps to one thread, for all

"""What we hear: decoding, measuring, mastering, tagging and playing sound."""

import os

# Our matrices are small and two songs share two cores: BLAS threads of their own only wait for
# each other (a master took 25 s of processor instead of 7). Heeded by numpy's first import alone.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

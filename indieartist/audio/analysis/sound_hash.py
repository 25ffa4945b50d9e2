"""A song's samples as one hash: the same in WAV, AIFF, FLAC or ALAC, whatever is around it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from indieartist.audio.decode import open_reader, read_blocks
from indieartist.domain.progress import Report, silent


def hash_sound(path: Path, report: Report = silent) -> str:
    """SHA-256 over rate, channels and every sample as it is decoded, as hex.

    Whole numbers are taken with their highest bit at full scale, so 24 bits in 32 are the same
    sound as 24 bits. Raises as `decode.probe` does.
    """
    import numpy as np

    with open_reader(path) as reader:
        form = reader.form
        kind = np.dtype("<i4" if form.integers else "<f4")
        digest = hashlib.sha256(f"{form.sample_rate_hz} {form.channels} {kind}".encode())
        for block in read_blocks(reader, path, report=report):
            digest.update(np.ascontiguousarray(block, kind).tobytes())
        return digest.hexdigest()

"""The contract of the classes that decode: one open file, read front to back or from a frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples: TypeAlias = NDArray[np.int32 | np.float32]


class DamagedError(Exception):
    """The decoder cannot go on here; `decode` turns this into a UserError that says where."""


@dataclass(frozen=True, slots=True)
class Form:
    """What an open file says of itself; the names are those of `domain.measurement.AudioInfo`."""

    container: str
    codec: str
    sample_rate_hz: int
    channels: int
    bits: int | None  # None for lossy codecs
    integers: bool  # samples come as int32, their highest bit at full scale; else as float32
    promised: int | None  # frames by the header, where it tells
    exact: bool  # that many frames are there once the last of them can be read

    @property
    def lossless(self) -> bool:
        """Whether the samples are those that went in."""
        return self.bits is not None

    def empty(self, frames: int) -> Samples:
        """Room for that many frames."""
        import numpy as np

        block: Samples = np.empty((frames, self.channels), "int32" if self.integers else "float32")
        return block


class Reader(Protocol):
    """One open file; the class that implements it belongs to one decoding library."""

    @property
    def form(self) -> Form:
        """What the file says of itself."""

    def read(self, frames: int) -> Samples:
        """The next frames, shape (n, channels); fewer at the end; raises DamagedError."""

    def seek(self, frame: int) -> None:
        """Let the next read start at `frame`; raises DamagedError."""

    def close(self) -> None:
        """Let go of the decoder."""

"""Reading ahead: the next piece is always being made on another thread."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Piece = TypeVar("_Piece")


def ahead(pieces: Iterator[_Piece]) -> Generator[_Piece]:
    """The same pieces, one made while the one before is used.

    Close it (`contextlib.closing`) before what the pieces come from: that waits for the thread.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = pool.submit(next, pieces, None)
            yield piece

"""What reading a stranger's file may cost: bytes, seconds, and how far packed bytes may grow."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import BinaryIO

from indieartist.errors import UserError

MOST_BYTES = 512 << 20
MOST_EXPANDED_BYTES = 1 << 30
# XML of a DAW packs 10 to 40 times; a bomb packs a thousand times.
_GROWTH, _GROWTH_FROM_BYTES = 200, 32 << 20
MOST_SECONDS = 30.0
CHUNK_BYTES = 1 << 16


class Limits:
    """One reading's purse: `check` raises UserError once its time is spent."""

    def __init__(self, name: str, seconds: float = MOST_SECONDS) -> None:
        self.name = name
        self._until = time.monotonic() + seconds

    def check(self) -> None:
        """Raise UserError where the file has taken too long."""
        if time.monotonic() > self._until:
            raise UserError(
                f"“{self.name}” takes too long to read.", "Save it again in your DAW and try anew."
            )

    def check_size(self, size_bytes: int) -> None:
        """Raise UserError for a file larger than a project ever is."""
        if size_bytes > MOST_BYTES:
            raise UserError(
                f"“{self.name}” is larger than any project: {size_bytes >> 20} MB.",
                "Choose the project's own file, not its audio.",
            )

    def chunks(self, stream: BinaryIO, packed_bytes: int | None = None) -> Iterator[bytes]:
        """The stream piece by piece; where it was packed, refused once it grows out of bounds."""
        total = 0
        while chunk := stream.read(CHUNK_BYTES):
            self.check()
            total += len(chunk)
            self._check_growth(total, packed_bytes)
            yield chunk

    def _check_growth(self, total: int, packed_bytes: int | None) -> None:
        blown = (
            packed_bytes is not None
            and total > _GROWTH_FROM_BYTES
            and total > packed_bytes * _GROWTH
        )
        if blown or total > MOST_EXPANDED_BYTES:
            raise UserError(
                f"“{self.name}” unpacks to far more than a project holds.",
                "It may be built to harm; open it in your DAW and save it anew.",
            )

    def damaged(self, why: object = "") -> UserError:
        """What is said of a file that cannot be understood."""
        reason = f": {why}" if why else ""
        return UserError(
            f"“{self.name}” is damaged or not a project of its kind{reason}.",
            "Open it in your DAW and save it anew.",
        )

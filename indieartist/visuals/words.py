"""Words on a picture, read by Tesseract where it is installed."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from indieartist.domain.cover import CoverWord

if TYPE_CHECKING:
    import PIL.Image

PROGRAM = "tesseract"
SPARSE = "11"  # Tesseract's page segmentation for words scattered over a picture
SIDE_PX = 1500  # letters of a cover are large; more only takes longer
LONGEST_S = 30.0


def can_read_words() -> bool:
    """Whether Tesseract is installed."""
    return shutil.which(PROGRAM) is not None


def read_words(picture: PIL.Image.Image) -> tuple[CoverWord, ...] | None:
    """The words on the picture, in reading order; None where Tesseract is missing or gives up."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    small = picture.copy()
    small.thumbnail((SIDE_PX, SIDE_PX))
    file = io.BytesIO()
    small.save(file, "PNG")
    command = [program, "stdin", "stdout", "--psm", SPARSE, "tsv"]
    try:
        done = subprocess.run(
            command,
            input=file.getvalue(),
            capture_output=True,
            timeout=LONGEST_S,
            check=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},  # its threads only get in each other's way
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return _parse(done.stdout.decode("utf-8", "replace"))


def _parse(table: str) -> tuple[CoverWord, ...]:
    """The words of Tesseract's TSV: columns `conf` (-1 for boxes) and `text`."""
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    found = [((row.get("text") or "").strip(), row.get("conf") or "-1") for row in rows]
    return tuple(CoverWord(text, round(float(conf))) for text, conf in found if text)

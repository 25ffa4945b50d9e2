"""Tables that people keep: CSV of any encoding and separator, read as text without believing it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from indieartist.errors import UserError, world_error

MOST_BYTES = 64 << 20
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATORS = ",;\t|"
_SAMPLE = 16_384


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows of text, every row as long as the headings; and how they were read."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str
    separator: str


def read_text(path: Path) -> str:
    """A file's text, whatever its encoding; UserError where it is too large or no text."""
    return _decoded(path)[0]


def read_table(path: Path) -> Table:
    """A CSV or TSV file; UserError where it is too large, no text, or has no rows."""
    text, encoding = _decoded(path)
    separator = _separator(text)
    csv.field_size_limit(MOST_BYTES)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise UserError(f"{path.name} is not a table: {error}.", "Save it as CSV.") from error
    full = [line for line in lines if any(cell.strip() for cell in line)]
    if len(full) < 2:
        raise UserError(f"{path.name} has no rows.", "The first line holds the headings.")
    width = max(map(len, full))
    cells = [tuple(cell.strip() for cell in line) + ("",) * (width - len(line)) for line in full]
    return Table(cells[0], tuple(cells[1:]), encoding, separator)


def _decoded(path: Path) -> tuple[str, str]:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise world_error(error, path) from error
    if len(raw) > MOST_BYTES:
        raise UserError(f"{path.name} is larger than 64 MB.", "Split it into several files.")
    for encoding in _encodings(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, encoding
    raise UserError(f"{path.name} is not a text.", "Save the table as CSV in UTF-8.")


def _encodings(raw: bytes) -> list[str]:
    """What to try, in order: a mark, what UTF-16 looks like, UTF-8, Windows' Western."""
    marked = [name for bom, name in _BOMS.items() if raw.startswith(bom)]
    if not marked and len(raw) > 3 and b"\x00" in raw[:4]:
        marked = ["utf-16-le" if raw[1] == 0 else "utf-16-be"]
    return [*marked, "utf-8", "cp1252", "latin-1"]


def _separator(text: str) -> str:
    head = text[:_SAMPLE]
    try:
        return csv.Sniffer().sniff(head, _SEPARATORS).delimiter
    except csv.Error:
        first = head.splitlines()[0] if head.strip() else ""
        return max(_SEPARATORS, key=first.count)

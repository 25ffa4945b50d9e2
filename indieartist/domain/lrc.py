"""Lyrics with times: LRC text to lines, lines to LRC text, and to plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_STAMP = re.compile(r"\[(\d{1,5}):(\d{1,2})(?:[.:](\d{1,3}))?\]")
_STAMPS = re.compile(rf"(?:\s*{_STAMP.pattern})+")
_OFFSET = re.compile(r"\[offset:\s*([+-]?\d{1,7})\s*\]", re.IGNORECASE)
_TAG = re.compile(r"\[[A-Za-z#][^\]:]{0,20}:[^\]]*\]")
MAX_LINES = 20_000


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One line of a song and when it is sung."""

    at_ms: int
    text: str


def find_lines(text: str) -> tuple[Line, ...]:
    """The lines of LRC text in the order of their times; () where no line has a time.

    A line may have several times; `[offset:…]` moves all (a positive one makes them earlier);
    other `[tag:…]` lines and lines without a time are left out.
    """
    found = _OFFSET.search(text)
    early_ms = int(found[1]) if found else 0
    lines: list[Line] = []
    for raw in text.splitlines()[:MAX_LINES]:
        head = _STAMPS.match(raw)
        if head is None:
            continue
        words = raw[head.end() :].strip()
        lines += [Line(max(_at_ms(s) - early_ms, 0), words) for s in _STAMP.finditer(head[0])]
    return tuple(sorted(lines, key=lambda line: line.at_ms))


def _at_ms(stamp: re.Match[str]) -> int:
    fraction = (stamp[3] or "0").ljust(3, "0")
    return (int(stamp[1]) * 60 + int(stamp[2])) * 1000 + int(fraction)


def to_lrc(lines: Iterable[Line]) -> str:
    """LRC text with thousandths of a second, one line to each."""
    return "\n".join(f"[{_stamp(line.at_ms)}]{line.text}" for line in lines)


def _stamp(at_ms: int) -> str:
    minutes, rest_ms = divmod(at_ms, 60_000)
    return f"{minutes:02d}:{rest_ms // 1000:02d}.{rest_ms % 1000:03d}"


def plain_words(text: str) -> str:
    """Lyrics without times: LRC text loses its stamps and tags, other text stays as it is."""
    if not find_lines(text):
        return text
    lines = [line for line in text.splitlines() if not _TAG.fullmatch(line.strip())]
    heads = [(_STAMPS.match(line), line) for line in lines]
    return "\n".join(line[head.end() if head else 0 :].strip() for head, line in heads).strip()

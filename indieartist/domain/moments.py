"""Moments in a song as people write them: 42, 0:42, 1:02:03.5."""

from __future__ import annotations

import math
import re

from indieartist.errors import UserError

_MOMENT = re.compile(r"(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d+)?)s?")
_LONGEST_S = 1_000_000  # eleven days


def parse_moment_ms(text: str) -> int:
    """A moment or a length in milliseconds; raises UserError for what is none."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise UserError(f"“{text}” is no moment in a song.", "Write 42, 0:42 or 1:02:03.5.")
    hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups())
    whole_s = hours * 3600 + minutes * 60 + seconds
    if not math.isfinite(whole_s) or whole_s > _LONGEST_S:
        raise UserError(f"“{text}” is longer than any song.", "Write 42, 0:42 or 1:02:03.5.")
    return round(whole_s * 1000)


def show_moment(ms: float) -> str:
    """'0:42', '12:05.3'; tenths only where there are some."""
    tenths = round(ms / 100)
    minutes, rest = divmod(tenths, 600)
    seconds = f"{rest // 10:02d}" + (f".{rest % 10}" if rest % 10 else "")
    return f"{minutes}:{seconds}"

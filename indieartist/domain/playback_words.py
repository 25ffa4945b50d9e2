"""What a service does to a song, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from indieartist.domain.platforms import Platform
from indieartist.domain.playback import Level

MODEL = (
    "A model: levels follow each service's rules as far as they are known, and peaks come from "
    "coders of the same kind as theirs, not from their own."
)
FULL_SCALE_DBTP = 0.0
_NOTICEABLE_DB = 0.05  # what is shown with one digit is not zero


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a song: turned by `change_db`, then at `heard`; peaks after the decoder.

    None for what silence has not.
    """

    song: Level
    change_db: float | None
    decoded_dbtp: float | None
    heard: Level

    @property
    def clips(self) -> bool:
        """Whether the decoder's output passes full scale, before it is turned down."""
        return self.decoded_dbtp is not None and self.decoded_dbtp > FULL_SCALE_DBTP


def tell(platform: Platform, coding: str, outcome: Outcome, *, album: bool = False) -> str:
    """'Spotify turns it down by 2.3 dB to −14.0 LUFS; its 160 kbit/s Vorbis raises the peaks …'."""
    if outcome.change_db is None or outcome.heard.lufs is None:
        why = "this is silence" if outcome.song.dbtp is None else "this is too short or too quiet"
        return f"{platform.name} finds no loudness to turn: {why}."
    whole = " with its album" if album else ""
    level = _level_words(platform, outcome, outcome.change_db, whole)
    parts = [f"{platform.name} {level}", _peak_words(coding, outcome)]
    limited = _limiter_words(platform, outcome, outcome.change_db)
    return "; ".join(part for part in (*parts, limited) if part) + "."


def _level_words(platform: Platform, outcome: Outcome, change_db: float, whole: str) -> str:
    where = f"{number(outcome.heard.lufs)} LUFS"
    if change_db < -_NOTICEABLE_DB:
        return f"turns it down{whole} by {number(-change_db)} dB to {where}"
    if change_db > _NOTICEABLE_DB:
        limit = "" if whole or not _held_back(platform, outcome) else ", as far as its peaks allow"
        return f"turns it up{whole} by {number(change_db)} dB to {where}{limit}"
    if whole or not _held_back(platform, outcome):
        return f"plays it{whole} as it is, at {where}"
    why = "its peaks leave no room" if platform.turns_up else "quiet songs are not turned up"
    return f"leaves it at {where}, for {why}"


def _held_back(platform: Platform, outcome: Outcome) -> bool:
    """Whether it stays below the target."""
    target, lufs, change_db = platform.target_lufs, outcome.song.lufs, outcome.change_db
    if target is None or lufs is None or change_db is None:
        return False
    return lufs + change_db < target - _NOTICEABLE_DB


def _peak_words(coding: str, outcome: Outcome) -> str:
    before, after = outcome.song.dbtp, outcome.decoded_dbtp
    if before is None or after is None:
        return ""
    at = f"{number(after)} dBTP"
    over = ", over full scale: a player that decodes to whole numbers cuts them off"
    clipped = over if outcome.clips else ""
    if coding == "lossless" and abs(after - before) < _NOTICEABLE_DB:
        return f"lossless, so the peaks stay at {at}{clipped}"
    sent = "its new sample rate" if coding == "lossless" else f"its {coding}"
    if after > before + _NOTICEABLE_DB:
        return f"{sent} raises the peaks to {at}{clipped}"
    if after < before - _NOTICEABLE_DB:
        return f"{sent} lowers the peaks to {at}{clipped}"
    return f"{sent} leaves the peaks at {at}{clipped}"


def _limiter_words(platform: Platform, outcome: Outcome, change_db: float) -> str:
    if platform.limiter is None or outcome.decoded_dbtp is None or outcome.heard.dbtp is None:
        return ""
    taken_db = outcome.decoded_dbtp + change_db - outcome.heard.dbtp
    return f"its limiter takes {number(taken_db)} dB off them" if taken_db > _NOTICEABLE_DB else ""


def number(value: float | None) -> str:
    """One digit, a real minus sign, and no minus before zero."""
    if value is None:
        return "—"
    return f"{round(value, 1) + 0.0:.1f}".replace("-", "\N{MINUS SIGN}")

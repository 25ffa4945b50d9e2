"""Numbers, lengths and days as they are written for people: real minus signs, one form each."""

from __future__ import annotations

from datetime import date

MINUS = "\u2212"
NONE = "—"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def level(value: float | None, digits: int = 1) -> str:
    """A level: '−9.6', '0.0', '—' where there is none."""
    if value is None:
        return NONE
    shown = f"{value + 0.0:.{digits}f}"
    if float(shown) == 0:
        shown = shown.lstrip("-")
    return shown.replace("-", MINUS)


def change(value: float | None, digits: int = 1) -> str:
    """A change of level, with its sign: '+2.2', '−4.1', '0.0'."""
    shown = level(value, digits)
    return f"+{shown}" if value is not None and float(f"{value:.{digits}f}") > 0 else shown


def length(duration_ms: int) -> str:
    """A length: '3:34', '1:02:07'."""
    seconds = round(duration_ms / 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def position(at_ms: float) -> str:
    """A place in a song to the tenth: '1:32.0'; it never runs ahead."""
    tenths = int(max(at_ms, 0.0) // 100)
    minutes, tenths = divmod(tenths, 600)
    return f"{minutes}:{tenths // 10:02}.{tenths % 10}"


def day(on: date) -> str:
    """A day: '14 Nov 2026'."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def near_day(on: date, today: date) -> str:
    """A day as one says it: 'Today', 'Tomorrow', else '7 Nov', with the year where it differs."""
    days = (on - today).days
    if days in (0, 1):
        return ("Today", "Tomorrow")[days]
    return day(on) if on.year != today.year else f"{on.day} {_MONTHS[on.month - 1]}"


def gtin(digits: str) -> str:
    """A UPC or EAN in the groups printed under its bars: '5 063412 907713', '0 12345 67890 5'."""
    if len(digits) == 13:
        return f"{digits[0]} {digits[1:7]} {digits[7:]}"
    if len(digits) == 12:
        return f"{digits[0]} {digits[1:6]} {digits[6:11]} {digits[11]}"
    return digits


def count(number: int, noun: str, plural: str = "") -> str:
    """'1 track', '7 tracks', '100 000 tracks'."""
    written = f"{number:,}".replace(",", "\u202f") if number > 9999 else str(number)
    return f"{written} {noun if number == 1 else plural or noun + 's'}"

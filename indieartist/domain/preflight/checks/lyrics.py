"""Checks of words: the explicit mark and the layout of lyrics (EX-01, LY-01)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indieartist.domain.preflight.registry import Case, Fix, Outcome, Problem, check, named
from indieartist.domain.release import Track
from indieartist.domain.titles import capitalised

_MARKS = ("none", "explicit", "clean")
_STARRED = re.compile(r"\b[^\W\d_]+\*+[^\W\d_]*|\*+[^\W\d_]+\*+")
_STAMP = re.compile(r"\[(\d{1,3}):(\d{2}(?:[.:]\d{1,3})?)\]")
_TAG = re.compile(r"^\[[a-zA-Z]+:[^\]]*\]$")
_WORD = re.compile(r"[^\W\d_]+")
STANZA_LINES = 12  # more lines than this without a blank one are no stanza


@check
def explicit_mark(case: Case) -> Iterator[Outcome]:
    """EX-01: the mark is set, agrees with the words, and nobody censors by hand."""
    strong = frozenset(case.words["explicit"])
    for track in case.tracks:
        found = sorted({word for word in _words(track) if word in strong})
        if track.explicit not in _MARKS:
            fix = (
                Fix("explicit", "explicit", "Mark as explicit", track.id, asks=True)
                if found
                else None
            )
            message = f"{named(track)} does not say whether it is explicit."
            yield Problem(message, "explicit", track.id, "", "Set explicit, clean or none.", fix)
        elif found and track.explicit != "explicit":
            fix = Fix("explicit", "explicit", "Mark as explicit", track.id, asks=True)
            message = f"{named(track)} has strong words but is not marked explicit."
            yield Problem(message, "explicit", track.id, ", ".join(found), "You decide.", fix)
        starred = _STARRED.findall(track.title)
        if starred and track.title not in case.words["stylised"]:
            message = f"The title of {named(track)} is censored by hand."
            hint = "Write the word out and mark the track; stores censor by themselves."
            yield Problem(message, "title", track.id, starred[0], hint)


def _words(track: Track) -> Iterator[str]:
    return (match[0].lower() for match in _WORD.finditer(f"{track.title}\n{track.lyrics}"))


@check
def lyrics_form(case: Case) -> Iterator[Outcome]:
    """LY-01: capitals at the start, no full stop or comma at the end, stanzas, real times."""
    for track in case.tracks:
        if track.lyrics.strip():
            yield from _line_problems(track)
            yield from _stanza_problems(track)
            yield from _time_problems(track)


def _line_problems(track: Track) -> Iterator[Problem]:
    lines = track.lyrics.splitlines()
    wrong = [i for i, line in enumerate(lines) if _better_line(line) != line]
    if wrong:
        better = "\n".join(_better_line(line) for line in lines)
        fix = Fix("lyrics", better, f"Correct {len(wrong)} lines", track.id)
        message = f"The lyrics of {named(track)} have {len(wrong)} lines that stores would change."
        evidence = f"line {wrong[0] + 1}: {lines[wrong[0]].strip()[:60]}"
        hint = "A line starts with a capital and ends without full stop or comma."
        yield Problem(message, "lyrics", track.id, evidence, hint, fix)


def _better_line(line: str) -> str:
    if _TAG.match(line.strip()):
        return line
    stamps = "".join(match[0] for match in _STAMP.finditer(line))
    text = _STAMP.sub("", line).strip()
    if text.endswith((".", ",")) and not text.endswith(("..", "…")):
        text = text[:-1].rstrip()
    return stamps + capitalised(text) if line.strip() else ""


def _stanza_problems(track: Track) -> Iterator[Problem]:
    lines = [_STAMP.sub("", line).strip() for line in track.lyrics.splitlines()]
    timed = bool(_STAMP.search(track.lyrics))
    longest = max(
        len(stanza.split("\n")) for stanza in re.split(r"\n{2,}", "\n".join(lines).strip())
    )
    if longest > STANZA_LINES and not timed:
        message = f"The lyrics of {named(track)} run {longest} lines without a blank one."
        hint = "Put a blank line between stanzas."
        yield Problem(message, "lyrics", track.id, f"{longest} lines", hint)


def _time_problems(track: Track) -> Iterator[Problem]:
    stamps = [(int(m[1]), float(m[2].replace(":", "."))) for m in _STAMP.finditer(track.lyrics)]
    times_ms = [round((minutes * 60 + seconds) * 1000) for minutes, seconds in stamps]
    if len(times_ms) > 1 and not any(times_ms):
        message = f"The timed lyrics of {named(track)} have no times."
        yield Problem(
            message, "lyrics", track.id, "[00:00.00]", "Time the lines, or drop the stamps."
        )
    elif times_ms and track.duration_ms and max(times_ms) >= track.duration_ms:
        message = f"The timed lyrics of {named(track)} run past the end of the audio."
        last = f"{max(times_ms) // 60_000}:{max(times_ms) // 1000 % 60:02}"
        yield Problem(message, "lyrics", track.id, last, "Time them again with this mix.")

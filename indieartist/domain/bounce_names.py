"""What a bounce's file name says of it: a title, a version, a date, a rate. Parsed, never believed.

People write 'Night Bus v3', 'mix 4', 'FINAL2', 'final_MASTER_this_one_v7(2)'; studios write
'AtTheBeach036D1' (project 36, draft 1) or, as the Recording Academy's Producers & Engineers Wing
asks (Recommendations for Delivery), 'AI_Title_MI01_Master_96k24'. Which one counts is an act in the
app, not a word in a name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from indieartist.domain.names import same_name


@dataclass(frozen=True, slots=True)
class BounceName:
    """What was read of a name; numbers that it does not have are None, words empty."""

    title: str
    version: int | None = None  # v3
    mix: int | None = None  # mix 4, MI01
    draft: int | None = None  # D1, demo 2
    copy: int | None = None  # the (2) of a file manager
    project: str = ""  # '036'
    on: str = ""  # '2026-11-23', or '09-02' where the name has no year
    sample_rate_hz: int | None = None
    bits: int | None = None
    words: frozenset[str] = frozenset()  # 'final', 'master', 'approved'...: said, not so

    @property
    def stem(self) -> str:
        """The title as grouping compares it: no case, no accents, no spaces."""
        return same_name(self.title)

    @property
    def number(self) -> int | None:
        """Which one of its kind it says it is."""
        return next((n for n in (self.version, self.mix, self.draft) if n is not None), None)


# Words that name a state of the work. With a number behind, or glued to one, they count it.
_COUNTED = {
    "v": "version",
    "ver": "version",
    "vers": "version",
    "version": "version",
    "mix": "mix",
    "mixdown": "mix",
    "mx": "mix",
    "mi": "mix",
    "d": "draft",
    "draft": "draft",
    "demo": "draft",
    "rough": "draft",
}
_NEED_NUMBER = {"v", "mx", "mi", "d", "r", "ma"}
_STATES = {
    "final": "final",
    "finals": "final",
    "finalfinal": "final",
    "finished": "final",
    "fin": "final",
    "master": "master",
    "masters": "master",
    "mastered": "master",
    "mastering": "master",
    "mst": "master",
    "ma": "master",
    "premaster": "premaster",
    "rev": "revised",
    "r": "revised",
    "revision": "revised",
    "revised": "revised",
    "bounce": "bounce",
    "bounced": "bounce",
    "export": "bounce",
    "exported": "bounce",
    "render": "bounce",
    "rendered": "bounce",
    "print": "bounce",
    "printed": "bounce",
    "take": "take",
    "approved": "approved",
    "wip": "draft",
    "updated": "revised",
    "fixed": "revised",
}
# These mean nothing, beside a word that means something.
_FILLERS = {"the", "this", "one", "is", "it", "real", "really", "last", "new", "newest", "latest"}
_FILLERS |= {"ok", "good", "use", "me", "for", "copy", "wav", "mp3", "aiff", "flac", "stereo", "of"}
# 'Club Mix', 'Radio Edit': a version of the song, not a state of the work.
_KINDS_OF_MIX = {
    "club",
    "extended",
    "radio",
    "original",
    "dub",
    "vocal",
    "dance",
    "street",
    "album",
}
_KINDS_OF_MIX |= {
    "single",
    "acoustic",
    "instrumental",
    "clean",
    "explicit",
    "live",
    "a",
    "my",
    "your",
}

_SPLIT = re.compile(r"[\s_,;+]+|(?<=\w)-(?=\w)|[-–—]+(?=\s|$)|(?<=\s)[-–—]+|[()\[\]{}]+")
_DATES = (
    re.compile(r"(?<!\d)(?P<y>20\d\d)[-._]?(?P<m>0[1-9]|1[0-2])[-._]?(?P<d>[0-2]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>[0-2]?\d|3[01])\.(?P<m>0?[1-9]|1[0-2])\.(?P<y>20\d\d)(?!\d)"),
    re.compile(
        r"(?<![\d.-])(?P<m>0[1-9]|1[0-2])-(?P<d>[0-2]\d|3[01])(?:-(?P<y>20\d\d))?(?![\d.-])"
    ),
)
_COPY = re.compile(r"\s*\((\d{1,3})\)\s*$")
_RATE = re.compile(r"^(\d{2,3}(?:\.\d)?)k(?:hz)?(?:[-_]?(16|24|32)(?:b|bit)?)?$")
_BITS = re.compile(r"^(16|24|32)-?(?:b|bit|bits|f|float)$")
_GLUED = re.compile(r"^([a-z]+)\.?(\d{1,4})[a-z]?$")
_PROJECT = re.compile(r"^(.*[^\W\d_])(\d{3})D(\d{1,3})$")
_LEADING = re.compile(r"^(?:0\d\s*[\s._-]|\d{1,2}\s*[._-](?!\d))\s*(?=\D)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_INITIALS = re.compile(r"^[A-Z]{2,3}$")
_ACADEMY = re.compile(r"^MI\d{2}$")
_LONGEST = 500
_ROUND_RATES = {44.0: 44_100, 88.0: 88_200, 176.0: 176_400}


def parse_bounce_name(stem: str) -> BounceName:
    """What a file's name without its suffix says; any text at all is a name."""
    name = unicodedata.normalize("NFC", stem)[:_LONGEST]
    found = _Reading()
    while (shorter := found.strip(name)) != name:
        name = shorter
    return BounceName(
        title=name or stem.strip()[:_LONGEST],
        version=found.numbers.get("version"),
        mix=found.numbers.get("mix"),
        draft=found.numbers.get("draft"),
        copy=found.numbers.get("copy"),
        project=found.project,
        on=found.on,
        sample_rate_hz=found.sample_rate_hz,
        bits=found.bits,
        words=frozenset(found.words),
    )


class _Reading:
    """What was taken off a name so far; what was read first, from the end, counts."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.words: set[str] = set()
        self.project = self.on = ""
        self.sample_rate_hz: int | None = None
        self.bits: int | None = None

    def strip(self, name: str) -> str:
        """The name without what stands behind its title; the same name where nothing does."""
        name = self._take_ends(name)
        words = [word.strip(".-–—") for word in _SPLIT.split(name)]
        words = [word for word in words if word]
        if len(words) == 1:
            words = _CAMEL.split(words[0])
        self._take_initials(words)
        while (kept := self._strip_run(words)) != words:
            words = kept
        return " ".join(words)

    def _take_ends(self, name: str) -> str:
        """Off go the copy's number, dates, and the number of the track in front."""
        if found := _COPY.search(name):
            shorter = name[: found.start()]
            if shorter.strip():
                self.numbers.setdefault("copy", int(found.group(1)))
                name = shorter
        for pattern in _DATES:
            found = pattern.search(name)
            if found and (rest := f"{name[: found.start()]} {name[found.end() :]}").strip(" -_."):
                year = found.groupdict().get("y")
                day = f"{int(found['m']):02d}-{int(found['d']):02d}"
                self.on = self.on or (f"{year}-{day}" if year else day)
                name = rest
        return _LEADING.sub("", name) or name

    def _take_initials(self, words: list[str]) -> None:
        academy = any(_ACADEMY.match(word) for word in words[2:])
        if academy and len(words) > 2 and _INITIALS.match(words[0]):
            del words[0]

    def _strip_run(self, words: list[str]) -> list[str]:
        """Without the run of words behind the title, from its first telling one on."""
        start = first = len(words)
        while start > 1:
            kind = self._kind(words, start - 1)
            if kind == "title":
                break
            start -= 1
            if kind == "telling":
                first = start
        for place in range(len(words) - 1, first - 1, -1):
            self._take(words, place)
        return self._strip_project(words[:first])

    def _strip_project(self, words: list[str]) -> list[str]:
        found = _PROJECT.match(words[-1]) if words else None
        if found is None:
            return words
        self.project = self.project or found.group(2)
        self.numbers.setdefault("draft", int(found.group(3)))
        return [*words[:-1], *_CAMEL.split(found.group(1))]

    def _kind(self, words: list[str], place: int) -> str:
        """Whether a word tells a state of the work, fills, or belongs to the title."""
        word = words[place].lower()
        if word in {"mix", "edit"} and words[place - 1].lower() in _KINDS_OF_MIX:
            return "title"
        if _RATE.match(word) or _BITS.match(word):
            return "telling"
        counted = (_COUNTED.keys() | _STATES.keys()) - _NEED_NUMBER
        if word.rstrip(".") in counted or _glued_number(word) is not None:
            return "telling"
        if (
            word.rstrip(".") in _NEED_NUMBER
            and words[place + 1 : place + 2]
            and _small(words[place + 1])
        ):
            return "telling"
        return "filling" if word in _FILLERS or _small(word) else "title"

    def _take(self, words: list[str], place: int) -> None:
        word = words[place].lower().rstrip(".")
        if found := _RATE.match(word):
            kilo = float(found.group(1))
            self.sample_rate_hz = self.sample_rate_hz or _ROUND_RATES.get(kilo, round(kilo * 1000))
            self.bits = self.bits or (int(found.group(2)) if found.group(2) else None)
        elif found := _BITS.match(word):
            self.bits = self.bits or int(found.group(1))
        elif (glued := _glued_number(word)) is not None:
            self._count(*glued)
        elif word in _COUNTED or word in _STATES:
            behind = words[place + 1] if place + 1 < len(words) else ""
            self._count(word, int(behind) if _small(behind) else None)

    def _count(self, word: str, number: int | None) -> None:
        if word in _STATES:
            self.words.add(_STATES[word])
            if number is not None and word != "take":
                self.numbers.setdefault("version", number)
        elif number is not None:
            self.numbers.setdefault(_COUNTED[word], number)


def _small(word: str) -> bool:
    """A number of few digits, as versions have."""
    return 1 <= len(word) <= 4 and word.isascii() and word.isdecimal()


def _glued_number(word: str) -> tuple[str, int] | None:
    """('final', 2) of 'final2', where the letters tell a state."""
    found = _GLUED.match(word)
    if found is None or found.group(1) not in _COUNTED.keys() | _STATES.keys():
        return None
    return found.group(1), int(found.group(2))

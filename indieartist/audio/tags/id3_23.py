"""ID3v2.3: frames of 2.4 gathered into those of 2.3 and spread again, with nothing lost.

Source: id3.org, id3v2.3.0 and id3v2.4.0-changes. Mutagen turns most frames of 2.3 into those of
2.4 as it reads; what it leaves undone is done here. On the way back it would delete what 2.3 has
no frame for: such frames (P line, sort names, exact dates) stay in the tag under their names of
2.4, which readers of 2.3 pass over.
"""

from __future__ import annotations

import re
from typing import Any

from indieartist.domain.languages import is_language

UTF16 = 1
SLASHED = ("TCOM", "TEXT")  # whose lists are parted by slashes in 2.3
INVOLVED = {
    *("arranger", "producer", "engineer", "mix", "dj-mix", "mastering", "mixer", "remixer"),
    *("executive producer", "co-producer", "assistant", "programming", "production", "editing"),
    *("recording engineer", "mixing engineer", "mastering engineer", "sound engineer"),
}
"""What 2.3's one list of people may hold beside instruments; all others played what is named."""


def _frame(name: str, **values: Any) -> Any:
    from mutagen.id3 import Frames

    return Frames[name](encoding=UTF16, **values)


def spread(tags: Any) -> None:
    """Part what 2.3 has in one frame: people from players, lists from slashes and languages."""
    _spread_people(tags)
    for name in SLASHED:
        for frame in tags.getall(name):
            if len(frame.text) == 1:
                frame.text = [part.strip() for part in frame.text[0].split("/")]
    for frame in tags.getall("TLAN"):
        text = frame.text[0] if len(frame.text) == 1 else ""
        codes = re.findall("[a-z]{3}", text)
        if len(codes) > 1 and "".join(codes) == text and all(map(is_language, codes)):
            frame.text = codes


def _spread_people(tags: Any) -> None:
    people = [list(pair) for frame in tags.getall("TIPL") for pair in frame.people]
    players = [pair for pair in people if pair and pair[0].strip().casefold() not in INVOLVED]
    if not players or tags.getall("TMCL"):
        return
    involved = [pair for pair in people if pair not in players]
    tags.delall("TIPL")
    tags.add(_frame("TMCL", people=players))
    if involved:
        tags.add(_frame("TIPL", people=involved))


def gather(tags: Any) -> None:
    """Make the frames those of 2.3, in place."""
    people = [pair for name in ("TIPL", "TMCL") for f in tags.getall(name) for pair in f.people]
    for name in ("TIPL", "TMCL", "IPLS"):
        tags.delall(name)
    if people:
        tags.add(_frame("IPLS", people=people))
    _gather_dates(tags)
    for name in SLASHED:
        for frame in tags.getall(name):
            frame.text = _slashed(frame.text)
    for frame in tags.getall("TLAN"):
        if len(frame.text) > 1 and all(re.fullmatch("[a-z]{3}", code) for code in frame.text):
            frame.text = ["".join(frame.text)]


def _slashed(texts: list[str]) -> list[str]:
    """One text with slashes; where a name has one itself, NULs part them, behind one name too."""
    if any("/" in text for text in texts):
        return texts if len(texts) > 1 else [*texts, ""]
    return ["/".join(texts)]


def _gather_dates(tags: Any) -> None:
    for old, year in (("TDRC", "TYER"), ("TDOR", "TORY")):
        texts = [str(text) for frame in tags.getall(old) for text in frame.text]
        first = texts[0] if texts else ""
        for name in (year, "TDAT", "TIME") if old == "TDRC" else (year,):
            tags.delall(name)
        if re.match(r"\d{4}", first):
            tags.add(_frame(year, text=[first[:4]]))
        day = re.fullmatch(r"\d{4}-(\d\d)-(\d\d)", first)
        if day and old == "TDRC":
            tags.add(_frame("TDAT", text=[day[2] + day[1]]))
        exact = len(texts) == 1 and (len(first) == 4 or (old == "TDRC" and day is not None))
        if exact:
            tags.delall(old)

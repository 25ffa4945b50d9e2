"""What the official Project.xsd and MetaData.xsd of DAWproject 1.0 ask of the elements we write.

Kept as a table of facts rather than a copy of the schemas: for each type its attributes with their
kinds, and its children in the order the schema wants them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

UNITS = {"linear", "normalized", "percent", "decibel", "hertz", "semitones", "seconds", "beats"}
UNITS |= {"bpm"}
CONTENTS = {"audio", "automation", "notes", "video", "markers", "tracks"}
KINDS = {
    "string": lambda _text: True,
    "int": lambda text: re.fullmatch(r"[+-]?\d+", text) is not None,
    "double": lambda text: re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text) is not None,
    "boolean": lambda text: text in {"true", "false", "0", "1"},
    "id": lambda text: re.fullmatch(r"[^\W\d][\w.-]*", text) is not None,
    "unit": lambda text: text in UNITS,
    "timeUnit": lambda text: text in {"beats", "seconds"},
    "role": lambda text: text in {"regular", "master", "effect", "submix", "vca"},
    "contents": lambda text: set(text.split()) <= CONTENTS,
}
NAMED = {"name": "string", "color": "string", "comment": "string"}
KNOWN = NAMED | {"id": "id"}
TIMELINE = KNOWN | {"timeUnit": "timeUnit", "track": "idref"}
PARAMETER = KNOWN | {"parameterID": "int"}


@dataclass(frozen=True)
class Rule:
    """A type: its attributes (a "!" asks for one), and its children in order (least, most)."""

    attrs: dict[str, str] = field(default_factory=dict)
    children: tuple[tuple[str, int, int | None], ...] = ()
    choice: bool = False  # the children in any order


REAL = Rule(PARAMETER | {"max": "string", "min": "string", "unit": "unit!", "value": "string"})
BOOL = Rule(PARAMETER | {"value": "boolean"})
LANE_PARTS = tuple((name, 0, None) for name in ("Lanes", "Clips", "Notes", "Audio", "Points"))
PROJECT = {
    "Project": Rule(
        {"version": "string!"},
        (
            ("Application", 1, 1),
            ("Transport", 0, 1),
            ("Structure", 0, 1),
            ("Arrangement", 0, 1),
            ("Scenes", 0, 1),
        ),
    ),
    "Application": Rule({"name": "string!", "version": "string!"}),
    "Transport": Rule({}, (("Tempo", 0, 1), ("TimeSignature", 0, 1))),
    "Tempo": REAL,
    "TimeSignature": Rule(PARAMETER | {"denominator": "int!", "numerator": "int!"}),
    "Structure": Rule({}, (("Track", 0, None), ("Channel", 0, None)), choice=True),
    "Track": Rule(
        KNOWN | {"contentType": "contents", "loaded": "boolean"},
        (("Channel", 0, 1), ("Track", 0, None)),
    ),
    "Channel": Rule(
        KNOWN | {"audioChannels": "int", "destination": "idref", "role": "role", "solo": "boolean"},
        (("Devices", 0, 1), ("Mute", 0, 1), ("Pan", 0, 1), ("Sends", 0, 1), ("Volume", 0, 1)),
    ),
    "Mute": BOOL,
    "Pan": REAL,
    "Volume": REAL,
    "Arrangement": Rule(
        KNOWN,
        (
            ("Lanes", 0, 1),
            ("Markers", 0, 1),
            ("TempoAutomation", 0, 1),
            ("TimeSignatureAutomation", 0, 1),
        ),
    ),
    "Lanes": Rule(TIMELINE, LANE_PARTS, choice=True),
    "Clips": Rule(TIMELINE, (("Clip", 0, None),)),
    "Clip": Rule(
        NAMED
        | {"time": "double!", "enable": "boolean", "reference": "idref"}
        | dict.fromkeys(("contentTimeUnit", "fadeTimeUnit"), "timeUnit")
        | dict.fromkeys(("duration", "playStart", "playStop", "loopStart", "loopEnd"), "double")
        | dict.fromkeys(("fadeInTime", "fadeOutTime"), "double"),
        tuple((name, 0, 1) for name in ("Lanes", "Clips", "Audio")),
    ),
    "Audio": Rule(
        TIMELINE
        | {"duration": "double!", "channels": "int!", "sampleRate": "int!", "algorithm": "string"},
        (("File", 1, 1),),
    ),
    "File": Rule({"path": "string!", "external": "boolean"}),
    "Markers": Rule(TIMELINE, (("Marker", 1, None),)),
    "Marker": Rule(NAMED | {"time": "double!"}),
    "Scenes": Rule({}, (("Scene", 0, None),)),
}
META_ORDER = ["Title", "Artist", "Album", "OriginalArtist", "Composer", "Songwriter", "Producer"]
META_ORDER += ["Arranger", "Year", "Genre", "Copyright", "Website", "Comment"]
METADATA = {"MetaData": Rule({}, tuple((name, 0, 1) for name in META_ORDER))}
METADATA |= dict.fromkeys(META_ORDER, Rule())


def breaches(root: Element, rules: dict[str, Rule]) -> list[str]:
    """Everything in a document that its schema would refuse."""
    found = [words for element in root.iter() for words in _check(element, rules)]
    ids = [element.get("id") for element in root.iter() if element.get("id") is not None]
    if len(ids) != len(set(ids)):
        found.append("an id is there twice")
    for element in root.iter():
        rule = rules.get(element.tag, Rule())
        wanted = [k for k, kind in rule.attrs.items() if kind == "idref" and element.get(k)]
        found += [
            f"{element.tag}@{key} points nowhere" for key in wanted if element.get(key) not in ids
        ]
    return found


def _check(element: Element, rules: dict[str, Rule]) -> Iterator[str]:
    rule = rules.get(element.tag)
    if rule is None:
        yield f"{element.tag} is unknown"
        return
    for key, kind in rule.attrs.items():
        if kind.endswith("!") and element.get(key) is None:
            yield f"{element.tag} has no {key}"
    for key, text in element.attrib.items():
        kind = rule.attrs.get(key, "").rstrip("!")
        if not kind:
            yield f"{element.tag} has an unknown {key}"
        elif kind != "idref" and not KINDS[kind](text):
            yield f"{element.tag}@{key} is {text!r}, no {kind}"
    yield from _check_children([child.tag for child in element], element.tag, rule)


def _check_children(tags: list[str], tag: str, rule: Rule) -> Iterator[str]:
    order = [name for name, _least, _most in rule.children]
    for name in tags:
        if name not in order:
            yield f"{tag} holds {name}"
    for name, least, most in rule.children:
        if not least <= tags.count(name) <= (most if most is not None else len(tags)):
            yield f"{tag} holds {tags.count(name)} of {name}"
    places = [order.index(name) for name in tags if name in order]
    if not rule.choice and places != sorted(places):
        yield f"{tag} holds {tags} out of order"

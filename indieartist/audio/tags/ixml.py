"""The iXML chunk of a WAV: elements by their path, with every other element as it was.

Source: ixml.info; the names of songs and people are those of Sony's ASWG-G006 extension. A chunk
that is no plain XML (broken, with entities of its own, or huge) is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.dom import minidom
from xml.parsers.expat import ExpatError

from indieartist.audio.tags.slots import Slot, Values

SEPARATOR = "; "  # an element holds one value
MAX_BYTES, MAX_DEPTH = 1 << 18, 60
ROOT, VERSION = "BWFXML", ("IXML_VERSION", "3.01")
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Element(Slot):
    """The text of the element at a path below the root."""

    path: tuple[str, ...]

    def _find(self, tags: Any) -> Any:
        here = tags.documentElement
        for name in self.path:
            here = next((child for child in _elements(here) if child.tagName == name), None)
            if here is None:
                return None
        return here

    def read(self, tags: Any) -> Values:
        """Its text, unless it has none."""
        found = self._find(tags)
        kinds = (minidom.Node.TEXT_NODE, minidom.Node.CDATA_SECTION_NODE)
        nodes = [] if found is None else found.childNodes
        text = "".join(node.data for node in nodes if node.nodeType in kinds).strip()
        return (text,) if text else ()

    def write(self, tags: Any, values: Values) -> None:
        """Replace the text; an element that is left empty goes, and its parent if that is too."""
        text = NOT_XML.sub("", SEPARATOR.join(values)).strip()
        if not text:
            _remove(self._find(tags))
            return
        here = tags.documentElement
        for name in self.path:
            found = next((child for child in _elements(here) if child.tagName == name), None)
            here = found or here.appendChild(tags.createElement(name))
        while here.firstChild:
            here.removeChild(here.firstChild)
        here.appendChild(tags.createTextNode(text))


@dataclass(frozen=True)
class Level(Element):
    """An element that holds the number alone of a value with a unit."""

    unit: str

    def read(self, tags: Any) -> Values:
        """Its number with two decimals and the unit."""
        numbers = [re.fullmatch(r"[+-]?\d{1,3}(\.\d*)?", t, re.ASCII) for t in super().read(tags)]
        return tuple(f"{float(found[0]):.2f} {self.unit}" for found in numbers if found)

    def write(self, tags: Any, values: Values) -> None:
        """Write the number."""
        super().write(tags, tuple(value.split()[0] for value in values))


def _elements(node: Any) -> list[Any]:
    return [child for child in node.childNodes if child.nodeType == minidom.Node.ELEMENT_NODE]


def _remove(node: Any) -> None:
    while node is not None and node.parentNode.nodeType == minidom.Node.ELEMENT_NODE:
        parent = node.parentNode
        parent.removeChild(node)
        node = None if parent.childNodes else parent


def empty() -> Any:
    """A document with nothing but its version."""
    made = minidom.Document()
    root = made.appendChild(made.createElement(ROOT))
    version = root.appendChild(made.createElement(VERSION[0]))
    version.appendChild(made.createTextNode(VERSION[1]))
    return made


def find_document(raw: bytes) -> Any:
    """The document in a chunk's payload, or None where it is not one to be touched."""
    data = raw if raw[:2] in UTF16_MARKS else raw.rstrip(b"\0")
    plain = data.replace(b"\0", b"")
    if len(data) > MAX_BYTES or b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        return None
    try:
        found = minidom.parseString(data)
    except (ExpatError, ValueError, LookupError, RecursionError):
        return None
    root = found.documentElement
    return found if root is not None and root.tagName == ROOT and _is_flat(root) else None


def _is_flat(root: Any) -> bool:
    """Whether it can be written without going too deep."""
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in node.childNodes]
        if not level:
            return True
    return False


def render(document: Any) -> bytes:
    """The payload; b'' where it holds nothing but its version."""
    names = {child.tagName for child in _elements(document.documentElement)}
    return b"" if names <= {VERSION[0]} else bytes(document.toxml(encoding="UTF-8"))

"""Reading XML of strangers as it streams by: only the branches that are asked for are ever held.

Expat does the parsing. A document type is refused outright, and with it every entity of its own:
no DAW writes one (docs/decisions: daw-readers).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from indieartist.errors import UserError
from indieartist.readers.limits import Limits

_MOST_TOKEN_BYTES = 2 << 20  # one tag with its attributes; expat begins it anew with each piece
_MOST_IN_BRANCH = 200_000
_DEEPEST = 1_000
_LONGEST_TEXT = 10_000

Path = list[str]
Wanted = Callable[[Path], bool]


@dataclass(slots=True)
class Branch:
    """An element with its attributes and what is inside it; text is never kept."""

    tag: str
    attrs: dict[str, str]
    children: list[Branch] = field(default_factory=list)

    def child(self, *tags: str) -> Branch | None:
        """The first element down this way, or None."""
        found: Branch | None = self
        for tag in tags:
            found = next((c for c in found.children if c.tag == tag), None) if found else None
        return found

    def value(self, *tags: str) -> str:
        """The attribute `Value` of the first element down this way, or nothing."""
        found = self.child(*tags)
        return found.attrs.get("Value", "") if found else ""

    def all(self, *tags: str) -> list[Branch]:
        """Every element of the last tag under the first way down the tags before it."""
        found = self.child(*tags[:-1])
        return [c for c in found.children if c.tag == tags[-1]] if found else []


def read_branches(
    chunks: Iterable[bytes],
    wanted: Mapping[str, Wanted],
    take: Callable[[Path, Branch], None],
    limits: Limits,
) -> None:
    """Hand every branch that `wanted` names by its tag, and takes by its path, to `take`.

    A tag in `wanted` ending in "/" asks for the element alone, as soon as it begins. Raises
    UserError for what is no XML, or has a document type.
    """
    picker = _Picker(wanted, take, limits)
    try:
        fed = 0
        for chunk in chunks:
            picker.parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - picker.parser.CurrentByteIndex > _MOST_TOKEN_BYTES:
                raise limits.damaged("a tag without end")
            if len(picker.path) > _DEEPEST:
                raise limits.damaged("it is nested without end")
        picker.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise limits.damaged(_first_words(error)) from error


class _Picker:
    """The way that nearly every element takes is two calls and one look-up."""

    def __init__(
        self, wanted: Mapping[str, Wanted], take: Callable[[Path, Branch], None], limits: Limits
    ) -> None:
        self.path: Path = []
        self._wanted = {tag.rstrip("/"): (rule, tag.endswith("/")) for tag, rule in wanted.items()}
        self._take, self._limits = take, limits
        self._open: list[Branch] = []
        self._count = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        self.path.append(tag)
        if self._open:
            self._grow(Branch(tag, attrs))
        elif tag in self._wanted:
            rule, alone = self._wanted[tag]
            if not rule(self.path):
                return
            branch = Branch(tag, attrs)
            if alone:
                self._take(self.path, branch)
            else:
                self._open, self._count = [branch], 0

    def _grow(self, branch: Branch) -> None:
        self._count += 1
        if self._count > _MOST_IN_BRANCH:
            raise self._limits.damaged(f"there is no end to its {self._open[0].tag}")
        self._open[-1].children.append(branch)
        self._open.append(branch)

    def _end(self, _tag: str) -> None:
        if self._open:
            branch = self._open.pop()
            if not self._open:
                self._take(self.path, branch)
        self.path.pop()

    def _refuse(self, *_declared: object) -> None:
        raise refused_doctype(self._limits)


def _first_words(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__


def read_texts(chunks: Iterable[bytes], tags: set[str], limits: Limits) -> dict[str, str]:
    """The text of the first element of each of these tags; raises as `read_branches` does."""
    reader = _TextReader(tags, limits)
    try:
        for chunk in chunks:
            reader.parser.Parse(chunk, False)
        reader.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise limits.damaged(_first_words(error)) from error
    return reader.texts


class _TextReader:
    def __init__(self, tags: set[str], limits: Limits) -> None:
        self.texts: dict[str, str] = {}
        self._tags, self._limits = tags, limits
        self._open = ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._read
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _start(self, tag: str, _attrs: dict[str, str]) -> None:
        self._open = tag if tag in self._tags and tag not in self.texts else ""
        if self._open:
            self.texts[tag] = ""

    def _end(self, _tag: str) -> None:
        self._open = ""

    def _read(self, text: str) -> None:
        if self._open and len(self.texts[self._open]) < _LONGEST_TEXT:
            self.texts[self._open] += text

    def _refuse(self, *_declared: object) -> None:
        raise refused_doctype(self._limits)


def refused_doctype(limits: Limits) -> UserError:
    """What is said of a file that could make its reader expand or fetch something."""
    return UserError(
        f"“{limits.name}” declares a document type or entities; no DAW does.",
        "It may be built to harm; open it in your DAW and save it anew.",
    )

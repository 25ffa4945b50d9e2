"""AIFF and WAV: tags in chunks, beside chunks of others that stay as they are."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from indieartist.audio.tags import aiff_text, id3, id3_tag, iff, info, ixml, table
from indieartist.audio.tags.bext import Bext
from indieartist.audio.tags.container import Container, write_id3
from indieartist.audio.tags.layout import Layout, MalformedError
from indieartist.audio.tags.slots import Column, read_fields, write_fields
from indieartist.domain.tags import TagSheet


class Chunked(Container):
    """A file of chunks with an ID3 chunk and others beside it."""

    column = table.ID3
    id3_name: ClassVar[bytes]

    def layout(self, file: BinaryIO) -> Layout:
        """The payload of the sound chunk."""
        return iff.iff_layout(file)

    def write(
        self, source: Path, target: Path, sheet: TagSheet, id3_version: int | None = None
    ) -> None:
        """Into one chunk in the place of the old ones, else at the end; the other chunks stay."""
        with source.open("rb") as file, target.open("wb") as sink:
            form = iff.read_form(file)
            edits = [*self._edits(file, form, sheet), self._edit_id3(file, sheet, id3_version)]
            iff.write_form(file, sink, form, iff.edited(form, edits))

    def _edit_id3(self, file: BinaryIO, sheet: TagSheet, version: int | None) -> iff.Edit:
        form = iff.read_form(file)
        tags = _read_id3(file, form)
        write_id3(tags, sheet)
        new = iff.new_chunk(form, self.id3_name, id3_tag.render(tags, version))
        return iff.Edit(_id3_chunks(file, form), new)

    @abstractmethod
    def _edits(self, file: BinaryIO, form: iff.Form, sheet: TagSheet) -> list[iff.Edit]:
        """What is written beside ID3."""


class Aiff(Chunked):
    """AIFF and AIFC with an ID3 chunk, which goes before their text chunks."""

    id3_name = b"ID3 "

    def read(self, path: Path) -> TagSheet:
        """From the ID3 chunk, a second one and the text chunks fill in what it has not."""
        with path.open("rb") as file:
            form = iff.read_form(file)
            tags = _read_id3(file, form)
            fields = read_fields(table.AIFF, _read_texts(file, form))
        return TagSheet(fields | read_fields(self.column, tags), id3.read_picture(tags))

    def _edits(self, file: BinaryIO, form: iff.Form, sheet: TagSheet) -> list[iff.Edit]:
        texts = _read_texts(file, form)
        before = {name: texts.payloads(name) for name in aiff_text.CHUNKS}
        write_fields(table.AIFF, texts, _part(sheet, table.AIFF))
        return [
            iff.Edit(_text_chunks(form, name), _new_texts(form, name, texts.payloads(name)))
            for name in aiff_text.CHUNKS
            if texts.payloads(name) != before[name]
        ]


class Wave(Chunked):
    """WAV, RF64 and BW64 with ID3, LIST INFO, iXML and, for loudness, bext.

    Where they say different things, ID3 goes before INFO, INFO before iXML, and bext last but for
    what bext alone was made for.
    """

    id3_name = b"id3 "

    def read(self, path: Path) -> TagSheet:
        """From the id3 chunk, completed from the others."""
        with path.open("rb") as file:
            form = iff.read_form(file)
            tags = _read_id3(file, form)
            fields = {
                **read_fields(table.IXML, _read_ixml(file, form) or ixml.empty()),
                **read_fields(table.INFO, _read_info(file, form)),
                **read_fields(table.BEXT, _read_bext(file, form)),
                **read_fields(self.column, tags),
            }
        return TagSheet(fields, id3.read_picture(tags))

    def fit(self, sheet: TagSheet) -> dict[str, tuple[str, ...]]:
        """What ID3 has no place for stands in bext."""
        loudness = {key: table.BEXT[key].fit(sheet[key]) for key in sheet if key in table.BEXT}
        return {**super().fit(sheet), **loudness}

    def _edits(self, file: BinaryIO, form: iff.Form, sheet: TagSheet) -> list[iff.Edit]:
        edits = [
            _edit_bext(file, form, sheet),
            _edit_info(file, form, sheet),
            _edit_ixml(file, form, sheet),
        ]
        return [edit for edit in edits if edit]


def _text_chunks(form: iff.Form, name: bytes) -> list[iff.Chunk]:
    """The text chunks of that name; a second COMT is not ours to judge."""
    found = [chunk for chunk in form.chunks if chunk.name == name]
    return found[:1] if name == aiff_text.COMMENTS else found


def _read_texts(file: BinaryIO, form: iff.Form) -> aiff_text.Texts:
    """The text chunks, unless there is more of them than anybody writes."""
    found = [chunk for name in aiff_text.CHUNKS for chunk in _text_chunks(form, name)]
    if sum(chunk.size for chunk in found) > aiff_text.MAX_BYTES:
        return aiff_text.Texts()
    return aiff_text.parse((chunk.name, iff.read_chunk(file, chunk)) for chunk in found)


def _new_texts(form: iff.Form, name: bytes, payloads: list[bytes]) -> bytes:
    return b"".join(iff.new_chunk(form, name, payload) for payload in payloads)


MAX_ID3_CHUNKS = 8  # two are seen in the wild


def _id3_chunks(file: BinaryIO, form: iff.Form) -> list[iff.Chunk]:
    """The chunks that hold an ID3 tag: `id3 ` and `ID3 ` are both in use."""
    named = (chunk for chunk in form.chunks if chunk.name.lower() == b"id3 ")
    chunks = [chunk for chunk in named if iff.starts_with(file, chunk, b"ID3")]
    if len(chunks) > MAX_ID3_CHUNKS:
        raise MalformedError(f"has {len(chunks)} ID3 chunks")
    return chunks


def _read_id3(file: BinaryIO, form: iff.Form) -> Any:
    """The first tag with what only later ones have."""
    tags = [id3_tag.parse(iff.read_chunk(file, chunk)) for chunk in _id3_chunks(file, form)]
    first = tags[0] if tags else id3_tag.empty()
    for key, frame in ((key, frame) for later in tags[1:] for key, frame in later.items()):
        if key not in first:
            first[key] = frame
    return first


def _info_chunks(file: BinaryIO, form: iff.Form) -> list[iff.Chunk]:
    lists = (chunk for chunk in form.chunks if chunk.name == b"LIST")
    return [chunk for chunk in lists if iff.starts_with(file, chunk, b"INFO")]


def _read_info(file: BinaryIO, form: iff.Form) -> info.Items:
    return info.parse(iff.read_chunk(file, chunk)[4:] for chunk in _info_chunks(file, form))


def _edit_info(file: BinaryIO, form: iff.Form, sheet: TagSheet) -> iff.Edit:
    items = _read_info(file, form)
    write_fields(table.INFO, items, _part(sheet, table.INFO))
    return iff.Edit(_info_chunks(file, form), iff.new_chunk(form, b"LIST", info.render(items)))


def _first(form: iff.Form, name: bytes) -> list[iff.Chunk]:
    """The chunk of that name, where there is one; a second one is not ours to judge."""
    return [chunk for chunk in form.chunks if chunk.name == name][:1]


def _read_bext(file: BinaryIO, form: iff.Form) -> Bext:
    found = _first(form, b"bext")
    return Bext(bytearray(iff.read_chunk(file, found[0]) if found else b""))


def _edit_bext(file: BinaryIO, form: iff.Form, sheet: TagSheet) -> iff.Edit | None:
    """Loudness alone makes a chunk, before the audio, where recorders put it."""
    fields = _part(sheet, table.BEXT)
    if not fields:
        return None
    chunk = _read_bext(file, form)
    if any(fields.values()):
        chunk.begin(" - ".join(filter(None, (sheet.text("artist"), sheet.text("title")))))
    write_fields(table.BEXT, chunk, fields)
    new = iff.new_chunk(form, b"bext", bytes(chunk.raw))
    return iff.Edit(_first(form, b"bext"), new, before=b"data")


def _read_ixml(file: BinaryIO, form: iff.Form) -> Any:
    """The document, an empty one where there is no chunk, None where it is not to be touched."""
    found = _first(form, b"iXML")
    if not found:
        return ixml.empty()
    within = found[0].size <= ixml.MAX_BYTES
    return ixml.find_document(iff.read_chunk(file, found[0])) if within else None


def _edit_ixml(file: BinaryIO, form: iff.Form, sheet: TagSheet) -> iff.Edit | None:
    document = _read_ixml(file, form)
    if document is None:
        return None
    before = read_fields(table.IXML, document)
    write_fields(table.IXML, document, _part(sheet, table.IXML))
    if read_fields(table.IXML, document) == before:
        return None
    return iff.Edit(_first(form, b"iXML"), iff.new_chunk(form, b"iXML", ixml.render(document)))


def _part(sheet: TagSheet, column: Column) -> dict[str, tuple[str, ...]]:
    return {key: sheet[key] for key in sheet if key in column}

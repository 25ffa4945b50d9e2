"""AIFF and WAV: ID3 and INFO in chunks, beside chunks of others that stay as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from indieartist.audio.tags import id3, iff, info, table
from indieartist.audio.tags.container import Container, id3_sheet, write_id3
from indieartist.audio.tags.layout import Layout, MalformedError
from indieartist.audio.tags.slots import read_fields, write_fields
from indieartist.domain.tags import TagSheet


class Aiff(Container):
    """AIFF and AIFC with an ID3 chunk."""

    column = table.ID3
    id3_name: ClassVar[bytes] = b"ID3 "

    def layout(self, file: BinaryIO) -> Layout:
        """The payload of the sound chunk."""
        return iff.iff_layout(file)

    def read(self, path: Path) -> TagSheet:
        """From the ID3 chunk; a second one fills in what the first has not."""
        with path.open("rb") as file:
            return id3_sheet(_read_id3(file, iff.read_form(file)))

    def write(self, source: Path, target: Path, sheet: TagSheet) -> None:
        """Into one chunk in the place of the old ones, else at the end; the other chunks stay."""
        with source.open("rb") as file, target.open("wb") as sink:
            form = iff.read_form(file)
            pieces = iff.edited(form, self._edits(file, form, sheet))
            iff.write_form(file, sink, form, pieces)

    def _edits(self, file: BinaryIO, form: iff.Form, sheet: TagSheet) -> list[iff.Edit]:
        tags = _read_id3(file, form)
        write_id3(tags, sheet)
        new = iff.new_chunk(form, self.id3_name, id3.render(tags))
        return [(_id3_chunks(file, form), new)]


class Wave(Aiff):
    """WAV, RF64 and BW64 with an id3 chunk and a LIST INFO chunk; ID3 goes before INFO."""

    id3_name = b"id3 "

    def read(self, path: Path) -> TagSheet:
        """From the id3 chunk, completed from INFO."""
        with path.open("rb") as file:
            form = iff.read_form(file)
            tags, items = _read_id3(file, form), _read_info(file, form)
        fields = {**read_fields(table.INFO, items), **read_fields(self.column, tags)}
        return TagSheet(fields, id3.read_picture(tags))

    def _edits(self, file: BinaryIO, form: iff.Form, sheet: TagSheet) -> list[iff.Edit]:
        items = _read_info(file, form)
        fields = {key: sheet[key] for key in sheet if key in table.INFO}
        write_fields(table.INFO, items, fields)
        edit = _info_chunks(file, form), iff.new_chunk(form, b"LIST", info.render(items))
        return [edit, *super()._edits(file, form, sheet)]


MAX_ID3_CHUNKS = 8  # two are seen in the wild


def _id3_chunks(file: BinaryIO, form: iff.Form) -> list[iff.Chunk]:
    """The chunks that hold an ID3 tag: `id3 ` and `ID3 ` are both in use."""
    named = (chunk for chunk in form.chunks if chunk.name.lower() == b"id3 ")
    chunks = [chunk for chunk in named if iff.starts_with(file, chunk, b"ID3")]
    if len(chunks) > MAX_ID3_CHUNKS:
        raise MalformedError(f"has {len(chunks)} ID3 chunks")
    return chunks


def _info_chunks(file: BinaryIO, form: iff.Form) -> list[iff.Chunk]:
    lists = (chunk for chunk in form.chunks if chunk.name == b"LIST")
    return [chunk for chunk in lists if iff.starts_with(file, chunk, b"INFO")]


def _read_id3(file: BinaryIO, form: iff.Form) -> Any:
    """The first tag with what only later ones have."""
    tags = [id3.parse(iff.read_chunk(file, chunk)) for chunk in _id3_chunks(file, form)]
    first = tags[0] if tags else id3.empty()
    for key, frame in ((key, frame) for later in tags[1:] for key, frame in later.items()):
        if key not in first:
            first[key] = frame
    return first


def _read_info(file: BinaryIO, form: iff.Form) -> info.Items:
    return info.parse(iff.read_chunk(file, chunk)[4:] for chunk in _info_chunks(file, form))

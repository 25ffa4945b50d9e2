"""Every container that carries tags: how it is known, and how its tags are read and written."""

from __future__ import annotations

import shutil
import stat
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from indieartist.audio import sniff
from indieartist.audio.tags import id3, iff, info, mp4, table, vorbis
from indieartist.audio.tags.atoms import mp4_layout
from indieartist.audio.tags.border import foreign_bytes
from indieartist.audio.tags.layout import (
    Layout,
    MalformedError,
    flac_layout,
    headed_layout,
    read_span,
)
from indieartist.audio.tags.pages import ogg_layout
from indieartist.audio.tags.slots import Column, UnfitError, read_fields, write_fields
from indieartist.domain.tags import Picture, TagSheet


class Container(ABC):
    """One kind of file."""

    column: ClassVar[Column]

    @abstractmethod
    def layout(self, file: BinaryIO) -> Layout:
        """Where the audio lies."""

    @abstractmethod
    def read(self, path: Path) -> TagSheet:
        """Every field and the cover."""

    @abstractmethod
    def write(self, source: Path, target: Path, sheet: TagSheet) -> None:
        """Make `target` a copy of `source` with the tags of `sheet`."""

    def fit(self, sheet: TagSheet) -> dict[str, tuple[str, ...]]:
        """The fields of `sheet` as they will be read back; those without a place are missing."""
        return {key: self.column[key].fit(sheet[key]) for key in sheet if key in self.column}


class Headed(Container):
    """A file with ID3v2.4 at its head: MP3, AAC without a container, or one that was given it.

    An ID3v1 tag is kept up to date but never made; APE and Lyrics3 tags are left alone.
    """

    column = table.ID3

    def layout(self, file: BinaryIO) -> Layout:
        """Between the tags of head and tail."""
        return headed_layout(file)

    def read(self, path: Path) -> TagSheet:
        """From ID3v2, completed from ID3v1."""
        return _id3_sheet(id3.open_file(path))

    def write(self, source: Path, target: Path, sheet: TagSheet) -> None:
        """Into ID3v2.4; without any frame left the tag goes."""
        shutil.copyfile(source, target)
        tags = id3.open_file(target)
        _write_id3(tags, sheet)
        id3.save_file(tags, target)


def _id3_sheet(tags: Any) -> TagSheet:
    return TagSheet(read_fields(table.ID3, tags), id3.read_picture(tags))


def _write_id3(tags: Any, sheet: TagSheet) -> None:
    write_fields(table.ID3, tags, sheet)
    if sheet.artwork is not None:
        id3.write_picture(tags, sheet.artwork)


class Tagged(Container):
    """A container that mutagen opens, changes and saves as a whole."""

    @abstractmethod
    def open(self, path: Path) -> Any:
        """The file as mutagen's object."""

    @abstractmethod
    def read_picture(self, file: Any) -> Picture | None:
        """The front cover."""

    @abstractmethod
    def write_picture(self, file: Any, picture: Picture) -> None:
        """Replace the front cover, or take it out."""

    def read(self, path: Path) -> TagSheet:
        """From the one place where this container has its tags."""
        file = self._open(path)
        return TagSheet(read_fields(self.column, file.tags), self.read_picture(file))

    def write(self, source: Path, target: Path, sheet: TagSheet) -> None:
        """Into the same place; mutagen moves what has to move."""
        shutil.copyfile(source, target)
        file = self._open(target)
        write_fields(self.column, file.tags, sheet)
        if sheet.artwork is not None:
            self.write_picture(file, sheet.artwork)
        with foreign_bytes("cannot hold these tags"):
            file.save()

    def _open(self, path: Path) -> Any:
        with foreign_bytes():
            file = self.open(path)
            if file.tags is None:
                file.add_tags()
        return file


FLAC_PICTURE_BYTES = (1 << 24) - 1000  # a block's length has 24 bits


class Flac(Tagged):
    """FLAC: a Vorbis comment block and picture blocks; an ID3 tag in front is left alone."""

    column = table.VORBIS

    def layout(self, file: BinaryIO) -> Layout:
        """Behind the last metadata block."""
        return flac_layout(file)

    def open(self, path: Path) -> Any:
        """The file as mutagen's object."""
        from mutagen.flac import FLAC

        return FLAC(path)

    def read_picture(self, file: Any) -> Picture | None:
        """From the picture blocks."""
        return vorbis.read_picture(file.pictures)

    def write_picture(self, file: Any, picture: Picture) -> None:
        """Into the picture blocks, the cover first."""
        if len(picture.data) > FLAC_PICTURE_BYTES:
            raise UnfitError("artwork of 16 MB or more is too large for FLAC")
        pictures = vorbis.with_picture(file.pictures, picture)
        file.clear_pictures()
        for one in pictures:
            file.add_picture(one)


class Ogg(Tagged):
    """Ogg: a comment header with the pictures in it."""

    def layout(self, file: BinaryIO) -> Layout:
        """The audio packets."""
        return ogg_layout(file)

    def read_picture(self, file: Any) -> Picture | None:
        """From METADATA_BLOCK_PICTURE."""
        return vorbis.read_picture(vorbis.read_pictures(file.tags))

    def write_picture(self, file: Any, picture: Picture) -> None:
        """Into METADATA_BLOCK_PICTURE."""
        vorbis.write_comment_picture(file.tags, picture)


class OggVorbis(Ogg):
    """Vorbis in Ogg."""

    column = table.VORBIS

    def open(self, path: Path) -> Any:
        """The file as mutagen's object."""
        from mutagen.oggvorbis import OggVorbis as Foreign

        return Foreign(path)


class OggOpus(Ogg):
    """Opus in Ogg."""

    column = table.OPUS

    def open(self, path: Path) -> Any:
        """The file as mutagen's object."""
        from mutagen.oggopus import OggOpus as Foreign

        return Foreign(path)


class OggFlac(Ogg):
    """FLAC in Ogg."""

    column = table.VORBIS

    def open(self, path: Path) -> Any:
        """The file as mutagen's object."""
        from mutagen.oggflac import OggFLAC as Foreign

        return Foreign(path)


class Mp4(Tagged):
    """AAC or ALAC in MP4: iTunes' tags in moov.udta.meta.ilst."""

    column = table.MP4

    def layout(self, file: BinaryIO) -> Layout:
        """The payload of mdat."""
        return mp4_layout(file)

    def open(self, path: Path) -> Any:
        """The file as mutagen's object."""
        from mutagen.mp4 import MP4

        return MP4(path)

    def read_picture(self, file: Any) -> Picture | None:
        """From covr."""
        return mp4.read_picture(file.tags)

    def write_picture(self, file: Any, picture: Picture) -> None:
        """Into covr."""
        mp4.write_picture(file.tags, picture)


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
            return _id3_sheet(_read_id3(file, iff.read_form(file)))

    def write(self, source: Path, target: Path, sheet: TagSheet) -> None:
        """Into one chunk in the place of the old ones, else at the end; the other chunks stay."""
        with source.open("rb") as file, target.open("wb") as sink:
            form = iff.read_form(file)
            pieces = iff.edited(form, self._edits(file, form, sheet))
            iff.write_form(file, sink, form, pieces)

    def _edits(self, file: BinaryIO, form: iff.Form, sheet: TagSheet) -> list[iff.Edit]:
        tags = _read_id3(file, form)
        _write_id3(tags, sheet)
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


def identify(path: Path) -> Container:
    """The container by its bytes, never by its name; raises UserError where that is no audio."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise MalformedError("is no file")
    with path.open("rb") as file:
        found, start = sniff.identify(file, sniff.shown(path))
        if found == "ogg" and start == 0:
            return _identify_ogg(read_span(file, 0, OGG_HEAD_BYTES))
    return Headed() if start and found != "flac" else CONTAINERS.get(found, Headed())


def _identify_ogg(head: bytes) -> Container:
    packet = head[28:]  # behind a page header of one segment
    for start, container in OGG_STREAMS.items():
        if packet.startswith(start):
            return container
    raise MalformedError("is Ogg, but holds neither Vorbis, Opus nor FLAC")


OGG_HEAD_BYTES = 36
OGG_STREAMS = {b"\x01vorbis": OggVorbis(), b"OpusHead": OggOpus(), b"\x7fFLAC": OggFlac()}
CONTAINERS: dict[str, Container] = {
    "wav": Wave(),
    "rf64": Wave(),
    "aiff": Aiff(),
    "flac": Flac(),
    "mp4": Mp4(),
}

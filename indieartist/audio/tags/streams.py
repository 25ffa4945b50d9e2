"""MP3, FLAC, Ogg and MP4: files that mutagen opens, changes and saves."""

from __future__ import annotations

import shutil
from abc import abstractmethod
from pathlib import Path
from typing import Any, BinaryIO

from indieartist.audio.tags import id3_tag, mp4, table, vorbis
from indieartist.audio.tags.atoms import mp4_layout
from indieartist.audio.tags.border import foreign_bytes
from indieartist.audio.tags.container import Container, id3_sheet, write_id3
from indieartist.audio.tags.layout import Layout, flac_layout, headed_layout
from indieartist.audio.tags.pages import ogg_layout
from indieartist.audio.tags.slots import UnfitError, read_fields, write_fields
from indieartist.audio.tags.stream_limits import (
    require_few_atoms,
    require_few_blocks,
    require_few_ogg_comments,
)
from indieartist.domain.tags import Picture, TagSheet


class Headed(Container):
    """A file with ID3v2 at its head: MP3, AAC without a container, or one that was given it.

    An ID3v1 tag is kept up to date but never made; APE and Lyrics3 tags are left alone.
    """

    column = table.ID3

    def layout(self, file: BinaryIO) -> Layout:
        """Between the tags of head and tail."""
        return headed_layout(file)

    def read(self, path: Path) -> TagSheet:
        """From ID3v2, completed from ID3v1."""
        return id3_sheet(id3_tag.open_file(path))

    def write(
        self, source: Path, target: Path, sheet: TagSheet, id3_version: int | None = None
    ) -> None:
        """Into ID3v2; without any frame left the tag goes."""
        shutil.copyfile(source, target)
        tags = id3_tag.open_file(target)
        write_id3(tags, sheet)
        id3_tag.save_file(tags, target, id3_version)


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
        tags = vorbis.by_name(file.tags) if self.column is table.VORBIS else file.tags
        return TagSheet(read_fields(self.column, tags), self.read_picture(file))

    def write(
        self,
        source: Path,
        target: Path,
        sheet: TagSheet,
        id3_version: int | None = None,  # noqa: ARG002
    ) -> None:
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

        require_few_blocks(path)
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

        require_few_ogg_comments(path)
        return Foreign(path)


class OggOpus(Ogg):
    """Opus in Ogg."""

    column = table.OPUS

    def open(self, path: Path) -> Any:
        """The file as mutagen's object."""
        from mutagen.oggopus import OggOpus as Foreign

        require_few_ogg_comments(path)
        return Foreign(path)


class OggFlac(Ogg):
    """FLAC in Ogg."""

    column = table.VORBIS

    def open(self, path: Path) -> Any:
        """The file as mutagen's object."""
        from mutagen.oggflac import OggFLAC as Foreign

        require_few_ogg_comments(path)
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

        require_few_atoms(path)
        return MP4(path)

    def read_picture(self, file: Any) -> Picture | None:
        """From covr."""
        return mp4.read_picture(file.tags)

    def write_picture(self, file: Any, picture: Picture) -> None:
        """Into covr."""
        mp4.write_picture(file.tags, picture)

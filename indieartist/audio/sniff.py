"""What a file is, by its bytes and never by its name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from indieartist.errors import UserError

EXPORT_HINT = "Export the song again as WAV, AIFF or FLAC."
_JUNK_BYTES = 1 << 16  # how far an MP3's first frame may lie behind rubbish, as in mpg123

_FOREIGN = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MThd", "a MIDI file, which holds notes but no sound"),
    (b"caff", "a Core Audio (CAF) file"),
    (b"riff", "a Wave64 file"),
    (b"wvpk", "a WavPack file"),
    (b"MAC ", "a Monkey's Audio file"),
    (b"DSD ", "a DSD file"),
    (b"FRM8", "a DSD file"),
    (b".snd", "a Sun audio file"),
    (b"0&\xb2u\x8ef\xcf\x11", "a Windows Media file"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film"),
    (b"RIFF", "a RIFF file without sound"),
    (b"FORM", "an IFF file without sound"),
)
_MP3_KBPS = {
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_MP3_RATES_HZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def shown(path: Path) -> str:
    """Name the file in a sentence; bytes that are not UTF-8 show as replacement signs."""
    return f"“{os.fsencode(path.name).decode('utf-8', 'replace')}”"


def identify(file: BinaryIO, name: str) -> tuple[str, int]:
    """Container (wav, rf64, aiff, flac, ogg, mp4, adts, mp3) and the offset where it starts.

    Raises UserError that says what the file is instead.
    """
    start = id3_bytes(file)
    file.seek(start)
    head = file.read(_JUNK_BYTES)
    container, offset = _container(head)
    if container and (not start or container in {"mp3", "adts", "flac"}):
        return container, start + offset
    if not head:
        raise UserError(f"{name} is empty.", EXPORT_HINT)
    raise UserError(f"{name} is {_foreign(head)}.", EXPORT_HINT)


def id3_bytes(file: BinaryIO) -> int:
    """Length of the ID3v2 tags at the head of a file."""
    length = 0
    while True:
        file.seek(length)
        head = file.read(10)
        if len(head) < 10 or head[:3] != b"ID3":
            return length
        footer = 10 if head[5] & 0x10 else 0
        length += (
            10 + footer + sum((byte & 0x7F) << 7 * (9 - i) for i, byte in enumerate(head) if i > 5)
        )


def _container(head: bytes) -> tuple[str, int]:
    kind, form = head[:4], head[8:12]
    if form == b"WAVE" and kind in {b"RIFF", b"RF64", b"BW64"}:
        return ("wav" if kind == b"RIFF" else "rf64"), 0
    if kind == b"FORM" and form in {b"AIFF", b"AIFC"}:
        return "aiff", 0
    if kind in {b"fLaC", b"OggS"}:
        return {b"fLaC": "flac", b"OggS": "ogg"}[kind], 0
    if head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide"}:
        return "mp4", 0
    return _mpeg(head)


def _mpeg(head: bytes) -> tuple[str, int]:
    """The first offset where two MPEG frames, or one and the end of the file, follow each other."""
    offset = head.find(b"\xff")
    while offset >= 0:
        for container, frame_bytes in (("mp3", mp3_frame_bytes), ("adts", adts_frame_bytes)):
            following = offset + (length := frame_bytes(head[offset : offset + 6]))
            if length and (frame_bytes(head[following : following + 6]) or following == len(head)):
                return container, offset
        offset = head.find(b"\xff", offset + 1)
    return "", 0


def mp3_frame_bytes(header: bytes) -> int:
    """Length of the MPEG layer III frame that starts with `header`; 0 when none does."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version, rate, kbps = header[1] >> 3 & 3, header[2] >> 2 & 3, header[2] >> 4
    if version == 1 or rate == 3 or kbps in {0, 15}:
        return 0
    slots = 144_000 if version == 3 else 72_000
    kbps = _MP3_KBPS[3 if version == 3 else 2][kbps - 1]
    return slots * kbps // _MP3_RATES_HZ[version][rate] + (header[2] >> 1 & 1)


def adts_frame_bytes(header: bytes) -> int:
    """Length of the AAC frame (ADTS) that starts with `header`; 0 when none does."""
    if len(header) < 6 or header[0] != 0xFF or header[1] & 0xF6 != 0xF0 or header[2] >> 2 & 15 > 12:
        return 0
    length = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    return length if length > 7 else 0


def _foreign(head: bytes) -> str:
    if head.startswith(b"PK\x03\x04"):
        return f"a ZIP archive{' with a password' if head[6:7] and head[6] & 1 else ''}, not audio"
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            return f"{what}, which IndieArtist cannot read as a song"
    if not any(head):
        return "filled with zeros, as after a failed copy"
    if not any(byte < 9 for byte in head[:4096]):
        return "a text file, not audio"
    return "not an audio file that IndieArtist can read"

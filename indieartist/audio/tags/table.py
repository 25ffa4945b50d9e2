"""One table: where each field lies in ID3, Vorbis comments, MP4, INFO, iXML, bext and AIFF text.

Facts from the mapping tables of MusicBrainz Picard and Mp3tag and from Apple's and Xiph's pages;
where no standard names a place, the field has one under its own name, so that nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from indieartist.audio.tags import aiff_text, bext, id3, info, ixml, mp4, vorbis
from indieartist.audio.tags.mp4 import Free
from indieartist.audio.tags.slots import Coded, Column, Slot, Synced
from indieartist.audio.tags.vorbis import Comment
from indieartist.domain.tags import LOUDNESS_UNITS


@dataclass(frozen=True)
class Row:
    """One field's slot in each kind of tag; None where it has no place."""

    id3: Slot | None = None
    vorbis: Slot | None = None
    mp4: Slot | None = None
    info: Slot | None = None
    ixml: Slot | None = None
    bext: Slot | None = None
    aiff: Slot | None = None


def _own_name(name: str) -> Row:
    """A field without a place of its own in ID3 and MP4."""
    return Row(id3.UserText(name), Comment(name), Free(name))


def _gain(name: str) -> Row:
    """ReplayGain; readers of MP4 look for small letters, and some for nothing else."""
    return Row(id3.UserText(name.upper()), Comment(name.upper()), Free(name))


def _loudness(key: str, element: str) -> Row:
    """A figure that only a Broadcast Wave has places for."""
    level = ixml.Level(("LOUDNESS", element), LOUDNESS_UNITS[key])
    return Row(ixml=level, bext=bext.Figure(key))


def _half(frame: str, index: int, atom: str, numbers: tuple[Comment, Comment]) -> Row:
    return Row(id3.Part(frame, index), vorbis.Half(*numbers, index), mp4.Half(atom, index))


TRACK = Comment("TRACKNUMBER"), Comment("TRACKTOTAL", "TOTALTRACKS")
DISC = Comment("DISCNUMBER"), Comment("DISCTOTAL", "TOTALDISCS")
MOVEMENT = Comment("MOVEMENT"), Comment("MOVEMENTTOTAL")
ADVISORY = {"1": "explicit", "4": "explicit", "2": "clean", "0": "none"}
ROLE_NAMES = {"mixer": "mix", "djmixer": "DJ-mix"}  # id3v2.4.0-frames, TIPL


def _role(key: str, item: bytes = b"") -> Row:
    role = id3.People(ROLE_NAMES.get(key, key))
    return Row(role, Comment(key.upper()), Free(key.upper()), info.Item(item) if item else None)


ROWS: dict[str, Row] = {
    "title": Row(
        id3.Text("TIT2"),
        Comment("TITLE"),
        mp4.Text("©nam"),
        info.Item(b"INAM"),
        aiff=aiff_text.Text(aiff_text.NAME),
    ),
    "version": Row(id3.Text("TIT3"), Comment("SUBTITLE", "VERSION"), Free("SUBTITLE")),
    "artist": Row(
        id3.Text("TPE1"),
        Comment("ARTIST"),
        mp4.Text("©ART"),
        info.Item(b"IART"),
        aiff=aiff_text.Text(aiff_text.AUTHOR),
    ),
    "artists": _own_name("ARTISTS"),
    "album": Row(id3.Text("TALB"), Comment("ALBUM"), mp4.Text("©alb"), info.Item(b"IPRD")),
    "albumartist": Row(id3.Text("TPE2"), Comment("ALBUMARTIST", "ALBUM ARTIST"), mp4.Text("aART")),
    "tracknumber": Row(
        id3.Part("TRCK", 0), vorbis.Half(*TRACK, 0), mp4.Half("trkn", 0), info.Item(b"ITRK")
    ),
    "tracktotal": _half("TRCK", 1, "trkn", TRACK),
    "discnumber": _half("TPOS", 0, "disk", DISC),
    "disctotal": _half("TPOS", 1, "disk", DISC),
    "date": Row(id3.Date("TDRC"), Comment("DATE", "YEAR"), mp4.Text("©day"), info.Item(b"ICRD")),
    "originaldate": Row(id3.Date("TDOR"), Comment("ORIGINALDATE"), Free("ORIGINALDATE")),
    "genre": Row(id3.Genre("TCON"), Comment("GENRE"), mp4.Text("©gen"), info.Item(b"IGNR")),
    "label": Row(id3.Text("TPUB"), Comment("LABEL", "ORGANIZATION", "PUBLISHER"), Free("LABEL")),
    "catalognumber": _own_name("CATALOGNUMBER"),
    "barcode": _own_name("BARCODE"),
    "isrc": Row(id3.Text("TSRC"), Comment("ISRC"), Free("ISRC")),
    "iswc": _own_name("ISWC"),
    "copyright": Row(
        id3.Text("TCOP"),
        Comment("COPYRIGHT"),
        mp4.Text("cprt"),
        info.Item(b"ICOP"),
        aiff=aiff_text.Text(aiff_text.COPYRIGHT),
    ),
    "produced": Row(id3.Text("TPRO"), Comment("PRODUCEDNOTICE"), mp4.Text("©phg")),
    "composer": Row(id3.Text("TCOM"), Comment("COMPOSER"), mp4.Text("©wrt"), info.Item(b"IMUS")),
    "lyricist": Row(id3.Text("TEXT"), Comment("LYRICIST"), Free("LYRICIST")),
    "writer": Row(id3.UserText("Writer"), Comment("WRITER"), Free("WRITER"), info.Item(b"IWRI")),
    "arranger": _role("arranger"),
    "producer": _role("producer", b"IPRO"),
    "engineer": _role("engineer", b"IENG"),
    "mixer": _role("mixer"),
    "mastering": _role("mastering"),
    "djmixer": _role("djmixer"),
    "performer": Row(id3.Performers(), Comment("PERFORMER"), Free("PERFORMER")),
    "remixer": Row(id3.Text("TPE4"), Comment("REMIXER", "MIXARTIST"), Free("REMIXER")),
    "conductor": Row(id3.Text("TPE3"), Comment("CONDUCTOR"), Free("CONDUCTOR")),
    "work": Row(id3.UserText("WORK"), Comment("WORK"), mp4.Text("©wrk")),
    "movementname": Row(id3.Text("MVNM"), Comment("MOVEMENTNAME"), mp4.Text("©mvn")),
    "movement": Row(id3.Part("MVIN", 0), vorbis.Half(*MOVEMENT, 0), mp4.Whole("©mvi")),
    "movementtotal": Row(id3.Part("MVIN", 1), vorbis.Half(*MOVEMENT, 1), mp4.Whole("©mvc")),
    "language": Row(
        id3.Language("TLAN"), Comment("LANGUAGE"), Free("LANGUAGE"), info.Item(b"ILNG")
    ),
    "lyrics": Row(
        id3.Described("USLT", any_one=True), Comment("LYRICS", "UNSYNCEDLYRICS"), mp4.Text("©lyr")
    ),
    "syncedlyrics": Row(
        id3.SyncedLyrics(),
        Synced(Comment("SYNCEDLYRICS", "SYNCED LYRICS"), Comment("LYRICS")),
        Synced(Free("SYNCEDLYRICS"), mp4.Text("©lyr")),
    ),
    "bpm": Row(id3.Text("TBPM"), Comment("BPM"), mp4.Whole("tmpo")),
    "key": Row(id3.Text("TKEY"), Comment("KEY", "INITIALKEY"), Free("initialkey")),
    "explicit": Row(
        Coded(id3.UserText("ITUNESADVISORY"), ADVISORY),
        Coded(Comment("ITUNESADVISORY"), ADVISORY),
        Coded(mp4.Code("rtng"), ADVISORY),
    ),
    "replaygain_track_gain": _gain("replaygain_track_gain"),
    "replaygain_track_peak": _gain("replaygain_track_peak"),
    "replaygain_album_gain": _gain("replaygain_album_gain"),
    "replaygain_album_peak": _gain("replaygain_album_peak"),
    "loudness": _loudness("loudness", "LOUDNESS_VALUE"),
    "loudnessrange": _loudness("loudnessrange", "LOUDNESS_RANGE"),
    "truepeak": _loudness("truepeak", "MAX_TRUE_PEAK_LEVEL"),
    "momentarymax": _loudness("momentarymax", "MAX_MOMENTARY_LOUDNESS"),
    "shorttermmax": _loudness("shorttermmax", "MAX_SHORT_TERM_LOUDNESS"),
    "comment": Row(
        id3.Described("COMM"),
        Comment("COMMENT", "DESCRIPTION"),
        mp4.Text("©cmt"),
        info.Item(b"ICMT"),
        aiff=aiff_text.Notes(),
    ),
    "encodedby": Row(id3.Text("TENC"), Comment("ENCODEDBY", "ENCODED-BY"), mp4.Text("©too")),
}

ASWG_NAMES = {
    "title": "songTitle",
    "version": "musicVersion",
    "artist": "artist",
    "album": "project",
    "composer": "composer",
    "producer": "producer",
    "mixer": "mixer",
    "genre": "genre",
    "isrc": "isrcId",
    "bpm": "tempo",
    "key": "inKey",
}

ID3: Column = {key: row.id3 for key, row in ROWS.items() if row.id3}
VORBIS: Column = {key: row.vorbis for key, row in ROWS.items() if row.vorbis}
MP4: Column = {key: row.mp4 for key, row in ROWS.items() if row.mp4}
INFO: Column = {key: row.info for key, row in ROWS.items() if row.info}
AIFF: Column = {key: row.aiff for key, row in ROWS.items() if row.aiff}
BEXT: Column = {key: row.bext for key, row in ROWS.items() if row.bext}
IXML: Column = {
    **{key: ixml.Element(("ASWG", name)) for key, name in ASWG_NAMES.items()},
    **{key: row.ixml for key, row in ROWS.items() if row.ixml},
}
"""iXML holds copies for programs that read nothing else; on reading, ID3 and INFO go before it."""

_REPLAYGAIN = tuple(key for key in ROWS if key.startswith("replaygain_"))
OPUS: Column = {
    **{key: slot for key, slot in VORBIS.items() if key not in _REPLAYGAIN},
    "replaygain_track_gain": vorbis.R128Gain(Comment("R128_TRACK_GAIN")),
    "replaygain_album_gain": vorbis.R128Gain(Comment("R128_ALBUM_GAIN")),
}
"""Opus has gains of its own kind and no peaks (RFC 7845, 5.2.1: MUST NOT contain REPLAYGAIN_*)."""

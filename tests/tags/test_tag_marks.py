"""What a file carries beside its sound, by name."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile
from mutagen.flac import FLAC, Picture
from mutagen.id3 import TIT2
from mutagen.wave import WAVE

from indieartist.audio.encode import render_clean
from indieartist.audio.tags import list_marks
from indieartist.errors import UserError

SOUND = np.zeros((4800, 2))


def written(path: Path) -> Path:
    soundfile.write(path, SOUND, 48_000, "PCM_24")
    return path


def append(path: Path, name: bytes, payload: bytes) -> None:
    data = path.read_bytes() + name + struct.pack("<I", len(payload)) + payload
    path.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.aiff"])
def test_sound_alone_carries_nothing(tmp_path: Path, name: str) -> None:
    render_clean(written(tmp_path / "source.wav"), tmp_path / name, container=name[2:])
    assert list_marks(tmp_path / name) == ()


def test_the_chunks_of_a_wav_are_named(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav")
    append(path, b"bext", b"\0" * 602)
    append(path, b"LIST", b"INFOINAM" + struct.pack("<I", 4) + b"Bus\0")
    append(path, b"LIST", b"adtl")  # labels of cues are no tags
    tags = WAVE(path)
    tags.add_tags()
    tags.tags.add(TIT2(text="Bus"))
    tags.save()
    assert list_marks(path) == ("bext", "INFO", "ID3")


def test_comments_and_a_picture_in_a_flac_are_named(tmp_path: Path) -> None:
    path = written(tmp_path / "a.flac")
    tags = FLAC(path)
    tags["title"] = "Bus"
    tags.add_picture(Picture())
    tags.save()
    assert list_marks(path) == ("Vorbis comments", "a picture")


def test_an_id3_tag_at_the_end_is_seen(tmp_path: Path) -> None:
    path = written(tmp_path / "a.flac")
    path.write_bytes(path.read_bytes() + b"TAG" + b"\0" * 125)
    assert list_marks(path) == ("ID3",)


def test_what_is_no_audio_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"no sound at all")
    with pytest.raises(UserError):
        list_marks(path)

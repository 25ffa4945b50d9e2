"""Every container gives back the samples that went in, whatever its file is called."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from indieartist.audio.decode import open_reader, probe, read_audio, stream, stream_integers
from indieartist.domain.measurement import AudioInfo
from indieartist.errors import Cancelled, UserError

Write = Callable[..., Path]
Music = NDArray[np.int32]
RATE_HZ = 44_100

LOSSLESS = [
    ("WAV", "PCM_U8", "wav", 8),
    ("WAV", "PCM_16", "wav", 16),
    ("WAV", "PCM_24", "wav", 24),
    ("WAV", "PCM_32", "wav", 32),
    ("WAVEX", "PCM_24", "wav", 24),
    ("RF64", "PCM_24", "rf64", 24),
    ("AIFF", "PCM_16", "aiff", 16),
    ("AIFF", "PCM_24", "aiff", 24),
    ("FLAC", "PCM_16", "flac", 16),
    ("FLAC", "PCM_24", "flac", 24),
]


def cut_to(music: Music, bits: int) -> Music:
    return music >> (32 - bits) << (32 - bits)


def rms(samples: NDArray[np.floating[Any]]) -> float:
    return float(np.sqrt(np.mean(np.square(samples))))


@pytest.mark.parametrize(("kind", "subtype", "container", "bits"), LOSSLESS)
def test_linear_containers_give_back_every_bit(
    kind: str, subtype: str, container: str, bits: int, music: Music, write_sound: Write
) -> None:
    samples = cut_to(music, bits)
    path = write_sound("song.txt", samples, kind, subtype)
    codec = "flac" if kind == "FLAC" else "pcm"
    assert probe(path) == AudioInfo(container, codec, RATE_HZ, 2, bits, len(music), lossless=True)
    assert np.array_equal(np.concatenate(list(stream_integers(path))), samples)
    floats, rate_hz = read_audio(path)
    assert rate_hz == RATE_HZ
    assert floats.dtype == np.float32
    assert np.array_equal(floats, (samples / 2.0**31).astype(np.float32))


@pytest.mark.parametrize("bits", [16, 24])
def test_a_wav_is_entered_anywhere_behind_chunks_of_any_length(
    bits: int, music: Music, write_sound: Write
) -> None:
    samples = cut_to(music, bits)
    path = write_sound("song.wav", samples, "WAV", f"PCM_{bits}")
    whole, head = path.read_bytes(), 36
    assert whole[head : head + 4] == b"data"
    note = b"note" + (5).to_bytes(4, "little") + b"hello\0"
    size = (len(whole) - 8 + len(note)).to_bytes(4, "little")
    path.write_bytes(whole[:4] + size + whole[8:head] + note + whole[head:])
    with open_reader(path) as reader:
        for start in (70_000, 3, len(music) - 1, len(music), len(music) + 9, 0):
            reader.seek(start)
            assert np.array_equal(reader.read(1000), samples[start : start + 1000])
            assert np.array_equal(reader.read(7), samples[start + 1000 : start + 1007])


def test_a_wav_that_ends_while_it_is_read_says_so(music: Music, write_sound: Write) -> None:
    path = write_sound("song.wav", music)
    blocks = stream(path, block_frames=10_000)
    next(blocks)
    os.truncate(path, 44 + 6 * 25_000 + 2)
    with pytest.raises(UserError, match="ends early"):
        list(blocks)


def test_a_little_endian_aifc_gives_back_every_bit(music: Music, tmp_path: Path) -> None:
    path = tmp_path / "song.aifc"
    soundfile.write(path, music, RATE_HZ, "PCM_24", "LITTLE", "AIFF")
    assert path.read_bytes()[8:12] == b"AIFC"
    assert probe(path).container == "aiff"
    assert np.array_equal(np.concatenate(list(stream_integers(path))), music)


@pytest.mark.parametrize(
    ("kind", "subtype"), [("WAV", "FLOAT"), ("WAV", "DOUBLE"), ("AIFF", "FLOAT")]
)
def test_floats_come_as_they_are_even_over_full_scale(
    kind: str, subtype: str, music: Music, write_sound: Write
) -> None:
    samples = (music / 2.0**30).astype(np.float32)
    path = write_sound("song.wav", samples, kind, subtype)
    info = probe(path)
    assert (info.codec, info.lossless, info.frames) == ("float", True, len(music))
    assert np.array_equal(read_audio(path)[0], samples)
    with pytest.raises(UserError, match="whole-number"):
        next(stream_integers(path))


@pytest.mark.parametrize(("sample_format", "bits"), [("s16p", 16), ("s32p", 24)])
def test_alac_gives_back_every_bit(
    sample_format: str, bits: int, music: Music, write_ffmpeg: Write
) -> None:
    path = write_ffmpeg("song.m4a", music, ("alac", "ipod", sample_format))
    assert probe(path) == AudioInfo("mp4", "alac", RATE_HZ, 2, bits, len(music), lossless=True)
    assert np.array_equal(np.concatenate(list(stream_integers(path))), cut_to(music, bits))


@pytest.fixture(params=["mp3", "vorbis", "opus", "aac", "adts"])
def lossy_path(
    request: pytest.FixtureRequest, music: Music, write_sound: Write, write_ffmpeg: Write
) -> Path:
    floats = music / 2.0**31
    if request.param == "mp3":
        return write_sound("song.bin", floats, "MP3", "MPEG_LAYER_III")
    if request.param == "vorbis":
        return write_sound("song.bin", floats, "OGG", "VORBIS")
    if request.param == "opus":
        return write_sound("song.bin", floats, "OGG", "OPUS", 48_000)
    muxer = {"aac": "ipod", "adts": "adts"}[request.param]
    return write_ffmpeg("song.bin", music, ("aac", muxer, "fltp"))


def test_lossy_containers_give_back_the_song(lossy_path: Path, music: Music) -> None:
    info = probe(lossy_path)
    samples, rate_hz = read_audio(lossy_path)
    assert info.container in {"mp3", "ogg", "mp4", "adts"}
    assert info.codec in {"mp3", "vorbis", "opus", "aac"}
    assert (info.bits, info.lossless, info.channels) == (None, False, 2)
    assert rate_hz == info.sample_rate_hz
    assert len(samples) == info.frames == pytest.approx(len(music), abs=2048)
    length = min(len(samples), len(music))
    lag = 1024 if info.container == "adts" else 0  # the coder's delay, for which ADTS has no word
    assert rms(samples[lag:length] - music[: length - lag] / 2.0**31) < 0.06


def test_blocks_of_any_size_join_to_the_same_song(lossy_path: Path) -> None:
    whole, _ = read_audio(lossy_path)
    for block_frames in (1000, 4096, 1 << 20):
        blocks = list(stream(lossy_path, block_frames=block_frames))
        assert all(len(block) == block_frames for block in blocks[:-1])
        assert np.array_equal(np.concatenate(blocks), whole)


STRETCHES = [(0, 100), (1, 3), (50_000, 20_000), (120_000, None), (132_000, None), (10**9, 5)]


@pytest.mark.parametrize(("start", "frames"), STRETCHES)
def test_a_stretch_is_cut_from_the_whole(start: int, frames: int | None, lossy_path: Path) -> None:
    whole, _ = read_audio(lossy_path)
    end = None if frames is None else start + frames
    stretch, _ = read_audio(lossy_path, start, frames)
    assert stretch.shape == whole[start:end].shape
    # FFmpeg's AAC decoder fills in noise of its own, differently after each seek.
    assert stretch.size == 0 or rms(stretch - whole[start:end]) < 0.05


@pytest.mark.parametrize(("start", "frames"), STRETCHES)
def test_a_stretch_of_a_lossless_song_is_exact(
    start: int, frames: int | None, music: Music, write_sound: Write, write_ffmpeg: Write
) -> None:
    end = None if frames is None else start + frames
    expected = (music / 2.0**31).astype(np.float32)[start:end]
    for path in (
        write_sound("song.flac", music, "FLAC"),
        write_sound("song.wav", music),
        write_ffmpeg("song.m4a", music, ("alac", "ipod", "s32p")),
    ):
        assert np.array_equal(read_audio(path, start, frames)[0], expected)


def test_eight_channels_are_read(music: Music, write_sound: Write) -> None:
    path = write_sound("surround.wav", np.tile(music, 4))
    assert probe(path).channels == 8
    assert read_audio(path)[0].shape == (len(music), 8)


def test_tags_before_the_sound_are_skipped(
    music: Music, write_sound: Write, tmp_path: Path
) -> None:
    tag = b"ID3\x04\0\0\0\0\x02\0" + bytes(256)
    for kind, subtype in (("FLAC", "PCM_24"), ("MP3", "MPEG_LAYER_III")):
        plain = write_sound("plain", music, kind, subtype)
        tagged = tmp_path / "tagged"
        tagged.write_bytes(tag + tag + plain.read_bytes())
        assert probe(tagged) == probe(plain)


def test_rubbish_before_an_mp3_is_skipped(music: Music, write_sound: Write, tmp_path: Path) -> None:
    plain = write_sound("plain.mp3", music, "MP3", "MPEG_LAYER_III")
    path = tmp_path / "padded.mp3"
    path.write_bytes(bytes(1000) + plain.read_bytes())
    assert probe(path).frames == pytest.approx(len(music), abs=4096)


def test_a_flac_from_a_pipe_has_its_frames_counted(
    music: Music, write_sound: Write, tmp_path: Path
) -> None:
    data = bytearray(write_sound("whole.flac", music, "FLAC").read_bytes())
    data[21] &= 0xF0
    data[22:26] = bytes(4)
    path = tmp_path / "piped.flac"
    path.write_bytes(data)
    assert probe(path).frames == len(music)
    assert np.array_equal(np.concatenate(list(stream_integers(path))), music)


@pytest.mark.parametrize("length", [0xFFFFFFFF, 0x7FFFFFFF])
def test_a_wav_from_a_pipe_is_read_to_its_end(
    length: int, music: Music, write_sound: Write
) -> None:
    path = write_sound("piped.wav", music)
    data = bytearray(path.read_bytes())
    data[40:44] = length.to_bytes(4, "little")
    path.write_bytes(data)
    assert probe(path).frames == len(music)


def test_an_mp4_tells_where_the_song_starts_and_ends(music: Music, write_ffmpeg: Write) -> None:
    """The edit list and the track's length cut the coder's delay and its padding."""
    path = write_ffmpeg("song.m4a", music, ("aac", "ipod", "fltp"))
    assert len(read_audio(path)[0]) == probe(path).frames == pytest.approx(len(music), abs=50)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_path_that_is_not_utf_8(music: Music, write_sound: Write, tmp_path: Path) -> None:
    plain = write_sound("plain.wav", music)
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 \xff.wav"))
    plain.rename(path)
    assert probe(path).frames == len(music)
    path.write_bytes(b"")
    with pytest.raises(UserError) as caught:
        probe(path)
    caught.value.message.encode("utf-8")
    assert "caf" in caught.value.message


def test_counting_can_be_cancelled(music: Music, write_ffmpeg: Write) -> None:
    def cancel(fraction: float) -> None:
        raise Cancelled

    path = write_ffmpeg("song.m4a", music, ("aac", "ipod", "fltp"))
    with pytest.raises(Cancelled):
        probe(path, cancel)

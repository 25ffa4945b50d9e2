"""What is written is the sound and nothing else, whole or not at all, the same every time."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import mutagen
import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio.decode import probe, read_audio, stream_integers
from indieartist.audio.encode import render_clean, write_pcm
from indieartist.audio.listening_copy import render_listening
from indieartist.audio.pcm import Pcm, quantise
from indieartist.errors import Cancelled, UserError, WorldError

Write = Callable[..., Path]
Music = NDArray[np.int32]
RATE_HZ = 44_100


def integers(path: Path) -> Music:
    return np.concatenate(list(stream_integers(path)))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def chunk_names(path: Path) -> list[bytes]:
    """The chunks of a RIFF or IFF file."""
    data, names, offset = path.read_bytes(), [], 12
    order = "little" if data[:4] == b"RIFF" else "big"
    while offset < len(data):
        names.append(data[offset : offset + 4])
        length = int.from_bytes(data[offset + 4 : offset + 8], order)
        offset += 8 + length + length % 2
    return names


@pytest.mark.parametrize("bits", [16, 24])
@pytest.mark.parametrize("container", ["wav", "aiff", "flac"])
def test_pcm_comes_back_and_is_the_same_twice(
    container: str, bits: int, music: Music, tmp_path: Path
) -> None:
    samples = music >> (32 - bits) << (32 - bits)
    pcm = Pcm(RATE_HZ, 2, bits, container)
    for name in ("one", "two"):
        write_pcm(tmp_path / name, np.array_split(samples, 7), pcm)
    info = probe(tmp_path / "one")
    assert (info.container, info.bits, info.frames) == (container, bits, len(music))
    assert np.array_equal(integers(tmp_path / "one"), samples)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert names_in(tmp_path) == ["one", "two"]


def test_no_metadata_is_written(music: Music, tmp_path: Path) -> None:
    for container, chunks in (("wav", [b"fmt ", b"data"]), ("aiff", [b"COMM", b"SSND"])):
        write_pcm(tmp_path / container, [music], Pcm(RATE_HZ, 2, 24, container))
        assert [name for name in chunk_names(tmp_path / container) if name != b"FVER"] == chunks
    write_pcm(tmp_path / "song.flac", [music], Pcm(RATE_HZ, 2, 24, "flac"))
    flac = mutagen.File(tmp_path / "song.flac")
    assert not flac.tags
    assert not flac.pictures


@pytest.mark.parametrize(("bits", "channels", "frames"), [(24, 2, 1001), (24, 1, 1001), (16, 3, 7)])
def test_a_wav_is_the_one_that_libsndfile_writes(
    bits: int, channels: int, frames: int, music: Music, tmp_path: Path
) -> None:
    samples = np.tile(music[:frames], 2)[:, :channels] >> (32 - bits) << (32 - bits)
    write_pcm(tmp_path / "ours.wav", [samples[:5], samples[5:]], Pcm(RATE_HZ, channels, bits))
    soundfile.write(tmp_path / "theirs.wav", samples, RATE_HZ, f"PCM_{bits}")
    assert (tmp_path / "ours.wav").read_bytes() == (tmp_path / "theirs.wav").read_bytes()


@given(values=st.lists(st.floats(-2, 2, width=32), min_size=1), bits=st.sampled_from([16, 24]))
def test_floats_are_rounded_to_the_nearest_step_and_clipped(values: list[float], bits: int) -> None:
    samples = np.array(values, np.float32)
    written = quantise(samples, bits) / 2.0**31
    top = 1 - 2.0 ** (1 - bits)
    assert np.abs(written - np.clip(samples, -1, top)).max() <= 2.0**-bits
    assert not (quantise(samples, bits) & ((1 << (32 - bits)) - 1)).any()


@pytest.mark.parametrize("container", ["flac", "wav", "aiff"])
@pytest.mark.parametrize("form", ["wav24", "wav16", "wav8", "aiff", "flac", "alac"])
def test_a_clean_copy_has_the_same_samples_and_no_tags(
    form: str, container: str, music: Music, write_sound: Write, write_ffmpeg: Write, tmp_path: Path
) -> None:
    source = {
        "wav24": lambda: write_sound("song", music),
        "wav16": lambda: write_sound("song", music, "WAV", "PCM_16"),
        "wav8": lambda: write_sound("song", music, "WAV", "PCM_U8"),
        "aiff": lambda: write_sound("song", music, "AIFF"),
        "flac": lambda: write_sound("song", music, "FLAC"),
        "alac": lambda: write_ffmpeg("song", music, ("alac", "ipod", "s32p")),
    }[form]()
    fractions: list[float] = []
    for name in ("one", "two"):
        render_clean(source, tmp_path / name, container=container, report=fractions.append)
    bits = {"wav16": 16, "wav8": 16}.get(form, 24)
    info = probe(tmp_path / "one")
    assert (info.container, info.bits, info.frames) == (container, bits, len(music))
    assert np.array_equal(integers(tmp_path / "one"), integers(source))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert fractions[-1] == 1.0


def test_a_copy_that_came_out_different_is_not_kept(
    music: Music, write_sound: Write, tmp_path: Path
) -> None:
    """A disk that returns other bytes than were written: here, one that changes under way."""

    def fail(fraction: float) -> None:
        if fraction >= 0.6:
            [draft] = tmp_path.glob(".*.part")
            with draft.open("rb+") as file:
                file.seek(300_000)
                file.write(b"\x55\xaa\x55")

    source = write_sound("song.wav", music)
    with pytest.raises(WorldError, match="came out different"):
        render_clean(source, tmp_path / "clean.wav", container="wav", report=fail)
    assert names_in(tmp_path) == ["song.wav"]


def test_tags_of_the_source_do_not_come_along(
    music: Music, write_sound: Write, tmp_path: Path
) -> None:
    source = write_sound("song.flac", music, "FLAC")
    tagged = mutagen.File(source)
    tagged["title"], tagged["comment"] = "Secret", "do not leak"
    tagged.save()
    render_clean(source, tmp_path / "clean.flac")
    assert not mutagen.File(tmp_path / "clean.flac").tags
    assert b"leak" not in (tmp_path / "clean.flac").read_bytes()


def test_a_float_bounce_becomes_24_bits(music: Music, write_sound: Write, tmp_path: Path) -> None:
    source = write_sound("song.wav", music / 2.0**31, "WAV", "FLOAT")
    render_clean(source, tmp_path / "clean.flac")
    assert np.array_equal(integers(tmp_path / "clean.flac"), music)


def test_bits_are_never_thrown_away(music: Music, write_sound: Write, tmp_path: Path) -> None:
    source = write_sound("song.wav", music)
    with pytest.raises(UserError, match="uses more than 16 bits"):
        render_clean(source, tmp_path / "clean.flac", bits=16)
    padded = write_sound("padded.wav", music >> 16 << 16)
    render_clean(padded, tmp_path / "clean.flac", bits=16)
    assert probe(tmp_path / "clean.flac").bits == 16
    assert names_in(tmp_path) == ["clean.flac", "padded.wav", "song.wav"]


def test_what_cannot_be_copied_clean_is_refused(
    music: Music, write_sound: Write, tmp_path: Path
) -> None:
    lossy = write_sound("song.mp3", music / 2.0**31, "MP3", "MPEG_LAYER_III")
    with pytest.raises(UserError, match="MP3, which has lost sound"):
        render_clean(lossy, tmp_path / "clean.flac")
    hot = write_sound("hot.wav", music / 2.0**29, "WAV", "FLOAT")
    with pytest.raises(UserError, match="would clip"):
        render_clean(hot, tmp_path / "clean.flac")
    many = write_sound("many.wav", np.tile(music, 6))
    with pytest.raises(UserError, match="cannot hold 12 channels"):
        render_clean(many, tmp_path / "clean.flac")
    assert names_in(tmp_path) == ["hot.wav", "many.wav", "song.mp3"]


@pytest.mark.parametrize(
    ("rate_hz", "channels", "expected_hz"),
    [(44_100, 2, 44_100), (48_000, 1, 48_000), (96_000, 2, 48_000), (88_200, 1, 44_100)],
)
def test_a_listening_copy_sounds_the_same_and_is_the_same_twice(
    rate_hz: int, channels: int, expected_hz: int, write_sound: Write, tmp_path: Path
) -> None:
    at = np.arange(rate_hz * 2) / rate_hz
    tone = np.stack([0.4 * np.sin(2 * np.pi * 500 * at)] * channels, 1)
    source = write_sound("song.wav", tone, rate_hz=rate_hz)
    for name in ("one.mp3", "two.mp3"):
        render_listening(source, tmp_path / name)
    heard, heard_hz = read_audio(tmp_path / "one.mp3")
    expected = 0.4 * np.sin(2 * np.pi * 500 * np.arange(len(heard)) / heard_hz)[:, None]
    assert heard_hz == expected_hz
    assert heard.shape == (pytest.approx(2 * expected_hz, abs=2), channels)
    assert np.sqrt(np.mean((heard - expected)[2000:-2000] ** 2)) < 0.01
    assert (tmp_path / "one.mp3").read_bytes() == (tmp_path / "two.mp3").read_bytes()
    assert mutagen.File(tmp_path / "one.mp3").tags is None


@pytest.mark.parametrize("kbps", [96, 128, 192, 320])
def test_a_listening_copy_has_the_bit_rate_asked_for(
    kbps: int, music: Music, write_sound: Write, tmp_path: Path
) -> None:
    render_listening(write_sound("song.wav", music), tmp_path / "song.mp3", kbps)
    assert mutagen.File(tmp_path / "song.mp3").info.bitrate == pytest.approx(kbps * 1000, rel=0.01)


def test_surround_is_no_listening_copy(music: Music, write_sound: Write, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="6 channels"):
        render_listening(write_sound("song.wav", np.tile(music, 3)), tmp_path / "song.mp3")


@pytest.mark.parametrize("render", [render_clean, render_listening])
def test_cancelled_nothing_is_left_and_the_old_file_stays(
    render: Callable[..., None], music: Music, write_sound: Write, tmp_path: Path
) -> None:
    def cancel(fraction: float) -> None:
        if fraction > 0.3:
            raise Cancelled

    source = write_sound("song.wav", np.tile(music, (3, 1)))
    target = tmp_path / "target"
    target.write_bytes(b"old")
    with pytest.raises(Cancelled):
        render(source, target, report=cancel)
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == ["song.wav", "target"]


@contextmanager
def files_of_at_most(size_bytes: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("render", [render_clean, render_listening])
def test_a_full_disk_is_the_worlds_fault_and_leaves_the_old_file(
    render: Callable[..., None], music: Music, write_sound: Write, tmp_path: Path
) -> None:
    source = write_sound("song.wav", music)
    target = tmp_path / "target"
    target.write_bytes(b"old")
    with files_of_at_most(20_000), pytest.raises(WorldError, match="“target” cannot be written"):
        render(source, target)
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == ["song.wav", "target"]


def test_a_folder_that_is_not_there(music: Music, tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="cannot be written"):
        write_pcm(tmp_path / "absent" / "song.wav", [music], Pcm(RATE_HZ, 2))


def test_a_wav_of_more_than_four_gigabytes_is_refused(tmp_path: Path) -> None:
    # Refused by its size, before a sample of it is touched.
    long = np.broadcast_to(np.int32(0), (1 << 30, 2))
    with pytest.raises(UserError, match="4 GB"):
        write_pcm(tmp_path / "song.wav", [long], Pcm(RATE_HZ, 2))
    assert not names_in(tmp_path)

"""Every bad file gets one clear sentence, and nothing foreign leaks."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio.decode import probe, read_audio, stream
from indieartist.audio.measure import measure_file
from indieartist.errors import AppError, UserError, WorldError

Write = Callable[..., Path]
Music = NDArray[np.int32]
RATE_HZ = 44_100

FORMS = ["wav", "rf64", "aiff", "flac", "mp3", "vorbis", "opus", "aac", "alac", "adts"]


@pytest.fixture
def write_form(music: Music, write_sound: Write, write_ffmpeg: Write) -> Callable[[str], Path]:
    floats = music / 2.0**31

    def write(form: str) -> Path:
        if form in {"aac", "alac", "adts"}:
            codec = "alac" if form == "alac" else "aac"
            muxer = "adts" if form == "adts" else "ipod"
            return write_ffmpeg("song.x", music, (codec, muxer, {"alac": "s32p"}.get(form, "fltp")))
        kind, subtype, samples = {
            "wav": ("WAV", "PCM_24", music),
            "rf64": ("RF64", "PCM_24", music),
            "aiff": ("AIFF", "PCM_24", music),
            "flac": ("FLAC", "PCM_24", music),
            "mp3": ("MP3", "MPEG_LAYER_III", floats),
            "vorbis": ("OGG", "VORBIS", floats),
            "opus": ("OGG", "OPUS", floats),
        }[form]
        return write_sound("song.x", samples, kind, subtype, 48_000 if form == "opus" else RATE_HZ)

    return write


def refusal(path: Path) -> UserError:
    """The error of all ways to read a file; they agree that there is one, in one sentence."""
    errors = []
    for act in (probe, measure_file, lambda path: list(stream(path))):
        with pytest.raises(UserError) as caught:
            act(path)
        errors.append(caught.value)
    for error in errors:
        assert f"“{path.name}”" in error.message
        assert error.message.endswith(".")
        assert "\n" not in error.message
        assert error.hint
    return errors[0]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
@pytest.mark.parametrize("form", FORMS)
def test_a_truncated_file_is_refused(
    form: str, share: float, write_form: Callable[[str], Path], capfd: pytest.CaptureFixture[str]
) -> None:
    path = write_form(form)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    message = refusal(path).message
    expected = "is damaged or cut off after 0:0" if form == "adts" else "ends early: "
    assert expected in message
    assert capfd.readouterr().err == ""


def test_a_truncated_wav_says_what_it_promised_and_what_it_holds(
    music: Music, write_sound: Write
) -> None:
    path = write_sound("song.wav", music)
    path.write_bytes(path.read_bytes()[: 44 + RATE_HZ * 6])
    message = refusal(path).message
    assert message == "“song.wav” ends early: its header promises 0:03.003, it holds 0:01.000."


@pytest.mark.parametrize("form", ["vorbis", "opus"])
def test_an_ogg_cut_between_two_pages(form: str, write_form: Callable[[str], Path]) -> None:
    path = write_form(form)
    data = path.read_bytes()
    path.write_bytes(data[: data.rfind(b"OggS")])
    assert "its last page is missing" in refusal(path).message


@pytest.mark.parametrize("cut", [4, 12, 20, 30, 44])
def test_a_wav_cut_in_its_header(cut: int, music: Music, write_sound: Write) -> None:
    path = write_sound("song.wav", music)
    path.write_bytes(path.read_bytes()[:cut])
    refusal(path)


def test_a_flac_broken_in_the_middle_is_refused_when_it_is_read(
    music: Music, write_sound: Write
) -> None:
    path = write_sound("song.flac", music, "FLAC")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 5000] = np.random.default_rng(0).bytes(5000)
    path.write_bytes(data)
    with pytest.raises(UserError, match="damaged or cut off after 0:0"):
        measure_file(path)


FOREIGN = {
    "a PNG picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a ZIP archive with a password": b"PK\x03\x04\x14\0\x01\0" + bytes(100),
    "a ZIP archive, not": b"PK\x03\x04\x14\0\0\0" + bytes(100),
    "a text file": b"These are the lyrics.\n" * 50,
    "filled with zeros": bytes(5000),
    "is empty": b"",
    "a PDF document": b"%PDF-1.7\n" + bytes(100),
    "a MIDI file": b"MThd\0\0\0\6" + bytes(100),
    "not an audio file": np.random.default_rng(1).bytes(200_000),
    "a RIFF file without sound": b"RIFF\x10\0\0\0AVI LIST" + bytes(100),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_mislabelled_file_is_named_for_what_it_is(what: str, tmp_path: Path) -> None:
    path = tmp_path / "song.wav"
    path.write_bytes(FOREIGN[what])
    assert what in refusal(path).message


@pytest.mark.parametrize("tag", [b"drms", b"enca"])
def test_a_locked_song_is_refused(tag: bytes, write_form: Callable[[str], Path]) -> None:
    path = write_form("aac")
    path.write_bytes(path.read_bytes().replace(b"mp4a", tag))
    assert "copy protection" in refusal(path).message


@pytest.mark.parametrize("kind", ["WAV", "AIFF", "RF64"])
def test_a_song_of_no_samples_is_refused(kind: str, write_sound: Write) -> None:
    path = write_sound("nothing.wav", np.zeros((0, 2), np.int32), kind)
    assert "holds no sound" in refusal(path).message


@pytest.mark.parametrize("frames", [1, 2, 47, 100])
def test_a_song_of_hardly_any_samples_is_measured(frames: int, write_sound: Write) -> None:
    path = write_sound("click.wav", np.full((frames, 2), 1 << 30, np.int32))
    measurement = measure_file(path).measurement
    assert probe(path).frames == frames
    assert measurement.integrated_lufs is None
    assert measurement.sample_peak_dbfs == pytest.approx(-6.02, abs=0.01)


@pytest.mark.parametrize("length", [0, 40_000])
def test_a_wav_whose_header_forgets_sound_is_refused(
    length: int, music: Music, write_sound: Write
) -> None:
    path = write_sound("crashed.wav", music)
    data = bytearray(path.read_bytes())
    data[40:44] = length.to_bytes(4, "little")
    path.write_bytes(data)
    assert "goes on after its end" in refusal(path).message


def test_chunks_and_padding_after_the_sound_are_no_lie(music: Music, write_sound: Write) -> None:
    path = write_sound("song.wav", music)
    data = path.read_bytes()
    for rest in (b"LIST" + struct.pack("<I", 300_000) + b"\1" * 300_000, bytes(500_000)):
        path.write_bytes(data + rest)
        assert probe(path).frames == len(music)


def test_a_rate_that_no_sound_has_is_refused(music: Music, write_sound: Write) -> None:
    path = write_sound("song.wav", music, rate_hz=100)
    assert "100 Hz" in refusal(path).message


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30])
def test_samples_that_are_no_sound_are_refused(value: float, write_sound: Write) -> None:
    samples = np.zeros((3 * 65_536, 2), np.float32)
    samples[70_000, 1] = value
    path = write_sound("song.wav", samples, "WAV", "FLOAT")
    with pytest.raises(UserError, match=r"not sound .* after 0:01.486"):
        measure_file(path)
    with pytest.raises(UserError, match="not sound"):
        list(stream(path))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "folder.wav").mkdir()
    for name in ("pipe.wav", "folder.wav", "absent.wav", "nul\0.wav"):
        refusal(tmp_path / name)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind here")
def test_a_file_one_may_not_read_is_the_worlds_fault(music: Music, write_sound: Write) -> None:
    path = write_sound("song.wav", music)
    path.chmod(0)
    with pytest.raises(WorldError, match="cannot be opened"):
        probe(path)


def test_a_path_that_cannot_be_followed_is_the_worlds_fault(tmp_path: Path) -> None:
    path = tmp_path / "song.wav"
    path.symlink_to(path)
    with pytest.raises(WorldError, match="cannot be opened"):
        probe(path)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_broken_byte_leaks_a_foreign_error(
    data: st.DataObject, write_form: Callable[[str], Path]
) -> None:
    path = write_form(data.draw(st.sampled_from(["wav", "aiff", "flac", "mp3", "aac", "vorbis"])))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, 300))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        info = probe(path)
        assert info.frames > 0
        read_audio(path, 0, 1000)
    except AppError as error:
        assert error.message and error.hint

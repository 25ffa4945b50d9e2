"""One short real file of every container, encoded once for the session."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from mutagen import id3

RATE_HZ = 48_000
FORMATS = (
    *("wav16.wav", "wav24.wav", "rf64.wav", "aiff.aiff", "flac.flac", "texts.aiff"),
    *("mp3.mp3", "id3v23.mp3", "aac.m4a", "alac.m4a", "vorbis.ogg", "opus.opus"),
)
OLD_ID3 = {"id3v23.mp3": "mp3.mp3"}  # keeps its version of ID3 whatever is written
SOUNDFILE = {
    "wav16.wav": ("WAV", "PCM_16"),
    "wav24.wav": ("WAVEX", "PCM_24"),
    "aiff.aiff": ("AIFF", "PCM_24"),
    "flac.flac": ("FLAC", "PCM_24"),
    "vorbis.ogg": ("OGG", "VORBIS"),
    "opus.opus": ("OGG", "OPUS"),
}
PYAV = {"mp3.mp3": "libmp3lame", "aac.m4a": "aac", "alac.m4a": "alac"}


def sweep(seconds: float = 0.4) -> np.ndarray:
    """A rising tone, left and right out of step, float32 of shape (frames, 2)."""
    at_s = np.arange(int(RATE_HZ * seconds)) / RATE_HZ
    phase = 2 * np.pi * (200 * at_s + 2000 * at_s**2)
    return np.stack([np.sin(phase), np.cos(phase)], axis=1).astype(np.float32) * 0.5


def encode(path: Path, codec: str) -> None:
    """Write the sweep through FFmpeg."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=RATE_HZ, layout="stereo")
        planar = np.ascontiguousarray(sweep().T)
        frame = av.AudioFrame.from_ndarray(planar, format="fltp", layout="stereo")
        frame.sample_rate = RATE_HZ
        resampler = av.AudioResampler(stream.codec_context.format, "stereo", RATE_HZ)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))


def write_rf64(path: Path) -> None:
    """An RF64 by the letter of EBU Tech 3306: sizes in ds64, 0xFFFFFFFF in the headers."""
    audio = (sweep() * 32767).astype("<i2").tobytes()
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, RATE_HZ, RATE_HZ * 4, 4, 16)
    size = 4 + 36 + len(fmt) + 8 + len(audio)
    ds64 = struct.pack("<4sIQQQI", b"ds64", 28, size, len(audio), len(audio) // 4, 0)
    head = struct.pack("<4sI4s", b"RF64", 0xFFFFFFFF, b"WAVE")
    path.write_bytes(head + ds64 + fmt + struct.pack("<4sI", b"data", 0xFFFFFFFF) + audio)


def write_old_id3(path: Path) -> None:
    """An MP3 with an ID3 tag of 2.3, which none of the writes turns into another."""
    encode(path.with_suffix(".mp3"), PYAV[OLD_ID3[path.name]])
    tags = id3.ID3()
    tags.add(id3.PRIV(owner="studio", data=b"session 7"))
    tags.save(path, v1=0, v2_version=3)


def text_chunk(name: bytes, payload: bytes) -> bytes:
    return struct.pack(">4sI", name, len(payload)) + payload + b"\0" * (len(payload) % 2)


def write_texts(path: Path) -> None:
    """An AIFF whose text chunks say what ID3 would, and a comment that belongs to a marker."""
    soundfile.write(path, sweep(), RATE_HZ, format="AIFF", subtype="PCM_16")
    comments = struct.pack(">H", 2)
    for marker, text in ((0, b"Mixed at night"), (1, b"the chorus!")):
        comments += struct.pack(">IhH", 3_000_000_000, marker, len(text)) + text
        comments += b"\0" * (len(text) % 2)
    texts = text_chunk(b"NAME", "Möwen".encode()) + text_chunk(b"AUTH", b"Mara Vale")
    texts += text_chunk(b"(c) ", b"2026 Mara Vale")
    texts += text_chunk(b"ANNO", b"Take 3") + text_chunk(b"ANNO", b"24 bits")
    data = path.read_bytes() + texts + text_chunk(b"COMT", comments)
    path.write_bytes(data[:4] + struct.pack(">I", len(data) - 8) + data[8:])


def make(path: Path) -> None:
    """Write the sample of this name."""
    if path.name in OLD_ID3:
        write_old_id3(path)
    elif path.name == "texts.aiff":
        write_texts(path)
    elif path.name in SOUNDFILE:
        kind, subtype = SOUNDFILE[path.name]
        soundfile.write(path, sweep(), RATE_HZ, format=kind, subtype=subtype)
    elif path.name in PYAV:
        encode(path, PYAV[path.name])
    else:
        write_rf64(path)


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bytes of every sample by its name."""
    folder = tmp_path_factory.mktemp("samples")
    for name in FORMATS:
        make(folder / name)
    return {name: (folder / name).read_bytes() for name in FORMATS}


@pytest.fixture(params=FORMATS)
def name(request: pytest.FixtureRequest) -> str:
    """Every sample's name in turn."""
    return str(request.param)


@pytest.fixture
def original(originals: dict[str, bytes], name: str) -> bytes:
    """The bytes of the sample in turn."""
    return originals[name]


@pytest.fixture
def song(original: bytes, name: str, tmp_path: Path) -> Path:
    """A fresh copy of the sample in turn, alone in its folder."""
    path = tmp_path / name
    path.write_bytes(original)
    return path


@pytest.fixture
def sample(originals: dict[str, bytes], tmp_path: Path) -> Callable[[str], Path]:
    """A fresh copy of a sample by its name."""

    def copy(name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(originals[name])
        return path

    return copy


@pytest.fixture
def decode() -> Callable[[Path], np.ndarray]:
    """A file as FFmpeg hears it."""

    def samples(path: Path) -> np.ndarray:
        with av.open(str(path)) as container:
            frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
        return np.concatenate([frame.reshape(-1) for frame in frames])

    return samples


@pytest.fixture
def metadata() -> Callable[[Path], dict[str, str]]:
    """The tags as FFmpeg reads them, names in lower case."""

    def read(path: Path) -> dict[str, str]:
        with av.open(str(path)) as container:
            found = {**container.streams.audio[0].metadata, **container.metadata}
        return {key.lower(): value for key, value in found.items()}

    return read


@pytest.fixture
def png() -> bytes:
    """What begins like a PNG."""
    return b"\x89PNG\r\n\x1a\n" + bytes(range(64))


@pytest.fixture
def jpeg() -> bytes:
    """What begins like a JPEG."""
    return b"\xff\xd8\xff\xe0" + bytes(range(64))

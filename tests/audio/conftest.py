"""Songs of a few seconds in every container, made by the libraries that artists' tools use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from indieartist.audio import kernels
from indieartist.audio.kernels import meter, true_peak, weighting

Write = Callable[..., Path]
RATE_HZ = 44_100


@pytest.fixture(scope="session")
def music() -> NDArray[np.int32]:
    """Three seconds and a bit of stereo, 24 bits in the upper part of int32."""
    at = np.arange(3 * RATE_HZ + 123) / RATE_HZ
    noise = np.random.default_rng(1770).standard_normal((at.size, 2))
    tones = np.stack([np.sin(2 * np.pi * 440 * at), np.sin(2 * np.pi * 331 * at)], axis=1)
    samples = np.clip(0.4 * tones + 0.05 * noise, -1, 1)
    return (samples * (2**23 - 1)).astype(np.int32) << 8


@pytest.fixture
def write_sound(tmp_path: Path) -> Write:
    """Write int32 or float samples, shape (n, channels), with libsndfile."""

    def write(
        name: str,
        samples: NDArray[Any],
        kind: str = "WAV",
        subtype: str = "PCM_24",
        rate_hz: int = RATE_HZ,
    ) -> Path:
        path, channels = tmp_path / name, samples.shape[1]
        with soundfile.SoundFile(path, "w", rate_hz, channels, subtype, format=kind) as sound:
            for start in range(0, len(samples), 4096):
                sound.write(samples[start : start + 4096])
        return path

    return write


@pytest.fixture
def write_ffmpeg(tmp_path: Path) -> Write:
    """Write int32 stereo samples with FFmpeg: codec, muxer, and the codec's sample format."""

    def write(name: str, samples: NDArray[np.int32], form: tuple[str, str, str]) -> Path:
        codec, muxer, sample_format = form
        if sample_format == "fltp":
            planar: NDArray[Any] = (samples.T / 2.0**31).astype(np.float32)
        else:
            planar = samples.T if sample_format == "s32p" else (samples.T >> 16).astype(np.int16)
        with av.open(str(tmp_path / name), "w", format=muxer) as container:
            stream = container.add_stream(codec, rate=RATE_HZ, format=sample_format)
            stream.layout = "stereo"
            size = stream.frame_size or 4096
            for start in range(0, planar.shape[1], size):
                piece = np.ascontiguousarray(planar[:, start : start + size])
                frame = av.AudioFrame.from_ndarray(piece, sample_format, "stereo")
                frame.sample_rate, frame.pts = RATE_HZ, start
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return tmp_path / name

    return write


@pytest.fixture
def plain_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure with the readable twins, as where no compiler was there."""
    for twin in (meter, true_peak, weighting):
        for name in set(kernels.__all__) & set(vars(twin)):
            monkeypatch.setattr(kernels, name, getattr(twin, name))

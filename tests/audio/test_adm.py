"""ADM Broadcast WAVs, built chunk by chunk after BS.2088, read as Atmos masters."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio.adm import _rows, read_atmos
from indieartist.errors import UserError

RATE_HZ = 48_000
AXML = b"<ebuCoreMain><audioFormatExtended/></ebuCoreMain>"


def chna(packs: list[str], tracks: list[int] | None = None) -> bytes:
    rows = b"".join(
        struct.pack("<H12s14s11sx", track, b"ATU_00000001", b"AT_00010001_01", pack.encode())
        for track, pack in zip(tracks or range(1, len(packs) + 1), packs, strict=True)
    )
    return struct.pack("<HH", len(packs), len(packs)) + rows


def write(path: Path, channels: int, packs: list[str], *, axml: bytes = AXML) -> Path:
    """Two seconds of a tone of -20 dBFS on every channel, 24 bit."""
    at = np.arange(2 * RATE_HZ) / RATE_HZ
    tone = np.round(0.1 * np.sin(2 * np.pi * 997 * at) * 2**23).astype("<i4")
    packed = np.repeat(tone, channels).view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    form = struct.pack("<HHIIHH", 1, channels, RATE_HZ, RATE_HZ * channels * 3, channels * 3, 24)
    parts = {b"fmt ": form, b"chna": chna(packs), b"data": packed, b"axml": axml}
    body = b"".join(
        name + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2)
        for name, part in parts.items()
        if part
    )
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body)
    return path


def test_a_bed_of_5_1_is_measured(tmp_path: Path) -> None:
    facts = read_atmos(write(tmp_path / "bed.wav", 6, ["AP_00010003"] * 6))
    assert (facts.has_adm, facts.beds, facts.objects) == (True, 6, 0)
    assert (facts.channels, facts.bits, facts.sample_rate_hz) == (6, 24, RATE_HZ)
    assert facts.duration_ms == 2000
    # A tone of -23 dB mean square on L, R, C and, by 1.41, on both surrounds; the LFE is left out.
    wanted = -0.691 + 10 * np.log10(0.005 * (3 + 2 * 1.41)) + 0.691
    assert facts.integrated_lufs == pytest.approx(wanted, abs=0.1)
    assert facts.true_peak_dbtp == pytest.approx(-20.0, abs=0.1)


def test_what_has_objects_is_counted_and_left_to_a_renderer(tmp_path: Path) -> None:
    packs = ["AP_00010003"] * 6 + ["AP_00031001", "AP_00031002"]
    facts = read_atmos(write(tmp_path / "mix.wav", 8, packs))
    assert (facts.beds, facts.objects) == (6, 2)
    assert (facts.integrated_lufs, facts.true_peak_dbtp) == (None, None)


def test_a_wav_without_axml_is_no_adm(tmp_path: Path) -> None:
    facts = read_atmos(write(tmp_path / "bed.wav", 6, ["AP_00010003"] * 6, axml=b""))
    assert not facts.has_adm and facts.integrated_lufs is None


def test_what_is_no_wav_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    import soundfile

    soundfile.write(path, np.zeros((4800, 2)), RATE_HZ, "PCM_24")
    with pytest.raises(UserError, match="no WAV"):
        read_atmos(path)


@given(st.binary(max_size=200))
def test_any_bytes_in_chna_are_read_without_accident(raw: bytes) -> None:
    assert len(_rows(raw)) <= max(len(raw) - 4, 0) // 40


def test_unused_rows_and_second_rows_of_a_track_count_for_nothing() -> None:
    raw = chna(["AP_00010002", "AP_00010002", "AP_00031001"], [1, 1, 0])
    assert _rows(raw) == ["AP_00010002"]

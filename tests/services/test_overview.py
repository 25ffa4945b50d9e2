"""The overview of a release keeps what it read of a mix, for as long as it is the same audio."""

from __future__ import annotations

from pathlib import Path

from bounces import write_bounce

from indieartist.services import finding, importing
from indieartist.services.overview import LEVELS, Outline, Outlines, read_overview
from indieartist.services.studio import open_studio


def test_a_mix_is_outlined_once(library_dir: Path, tmp_path: Path) -> None:
    studio = open_studio(library_dir)
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus.wav"))
    release, kept = finding.get_release(studio, "R1"), Outlines()
    first = read_overview(studio, release, kept)
    assert len(first.sounds[1].levels) == LEVELS
    (audio_hash,) = kept
    again = read_overview(studio, release, kept)
    assert again.album_lufs == first.album_lufs
    assert again.sounds[1].levels is kept[audio_hash].levels
    silent = Outline((0.0,) * LEVELS, kept[audio_hash].gating_blocks)
    assert read_overview(studio, release, {audio_hash: silent}).sounds[1].levels == silent.levels


def test_a_new_mix_has_an_outline_of_its_own(library_dir: Path, tmp_path: Path) -> None:
    studio, kept = open_studio(library_dir), Outlines()
    for seed in (1, 2):
        bounce = write_bounce(tmp_path / f"Night Bus v{seed}.wav", seed=seed)
        importing.import_file(studio, bounce)
        read_overview(studio, finding.get_release(studio, "R1"), kept)
    first, second = kept.values()
    assert first.levels != second.levels

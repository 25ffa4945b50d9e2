"""What changed between mixes and between files, by their sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from bounces import music, write_bounce

from indieartist.services import finding, importing, mastering
from indieartist.services.comparing import tell_changes, tell_file_changes
from indieartist.services.studio import open_studio


def test_a_master_is_louder_than_its_bounce(library_dir: Path, tmp_path: Path) -> None:
    studio = open_studio(library_dir)
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus.wav", seconds=4.0))
    track = finding.get_track(studio, "T1")
    made = mastering.master_track(studio, track, mastering.get_settings(studio, "-9"))
    bounce, master = finding.get_track(studio, "T1").mixes
    for path in (studio.library.folder / "Vault").rglob("*.wav"):
        path.unlink()  # all is known already
    level, *others = tell_changes(studio, bounce, master)
    assert level.topic == "level" and " LU louder: from " in level.words
    assert level.figures["after_lufs"] == pytest.approx(made.report.after.integrated_lufs, abs=0.01)
    assert [change.topic for change in others] == ["tone", "dynamics", "width"]
    assert others[1].figures["peak_to_loudness_change_db"] < 0


def test_a_louder_copy_has_changed_in_nothing_else(tmp_path: Path) -> None:
    sound = music(4.0)
    for name, gain in (("a.wav", 0.2), ("b.wav", 0.4)):
        soundfile.write(tmp_path / name, sound * gain, 44100, "PCM_24")
    changes = {c.topic: c for c in tell_file_changes(tmp_path / "a.wav", tmp_path / "b.wav")}
    assert changes["level"].figures["change_lu"] == pytest.approx(6.02, abs=0.01)
    assert changes["tone"].words == "The tone is as it was."
    assert changes["width"].words == "As wide as it was."


def test_a_wider_copy_is_told(tmp_path: Path) -> None:
    sound = music(4.0) * 0.3
    middle, side = sound.sum(axis=1) / 2, (sound[:, 0] - sound[:, 1]) / 2
    wide = np.stack([middle + 2 * side, middle - 2 * side], axis=1)
    for name, kind in (("a.wav", sound), ("b.wav", wide), ("c.wav", np.stack([middle] * 2, 1))):
        soundfile.write(tmp_path / name, kind, 44100, "PCM_24")
    wider = tell_file_changes(tmp_path / "a.wav", tmp_path / "b.wav")[-1]
    assert wider.words.startswith("6.0 dB wider")
    mono = tell_file_changes(tmp_path / "a.wav", tmp_path / "c.wav")[-1]
    assert mono.words == "Mono now, stereo before."

"""Approval freezes the audio: delivery takes those bytes, and refuses any other."""

from __future__ import annotations

from pathlib import Path

import pytest
from bounces import write_bounce

from indieartist.errors import UserError
from indieartist.services import editing, finding, importing
from indieartist.services.measuring import audio_path
from indieartist.services.studio import open_studio
from indieartist.services.views import release_view


def test_delivery_refuses_what_was_not_approved(library_dir: Path, tmp_path: Path) -> None:
    studio = open_studio(library_dir)
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus v1.wav", 1.0))
    release = finding.get_release(studio, "R1")
    with pytest.raises(UserError, match="approved"):
        release_view(studio, release, ("audio/flac",))
    track = release.tracks[0]
    editing.approve_mix(studio, track, track.mixes[0])
    frozen = finding.get_release(studio, "R1")
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus v2.wav", 1.0, seed=3))
    later = finding.get_release(studio, "R1")
    assert later.tracks[0].approved == frozen.tracks[0].approved
    assert len(release_view(studio, later, ("audio/flac",)).tracks[0].files) == 1
    path = audio_path(studio, track.mixes[0])
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"\x7f")
    with pytest.raises(UserError, match="no longer what was approved"):
        release_view(studio, later, ("audio/flac",))

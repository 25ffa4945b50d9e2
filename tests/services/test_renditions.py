"""Renditions: what the player hears of a service, rendered once, aligned, and kept in bounds."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from bounces import write_bounce

from indieartist.audio.decode import read_audio
from indieartist.audio.engine import Player
from indieartist.domain.release import Mix
from indieartist.errors import Cancelled, UserError
from indieartist.services import finding, importing, renditions
from indieartist.services.measuring import audio_path
from indieartist.services.renditions import read_source, render_as
from indieartist.services.studio import Studio, open_studio


@pytest.fixture
def studio(library_dir: Path, tmp_path: Path) -> Studio:
    studio = open_studio(library_dir)
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus.wav"))
    return studio


@pytest.fixture
def mix(studio: Studio) -> Mix:
    mix = finding.get_track(studio, "T1").current
    assert mix is not None
    return mix


def test_a_rendition_is_made_once(studio: Studio, mix: Mix) -> None:
    first = render_as(studio, mix, "spotify")
    stamp = first.path.stat().st_ino
    again = render_as(studio, mix, "spotify")
    assert again == first and again.path.stat().st_ino == stamp
    assert first.path.is_relative_to(studio.library.folder / "Cache")
    assert render_as(studio, mix, "spotify", "very-high").path != first.path
    assert render_as(studio, mix, "spotify-quiet").path != first.path


def test_one_that_lost_its_facts_is_made_again(studio: Studio, mix: Mix) -> None:
    first = render_as(studio, mix, "deezer")
    first.path.with_suffix(".json").write_text("{")
    assert render_as(studio, mix, "deezer") == first
    assert json.loads(first.path.with_suffix(".json").read_text())["lufs"] == first.lufs


def test_it_lies_under_the_song_sample_by_sample(studio: Studio, mix: Mix) -> None:
    original, rate_hz = read_audio(audio_path(studio, mix))
    source = read_source(studio, mix, "spotify")
    assert (source.rate_hz, len(source.samples)) == (rate_hz, len(original))
    spectrum = np.fft.rfft(source.samples[:, 0]) * np.conj(np.fft.rfft(original[:, 0]))
    assert int(np.argmax(np.fft.irfft(spectrum))) in (0, 1, len(original) - 1)
    assert source.name == "Spotify"
    player = Player(rate_hz, _Nowhere())
    player.load([source, read_source(studio, mix, "youtube")])  # which is at 48 kHz
    assert player.frames == pytest.approx(len(original), abs=1)


class _Nowhere:
    """A place where no sound goes."""

    audible = False
    latency_frames = 0

    def start(self, fill: object) -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


def test_the_longest_unused_are_forgotten(
    studio: Studio, mix: Mix, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renditions, "KEPT", 2)
    made = [render_as(studio, mix, name) for name in ("qobuz", "tidal", "deezer")]
    folder = made[0].path.parent
    assert len(list(folder.glob("*.flac"))) == len(list(folder.glob("*.json"))) == 2
    assert made[-1].path.exists()


def test_stopping_leaves_nothing(studio: Studio, mix: Mix) -> None:
    def stop(fraction: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        render_as(studio, mix, "spotify", report=stop)
    assert not [*(studio.library.folder / "Cache" / "renditions").iterdir()]
    with pytest.raises(UserError, match="no platform"):
        render_as(studio, mix, "myspace")

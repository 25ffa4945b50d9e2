"""Masters in the library: beside the bounce, in one act, written out in any lossless form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from bounces import write_bounce

from indieartist.domain.release import MixKind, Track
from indieartist.errors import Cancelled, UserError
from indieartist.services import acts, finding, importing, mastering
from indieartist.services.studio import Studio, open_studio

SECONDS = 3.0


@pytest.fixture
def studio(library_dir: Path) -> Iterator[Studio]:
    studio = open_studio(library_dir)
    yield studio
    studio.library.close()


@pytest.fixture
def album(studio: Studio, tmp_path: Path) -> list[Track]:
    """Three tracks of one release, the second 6 dB below the first."""
    paths = [
        write_bounce(tmp_path / f"{title}.wav", seconds=SECONDS, seed=seed)
        for seed, title in enumerate(("Night Bus", "Undertow", "Home"), 1)
    ]
    sound, rate_hz = soundfile.read(paths[1])
    soundfile.write(paths[1], sound / 2, rate_hz, "PCM_24")
    importing.import_files(studio, paths[:1])
    importing.import_files(studio, paths[1:], release_id=1)
    return list(finding.get_release(studio, "R1").tracks)


def masters(studio: Studio) -> list[Track]:
    tracks = finding.get_release(studio, "R1").tracks
    return [track for track in tracks if any(m.kind is MixKind.MASTER for m in track.mixes)]


def test_an_album_is_one_act_and_keeps_its_distances(studio: Studio, album: list[Track]) -> None:
    made = mastering.master_album(studio, album, mastering.get_settings(studio, "-18"))
    levels = [one.report.after.integrated_lufs for one in made.masters]
    before = [one.report.before.integrated_lufs for one in made.masters]
    distances = [np.subtract(max(found), found) for found in (levels, before)]
    np.testing.assert_allclose(*distances, atol=0.1)
    assert distances[0][1] > 5.0
    assert max(levels) == pytest.approx(-18.0, abs=0.05)
    kept = [track.current for track in finding.get_release(studio, "R1").tracks]
    assert [mix.id for mix in kept] == [one.mix_id for one in made.masters]
    assert all(mix.settings["album"]["reached"] for mix in kept)
    target = kept[1].settings["settings"]["target"]["integrated_lufs"]
    assert target == pytest.approx(levels[1], abs=0.05)
    acts.undo(studio)
    assert not masters(studio)
    acts.redo(studio)
    assert len(masters(studio)) == 3


def test_an_album_is_written_out_numbered_by_title(
    studio: Studio, album: list[Track], tmp_path: Path
) -> None:
    paths = mastering.name_exports(album, tmp_path / "out", ".flac")
    settings = mastering.get_settings(studio, "-18", bits=16)
    made = mastering.master_album(studio, album, settings, out_paths=paths)
    names = ["01 Night Bus.flac", "02 Undertow.flac", "03 Home.flac"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    assert [Path(one.out_path).name for one in made.masters] == names
    assert soundfile.info(paths[0]).subtype == "PCM_16"


def test_a_cancelled_album_leaves_the_library_as_it_was(studio: Studio, album: list[Track]) -> None:
    files = sorted(path for path in studio.library.folder.rglob("*.wav"))

    def stop(fraction: float) -> None:
        if fraction > 0.6:
            raise Cancelled

    with pytest.raises(Cancelled):
        mastering.master_album(studio, album, mastering.get_settings(studio), report=stop)
    assert not masters(studio)
    assert sorted(path for path in studio.library.folder.rglob("*.wav")) == files


def test_a_track_without_audio_is_named(studio: Studio, album: list[Track]) -> None:
    empty = Track(9, 1, 4, "Interlude")
    with pytest.raises(UserError, match=r"Interlude. has no audio yet"):
        mastering.master_album(studio, [*album, empty], mastering.get_settings(studio))


@pytest.mark.parametrize(
    ("name", "subtype"), [("m.wav", "PCM_24"), ("m.flac", "PCM_24"), ("m.aiff", "PCM_24")]
)
def test_a_master_is_written_in_the_form_of_its_name(
    name: str, subtype: str, studio: Studio, album: list[Track], tmp_path: Path
) -> None:
    settings = mastering.get_settings(studio, "-18")
    made = mastering.master_track(studio, album[0], settings, out_path=tmp_path / name)
    written = soundfile.info(tmp_path / name)
    assert written.subtype == subtype
    assert written.format == {"m.wav": "WAV", "m.flac": "FLAC", "m.aiff": "AIFF"}[name]
    mix = finding.get_track(studio, "T1").current
    assert mix is not None
    assert made.mix_number == mix.number
    library_path = studio.library.vault.get_path(mix.audio_hash, ".wav")
    ours, theirs = (
        soundfile.read(path, dtype="int32")[0] for path in (library_path, tmp_path / name)
    )
    np.testing.assert_array_equal(ours, theirs)


def test_a_lossy_bounce_keeps_its_form(studio: Studio, tmp_path: Path) -> None:
    path = write_bounce(tmp_path / "Old.ogg", seconds=SECONDS, format="OGG", subtype="VORBIS")
    importing.import_files(studio, [path])
    mix = finding.get_track(studio, "T1").current
    assert mix is not None
    with pytest.raises(UserError, match=r"exported as \.ogg"):
        mastering.export_mix(studio, mix, tmp_path / "Old.wav")
    mastering.export_mix(studio, mix, tmp_path / "Copy.ogg")
    assert (tmp_path / "Copy.ogg").read_bytes() == path.read_bytes()

"""Files that hang on a release: Canvas, Atmos master, the proof of a task; each act undone."""

from __future__ import annotations

import shutil
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from indieartist.domain.attachments import AttachmentKind
from indieartist.domain.checklist import Standing, TaskState
from indieartist.domain.release import Release
from indieartist.errors import UserError
from indieartist.services import (
    acts,
    attaching,
    bin,
    checking,
    checklist,
    editing,
    finding,
    importing,
    leaving,
    library_import,
    verifying,
)
from indieartist.services.studio import Studio, open_studio


@pytest.fixture
def studio(library_dir: Path, tmp_path: Path) -> Studio:
    """A library with one release and one short song on it."""
    studio = open_studio(library_dir)
    song = tmp_path / "Night Bus.wav"
    noise = np.random.default_rng(7).standard_normal((48_000, 2)) * 0.05
    soundfile.write(song, noise, 48_000, "PCM_24")
    importing.import_file(studio, song)
    return studio


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """What proves that the splits are agreed."""
    path = tmp_path / "Split sheet (signed).PDF"
    path.write_bytes(b"%PDF-1.7 all shares, signed")
    return path


def release_of(studio: Studio) -> Release:
    return finding.get_release(studio, "R1")


def task(studio: Studio, key: str = "splits") -> TaskState:
    board = checklist.read_board(studio, release_of(studio))
    return next(state for state in board.tasks if state.key == key)


def write_clip(path: Path, width: int = 720, height: int = 1280, *, frames: int = 60) -> Path:
    with av.open(str(path), "w") as clip:
        video = clip.add_stream("mpeg4", rate=15)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        for shade in range(frames):
            picture = np.full((height, width, 3), shade % 256, np.uint8)
            clip.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        clip.mux(video.encode())
    return path


def test_a_proof_ticks_its_task_is_opened_from_it_and_undone(
    studio: Studio, contract: Path
) -> None:
    checklist.attest(studio, release_of(studio), "splits", "by mail", paths=[contract])
    contract.unlink()  # the library has its own
    state = task(studio)
    assert state.state is Standing.DONE
    assert "by mail, Split sheet (signed).PDF" in state.evidence
    (file,) = state.proof.files
    assert attaching.file_path(studio, file).read_bytes().startswith(b"%PDF")
    assert attaching.file_path(studio, file).suffix == ".pdf"
    acts.undo(studio)
    assert (task(studio).state is Standing.DONE, task(studio).proof.files) == (False, ())
    acts.redo(studio)
    assert task(studio).proof.files == (file,)


def test_a_tick_falls_when_its_proof_is_changed_or_missing(studio: Studio, contract: Path) -> None:
    checklist.attest(studio, release_of(studio), "splits", paths=[contract])
    (file,) = task(studio).proof.files
    path = attaching.file_path(studio, file)
    path.chmod(0o644)
    path.write_bytes(b"%PDF-1.7 all shares, forged")
    assert task(studio).state is not Standing.DONE
    assert "no longer what was attached" in task(studio).evidence
    path.unlink()
    assert "Split sheet (signed).PDF is missing" in task(studio).evidence
    checklist.attest(studio, release_of(studio), "splits", paths=[contract])
    assert task(studio).state is Standing.DONE
    assert len(task(studio).proof.files) == 1


def test_the_same_proof_is_whole_again_once_attached_anew(studio: Studio, contract: Path) -> None:
    checklist.attest(studio, release_of(studio), "splits", paths=[contract])
    path = attaching.file_path(studio, task(studio).proof.files[0])
    path.chmod(0o644)
    path.write_bytes(b"forged")
    checklist.attest(studio, release_of(studio), "splits", paths=[contract])
    assert task(studio).state is Standing.DONE
    assert path.read_bytes() == contract.read_bytes()


def test_one_content_under_two_names_is_one_file(studio: Studio, contract: Path) -> None:
    other = contract.with_name("mail.eml")
    shutil.copyfile(contract, other)
    checklist.attest(studio, release_of(studio), "splits", paths=[contract])
    checklist.attest(studio, release_of(studio), "pro", paths=[other])
    assert task(studio, "pro").proof.files[0].name == "mail.eml"
    assert task(studio, "pro").state is Standing.DONE
    assert verifying.verify(studio).faults == ()


def test_a_tick_taken_back_takes_its_proof_along(studio: Studio, contract: Path) -> None:
    checklist.attest(studio, release_of(studio), "splits", paths=[contract])
    checklist.withdraw(studio, release_of(studio), "splits")
    assert release_of(studio).attachments == ()
    acts.undo(studio)
    assert task(studio).state is Standing.DONE


@pytest.mark.parametrize("content", [None, b""])
def test_what_proves_nothing_is_refused(studio: Studio, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "proof.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"proof\.pdf is"):
        checklist.attest(studio, release_of(studio), "splits", paths=[path])
    assert task(studio).state is not Standing.DONE


def test_a_canvas_is_checked_and_a_better_one_takes_its_place(studio: Studio, tmp_path) -> None:
    wide = write_clip(tmp_path / "wide.mp4", 320, 180, frames=15)
    attaching.attach_canvas(studio, release_of(studio), wide)
    found = checking.check_release(studio, release_of(studio), ["spotify"]).of(["CV-01"])
    assert [f.evidence for f in found] == ["1.0 s", "320 × 180", "180 pixels"]
    assert "does not last" in task(studio, "canvas").evidence
    attaching.attach_canvas(studio, release_of(studio), write_clip(tmp_path / "loop.mp4"))
    result = checking.check_release(studio, release_of(studio), ["spotify"])
    assert not result.of(["CV-01"])
    (file,) = release_of(studio).attached(AttachmentKind.CANVAS)
    assert file.clip is not None
    assert (file.clip.duration_ms, file.clip.has_sound) == (4000, False)
    assert "ready to be uploaded" in task(studio, "canvas").evidence
    acts.undo(studio)
    assert [f.name for f in release_of(studio).attachments] == ["wide.mp4"]


def test_what_is_no_clip_is_refused(studio: Studio, tmp_path: Path, contract: Path) -> None:
    with pytest.raises(UserError, match="no video"):
        attaching.attach_canvas(studio, release_of(studio), contract)
    with pytest.raises(UserError, match="no video"):  # sound alone
        attaching.attach_canvas(studio, release_of(studio), tmp_path / "Night Bus.wav")


def test_removed_with_its_release_and_back_with_it(studio: Studio, contract: Path) -> None:
    checklist.attest(studio, release_of(studio), "splits", paths=[contract])
    (file,) = release_of(studio).attachments
    editing.remove_release(studio, release_of(studio))
    acts.undo(studio)
    assert release_of(studio).attachments == (file,)
    editing.remove_release(studio, release_of(studio))
    bin.empty(studio)
    assert not attaching.path_of(studio, file).exists()
    assert verifying.verify(studio).is_whole


def test_a_track_that_moves_takes_its_atmos_master_along(studio: Studio, tmp_path: Path) -> None:
    track = finding.get_track(studio, "T1")
    attaching.attach_atmos(studio, release_of(studio), track, tmp_path / "Night Bus.wav")
    number = editing.new_release(studio, "Other", ["Ana"])
    editing.move_track(studio, track, finding.get_release(studio, f"R{number}"))
    assert release_of(studio).attachments == ()
    (file,) = finding.get_release(studio, f"R{number}").attachments
    assert (file.kind, file.track_id) == (AttachmentKind.ATMOS, 1)


def test_a_plain_wav_is_no_atmos_master(studio: Studio, tmp_path: Path) -> None:
    track = finding.get_track(studio, "T1")
    attaching.attach_atmos(studio, release_of(studio), track, tmp_path / "Night Bus.wav")
    found = checking.check_release(studio, release_of(studio)).of(["AU-08"])
    assert [f.message for f in found] == ["The Atmos master of “Night Bus” is no ADM BWF."]


def test_what_a_delivered_file_carries_is_seen(studio: Studio, tmp_path: Path) -> None:
    track = finding.get_track(studio, "T1")
    editing.approve_mix(studio, track, track.mixes[0])

    def found() -> list[str]:
        return [
            f.evidence for f in checking.check_release(studio, release_of(studio)).of(["AU-06"])
        ]

    assert found() == []
    rendered = studio.library.folder / "Renders" / f"{track.mixes[0].audio_hash}.flac"
    rendered.parent.mkdir(exist_ok=True)
    soundfile.write(rendered, np.zeros((4800, 2)), 48_000, "PCM_24")
    assert found() == []
    from mutagen.flac import FLAC

    tags = FLAC(rendered)
    tags["title"] = "Night Bus"
    tags.save()
    assert found() == ["Vorbis comments"]


def test_what_is_attached_leaves_and_comes_with_the_library(
    studio: Studio, contract: Path, tmp_path: Path
) -> None:
    checklist.attest(studio, release_of(studio), "splits", "signed", paths=[contract])
    made = leaving.export_all(studio, tmp_path / "out")
    assert made.missing == ()
    (copy,) = (tmp_path / "out").rglob("splits - Split sheet*")
    assert copy.parent.name == "Proofs" and copy.read_bytes() == contract.read_bytes()
    other = open_studio(tmp_path / "Other")
    library_import.import_library(other, studio.library.folder)
    assert task(other).state is Standing.DONE
    assert "signed, Split sheet" in task(other).evidence
    assert verifying.verify(other).is_whole


def test_what_is_missing_is_named_with_what_rests_on_it(studio: Studio, contract: Path) -> None:
    checklist.attest(studio, release_of(studio), "splits", paths=[contract])
    attaching.path_of(studio, release_of(studio).attachments[0]).unlink()
    (fault,) = verifying.verify(studio).faults
    assert fault.kind == "missing" and "Split sheet (signed).PDF" in fault.used_by[0]

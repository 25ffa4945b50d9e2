"""Covers are looked at once, kept by their hash, and drawn anew as an act that can be undone."""

from __future__ import annotations

from pathlib import Path

import PIL.Image
import pytest
from bounces import write_bounce, write_cover

from indieartist.services import acts, checking, covers, editing, finding, importing
from indieartist.services.studio import Studio, open_studio


@pytest.fixture
def studio(library_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """A library with one release, where nothing reads words."""
    monkeypatch.setenv("PATH", str(tmp_path))
    studio = open_studio(library_dir)
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus.wav"))
    return studio


def test_a_cover_is_looked_at_once(studio: Studio, tmp_path: Path) -> None:
    cover = write_cover(tmp_path / "cover.jpg", 400)
    editing.set_artwork(studio, finding.get_release(studio, "R1"), cover)
    release = finding.get_release(studio, "R1")
    assert covers.needs_look(release.artwork)
    looked = covers.look_at(studio, release)
    again = finding.get_release(studio, "R1")
    assert again.artwork == looked.artwork
    assert again.artwork and again.artwork.look and not covers.needs_look(again.artwork)
    covers.cover_path(studio, again.artwork.hash).unlink()
    assert covers.look_at(studio, again) is again  # the file is not read any more


def test_a_release_without_a_cover_is_left_as_it_is(studio: Studio) -> None:
    release = finding.get_release(studio, "R1")
    assert covers.look_at(studio, release) is release


def test_a_cover_for_print_is_converted_and_comes_back(studio: Studio, tmp_path: Path) -> None:
    path = tmp_path / "print.tif"
    PIL.Image.new("CMYK", (600, 600), (10, 20, 30, 0)).save(path)
    editing.set_artwork(studio, finding.get_release(studio, "R1"), path)
    before = finding.get_release(studio, "R1").artwork
    assert before
    checking.correct_release(studio, finding.get_release(studio, "R1"))
    after = finding.get_release(studio, "R1").artwork
    assert after
    assert (after.mode, after.format, after.width_px) == ("RGB", "JPEG", 600)
    with PIL.Image.open(covers.cover_path(studio, after.hash)) as picture:
        assert picture.mode == "RGB"
    acts.undo(studio)
    assert finding.get_release(studio, "R1").artwork == before


def test_a_cover_is_cut_only_when_told_to(studio: Studio, tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    PIL.Image.new("RGB", (800, 600), "teal").save(path)
    editing.set_artwork(studio, finding.get_release(studio, "R1"), path)
    checking.correct_release(studio, finding.get_release(studio, "R1"))
    release = finding.get_release(studio, "R1")
    assert release.artwork and release.artwork.width_px == 800
    found = checking.check_release(studio, release)
    (crop,) = [f for f in found.of(["AW-01"]) if f.fix]
    checking.apply_fix(studio, release, crop)
    cut = finding.get_release(studio, "R1").artwork
    assert cut and (cut.width_px, cut.height_px) == (600, 600)

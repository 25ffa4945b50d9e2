"""The demo song's cover: what stores ask of a picture, and the same picture each time."""

from __future__ import annotations

import PIL.Image
import pytest

from indieartist.errors import AppError
from indieartist.visuals.demo_cover import render_demo_cover

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def cover(tmp_path_factory):
    path = tmp_path_factory.mktemp("cover") / "cover.png"
    render_demo_cover(path)
    return path


def test_is_what_stores_ask_for(cover):
    with PIL.Image.open(cover) as image:
        assert (image.format, image.size, image.mode) == ("PNG", (3000, 3000), "RGB")
        assert not image.info
    assert cover.stat().st_size < 10_000_000


def test_is_the_same_each_time(cover, tmp_path):
    render_demo_cover(tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == cover.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["again.png"]


def test_shows_a_moon_above_dark_water_and_a_lit_bus(cover):
    with PIL.Image.open(cover) as image:
        small = image.resize((100, 100), PIL.Image.Resampling.BOX).convert("L")
    assert small.getpixel((65, 30)) > 200
    assert small.getpixel((15, 92)) < 50
    assert max(small.getpixel((x, 57)) for x in range(35, 60)) > 200


def test_a_jpeg_by_its_name(tmp_path):
    render_demo_cover(tmp_path / "cover.jpg")
    with PIL.Image.open(tmp_path / "cover.jpg") as image:
        assert (image.format, image.size) == ("JPEG", (3000, 3000))


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(AppError, match="refused"):
        render_demo_cover(tmp_path / "file" / "cover.png")

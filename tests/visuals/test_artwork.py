"""Covers as artists have them: turned, grey, printed, moving, broken, or bombs."""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from indieartist.errors import AppError, UserError
from indieartist.visuals.artwork import read_artwork, render_cover

RED, BLUE, WHITE = (254, 0, 0), (0, 0, 254), (255, 255, 255)
TURNED = 274  # the EXIF tag of a camera's orientation


def two_halves(width: int = 64, height: int = 64) -> Image.Image:
    """Red above blue."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, height // 2, width, height))
    return image


def cover_of(path: Path, side_px: int = 64) -> Image.Image:
    target = path.with_name("cover.jpg")
    render_cover(path, target, side_px)
    with Image.open(target) as made:
        made.load()
        return made


def assert_close(pixel: object, colour: tuple[int, int, int]) -> None:
    assert np.abs(np.subtract(pixel, colour)).max() <= 6


def png_chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)


def png_bomb(side_px: int) -> bytes:
    """A small file that promises side_px² pixels."""
    head = struct.pack(">IIBBBBB", side_px, side_px, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side_px + 7) // 8 + 1) * min(side_px, 1000), 9)
    chunks = png_chunk(b"IHDR", head) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def as_bytes(image: Image.Image, kind: str, **how: object) -> bytes:
    packed = io.BytesIO()
    image.save(packed, kind, **how)
    return packed.getvalue()


def text_bomb() -> bytes:
    """A PNG whose comment inflates to 100 MB."""
    data = as_bytes(two_halves(), "PNG")
    comment = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100 << 20), 9))
    return data[:33] + comment + data[33:]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
BAD: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "text": lambda: b"A picture says more than a thousand words. " * 30,
    "svg": lambda: SVG,
    "pdf": lambda: b"%PDF-1.7\n1 0 obj\n" * 30,
    "cut jpeg": lambda: as_bytes(two_halves(900, 900), "JPEG")[:4000],
    "cut png": lambda: as_bytes(two_halves(900, 900), "PNG")[:900],
    "cut head": lambda: as_bytes(two_halves(), "JPEG")[:20],
    "cut tiff": lambda: as_bytes(two_halves(), "TIFF")[:60],
    "bomb": lambda: png_bomb(60_000),
    "smaller bomb": lambda: png_bomb(10_000),
    "text bomb": text_bomb,
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_a_bad_picture_is_refused_in_one_sentence(
    tmp_path: Path, make: Callable[[], bytes]
) -> None:
    path = tmp_path / "bad.jpg"
    path.write_bytes(make())
    for act in (read_artwork, cover_of):
        with pytest.raises(UserError) as caught:
            act(path)
        assert "bad.jpg" in caught.value.message
        assert caught.value.message.endswith(".")
        assert caught.value.hint
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "loop.jpg").symlink_to("loop.jpg")
    (tmp_path / "folder.jpg").mkdir()
    for name in ("pipe.jpg", "loop.jpg", "folder.jpg", "missing.jpg"):
        with pytest.raises(AppError) as caught:
            read_artwork(tmp_path / name)
        assert name in caught.value.message


@given(st.data())
def test_no_damage_gets_past(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Any bytes of any picture may be anything: it is read, or refused."""
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"]))
    picture = bytearray(as_bytes(two_halves(24, 24), kind))
    for _ in range(data.draw(st.integers(1, 6))):
        picture[data.draw(st.integers(0, len(picture) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damage") / "cover.x"
    path.write_bytes(picture[: data.draw(st.integers(0, len(picture)))])
    try:
        read_artwork(path)
        cover_of(path)
    except UserError as error:
        assert "cover.x" in error.message


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_cameras_turn_is_followed(tmp_path: Path, turn: int) -> None:
    """Stored as each orientation has it, red is above blue once it is seen."""
    moves = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = two_halves(64, 80)
    for move in moves.get(turn, []):
        stored = stored.transpose(move)
    exif = Image.Exif()
    exif[TURNED] = turn
    path = tmp_path / "photo.jpg"
    stored.save(path, exif=exif, quality=95, subsampling=0)
    facts = read_artwork(path)
    assert (facts.width_px, facts.height_px, facts.format) == (64, 80, "JPEG")
    cover = cover_of(path)
    assert_close(cover.getpixel((32, 4)), RED)
    assert_close(cover.getpixel((32, 60)), BLUE)
    assert not cover.getexif()


def test_a_damaged_turn_is_no_reason_to_refuse_or_crash(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(as_bytes(two_halves(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))
    assert read_artwork(path).width_px == 64


def test_print_colours_become_screen_colours(tmp_path: Path) -> None:
    two_halves().convert("CMYK").save(tmp_path / "print.jpg", quality=95)
    assert read_artwork(tmp_path / "print.jpg").mode == "CMYK"  # which `check` speaks about
    cover = cover_of(tmp_path / "print.jpg")
    assert cover.mode == "RGB"
    assert_close(cover.getpixel((32, 4)), RED)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_sixteen_bits_of_grey_are_scaled_not_clipped(tmp_path: Path, suffix: str) -> None:
    grey = np.full((32, 32), 0x8000, np.uint16)
    Image.fromarray(grey).save(tmp_path / f"grey{suffix}")
    assert_close(cover_of(tmp_path / f"grey{suffix}", 32).getpixel((9, 9)), (128, 128, 128))


def test_a_moving_picture_gives_its_first(tmp_path: Path) -> None:
    later = Image.new("RGB", (64, 64), WHITE)
    two_halves().save(tmp_path / "moving.gif", save_all=True, append_images=[later] * 3)
    assert_close(cover_of(tmp_path / "moving.gif").getpixel((32, 4)), RED)


def test_what_is_transparent_becomes_white(tmp_path: Path) -> None:
    Image.new("RGBA", (16, 16), (*RED, 0)).save(tmp_path / "clear.png")
    assert_close(cover_of(tmp_path / "clear.png").getpixel((8, 8)), WHITE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr", "F", "I"])
def test_every_kind_of_pixel_becomes_a_jpeg(tmp_path: Path, mode: str) -> None:
    two_halves().convert(mode).save(tmp_path / "any.tif")
    assert cover_of(tmp_path / "any.tif").mode == "RGB"


def test_the_smallest_picture_is_never_enlarged(tmp_path: Path) -> None:
    Image.new("RGB", (1, 1), RED).save(tmp_path / "dot.png")
    assert read_artwork(tmp_path / "dot.png").width_px == 1
    assert cover_of(tmp_path / "dot.png", 3000).size == (1, 1)


def test_the_middle_of_a_wide_picture_is_taken(tmp_path: Path) -> None:
    wide = Image.new("RGB", (300, 100), WHITE)
    wide.paste(RED, (100, 0, 200, 100))
    wide.save(tmp_path / "wide.png")
    cover = cover_of(tmp_path / "wide.png", 50)
    assert cover.size == (50, 50)
    assert_close(cover.getpixel((25, 25)), RED)


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    """Also from a copy with another name, time and comment."""
    two_halves(640, 480).save(tmp_path / "one.png")
    two_halves(640, 480).save(tmp_path / "two.png", compress_level=1, dpi=(300, 300))
    made = []
    for name in ("one.png", "two.png", "one.png"):
        render_cover(tmp_path / name, tmp_path / "cover.jpg", 400)
        made.append((tmp_path / "cover.jpg").read_bytes())
    assert made[0] == made[1] == made[2]
    assert b"Exif" not in made[0]
    assert b"ICC_PROFILE" not in made[0]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    two_halves().save(tmp_path / "fine.png")
    (tmp_path / "file").write_text("not a folder")
    for target in ("file/cover.jpg", "nowhere/cover.jpg"):
        with pytest.raises(AppError) as caught:
            render_cover(tmp_path / "fine.png", tmp_path / target, 64)
        assert caught.value.message.endswith(".")
    assert {path.name for path in tmp_path.iterdir()} == {"file", "fine.png"}

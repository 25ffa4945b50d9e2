"""Looking at covers: enlarged, padded, of one colour; the codes and the words on them."""

from __future__ import annotations

import shutil
from pathlib import Path

import fontpkg_inter
import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
import pytest
import zxingcpp
from PIL.Image import Image, Resampling

from indieartist.errors import UserError
from indieartist.visuals.look import look_at_cover

SIDE = 900


@pytest.fixture(scope="session")
def natural() -> Image:
    """A picture whose detail falls off as in nature, by 1/f, down to the pixel."""
    rng = np.random.default_rng(7)
    across, down = np.fft.rfftfreq(SIDE), np.fft.fftfreq(SIDE)
    falling = 1 / np.maximum(np.hypot(across[None, :], down[:, None]), 1 / SIDE)
    grey = np.fft.irfft2(np.fft.rfft2(rng.standard_normal((SIDE, SIDE))) * falling)
    grey = (grey - grey.min()) / np.ptp(grey) * 255
    return PIL.Image.fromarray(grey.astype(np.uint8)).convert("RGB")


@pytest.fixture
def picture(natural: Image) -> Image:
    """A copy to draw on."""
    return natural.copy()


@pytest.fixture
def wordless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where nothing reads words, which takes longest."""
    monkeypatch.setenv("PATH", str(tmp_path))


def saved(picture: Image, path: Path) -> Path:
    picture.save(path, quality=92)
    return path


@pytest.mark.usefixtures("wordless")
def test_a_sharp_cover_needs_all_its_pixels(picture: Image, tmp_path: Path) -> None:
    look = look_at_cover(saved(picture, tmp_path / "sharp.png"))
    assert look.detail == 1.0
    assert look.padding_px == (0, 0, 0, 0)
    assert look.spread > 10


@pytest.mark.usefixtures("wordless")
@pytest.mark.parametrize("share", [0.25, 0.33, 0.5])
@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_an_enlarged_cover_is_seen(
    picture: Image, tmp_path: Path, share: float, ending: str
) -> None:
    side = round(SIDE * share)
    large = picture.resize((side, side), Resampling.LANCZOS).resize(
        (SIDE, SIDE), Resampling.BICUBIC
    )
    look = look_at_cover(saved(large, tmp_path / f"large.{ending}"))
    assert share <= look.detail <= 0.67


@pytest.mark.usefixtures("wordless")
@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_strips_of_padding_are_measured(picture: Image, tmp_path: Path, ending: str) -> None:
    padded = PIL.Image.new("RGB", (SIDE, SIDE), "white")
    padded.paste(picture.resize((SIDE, 600)), (0, 150))
    left, top, right, bottom = look_at_cover(saved(padded, tmp_path / f"p.{ending}")).padding_px
    assert (left, right) == (0, 0)
    assert 134 <= top <= 150 and 134 <= bottom <= 150


@pytest.mark.usefixtures("wordless")
def test_an_object_on_a_plain_ground_is_no_padding(tmp_path: Path) -> None:
    ground = PIL.Image.new("RGB", (SIDE, SIDE), "black")
    PIL.ImageDraw.Draw(ground).ellipse((200, 200, 700, 700), fill="tomato")
    assert look_at_cover(saved(ground, tmp_path / "disc.png")).padding_px == (0, 0, 0, 0)


@pytest.mark.usefixtures("wordless")
def test_one_colour_has_no_spread(tmp_path: Path) -> None:
    look = look_at_cover(saved(PIL.Image.new("RGB", (SIDE, SIDE), "teal"), tmp_path / "one.png"))
    assert look.spread == 0.0


@pytest.mark.usefixtures("wordless")
def test_a_code_is_read(picture: Image, tmp_path: Path) -> None:
    made = zxingcpp.create_barcode("https://example.org", zxingcpp.BarcodeFormat.QRCode)
    code = PIL.Image.fromarray(np.array(made.to_image(scale=6)))
    picture.paste(code.convert("RGB"), (600, 600))
    assert look_at_cover(saved(picture, tmp_path / "code.png")).codes == ("https://example.org",)
    assert look_at_cover(saved(picture.rotate(12), tmp_path / "turned.png")).codes


@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")
def test_words_are_read(tmp_path: Path) -> None:
    cover = PIL.Image.new("RGB", (1500, 1500), "#203040")
    font = PIL.ImageFont.truetype(Path(fontpkg_inter.ROOT) / "files" / "Inter[opsz,wght].ttf", 150)
    PIL.ImageDraw.Draw(cover).text((120, 300), "Night Bus\nMara Vale", fill="white", font=font)
    words = look_at_cover(saved(cover, tmp_path / "words.png")).words
    assert words is not None
    assert [word.text for word in words if word.confidence >= 80] == [
        "Night",
        "Bus",
        "Mara",
        "Vale",
    ]


@pytest.mark.usefixtures("wordless")
def test_without_a_reader_no_words_are_claimed(picture: Image, tmp_path: Path) -> None:
    assert look_at_cover(saved(picture, tmp_path / "unread.png")).words is None


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "no.png"
    path.write_bytes(b"not a picture")
    with pytest.raises(UserError, match="not a picture"):
        look_at_cover(path)

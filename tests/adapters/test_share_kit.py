"""The share kit: the adapters' contract, texts that fit, and pictures in every shape."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from indieartist.adapters.social.share_kit import ShareKit
from indieartist.adapters.social.share_kit.framing import LARGEST_BYTES, render_frame
from indieartist.adapters.social.share_kit.networks import NETWORKS, Frame, Network
from indieartist.adapters.social.share_kit.wording import LONGEST_ADDRESS, wording_for
from indieartist.sdk.bench import Destination, publish, snapshot
from indieartist.sdk.capabilities import CapCache
from indieartist.sdk.failures import Rejected
from indieartist.sdk.samples import hostile_post, sample_post
from indieartist.sdk.testing import FilesConformance
from indieartist.sdk.text import fits, shown
from indieartist.sdk.views import AccountView, FileRole, MediaView, PostView

ACCOUNT = AccountView("1", "My posts")
CAPS = ShareKit().capabilities(None, CapCache())
LINK = "https://maravale.example/harbour-lights"


def kits(out_dir: Path) -> int:
    return len(list(out_dir.glob("*/index.html")))


class TestShareKitContract(FilesConformance[PostView]):
    @pytest.fixture
    def adapter(self) -> ShareKit:
        return ShareKit()

    @pytest.fixture
    def item(self, tmp_path: Path) -> PostView:
        return sample_post(tmp_path)

    @pytest.fixture
    def destination(self, tmp_path: Path) -> Destination:
        out_dir = tmp_path / "out"
        return Destination(ACCOUNT, out_dir, lambda: kits(out_dir))


@pytest.fixture
def post(tmp_path: Path) -> PostView:
    return sample_post(tmp_path)


@pytest.fixture
def out_dir(tmp_path: Path) -> Path:
    return tmp_path / "out"


def build(post: PostView, out_dir: Path) -> Path:
    destination = Destination(ACCOUNT, out_dir, lambda: 0)
    remote = publish(ShareKit(), ShareKit().plan(post, CAPS, ACCOUNT), destination)
    return out_dir / remote.id


def network(id: str) -> Network:
    return next(network for network in NETWORKS if network.id == id)


def test_the_kit_holds_texts_pictures_and_the_page(post: PostView, out_dir: Path) -> None:
    kit = build(post, out_dir)
    assert kit.name == "Mara Vale - Harbour Lights - share kit"
    names = set(snapshot(kit))
    assert {f"texts/{network.id}.txt" for network in NETWORKS} <= names
    assert {frame.path for frame in Frame} <= names
    assert {"index.html", "manifest.json", "SHA256SUMS"} <= names


def test_pictures_have_the_size_the_network_wants(post: PostView, out_dir: Path) -> None:
    kit = build(post, out_dir)
    for frame in Frame:
        with Image.open(kit / frame.path) as picture:
            assert (picture.size, picture.format, picture.mode) == (frame.size_px, "JPEG", "RGB")
        assert (kit / frame.path).stat().st_size <= LARGEST_BYTES


def test_even_noise_stays_small_enough() -> None:
    noise = Image.effect_noise((1500, 1500), 120).convert("RGB")
    assert len(render_frame(noise, Frame.SQUARE)) <= LARGEST_BYTES


def test_the_cover_stays_whole_in_every_shape() -> None:
    """A cover with four coloured corners shows all four, also in the tall and the wide one."""
    colours = [(200, 30, 30), (30, 200, 30), (30, 30, 200), (200, 200, 30)]
    cover = Image.new("RGB", (800, 800), (90, 90, 90))
    for index, colour in enumerate(colours):
        left, top = 600 * (index % 2), 600 * (index // 2)
        cover.paste(colour, (left, top, left + 200, top + 200))
    import io

    for frame in Frame:
        picture = Image.open(io.BytesIO(render_frame(cover, frame)))
        width_px, height_px = frame.size_px
        reach = min(frame.size_px) * 0.3
        for index, colour in enumerate(colours):
            x = width_px / 2 + (reach if index % 2 else -reach)
            y = height_px / 2 + (reach if index // 2 else -reach)
            spot = picture.getpixel((int(x), int(y)))
            assert max(abs(a - b) for a, b in zip(spot, colour, strict=True)) < 30, frame


@given(st.text(max_size=400), st.lists(st.from_regex(r"\w{1,12}", fullmatch=True), max_size=6))
def test_every_text_fits_its_network(text: str, tags: list[str]) -> None:
    post = PostView("1", text, link=LINK, hashtags=tuple(tags))
    for network in NETWORKS:
        wording = wording_for(post, network)
        assert fits(wording.text, network.text)
        assert not network.link_in_text or LINK in wording.text
        assert network.title is None or fits(wording.title, network.title)
        assert len(wording.compose_url) <= LONGEST_ADDRESS


def test_a_long_text_is_cut_where_it_must_be_and_said_so(post: PostView) -> None:
    long = replace(post, text="Low water and high moon. " * 14)
    short = [n.id for n in NETWORKS if wording_for(long, n).shortened]
    assert short == ["x", "bluesky"]
    issues = ShareKit().validate(long, CAPS)
    assert [(i.code, i.message) for i in issues] == [
        ("text.shortened", "The text is too long for X, Bluesky, and is cut there.")
    ]
    assert wording_for(long, network("x")).text.endswith(f"…\n\n{LINK}")


def test_links_go_where_they_can_be_followed(post: PostView) -> None:
    assert LINK not in wording_for(post, network("instagram")).text
    assert LINK in wording_for(post, network("facebook")).text
    assert wording_for(post, network("reddit")).title == "Mara Vale – Harbour Lights"
    assert "#" not in wording_for(post, network("email")).text


def test_the_composer_opens_with_the_text(post: PostView) -> None:
    hard = replace(post, text="100% & more? #1 = “ferry” 🌊")
    wording = wording_for(hard, network("bluesky"))
    assert parse_qs(urlsplit(wording.compose_url).query)["text"] == [wording.text]
    mail = urlsplit(wording_for(hard, network("email")).compose_url)
    assert mail.scheme == "mailto" and parse_qs(mail.query)["subject"]


def test_a_text_too_long_for_an_address_opens_the_door_alone(post: PostView) -> None:
    long = replace(post, text="é" * 290, link="", hashtags=())
    assert wording_for(long, network("bluesky")).compose_url.count("%C3%A9") == 290
    longer = replace(post, text="é" * 480)
    assert wording_for(longer, network("threads")).compose_url == (
        "https://www.threads.net/intent/post"
    )


def test_without_a_link_there_is_nothing_to_submit(post: PostView) -> None:
    wording = wording_for(replace(post, link=""), network("reddit"))
    assert wording.compose_url == "https://www.reddit.com/submit"


@pytest.mark.parametrize("hostile", [False, True])
def test_the_page_is_valid_and_holds_the_texts(
    post: PostView, out_dir: Path, hostile: bool
) -> None:
    post = hostile_post(post) if hostile else post
    kit = build(post, out_dir)
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse((kit / "index.html").read_bytes())
    values = [e.text for e in tree.iter("div") if e.get("class") == "value"]
    for item in NETWORKS:
        wording = wording_for(post, item)
        assert shown(wording.text) in values
        written = (kit / f"texts/{item.id}.txt").read_text("utf-8")
        assert written.endswith(shown(wording.text) + "\n")
    pictures = {e.get("src") for e in tree.iter("img")}
    assert pictures == {frame.path for frame in Frame}
    assert all((kit / str(src)).is_file() for src in pictures)


def test_the_time_is_said(post: PostView, out_dir: Path) -> None:
    at = datetime(2026, 11, 27, 17, 30, tzinfo=UTC)
    page = (build(replace(post, scheduled_at=at), out_dir) / "index.html").read_text("utf-8")
    assert "Post it on 2026-11-27 at 17:30 UTC." in page


def test_sounds_go_in_as_they_are(post: PostView, out_dir: Path) -> None:
    assert post.release
    sound = post.release.tracks[0].find_file(FileRole.LISTENING)
    assert sound
    kit = build(replace(post, media=(MediaView(sound, "The song."),)), out_dir)
    assert (kit / "media/1.wav").read_bytes() == Path(sound.path).read_bytes()
    assert "Cover of Harbour Lights by Mara Vale" in (kit / "index.html").read_text("utf-8")


def test_missing_things_are_named(post: PostView, out_dir: Path) -> None:
    bare = replace(post, text=" ", media=(), release=None)
    codes = [issue.code for issue in ShareKit().validate(bare, CAPS)]
    assert codes == ["text.empty", "media.missing"]
    with pytest.raises(Rejected, match="no picture"):
        build(bare, out_dir)
    blind = replace(post, media=(replace(post.media[0], alt=""),))
    assert [issue.code for issue in ShareKit().validate(blind, CAPS)] == ["media.no_alt"]

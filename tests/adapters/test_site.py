"""The artist's site: the adapters' contract, valid pages and feeds, and readable colours."""

from __future__ import annotations

import json
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import feedparser
import html5lib
import podcastparser
import pytest
from PIL import Image

from indieartist.adapters.distributors.site import Site
from indieartist.sdk.bench import Destination, publish, snapshot
from indieartist.sdk.capabilities import CapCache
from indieartist.sdk.failures import Misconfigured, Rejected
from indieartist.sdk.samples import HOSTILE, hostile_release, sample_release
from indieartist.sdk.steps import Found, NotFound, RemoteRef
from indieartist.sdk.testing import FilesConformance
from indieartist.sdk.text import shown
from indieartist.sdk.views import AccountView, CreditView, FileRole, ReleaseView, ValueSplit

NOWHERE = AccountView("1", "My site")
ONLINE = AccountView("1", "My site", "https://maravale.example/music")
CAPS = Site().capabilities(None, CapCache())
PODCAST = "{https://podcastindex.org/namespace/1.0}"


def pages(out_dir: Path) -> list[Path]:
    """The releases that a visitor finds from the front page."""
    index = out_dir / "index.html"
    front = index.read_text("utf-8") if index.exists() else ""
    return [page for page in out_dir.glob("*/index.html") if f'"{page.parent.name}/' in front]


class TestSiteContract(FilesConformance[ReleaseView]):
    @pytest.fixture
    def adapter(self) -> Site:
        return Site()

    @pytest.fixture
    def item(self, tmp_path: Path) -> ReleaseView:
        return sample_release(tmp_path)

    @pytest.fixture(params=[NOWHERE, ONLINE], ids=["disk", "online"])
    def destination(self, tmp_path: Path, request: pytest.FixtureRequest) -> Destination:
        out_dir = tmp_path / "out"
        return Destination(request.param, out_dir, lambda: len(pages(out_dir)))


@pytest.fixture
def release(tmp_path: Path) -> ReleaseView:
    return sample_release(tmp_path)


@pytest.fixture
def out_dir(tmp_path: Path) -> Path:
    return tmp_path / "out"


def build(release: ReleaseView, out_dir: Path, account: AccountView = NOWHERE) -> Path:
    destination = Destination(account, out_dir, lambda: 0)
    remote = publish(Site(), Site().plan(release, CAPS, account), destination)
    return out_dir / remote.id


def parse(page: Path) -> ET.Element:
    """The page as a strict HTML parser sees it; any error in it raises."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: ET.Element = parser.parse(page.read_bytes())
    return tree


def words(tree: ET.Element, name: str) -> list[str]:
    found = (e for e in tree.iter() if name in (e.get("class") or "").split())
    return ["".join(element.itertext()) for element in found]


def test_the_page_says_what_the_release_is(release: ReleaseView, out_dir: Path) -> None:
    tree = parse(build(release, out_dir) / "index.html")
    assert words(tree, "name") == ["Low Water", "Signal Fires"]
    assert words(tree, "kind") == ["Single · 27 November 2026"]
    assert words(tree, "lyrics") == [track.lyrics for track in release.tracks]
    assert words(tree, "person") == ["Ines Okafor", "Mara Vale", "Tomas Reyes"]
    assert words(tree, "did") == ["cello", "songwriter", "mixing engineer"]
    assert words(tree, "links")[0].split() == ["Bandcamp"]
    assert "℗ 2026 Mara Vale" in "".join(tree.itertext())


def test_every_file_the_page_names_lies_beside_it(release: ReleaseView, out_dir: Path) -> None:
    folder = build(release, out_dir)
    tree = parse(folder / "index.html")
    named = {e.get(key) for e in tree.iter() for key in ("src", "href") if e.get(key)}
    local = {name for name in named if name and not name.startswith(("https:", "#"))}
    assert {"songs/01-low-water.wav", "cover-1200.jpg", "../index.html"} <= local
    assert all((folder / name).is_file() for name in local)


def test_the_page_fetches_nothing_from_elsewhere(release: ReleaseView, out_dir: Path) -> None:
    tree = parse(build(release, out_dir, ONLINE) / "index.html")
    fetched = {e.get("src") for e in tree.iter() if e.tag in ("img", "script", "audio", "source")}
    styles = {e.get("href") for e in tree.iter("link") if e.get("rel") in ("stylesheet", "icon")}
    assert not [url for url in fetched | styles if url and ":" in url]
    assert "@import" not in "".join(tree.itertext())


@pytest.mark.parametrize("account", [NOWHERE, ONLINE])
def test_hostile_text_stays_text(release: ReleaseView, out_dir: Path, account: AccountView) -> None:
    folder = build(hostile_release(release), out_dir, account)
    tree = parse(folder / "index.html")
    assert words(tree, "name") == [shown(HOSTILE)] * 2
    assert words(tree, "lyrics") == [shown(HOSTILE).strip()] * 2
    assert len(list(tree.iter("script"))) == 2 and not list(tree.iter("b"))
    data = structured(tree)
    assert data["name"] == shown(HOSTILE) == data["track"][0]["name"]
    parse(out_dir / "index.html")
    ET.parse(folder / "feed.xml")


def structured(tree: ET.Element) -> dict[str, object] | dict[str, list[dict[str, object]]]:
    element = next(e for e in tree.iter("script") if e.get("type") == "application/ld+json")
    data: dict[str, object] = json.loads(element.text or "")
    return data


def test_search_engines_get_the_whole_record(release: ReleaseView, out_dir: Path) -> None:
    data = structured(parse(build(release, out_dir, ONLINE) / "index.html"))
    home = "https://maravale.example/music/harbour-lights/"
    assert (data["@type"], data["url"]) == ("MusicAlbum", home)
    assert data["albumReleaseType"] == "https://schema.org/SingleRelease"
    edition, track = data["albumRelease"], data["track"][0]
    assert (edition["catalogNumber"], edition["gtin"]) == ("TIDE-7", "5063412907718")
    assert (track["isrcCode"], track["duration"], track["position"]) == ("GBX7K2600101", "PT0S", 1)
    assert track["audio"]["contentUrl"] == home + "songs/01-low-water.wav"
    assert track["recordingOf"]["composer"] == [{"@type": "Person", "name": "Mara Vale"}]


def test_previews_need_an_address(release: ReleaseView, out_dir: Path) -> None:
    def properties(account: AccountView) -> dict[str | None, str | None]:
        tree = parse(build(release, out_dir, account) / "index.html")
        return {e.get("property"): e.get("content") for e in tree.iter("meta")}

    assert "og:image" not in properties(NOWHERE)
    online = properties(ONLINE)
    assert online["og:image"] == "https://maravale.example/music/harbour-lights/cover-1200.jpg"
    assert online["og:type"] == "music.album"


def test_two_feed_readers_agree(release: ReleaseView, out_dir: Path) -> None:
    folder = build(release, out_dir, ONLINE)
    home = "https://maravale.example/music/harbour-lights/"
    with (folder / "feed.xml").open("rb") as file:
        podcast = podcastparser.parse(f"{home}feed.xml", file)
    feed = feedparser.parse((folder / "feed.xml").read_bytes())
    assert not feed.bozo and podcast["title"] == feed.feed.title == "Harbour Lights"
    assert [e["title"] for e in podcast["episodes"]] == ["Low Water", "Signal Fires"]
    assert [e.title for e in feed.entries] == ["Low Water", "Signal Fires"]
    enclosure = feed.entries[0].enclosures[0]
    song = folder / "songs/01-low-water.wav"
    assert enclosure.href == f"{home}songs/01-low-water.wav"
    assert (int(enclosure.length), enclosure.type) == (song.stat().st_size, "audio/wav")
    assert podcast["episodes"][0]["guid"] == "isrc:GBX7K2600101"
    assert feed.entries[0].published == "Fri, 27 Nov 2026 00:00:00 GMT"


def channel_of(folder: Path) -> ET.Element:
    channel = ET.parse(folder / "feed.xml").getroot().find("channel")
    assert channel is not None
    return channel


def test_the_feed_is_music(release: ReleaseView, out_dir: Path) -> None:
    channel = channel_of(build(release, out_dir, ONLINE))
    assert channel.findtext(f"{PODCAST}medium") == "music"
    url = "maravale.example/music/harbour-lights/feed.xml"
    namespace = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
    assert channel.findtext(f"{PODCAST}guid") == str(uuid.uuid5(namespace, url))
    item = channel.find("item")
    assert item is not None and channel.find(f"{PODCAST}value") is None
    persons = {p.text: p.get("role") for p in item.iter(f"{PODCAST}person")}
    assert persons["Mara Vale"] == "songwriter" and persons["Ines Okafor"] == "music contributor"


def test_payments_are_split_only_where_splits_are_given(
    release: ReleaseView, out_dir: Path
) -> None:
    paid = replace(release, value=(ValueSplit("Mara", "node", "02ab", 90),))
    value = channel_of(build(paid, out_dir)).find(f"{PODCAST}value")
    assert value is not None
    assert [r.attrib for r in value] == [
        {"name": "Mara", "type": "node", "address": "02ab", "split": "90"}
    ]


def test_without_an_address_the_feed_is_for_the_disk(release: ReleaseView, out_dir: Path) -> None:
    folder = build(release, out_dir)
    channel = channel_of(folder)
    urls = [e.get("url") for e in channel.iter("enclosure")]
    assert all((folder / (url or "")).is_file() for url in urls)
    assert channel.find(f"{PODCAST}guid") is None
    assert "feed.xml" not in (folder / "index.html").read_text("utf-8")
    assert "for the disk alone" in Site().plan(release, CAPS, NOWHERE).summary


def test_the_front_page_lists_the_newest_first(
    release: ReleaseView, out_dir: Path, tmp_path: Path
) -> None:
    build(release, out_dir)
    later = {"title": "Fern", "id": "8", "release_on": date(2027, 1, 8)}
    build(replace(release, **later), out_dir)
    build(replace(release, title="Demos", id="9", release_on=None), out_dir)
    tree = parse(out_dir / "index.html")
    assert [e.text for e in tree.iter("h2")] == ["Fern", "Harbour Lights", "Demos"]
    assert [e.text for e in tree.iter("h1")] == ["Mara Vale"]


def test_damaged_entries_do_not_hide_the_others(release: ReleaseView, out_dir: Path) -> None:
    for name, text in (("a", "{"), ("b", "[]"), ("c", '{"title": 7}'), ("d", "\0")):
        (out_dir / name).mkdir(parents=True)
        (out_dir / name / "release.json").write_text(text)
    build(release, out_dir)
    assert [e.text for e in parse(out_dir / "index.html").iter("h2")] == ["Harbour Lights"]


def test_a_foreign_front_page_is_left_alone(release: ReleaseView, out_dir: Path) -> None:
    out_dir.mkdir()
    (out_dir / "index.html").write_text("<title>My homepage</title>")
    with pytest.raises(Misconfigured, match="not made here"):
        build(release, out_dir)
    assert (out_dir / "index.html").read_text() == "<title>My homepage</title>"


def test_a_new_title_keeps_the_address(release: ReleaseView, out_dir: Path) -> None:
    folder = build(release, out_dir)
    plan = Site().plan_update(RemoteRef(folder.name), replace(release, title="New"), CAPS, NOWHERE)
    remote = publish(Site(), plan, Destination(NOWHERE, out_dir, lambda: 0))
    assert remote.id == "harbour-lights" and len(pages(out_dir)) == 1
    assert [e.text for e in parse(out_dir / "index.html").iter("h2")] == ["New"]


def test_two_releases_of_one_title_have_two_addresses(release: ReleaseView, out_dir: Path) -> None:
    first, second = build(release, out_dir), build(replace(release, id="8"), out_dir)
    assert (first.name, second.name) == ("harbour-lights", "harbour-lights-8")


def test_reconcile_sees_what_is_missing(release: ReleaseView, out_dir: Path) -> None:
    plan = Site().plan(release, CAPS, NOWHERE)
    ctx = Destination(NOWHERE, out_dir, lambda: 0).context()
    assert [Site().reconcile(step, ctx) for step in plan.steps] == [NotFound()] * 2
    folder = build(release, out_dir)
    assert Site().reconcile(plan.steps[0], ctx) == Found(
        RemoteRef(folder.name, (folder / "index.html").as_uri())
    )
    assert isinstance(Site().reconcile(plan.steps[1], ctx), Found)
    (out_dir / "index.html").unlink()
    assert Site().reconcile(plan.steps[1], ctx) == NotFound()


def test_a_bad_address_is_named() -> None:
    account = AccountView("1", "x", "javascript:alert(1)")
    with pytest.raises(Misconfigured, match="no web address"):
        Site().fetch_account(Destination(account, Path(), lambda: 0).context())


def test_credits_say_where_and_only_once(release: ReleaseView, out_dir: Path) -> None:
    extra = CreditView("Ines Okafor", "vocals", "Vocals", "performance")
    first, second = release.tracks
    lone = CreditView("Bo", "performer", "Performer", "performance", "drums")
    tracks = (
        replace(first, credits=(*first.credits, extra)),
        replace(second, credits=(*second.credits, extra, lone)),
    )
    tree = parse(build(replace(release, tracks=tracks), out_dir) / "index.html")
    assert words(tree, "person")[:2] == ["Ines Okafor", "Bo"]
    assert words(tree, "did")[:2] == ["cello, vocals", "drums on 2"]


def broken_covers(folder: Path) -> Iterator[bytes]:
    good = (folder / "cover.png").read_bytes()
    yield from (b"", b"not a picture", good[: len(good) // 2], b"\x89PNG\r\n\x1a\n" + bytes(99))


def test_a_broken_cover_is_one_clear_sentence(
    release: ReleaseView, out_dir: Path, tmp_path: Path
) -> None:
    for data in list(broken_covers(tmp_path)):
        (tmp_path / "cover.png").write_bytes(data)
        with pytest.raises(Rejected, match=r"cover\.png cannot be read as a picture"):
            build(release, out_dir)
    assert snapshot(out_dir) == {}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "YCbCr", "F"])
def test_every_kind_of_picture_becomes_a_cover(
    release: ReleaseView, out_dir: Path, tmp_path: Path, mode: str
) -> None:
    suffix = ".tiff" if mode in ("CMYK", "YCbCr", "F") else ".png"
    path = tmp_path / f"odd{suffix}"
    Image.new(mode, (50, 30)).save(path)
    assert release.artwork
    from indieartist.sdk.samples import file_view

    odd = replace(release, artwork=file_view(path, "image/tiff", FileRole.ARTWORK))
    with Image.open(build(odd, out_dir) / "cover-1200.jpg") as cover:
        assert (cover.mode, cover.size) == ("RGB", (30, 30))


def test_missing_things_are_named(release: ReleaseView) -> None:
    first = release.tracks[0]
    audio = first.find_file(FileRole.AUDIO)
    assert audio
    aiff = replace(first, files=(replace(audio, mime="audio/aiff"),))
    heavy, silent = replace(first, files=(audio,)), replace(first, files=())
    bare = replace(release, artwork=None, tracks=(aiff, heavy, silent))
    codes = [issue.code for issue in Site().validate(bare, CAPS)]
    assert codes == ["artwork.missing", "audio.format", "audio.heavy", "audio.missing"]

"""A stem pack is what both schemas ask for, and reads back as what was put into it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bounces import write_bounce
from hypothesis import given, settings
from hypothesis import strategies as st
from readers import dawproject_rules as rules
from readers.dawproject_rules import breaches

from indieartist.domain.project import Marker
from indieartist.domain.stems import PACK_FACTS, Stem, StemPack
from indieartist.errors import UserError
from indieartist.readers.projects import read_project
from indieartist.readers.stem_pack import make_metadata, make_project, name_members
from indieartist.services.stem_packs import make_pack, read_stem, write_pack

MARKERS = (Marker("Intro", 0), Marker("Chorus & “Köln”", 24_000), Marker("nowhere", None))


@pytest.fixture
def pack(tmp_path: Path) -> StemPack:
    paths = [write_bounce(tmp_path / name, 1.0) for name in ("Drums v2.wav", "a/Bass.wav")]
    paths.append(write_bounce(tmp_path / "b" / "Bass.wav", 0.5))
    stems = tuple(read_stem(path) for path in paths)
    return StemPack(stems, 92.5, "6/8", MARKERS, {"title": "Night Bus", "year": "2026"})


def test_a_pack_reads_back(pack: StemPack, tmp_path: Path) -> None:
    out = tmp_path / "Night Bus.dawproject"
    write_pack(pack, out)
    project = read_project(out)
    assert (project.daw, project.tempo_bpm, project.time_signature) == ("IndieArtist", 92.5, "6/8")
    assert [(m.name, m.at_ms) for m in project.markers] == [("Intro", 0), (MARKERS[1].name, 24_000)]
    assert project.tracks == ("Drums", "Bass", "Master")
    assert project.samples == ("audio/Drums v2.wav", "audio/Bass.wav", "audio/Bass 2.wav")
    assert not project.missing_samples
    assert project.facts == {"title": "Night Bus", "year": "2026"}


def test_the_stems_lie_in_the_pack_bit_for_bit(pack: StemPack, tmp_path: Path) -> None:
    out = tmp_path / "x.dawproject"
    heard: list[float] = []
    write_pack(pack, out, heard.append)
    with zipfile.ZipFile(out) as packed:
        assert packed.testzip() is None
        for stem, member in zip(pack.stems, name_members(pack.stems), strict=True):
            assert packed.read(member) == stem.path.read_bytes()
    assert heard[-1] == 1.0
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def parsed(make: Callable[[], bytes]) -> ElementTree.Element:
    return ElementTree.fromstring(make())


def test_both_schemas_take_it(pack: StemPack) -> None:
    members = dict(zip(pack.stems, name_members(pack.stems), strict=True))
    assert not breaches(parsed(lambda: make_project(pack, members)), rules.PROJECT)
    facts = dict.fromkeys(PACK_FACTS, "words")
    metadata = parsed(lambda: make_metadata(facts))
    assert not breaches(metadata, rules.METADATA)
    assert [element.tag for element in metadata] == rules.META_ORDER


@settings(max_examples=30)
@given(
    st.lists(st.text(), min_size=1, max_size=4),
    st.none() | st.floats(20, 999),
    st.none() | st.sampled_from(["4/4", "7/8"]),
    st.lists(st.builds(Marker, st.text(), st.none() | st.integers(0, 10**7))),
    st.dictionaries(st.sampled_from(PACK_FACTS), st.text()),
)
def test_whatever_it_says_both_schemas_take_it(
    names: list[str], tempo: float | None, signature: str | None, marks: list, facts: dict
) -> None:
    stems = tuple(Stem(Path("x.wav"), name, 12.5, 2, 44_100) for name in names)
    pack = StemPack(stems, tempo, signature, tuple(marks), facts)
    members = dict(zip(stems, name_members(stems), strict=False))
    assert not breaches(parsed(lambda: make_project(pack, members)), rules.PROJECT)
    assert not breaches(parsed(lambda: make_metadata(facts)), rules.METADATA)


@pytest.mark.parametrize(
    "harm",
    [
        lambda root: root.remove(root.find("Application")),
        lambda root: root.insert(0, root.find("Arrangement")),
        lambda root: root.find("Transport/Tempo").attrib.pop("unit"),
        lambda root: root.find("Transport/Tempo").set("unit", "bars"),
        lambda root: root.find("Arrangement/Lanes/Lanes").set("track", "nobody"),
        lambda root: root.find("Structure/Track").set("id", "master"),
        lambda root: root.find(".//Audio").attrib.pop("channels"),
        lambda root: root.find(".//Clip").set("time", "soon"),
        lambda root: ElementTree.SubElement(root.find("Transport"), "Beat"),
    ],
)
def test_the_rules_are_seen_to_refuse(pack: StemPack, harm: Callable) -> None:
    members = dict(zip(pack.stems, name_members(pack.stems), strict=True))
    root = parsed(lambda: make_project(pack, members))
    harm(root)
    assert breaches(root, rules.PROJECT)


def test_a_pack_needs_stems_and_a_file_of_its_own(pack: StemPack) -> None:
    with pytest.raises(UserError):
        make_pack([])
    with pytest.raises(UserError, match="one of the stems"):
        write_pack(pack, pack.stems[0].path)

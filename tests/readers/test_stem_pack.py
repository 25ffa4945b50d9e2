"""A stem pack is what both schemas ask for, and reads back as what was put into it."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bounces import write_bounce
from hypothesis import given, settings
from hypothesis import strategies as st
from readers import dawproject_rules as rules
from readers.dawproject_rules import breaches
from songs import ROOT

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


HARMS = [
    lambda root: root.remove(root.find("Application")),
    lambda root: root.insert(0, root.find("Arrangement")),
    lambda root: root.find("Transport/Tempo").attrib.pop("unit"),
    lambda root: root.find("Transport/Tempo").set("unit", "bars"),
    lambda root: root.find("Structure/Track").set("id", "master"),
    lambda root: root.find(".//Audio").attrib.pop("channels"),
    lambda root: root.find(".//Clip").set("time", "soon"),
    lambda root: ElementTree.SubElement(root.find("Transport"), "Beat"),
]


def point_nowhere(root: ElementTree.Element) -> None:
    """What libxml2 does not follow, and every DAW does."""
    lane = root.find("Arrangement/Lanes/Lanes")
    assert lane is not None
    lane.set("track", "nobody")


@pytest.mark.parametrize("harm", [*HARMS, point_nowhere])
def test_the_rules_are_seen_to_refuse(pack: StemPack, harm: Callable) -> None:
    members = dict(zip(pack.stems, name_members(pack.stems), strict=True))
    root = parsed(lambda: make_project(pack, members))
    harm(root)
    assert breaches(root, rules.PROJECT)


@pytest.fixture(scope="session")
def schemas() -> dict[str, Any]:
    """The format's own schemas, by the file each is for.

    They are not ours to ship: Project.xsd and MetaData.xsd of bitwig/dawproject (MIT) are looked
    for in .cache/dawproject, or where DAWPROJECT_SCHEMAS says.
    """
    etree = pytest.importorskip("lxml.etree")
    folder = Path(os.environ.get("DAWPROJECT_SCHEMAS", ROOT / ".cache" / "dawproject"))
    if not (folder / "Project.xsd").is_file():
        pytest.skip("Put Project.xsd and MetaData.xsd of bitwig/dawproject into .cache/dawproject.")
    found = {"project.xml": "Project.xsd", "metadata.xml": "MetaData.xsd"}
    return {name: etree.XMLSchema(file=folder / xsd) for name, xsd in found.items()}


def judge(schemas: dict[str, Any], name: str, text: bytes) -> bool:
    """Whether the schema takes a document."""
    etree = pytest.importorskip("lxml.etree")
    taken: bool = schemas[name].validate(etree.fromstring(text))
    return taken


@pytest.mark.real
def test_the_official_schemas_take_what_is_exported(
    schemas: dict[str, Any], pack: StemPack, tmp_path: Path
) -> None:
    """With all that a pack can say, and with nothing; and our own reader reads both back."""
    full = replace(pack, facts=dict.fromkeys(PACK_FACTS, "Ä & “b”"))
    bare = StemPack(pack.stems[:1], None, None, (), {})
    for number, each in enumerate((full, bare)):
        out = tmp_path / f"{number}.dawproject"
        write_pack(each, out)
        with zipfile.ZipFile(out) as packed:
            for name, schema in schemas.items():
                assert judge(schemas, name, packed.read(name)), schema.error_log
        project = read_project(out)
        assert (project.tempo_bpm, project.time_signature) == (each.tempo_bpm, each.time_signature)
        assert project.facts == each.facts
        assert len(project.samples) == len(each.stems)
        assert not project.missing_samples


@pytest.mark.real
@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text(), min_size=1, max_size=4),
    st.none() | st.floats(20, 999),
    st.none() | st.sampled_from(["4/4", "7/8"]),
    st.lists(st.builds(Marker, st.text(), st.none() | st.integers(0, 10**7))),
    st.dictionaries(st.sampled_from(PACK_FACTS), st.text()),
)
def test_whatever_it_says_the_official_schemas_take_it(
    schemas: dict[str, Any],
    names: list[str],
    tempo: float | None,
    signature: str | None,
    marks: list,
    facts: dict,
) -> None:
    stems = tuple(Stem(Path("x.wav"), name, 12.5, 2, 44_100) for name in names)
    said = StemPack(stems, tempo, signature, tuple(marks), facts)
    members = dict(zip(stems, name_members(stems), strict=False))
    assert judge(schemas, "project.xml", make_project(said, members))
    assert judge(schemas, "metadata.xml", make_metadata(facts))


@pytest.mark.real
@pytest.mark.parametrize("harm", HARMS)
def test_the_official_schemas_refuse_what_our_rules_refuse(
    schemas: dict[str, Any], pack: StemPack, harm: Callable
) -> None:
    members = dict(zip(pack.stems, name_members(pack.stems), strict=True))
    root = parsed(lambda: make_project(pack, members))
    harm(root)
    assert not judge(schemas, "project.xml", ElementTree.tostring(root))


def test_a_pack_needs_stems_and_a_file_of_its_own(pack: StemPack) -> None:
    with pytest.raises(UserError):
        make_pack([])
    with pytest.raises(UserError, match="one of the stems"):
        write_pack(pack, pack.stems[0].path)

"""Every format keeps the contract; then what is special to each."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from readers import makers
from readers.contract import ProjectContract
from readers.makers import SONG, Song

from indieartist.domain.project import TempoMap
from indieartist.errors import UserError
from indieartist.readers.limits import Limits
from indieartist.readers.projects import read_project
from indieartist.readers.protools import clock_s, find_frames
from indieartist.readers.reaper import split_words


class TestLive12(ProjectContract):
    daw, version = "Ableton Live", "12.1d1"

    def write(self, folder: Path, song: Song = SONG) -> Path:
        return makers.write_als(folder, song, 12)


class TestLive11(ProjectContract):
    daw, version = "Ableton Live", "11.3.13"
    mutations = 3

    def write(self, folder: Path, song: Song = SONG) -> Path:
        return makers.write_als(folder, song, 11)


class TestLive10(TestLive11):
    version = "10.1.43"

    def write(self, folder: Path, song: Song = SONG) -> Path:
        return makers.write_als(folder, song, 10)


class TestLive9(TestLive11):
    version = "9.7.7"

    def write(self, folder: Path, song: Song = SONG) -> Path:
        return makers.write_als(folder, song, 9)


class TestLive8(TestLive11):
    version = "8.4.2"

    def write(self, folder: Path, song: Song = SONG) -> Path:
        return makers.write_als(folder, song, 8)


class TestReaper(ProjectContract):
    daw, version = "Reaper", "7.22"

    def write(self, folder: Path, song: Song = SONG) -> Path:
        return makers.write_rpp(folder, song)


class TestDawproject(ProjectContract):
    daw, version = "Bitwig Studio", "5.0"

    def write(self, folder: Path, song: Song = SONG) -> Path:
        return makers.write_dawproject(folder, song)


class TestFlStudio(ProjectContract):
    daw, version = "FL Studio", "21.0.3.3517"

    def write(self, folder: Path, song: Song = SONG) -> Path:
        return makers.write_flp(folder, song)


class TestFlStudio2026(TestFlStudio):
    version = "26.1.0.5000"
    mutations = 3

    def write(self, folder: Path, song: Song = SONG) -> Path:
        return makers.write_flp(folder, song, self.version)


class TestProTools(ProjectContract):
    daw, version = "Pro Tools", ""
    says_tempo = False

    def write(self, folder: Path, song: Song = SONG) -> Path:
        return makers.write_protools(folder, song)


def test_live_follows_a_tempo_that_changes(tmp_path: Path) -> None:
    events = (
        '<FloatEvent Id="0" Time="-63072000" Value="120" />'
        '<FloatEvent Id="1" Time="16" Value="120" />'
        '<FloatEvent Id="2" Time="16" Value="60" />'
    )
    song = Song(tempo_bpm=120.0, markers=(("Before", 16.0), ("After", 20.0)))
    path = tmp_path / "x.als"
    path.write_bytes(gzip.compress(makers.als_xml(song, 12, main=events).encode()))
    project = read_project(path)
    assert [marker.at_ms for marker in project.markers] == [8000, 12000]
    assert project.tempo_varies


def test_a_ramp_takes_the_time_of_its_integral() -> None:
    tempos = TempoMap(60.0, [(0.0, 60.0), (60.0, 120.0)])
    steps = 100_000
    summed = sum(60 / (60 + 60 * (i + 0.5) / steps) * 60 / steps for i in range(steps))
    assert tempos.seconds_at(60.0) == pytest.approx(summed, rel=1e-6)
    assert tempos.seconds_at(61.0) - tempos.seconds_at(60.0) == pytest.approx(0.5)


def test_reaper_tells_regions_tempo_and_where_it_bounces(tmp_path: Path) -> None:
    points = "    PT 0 140 1 262148 0 1\n    PT 12.5 150 0\n"
    project = read_project(makers.write_rpp(tmp_path, points=points))
    region = next(marker for marker in project.markers if marker.name == "Verse 1")
    assert (region.at_ms, region.end_ms) == (40_000, 60_500)
    assert (project.tempo_bpm, project.tempo_varies, project.time_signature) == (140.0, True, "4/4")
    assert project.bounces == ("Bounces/Night Bus.wav",)
    assert project.facts == {"title": "Night Bus", "artist": 'Mara "MV" Vale'}
    assert project.sample_rate_hz == 48_000
    assert "loser/3BandEQ" in project.plugins


def test_reaper_words() -> None:
    assert split_words("""5 "a b" 'c "d' `e "f' g` "" h""") == [
        "5",
        "a b",
        'c "d',
        "e \"f' g",
        "",
        "h",
    ]


def test_dawproject_tells_its_facts_and_counts_in_seconds(tmp_path: Path) -> None:
    project = read_project(makers.write_dawproject(tmp_path, seconds=True))
    assert project.facts == {
        "title": "Night Bus",
        "artist": "Mara & Tom",
        "composer": "Mara Vale",
        "year": "2026",
    }
    assert [marker.at_ms for marker in project.markers] == [0, 24_000]


def test_dawproject_follows_a_tempo_that_changes(tmp_path: Path) -> None:
    points = (
        '<RealPoint time="0" value="120" interpolation="hold"/><RealPoint time="8" value="60"/>'
    )
    song = Song(tempo_bpm=120.0)
    assert read_project(makers.write_dawproject(tmp_path, song, points=points)).tempo_varies


def test_old_fl_studio_speaks_latin(tmp_path: Path) -> None:
    song = Song(tracks=("Drums", "Bass", "Flöte"))
    project = read_project(makers.write_flp(tmp_path, song, "9.0.3"))
    assert project.tracks == ("Drums", "Bass", "Flöte")
    assert project.facts["genre"] == "Downtempo"


def test_fl_studios_own_samples_are_never_missing(tmp_path: Path) -> None:
    project = read_project(makers.write_flp(tmp_path))
    assert any(place.startswith("%FLStudioFactoryData%") for place in project.samples)
    assert not any(place.startswith("%") for place in project.missing_samples)
    assert project.notes


@pytest.mark.parametrize("encoding", ["utf-16", "mac_roman", "utf-8-sig"])
def test_pro_tools_writes_in_several_alphabets(tmp_path: Path, encoding: str) -> None:
    song = Song(tracks=("Drums", "Bass", "Flöte"))
    assert read_project(makers.write_protools(tmp_path, song, encoding)).tracks == song.tracks


@pytest.mark.parametrize(
    ("text", "form", "seconds"),
    [
        ("01:00:00:00", "23.976 Frame", 3603.6),
        ("00:00:10:12", "24 Frame", 10.5),
        ("01:00:00;00", "29.97 Drop Frame", 3599.9964),
        ("0:56", "25 Frame", 56.0),
        ("1:02:03.5", "25 Frame", 3723.5),
        ("58|4", "25 Frame", None),
        ("10:00:00:00", "strange", None),
    ],
)
def test_clocks_of_pro_tools(text: str, form: str, seconds: float | None) -> None:
    assert clock_s(text, find_frames(form)) == pytest.approx(seconds)


# what is built to harm


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, "<!DOCTYPE x>"])
def test_entities_are_refused(tmp_path: Path, declared: str) -> None:
    xml = makers.als_xml().replace("<Ableton", declared + "<Ableton", 1)
    path = tmp_path / "x.als"
    path.write_bytes(gzip.compress(xml.encode()))
    with pytest.raises(UserError, match="document type"):
        read_project(path)


@pytest.mark.parametrize("member", ["project.xml", "metadata.xml"])
def test_entities_are_refused_in_a_zip(tmp_path: Path, member: str) -> None:
    texts = {"project.xml": makers.dawproject_xml(), "metadata.xml": makers.METADATA}
    texts[member] = texts[member].replace("?>", "?>" + LAUGHS, 1)
    path = tmp_path / "x.dawproject"
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in texts.items():
            packed.writestr(name, text)
    with pytest.raises(UserError, match="document type"):
        read_project(path)


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.als"
    packer = gzip.GzipFile(path, "wb", 9)
    with packer:
        packer.write(b"<Ableton><LiveSet>")
        for _ in range(40):
            packer.write(b" " * (1 << 20))
    with pytest.raises(UserError, match="unpacks to far more"):
        read_project(path)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.dawproject"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("project.xml", b"<Project>" + b" " * (40 << 20))
    with pytest.raises(UserError, match="unpacks to far more"):
        read_project(path)


def test_a_zip_with_an_endless_directory_is_refused(tmp_path: Path) -> None:
    path = makers.write_dawproject(tmp_path)
    data = bytearray(path.read_bytes())
    place = data.rfind(b"PK\x05\x06")
    data[place + 12 : place + 16] = (900 << 20).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(UserError, match="too many files"):
        read_project(path)


def test_a_tag_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.als"
    with gzip.open(path, "wb", 1) as packer:
        packer.write(b'<Ableton Creator="')
        for number in range(4):
            packer.write(bytes([65 + number]) * (1 << 20))
    with pytest.raises(UserError):
        read_project(path)


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.als"
    path.write_bytes(gzip.compress(b"<Ableton><LiveSet>" + b"<a>" * 100_000))
    with pytest.raises(UserError, match="nested"):
        read_project(path)


def test_packed_bytes_may_grow_a_little_and_never_without_bound() -> None:
    limits = Limits("x")
    assert len(b"".join(limits.chunks(io.BytesIO(bytes(1 << 20)), 10))) == 1 << 20
    with pytest.raises(UserError, match="unpacks"):
        for _ in limits.chunks(io.BytesIO(bytes(33 << 20)), 10):
            pass


def test_other_machines_are_not_asked_for_samples(tmp_path: Path) -> None:
    song = Song(missing="\\\\server\\share\\x.wav")
    project = read_project(makers.write_rpp(tmp_path, song))
    assert song.missing in project.samples
    assert song.missing not in project.missing_samples
    assert project.notes


@pytest.mark.parametrize("name", ["x.ptx", "x.cpr", "x.logicx", "x.als", "x"])
def test_what_is_no_project_is_refused_with_a_way_on(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x03BCDwhatever")
    with pytest.raises(UserError) as refused:
        read_project(path)
    assert refused.value.hint


def test_a_folder_and_nothing_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.als", Path("\0")):
        with pytest.raises(UserError):
            read_project(path)


def test_pro_tools_markers_by_samples_or_by_timecode(tmp_path: Path) -> None:
    """A marker that counts in bars still has its timecode, from the session's start on."""
    path = tmp_path / "x.txt"
    path.write_text(
        "SESSION NAME:\tTest\nSAMPLE RATE:\t48000.000000\nBIT DEPTH:\t24-bit\n"
        "SESSION START TIMECODE:\t00:59:55:00\nTIMECODE FORMAT:\t23.976 Frame\n\n\n"
        "M A R K E R S  L I S T I N G\n"
        "#   \tLOCATION     \tTIME REFERENCE    \tUNITS    \tNAME   \tTRACK NAME\tCOMMENTS\n"
        "1   \t00:59:58:00  \t144144            \tSamples  \tOne    \tMarkers\t\n"
        "2   \t01:00:00:00  \t3|3               \tTicks    \tTwo    \tMarkers\twords\n"
        "3   \t58|4         \t58|4              \tTicks    \tThree  \tMarkers\t\n",
        encoding="utf-8",
    )
    marks = [(mark.name, mark.at_ms, mark.place) for mark in read_project(path).markers]
    assert marks == [
        ("One", 3003, "00:59:58:00"),
        ("Two", 5005, "01:00:00:00"),
        ("Three", None, "58|4"),
    ]

"""The delivery package: the adapters' contract, and what a distributor finds in the folder."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

from indieartist.adapters.distributors.folder import Folder
from indieartist.errors import WorldError
from indieartist.sdk.bench import Destination, publish, snapshot
from indieartist.sdk.capabilities import CapCache
from indieartist.sdk.failures import Misconfigured
from indieartist.sdk.samples import hostile_release, sample_release
from indieartist.sdk.testing import FilesConformance
from indieartist.sdk.views import AccountView, FileRole, ReleaseView

ACCOUNT = AccountView("1", "My deliveries")
CAPS = Folder().capabilities(None, CapCache())


def packages(out_dir: Path) -> list[Path]:
    return (
        [p for p in out_dir.glob("*") if (p / "manifest.json").is_file()]
        if out_dir.exists()
        else []
    )


class TestFolderContract(FilesConformance[ReleaseView]):
    @pytest.fixture
    def adapter(self) -> Folder:
        return Folder()

    @pytest.fixture
    def item(self, tmp_path: Path) -> ReleaseView:
        return sample_release(tmp_path)

    @pytest.fixture
    def destination(self, tmp_path: Path) -> Destination:
        out_dir = tmp_path / "out"
        return Destination(ACCOUNT, out_dir, lambda: len(packages(out_dir)))


@pytest.fixture
def release(tmp_path: Path) -> ReleaseView:
    return sample_release(tmp_path)


@pytest.fixture
def destination(tmp_path: Path) -> Destination:
    return Destination(ACCOUNT, tmp_path / "out", lambda: 0)


def build(release: ReleaseView, destination: Destination) -> Path:
    remote = publish(Folder(), Folder().plan(release, CAPS, ACCOUNT), destination)
    return destination.out_dir / remote.id


def test_the_package_holds_what_a_form_asks_for(
    release: ReleaseView, destination: Destination
) -> None:
    package = build(release, destination)
    assert sorted(snapshot(package)) == [
        "01 - Low Water.wav",
        "02 - Signal Fires.wav",
        "SHA256SUMS",
        "artwork.png",
        "manifest.json",
        "metadata.csv",
        "metadata.json",
        "sheet.html",
    ]
    assert package.name == "Mara Vale - Harbour Lights"
    audio = release.tracks[1].find_file(FileRole.AUDIO)
    assert (
        audio and (package / "02 - Signal Fires.wav").read_bytes() == Path(audio.path).read_bytes()
    )


def test_the_table_reads_back(release: ReleaseView, destination: Destination) -> None:
    with (build(release, destination) / "metadata.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    assert [row["Track title"] for row in rows] == ["Low Water", "Signal Fires"]
    assert rows[0]["Performers"] == "Ines Okafor (cello)"
    assert rows[0]["Lyrics"] == release.tracks[0].lyrics
    assert rows[1]["UPC/EAN"] == "5063412907718" and rows[1]["P line"] == "2026 Mara Vale"
    assert {row["Artwork file"] for row in rows} == {"artwork.png"}


def test_sha256sum_agrees(release: ReleaseView, destination: Destination) -> None:
    package = build(release, destination)
    command = ["sha256sum", "--strict", "--check", "SHA256SUMS"]
    result = subprocess.run(command, cwd=package, capture_output=True, text=True, check=True)
    assert result.stdout.count(": OK") == 7
    listed = json.loads((package / "manifest.json").read_text("utf-8"))["files"]
    for entry in listed:
        data = (package / entry["path"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (
            entry["size_bytes"],
            entry["sha256"],
        )


@pytest.mark.parametrize("hostile", [False, True])
def test_the_sheet_is_valid_and_holds_every_value(
    release: ReleaseView, destination: Destination, hostile: bool
) -> None:
    release = hostile_release(release) if hostile else release
    page = (build(release, destination) / "sheet.html").read_bytes()
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    values = [e.text for e in tree.iter("div") if e.get("class") == "value"]
    assert release.tracks[0].lyrics.replace("\x07", "") in values
    assert len(list(tree.iter("script"))) == 1 and b"http://" not in page
    assert len(list(tree.iter("button"))) == len(values)


def test_a_new_version_takes_the_place_of_the_old(
    release: ReleaseView, destination: Destination
) -> None:
    first = build(release, destination)
    second = build(replace(release, label="Another"), destination)
    assert first == second and "Another" in (second / "metadata.csv").read_text("utf-8-sig")
    assert [p.name for p in destination.out_dir.iterdir()] == [first.name]


def test_an_update_with_a_new_title_leaves_no_old_package(
    release: ReleaseView, destination: Destination
) -> None:
    remote = publish(Folder(), Folder().plan(release, CAPS, ACCOUNT), destination)
    renamed = replace(release, title="Other Lights")
    publish(Folder(), Folder().plan_update(remote, renamed, CAPS, ACCOUNT), destination)
    assert [p.name for p in destination.out_dir.iterdir()] == ["Mara Vale - Other Lights"]


def test_two_releases_of_one_title_lie_side_by_side(
    release: ReleaseView, destination: Destination
) -> None:
    build(release, destination)
    other = build(replace(release, id="8", title="HARBOUR lights"), destination)
    assert other.name == "Mara Vale - HARBOUR lights [8]"
    assert len(packages(destination.out_dir)) == 2


def test_what_is_not_ours_is_never_touched(release: ReleaseView, destination: Destination) -> None:
    for name in ("Mara Vale - Harbour Lights", "Mara Vale - Harbour Lights [7]"):
        (destination.out_dir / name).mkdir(parents=True)
        (destination.out_dir / name / "diary.txt").write_text("mine")
    before = snapshot(destination.out_dir)
    with pytest.raises(Misconfigured, match="is taken"):
        build(release, destination)
    assert snapshot(destination.out_dir) == before


def test_changed_audio_is_refused_and_the_old_package_stays(
    release: ReleaseView, destination: Destination
) -> None:
    build(release, destination)
    before = snapshot(destination.out_dir)
    audio = release.tracks[0].find_file(FileRole.AUDIO)
    assert audio
    Path(audio.path).write_bytes(b"something else")
    with pytest.raises(Misconfigured, match=r"master-1\.wav has changed"):
        build(release, destination)
    assert snapshot(destination.out_dir) == before


def test_a_missing_file_is_one_clear_sentence(
    release: ReleaseView, destination: Destination
) -> None:
    assert release.artwork
    Path(release.artwork.path).unlink()
    with pytest.raises(WorldError, match=r"cover\.png cannot be read"):
        build(release, destination)
    assert snapshot(destination.out_dir) == {}


def test_missing_things_are_named(release: ReleaseView) -> None:
    bare = replace(release, artwork=None, p_line="", tracks=(replace(release.tracks[0], files=()),))
    codes = {issue.code for issue in Folder().validate(bare, CAPS)}
    assert codes == {"artwork.missing", "p_line.missing", "audio.missing"}
    assert not Folder().validate(release, CAPS)


def test_hostile_names_are_safe_on_every_system(
    release: ReleaseView, destination: Destination
) -> None:
    package = build(hostile_release(release), destination)
    for path in [package, *package.iterdir()]:
        assert not set(path.name) & set('<>:"/\\|?*\x07\u202e') and not path.name.endswith(
            (" ", ".")
        )
        assert len(path.name.encode()) <= 130

"""Nothing is lost: the bin, verifying, a backup on a blank machine, and leaving with everything."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bounces import write_bounce, write_cover

from indieartist.domain.release import Credit
from indieartist.errors import UserError, WorldError
from indieartist.library.vault import hash_file
from indieartist.services import (
    acts,
    editing,
    finding,
    importing,
    keeping,
    leaving,
    tagging,
    verifying,
)
from indieartist.services import bin as binning
from indieartist.services.studio import Studio, open_studio


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with bounces and a library: a release of two tracks with a cover, and a single."""
    folder = tmp_path_factory.mktemp("made")
    studio = open_studio(folder / "Library")
    for number, name in enumerate(("Night Bus", "Undertow", "Solo")):
        importing.import_file(studio, write_bounce(folder / f"{name}.wav", 1, seed=number))
    track, album = finding.get_track(studio, "T2"), finding.get_release(studio, "R1")
    editing.move_track(studio, track, album)
    editing.remove_release(studio, finding.get_release(studio, "R2"))
    album = finding.get_release(studio, "R1")
    editing.edit_release(studio, album, {"title": "Harbour Lights", "label": "Own/=1"})
    editing.set_artists(studio, album, ["Mara Vale"])
    editing.set_artwork(studio, album, write_cover(folder / "cover.png", side_px=300))
    editing.set_track_credits(studio, track, [Credit("Bo", "composer")])
    editing.edit_track(studio, track, {"lyrics": "Line one\nLine two"})
    studio.library.close()
    return folder


@pytest.fixture
def studio(made: Path, tmp_path: Path) -> Iterator[Studio]:
    """A fresh copy of it, opened."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    studio = open_studio(tmp_path / "Library")
    yield studio
    studio.library.close()


def hashes(studio: Studio) -> set[str]:
    return {path.stem for path in studio.library.vault.folder.glob("??/*")}


def in_bin(studio: Studio) -> dict[str, str]:
    """Kind and title to the bin's name of each thing."""
    return {f"{line.kind} {line.title}": line.id for line in binning.look(studio).lines}


class TestBin:
    @pytest.mark.parametrize("thing", ["R1", "T2", "T2:1", "R1:cover"])
    def test_what_was_removed_comes_back_in_any_order(self, studio: Studio, thing: str) -> None:
        before = finding.get_release(studio, "R1")
        binning.remove(studio, thing)
        editing.edit_release(studio, finding.get_release(studio, "R3"), {"genre": "Dub"})
        wanted = next(name for name in in_bin(studio).items() if name[0] != "release Undertow")
        line = binning.bring_back(studio, wanted[1])
        assert line.kind in ("release", "track", "mix", "artwork")
        assert finding.get_release(studio, "R1") == before
        assert wanted[0] not in in_bin(studio)
        acts.undo(studio)
        assert wanted[0] in in_bin(studio)

    def test_a_track_comes_back_last(self, studio: Studio) -> None:
        binning.remove(studio, "T1")
        binning.bring_back(studio, in_bin(studio)["track Night Bus"])
        titles = [track.title for track in finding.get_release(studio, "R1").tracks]
        assert titles == ["Undertow", "Night Bus"]

    def test_parents_first(self, studio: Studio) -> None:
        binning.remove(studio, "T2:1")
        binning.remove(studio, "T2")
        binning.remove(studio, "R1")
        held = in_bin(studio)
        mix = next(name for title, name in held.items() if title.startswith("mix"))
        with pytest.raises(UserError, match="The track it belonged to is gone"):
            binning.bring_back(studio, mix)
        for name in (held["release Harbour Lights"], held["track Undertow"], mix):
            binning.bring_back(studio, name)
        assert len(finding.get_track(studio, "T2").mixes) == 1
        assert finding.get_track(studio, "T2").named("composer") == ("Bo",)

    def test_undo_takes_it_out_of_the_bin(self, studio: Studio) -> None:
        binning.remove(studio, "R1")
        acts.undo(studio)
        assert in_bin(studio) == {"release Undertow": in_bin(studio)["release Undertow"]}
        with pytest.raises(UserError, match="no 999 in the bin"):
            binning.bring_back(studio, "999")

    @pytest.mark.parametrize("thing", ["X1", "T1:9", "Night Bus"])
    def test_what_is_nothing(self, studio: Studio, thing: str) -> None:
        with pytest.raises(UserError, match=r"is not a number|has no mix"):
            binning.remove(studio, thing)

    def test_emptied_it_is_gone_for_good_and_the_rest_is_whole(self, studio: Studio) -> None:
        track = finding.get_track(studio, "T2")
        audio = track.mixes[0].audio_hash
        cover = finding.get_release(studio, "R1").artwork
        assert cover is not None
        for thing in ("T2", "R1:cover"):
            binning.remove(studio, thing)
        before = hashes(studio)
        done = binning.empty(studio)
        assert before - hashes(studio) == {audio, cover.hash}
        assert (done.file_count, in_bin(studio)) == (2, {})
        assert binning.look(studio) == binning.Bin((), 0, 0)
        assert verifying.verify(studio).is_whole
        assert acts.list_acts(studio)[0].final
        assert finding.get_release(studio, "R1").tracks[0].title == "Night Bus"

    def test_what_does_not_touch_it_can_still_be_undone(self, studio: Studio) -> None:
        single = finding.get_release(studio, "R3")
        binning.remove(studio, "T2")
        editing.edit_release(studio, single, {"genre": "Dub"})
        binning.empty(studio)
        assert acts.undo(studio).label == "Edit genre of “Solo”"
        while acts.find_undoable(studio):
            acts.undo(studio)
        assert verifying.verify(studio).is_whole

    def test_audio_that_another_track_has_stays(self, studio: Studio, tmp_path: Path) -> None:
        single = finding.get_track(studio, "T3")
        again = importing.import_file(studio, write_bounce(tmp_path / "v2.wav", 1, seed=9))
        kept = finding.get_track(studio, f"T{again.track_id}").mixes[-1].audio_hash
        with studio.library.act("share") as act:
            from indieartist.library import tables as t

            act.update(t.mix, single.mixes[0].id, audio_hash=kept)
        binning.remove(studio, f"T{again.track_id}")
        binning.empty(studio)
        assert kept in hashes(studio)
        assert verifying.verify(studio).is_whole


class TestVerify:
    def test_whole(self, studio: Studio) -> None:
        found = verifying.verify(studio)
        assert (found.is_whole, found.file_count, found.faults, found.database) == (True, 4, (), ())

    def test_missing_changed_and_unknown_are_named(self, studio: Studio, tmp_path: Path) -> None:
        backup = tmp_path / "backup"
        keeping.back_up(studio, backup)
        vault = studio.library.vault
        one, two = (finding.get_track(studio, f"T{n}").mixes[0].audio_hash for n in (1, 2))
        vault.path_of(one, ".wav").unlink()
        changed = vault.path_of(two, ".wav")
        changed.chmod(0o644)
        changed.write_bytes(changed.read_bytes()[:-1] + b"x")
        stray = vault.folder / "ab" / "ab.wav"
        stray.parent.mkdir(exist_ok=True)
        stray.write_bytes(b"?")
        found = verifying.verify(studio)
        assert not found.is_whole
        assert [(f.kind, Path(f.path).stem, f.used_by) for f in found.faults] == [
            ("missing", one, ("R1 Harbour Lights / T1 Night Bus, mix 1",)),
            ("changed", two, ("R1 Harbour Lights / T2 Undertow, mix 1",)),
            ("unknown", "ab", ()),
        ]
        assert verifying.mend(found, backup) == 2
        assert verifying.verify(studio).is_whole
        with pytest.raises(UserError, match="is not a backup"):
            verifying.mend(found, tmp_path / "nowhere")

    def test_a_backup_that_is_damaged_mends_nothing(self, studio: Studio, tmp_path: Path) -> None:
        keeping.back_up(studio, tmp_path / "backup")
        shutil.rmtree(studio.library.vault.folder)
        for path in (tmp_path / "backup" / "Vault").glob("??/*.wav"):
            path.chmod(0o644)
            path.write_bytes(b"rotten")
        found = verifying.verify(studio)
        assert {fault.kind for fault in found.faults} == {"missing"}
        assert verifying.mend(found, tmp_path / "backup") == 1  # the cover


class TestBlankMachine:
    def test_all_is_there_again(self, studio: Studio, tmp_path: Path) -> None:
        bounce = tmp_path / "Night Bus.wav"
        before = bounce.read_bytes()
        release, track = finding.get_release(studio, "R1"), finding.get_track(studio, "T1")
        tagging.write_file_tags(studio, bounce, tagging.sheet_of(studio, release, track, bounce))
        binning.remove(studio, "T2")
        keeping.back_up(studio, tmp_path / "stick")
        history = acts.list_acts(studio, 100)[1:]
        kept = [finding.get_release(studio, f"R{n}") for n in (1, 3)]
        studio.library.close()
        shutil.rmtree(studio.library.folder)

        blank = tmp_path / "blank" / "Music" / "IndieArtist"
        keeping.restore(tmp_path / "stick", blank)
        with closing((again := open_studio(blank)).library):
            assert [finding.get_release(again, f"R{n}") for n in (1, 3)] == kept
            assert verifying.verify(again).is_whole
            assert acts.list_acts(again, 100) == history
            assert acts.undo(again).label == "Remove track “Undertow”"
            assert acts.undo(again).label == "Write tags of Night Bus.wav"
        assert bounce.read_bytes() == before

    def test_while_somebody_writes(self, studio: Studio, tmp_path: Path) -> None:
        release = finding.get_release(studio, "R3")
        said: list[float] = []

        def work(fraction: float) -> None:
            said.append(fraction)
            editing.edit_release(studio, release, {"genre": f"Genre {len(said)}"})

        keeping.back_up(studio, tmp_path / "stick", work)
        keeping.restore(tmp_path / "stick", tmp_path / "again")
        assert said
        with closing((again := open_studio(tmp_path / "again")).library):
            assert verifying.verify(again).is_whole

    def test_refused(self, studio: Studio, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="is not a backup"):
            keeping.restore(tmp_path / "nothing", tmp_path / "new")
        keeping.back_up(studio, tmp_path / "stick")
        with pytest.raises(UserError, match=r"a library in .* already"):
            keeping.restore(tmp_path / "stick", studio.library.folder)
        damaged = next((tmp_path / "stick" / "Vault").glob("??/*"))
        damaged.chmod(0o644)
        damaged.write_bytes(b"rotten")
        with pytest.raises(UserError, match="is damaged"):
            keeping.restore(tmp_path / "stick", tmp_path / "new")
        assert not (tmp_path / "new" / "library.sqlite").exists()


class TestLeaving:
    def test_it_needs_no_indieartist(self, studio: Studio, tmp_path: Path) -> None:
        target = tmp_path / "Everything"
        made = leaving.export_all(studio, target)
        release = target / "Releases" / "Mara Vale - Harbour Lights (R1)"
        assert sorted(p.relative_to(release).as_posix() for p in release.rglob("*.*")) == [
            "01 Night Bus.wav",
            "02 Undertow.txt",
            "02 Undertow.wav",
            "All mixes/01 Night Bus - 01 bounce.wav",
            "All mixes/02 Undertow - 01 bounce.wav",
            "cover.png",
            "release.json",
        ]
        assert (release / "01 Night Bus.wav").read_bytes() == (
            tmp_path / "Night Bus.wav"
        ).read_bytes()
        facts = json.loads((release / "release.json").read_text(encoding="utf-8"))
        assert facts["tracks"][1]["credits"][0] == {
            "name": "Bo",
            "role": "composer",
            "instrument": "",
            "ipi": "",
            "isni": "",
        }
        with (target / "tracks.csv").open(encoding="utf-8-sig", newline="") as file:
            songs = list(csv.DictReader(file))
        assert [song["title"] for song in songs] == ["Night Bus", "Undertow", "Solo"]
        assert songs[1]["lyrics"] == "Line one\nLine two"
        assert (made.release_count, made.missing) == (2, ())
        lines = (target / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        assert len(lines) == made.file_count - 1
        for line in lines:
            sha256, name = line.split("  ", 1)
            assert hash_file(target / name) == sha256

    def test_every_table_is_there(self, studio: Studio, tmp_path: Path) -> None:
        from indieartist.library.tables import metadata

        leaving.export_all(studio, tmp_path / "out")
        found = {path.stem for path in (tmp_path / "out" / "Tables").iterdir()}
        assert found == set(metadata.tables)

    def test_titles_that_no_disk_takes(self, studio: Studio, tmp_path: Path) -> None:
        release = finding.get_release(studio, "R1")
        editing.edit_release(studio, release, {"title": 'CON: <"a/b">?*. '})
        for track in release.tracks:
            editing.edit_track(studio, track, {"title": "日本" * 100})
        made = leaving.export_all(studio, tmp_path / "out")
        assert made.missing == ()
        names = [p.name for p in (tmp_path / "out").rglob("*")]
        assert all(len(name.encode()) < 200 and not set(name) & set('<>:"\\|?*') for name in names)

    def test_a_missing_file_is_named_and_the_rest_comes(self, studio: Studio, tmp_path) -> None:
        lost = finding.get_track(studio, "T3").mixes[0].audio_hash
        studio.library.vault.path_of(lost, ".wav").unlink()
        made = leaving.export_all(studio, tmp_path / "out")
        assert made.missing == (
            "Releases/Solo (R3)/01 Solo.wav",
            "Releases/Solo (R3)/All mixes/01 Solo - 01 bounce.wav",
        )

    def test_refused(self, studio: Studio, tmp_path: Path, monkeypatch) -> None:
        with pytest.raises(UserError, match="something in"):
            leaving.export_all(studio, tmp_path)
        with pytest.raises(UserError, match="into itself"):
            leaving.export_all(studio, studio.library.folder / "x")
        full = shutil.disk_usage(tmp_path)._replace(free=1000)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
        with pytest.raises(WorldError, match=r"0\.0 GB are free"):
            leaving.export_all(studio, tmp_path / "out")
        assert not (tmp_path / "out").exists()

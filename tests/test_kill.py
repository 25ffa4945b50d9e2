"""The kill test: `kill -9` at hundreds of random moments, and nothing is lost, half or twice.

The real command line runs in a process of its own. Half of the moments are counted from its
start, the other half from its first word on stderr, when the work begins.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import soundfile
from bounces import RATE_HZ, write_bounce, write_cover
from mastodon_server import Server, open_account, serve_mastodon
from songs import play
from sqlalchemy import select

from indieartist.domain.publishing import OPEN_STATES, State
from indieartist.domain.release import MixKind
from indieartist.library import tables as t
from indieartist.library.store import Library
from indieartist.library.vault import hash_file
from indieartist.services import finding, outbox, publishing
from indieartist.services.publishing import Route
from indieartist.services.studio import Studio, open_studio
from indieartist.system.secrets import variable_of

CHUNKS, MOMENTS = 5, 5  # of each of the four kinds
LONG_AFTER_S = 2 * 3600
LABEL = "mara"
pytestmark = pytest.mark.real


@dataclass
class Scene:
    """A library, a bounce beside it, and what a command on them is typed with."""

    folder: Path
    server: Server | None = None

    @property
    def library(self) -> Path:
        return self.folder / "Library"

    @property
    def bounce(self) -> Path:
        return next(self.folder.glob("Night Bus.*"))

    @property
    def secrets(self) -> dict[str, str]:
        """The account's token, as a machine without keyring is given it."""
        if self.server is None:
            return {}
        return {variable_of(f"mastodon/{self.server.url}/{LABEL}/token"): self.server.token}

    def start(self, *words: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "indieartist", "--library", self.library, *words]
        return subprocess.Popen(
            list(map(str, command)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **self.secrets},
        )

    def type(self, *words: object) -> str:
        """Run a command to its end, which must be a good one."""
        with self.start(*words) as process:
            said, errors = process.communicate()
        assert process.returncode == 0, errors
        return said

    def kill(self, moment: Moment, *words: object) -> None:
        """Run a command and kill it."""
        with self.start(*words) as process:
            if moment.from_first_word:
                assert process.stderr is not None
                process.stderr.readline()
            time.sleep(moment.after_s)
            process.kill()
            process.communicate()

    def studio(self) -> Studio:
        return open_studio(self.library)


@dataclass(frozen=True)
class Moment:
    """When a command is killed."""

    after_s: float
    from_first_word: bool

    def __str__(self) -> str:
        return f"{self.after_s:.3f} s after its {'first word' if self.from_first_word else 'start'}"


def draw_moments(scene: Scene, words: tuple[object, ...], seed: str) -> list[Moment]:
    """Random moments of a run, by how long an undisturbed one takes."""
    started = time.monotonic()
    with scene.start(*words) as process:
        assert process.stderr is not None
        process.stderr.readline()
        spoke = time.monotonic()
        errors = process.communicate()[1]
    assert process.returncode == 0, errors
    ended = time.monotonic()
    chance = random.Random(seed)
    return [
        Moment(chance.uniform(0, 1.1 * (ended - (spoke if late else started))), late)
        for late in (number % 2 == 1 for number in range(MOMENTS))
    ]


def assert_whole(scene: Scene) -> None:
    """The library opens, its rows agree, and each file of its vault is what its name says."""
    with closing(Library(scene.library)) as library, library.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        for table in (t.audio, t.artwork):
            for row in connection.execute(select(table)):
                assert hash_file(library.vault.get_path(row.hash, row.suffix)) == row.hash
        held = connection.execute(select(t.mix.c.audio_hash)).scalars().all()
        measured = connection.execute(select(t.measurement.c.audio_hash)).scalars().all()
        assert set(held) <= set(measured)
    vault = scene.library / "Vault"
    for path in vault.glob("??/*"):
        assert hash_file(path) == path.stem
    assert list((vault / "incoming").iterdir() if (vault / "incoming").exists() else []) == []


def list_mixes(scene: Scene) -> list[Any]:
    with closing(Library(scene.library)) as library, library.read() as connection:
        return list(connection.execute(select(t.mix).order_by(t.mix.c.id)))


Stage = Callable[[str, Scene], Scene]


class KillTest:
    """What holds for every command, wherever it is killed."""

    words: tuple[object, ...]

    def prepare(self, scene: Scene, chunk: int) -> None:
        """Lay out what the command works on."""
        write_bounce(scene.folder / "Night Bus.wav", seconds=4)

    def words_for(self, scene: Scene) -> tuple[object, ...]:
        return self.words

    def assert_survived(self, scene: Scene, before: Scene) -> None:
        """What must be so once it was killed."""
        assert scene.bounce.read_bytes() == before.bounce.read_bytes()

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        """What must be so once the person typed it again."""
        raise NotImplementedError

    @pytest.fixture
    def stage(self, tmp_path: Path) -> Stage:
        """A way to lay out the same scene again and again."""
        return lambda name, before: copy_of(before, name)

    @pytest.mark.parametrize("chunk", range(CHUNKS))
    def test_a_kill_costs_nothing(self, tmp_path: Path, chunk: int, stage: Stage) -> None:
        before = Scene(tmp_path / "before")
        before.folder.mkdir()
        self.prepare(before, chunk)
        rehearsal = stage("rehearsal", before)
        seed = f"{type(self).__name__} {chunk}"
        for moment in draw_moments(rehearsal, self.words_for(rehearsal), seed):
            print(moment)  # shown when the test fails
            scene = stage("moment", before)
            scene.kill(moment, *self.words_for(scene))
            assert_whole(scene)
            self.assert_survived(scene, before)
            self.assert_finished(scene, before)
            assert_whole(scene)
            shutil.rmtree(scene.folder)


def copy_of(scene: Scene, name: str) -> Scene:
    folder = scene.folder.with_name(name)
    shutil.copytree(scene.folder, folder)
    return Scene(folder)


class TestImport(KillTest):
    """The library itself is made by the command that is killed."""

    def words_for(self, scene: Scene) -> tuple[object, ...]:
        return "import", scene.bounce

    def assert_survived(self, scene: Scene, before: Scene) -> None:
        super().assert_survived(scene, before)
        assert len(list_mixes(scene)) in (0, 1)

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        scene.type(*self.words_for(scene))
        with closing(Library(scene.library)) as library, library.read() as connection:
            for table in (t.release, t.track, t.mix, t.audio, t.measurement, t.act):
                assert len(connection.execute(select(table)).all()) == 1, table
        assert hash_file(scene.bounce) == list_mixes(scene)[0].audio_hash


class TestTagWrite(KillTest):
    """Each chunk is another container."""

    CONTAINERS = (
        ("wav", {}),
        ("aiff", {"format": "AIFF"}),
        ("flac", {"format": "FLAC"}),
        ("mp3", {"format": "MP3", "subtype": "MPEG_LAYER_III"}),
        ("ogg", {"format": "OGG", "subtype": "VORBIS"}),
    )

    def prepare(self, scene: Scene, chunk: int) -> None:
        suffix, how = self.CONTAINERS[chunk]
        write_bounce(scene.folder / f"Night Bus.{suffix}", seconds=4, **how)
        scene.type("import", scene.bounce)
        cover = write_cover(scene.folder / "cover.png", side_px=1500)
        scene.type("release", "edit", "R1", "--artist", "Mara Vale", "--artwork", cover)

    def words_for(self, scene: Scene) -> tuple[object, ...]:
        return "tags", "write", "T1", scene.bounce

    def assert_survived(self, scene: Scene, before: Scene) -> None:
        written = Scene(before.folder.with_name("rehearsal")).bounce.read_bytes()
        assert scene.bounce.read_bytes() in (before.bounce.read_bytes(), written)
        others = {path.name for path in scene.folder.iterdir()}
        left = others - {"Library", "cover.png", scene.bounce.name}
        assert all(name.startswith(".Night Bus.") and name.endswith(".part") for name in left)
        for name in left:
            long_ago = time.time() - LONG_AFTER_S
            os.utime(scene.folder / name, (long_ago, long_ago))

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        if scene.bounce.read_bytes() == before.bounce.read_bytes():
            scene.type(*self.words_for(scene))
            assert list(scene.folder.glob(".*")) == []
        scene.type("tags", "restore", scene.bounce)
        assert scene.bounce.read_bytes() == before.bounce.read_bytes()


class TestTagMany(KillTest):
    """Several files in one act: each is the old or the new one, and undo brings all back."""

    COUNT = 3

    def prepare(self, scene: Scene, chunk: int) -> None:
        for number in range(1, self.COUNT + 1):
            bounce = write_bounce(scene.folder / f"Song {number}.wav", seconds=2, seed=number)
            scene.type("import", bounce, *(("--release", "R1") if number > 1 else ()))
        scene.type("release", "edit", "R1", "--artist", "Mara Vale")

    def words_for(self, scene: Scene) -> tuple[object, ...]:
        with closing(Library(scene.library)) as library, library.write() as connection:
            for row in connection.execute(select(t.mix.c.id, t.mix.c.source_path)).all():
                path = str(scene.folder / Path(row.source_path).name)  # the scene is a copy
                mine = t.mix.update().where(t.mix.c.id == row.id)
                connection.execute(mine.values(source_path=path))
        return "tags", "write", "R1"

    @staticmethod
    def _songs(scene: Scene) -> list[bytes]:
        return [path.read_bytes() for path in sorted(scene.folder.glob("Song *.wav"))]

    def _written(self, before: Scene) -> list[bytes]:
        return self._songs(Scene(before.folder.with_name("rehearsal")))

    def assert_survived(self, scene: Scene, before: Scene) -> None:
        both = zip(self._songs(before), self._written(before), strict=True)
        for now, either in zip(self._songs(scene), both, strict=True):
            assert now in either

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        scene.type(*self.words_for(scene))
        assert self._songs(scene) == self._written(before)
        for _ in range(2):  # what was written before it was killed is an act of its own
            if self._songs(scene) != self._songs(before):
                scene.type("undo")
        assert self._songs(scene) == self._songs(before)


class TestEmptyBin(KillTest):
    """What is left is whole, and what was thrown away is gone once it was typed again."""

    words = ("bin", "empty", "--yes")

    def prepare(self, scene: Scene, chunk: int) -> None:
        super().prepare(scene, chunk)
        scene.type("import", scene.bounce)
        scene.type("import", write_bounce(scene.folder / "Undertow.flac", seconds=2, format="FLAC"))
        scene.type("remove", "R2")

    @staticmethod
    def _held(scene: Scene) -> set[str]:
        return {path.stem for path in (scene.library / "Vault").glob("??/*")}

    def assert_survived(self, scene: Scene, before: Scene) -> None:
        super().assert_survived(scene, before)
        assert hash_file(scene.bounce) in self._held(scene)

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        scene.type(*self.words)
        found = json.loads(scene.type("verify", "--json"))["found"]
        left = {fault["kind"] for fault in found["faults"]}
        assert left <= {"unknown"}  # a file that nothing names, where the kill was between
        assert "The bin is empty" in scene.type("bin", "list")


class TestRestoreBackup(KillTest):
    """There is a whole library or none, and the same command goes on where it was."""

    def prepare(self, scene: Scene, chunk: int) -> None:
        super().prepare(scene, chunk)
        scene.type("import", scene.bounce)
        scene.type("backup", scene.folder / "Stick")
        shutil.rmtree(scene.library)

    def words_for(self, scene: Scene) -> tuple[object, ...]:
        return "restore-backup", scene.folder / "Stick"

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        assert json.loads(scene.type("verify", "--json"))["whole"]

    def assert_survived(self, scene: Scene, before: Scene) -> None:
        super().assert_survived(scene, before)
        if not list_mixes(scene):  # nothing but what was just opened to look at it
            shutil.rmtree(scene.library)
            scene.type(*self.words_for(scene))
        assert len(list_mixes(scene)) == 1


class TestRename(KillTest):
    """Every file takes the name of the next; undo brings all names back, wherever it stopped."""

    COUNT = 40

    def prepare(self, scene: Scene, chunk: int) -> None:
        super().prepare(scene, chunk)
        scene.type("release", "list")
        for number in range(1, self.COUNT + 1):
            (scene.folder / f"{number}.txt").write_text(str(number))

    def words_for(self, scene: Scene) -> tuple[object, ...]:
        files = [scene.folder / f"{n % self.COUNT + 1}.txt" for n in range(1, self.COUNT + 1)]
        return "rename", *files, "--as", "{n}"

    @staticmethod
    def _contents(scene: Scene) -> dict[str, str]:
        return {path.name: path.read_text() for path in scene.folder.glob("*.txt")} | {
            path.name: path.read_text() for path in scene.folder.glob(".*.txt")
        }

    def assert_survived(self, scene: Scene, before: Scene) -> None:
        super().assert_survived(scene, before)
        assert sorted(self._contents(scene).values()) == sorted(self._contents(before).values())

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        if json.loads(scene.type("history", "--json")):
            scene.type("undo")
        assert self._contents(scene) == self._contents(before)


class TestCatalogue(KillTest):
    """A catalogue comes in whole or not at all, and its files are never touched."""

    COUNT = 30

    def prepare(self, scene: Scene, chunk: int) -> None:
        super().prepare(scene, chunk)
        (scene.folder / "Music").mkdir()
        for number in range(self.COUNT):
            path = scene.folder / "Music" / f"Song {chr(65 + number)}.flac"
            write_bounce(path, seconds=0.2, format="FLAC")

    def words_for(self, scene: Scene) -> tuple[object, ...]:
        return "catalogue", "folder", scene.folder / "Music"

    @staticmethod
    def _count(scene: Scene) -> int:
        return len(json.loads(scene.type("release", "list", "--json")))

    def assert_survived(self, scene: Scene, before: Scene) -> None:
        super().assert_survived(scene, before)
        assert self._count(scene) in (0, self.COUNT)
        for path in (before.folder / "Music").iterdir():
            assert (scene.folder / "Music" / path.name).read_bytes() == path.read_bytes()

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        scene.type(*self.words_for(scene))
        assert self._count(scene) == self.COUNT


class TestExportAll(KillTest):
    """There is a whole archive or none, and what a killed one began is gone with the next."""

    def prepare(self, scene: Scene, chunk: int) -> None:
        super().prepare(scene, chunk)
        scene.type("import", scene.bounce)
        scene.type("import", write_bounce(scene.folder / "Undertow.flac", seconds=9, format="FLAC"))
        cover = write_cover(scene.folder / "cover.png", side_px=3000)
        scene.type("release", "edit", "R1", "--artist", "Mara Vale", "--artwork", cover)

    def words_for(self, scene: Scene) -> tuple[object, ...]:
        return "export-all", scene.folder / "Archive"

    @staticmethod
    def _sums(scene: Scene) -> dict[str, str]:
        """Every file of the archive but its list of sums, by what it holds."""
        folder = scene.folder / "Archive"
        found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
        return {
            name: hash_file(path)
            for name, path in found.items()
            if path.is_file() and name != "SHA256SUMS"
        }

    def assert_archive(self, scene: Scene) -> None:
        """Its own list names every file, and each is what the list says."""
        lines = (scene.folder / "Archive" / "SHA256SUMS").read_text().splitlines()
        said = {name: sha256 for sha256, name in (line.split("  ", 1) for line in lines)}
        assert self._sums(scene) == said
        assert sum(name.endswith((".wav", ".flac")) for name in said) == 4

    def assert_survived(self, scene: Scene, before: Scene) -> None:
        super().assert_survived(scene, before)
        assert len(list_mixes(scene)) == 2
        if (scene.folder / "Archive").exists():
            self.assert_archive(scene)
            shutil.rmtree(scene.folder / "Archive")

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        scene.type(*self.words_for(scene))
        self.assert_archive(scene)
        assert not list(scene.folder.glob(".Archive*"))


class TestWatch(KillTest):
    """Bounces of a watched folder are taken once each, and those of one song become its mixes."""

    SONGS, SPEEDS = 2, (1.0, 1.03)

    def prepare(self, scene: Scene, chunk: int) -> None:
        super().prepare(scene, chunk)
        (scene.folder / "Bounces").mkdir()
        for seed in range(self.SONGS):
            for number, speed in enumerate(self.SPEEDS):
                sound = play(seed, 2.0 * speed, beats=24, rate_hz=RATE_HZ)
                path = scene.folder / "Bounces" / f"Song {'ABC'[seed]} v{number + 1}.wav"
                soundfile.write(path, sound, RATE_HZ, "PCM_24")

    def words_for(self, scene: Scene) -> tuple[object, ...]:
        return "watch", scene.folder / "Bounces", "--once"

    def assert_survived(self, scene: Scene, before: Scene) -> None:
        super().assert_survived(scene, before)
        for path in (before.folder / "Bounces").iterdir():
            assert (scene.folder / "Bounces" / path.name).read_bytes() == path.read_bytes()
        held = [mix.audio_hash for mix in list_mixes(scene)]
        assert len(held) == len(set(held)) <= self.SONGS * len(self.SPEEDS)

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        scene.type(*self.words_for(scene))
        mixes = list_mixes(scene)
        assert len(mixes) == self.SONGS * len(self.SPEEDS)
        numbers = sorted((mix.track_id, mix.number) for mix in mixes)
        assert numbers == [(song, number) for song in (1, 2) for number in (1, 2)]
        with closing(Library(scene.library)) as library, library.read() as connection:
            seen = connection.execute(select(t.seen_file)).all()
        assert {Path(row.path).name for row in seen} == {
            path.name for path in (scene.folder / "Bounces").iterdir()
        }
        assert json.loads(scene.type(*self.words_for(scene), "--json"))["taken"] == []


class TestMaster(KillTest):
    words = ("master", "T1")

    def prepare(self, scene: Scene, chunk: int) -> None:
        super().prepare(scene, chunk)
        scene.type("import", scene.bounce)

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        if len(list_mixes(scene)) == 1:
            scene.type(*self.words)
        bounce, master = list_mixes(scene)
        assert (bounce.kind, master.kind) == (MixKind.BOUNCE, MixKind.MASTER)
        assert bounce.audio_hash == hash_file(scene.bounce)
        assert len(list((scene.library / "Vault").glob("??/*"))) == 2


class TestSection(KillTest):
    """The plan of a master is kept whole or not at all, and a section is no half file."""

    def prepare(self, scene: Scene, chunk: int) -> None:
        super().prepare(scene, chunk)
        scene.type("import", scene.bounce)

    def words_for(self, scene: Scene) -> tuple[object, ...]:
        out_path = scene.folder / "hear.wav"
        return "master", "T1", "--section", "0:01", "--length", "0:02", "--out", out_path

    @staticmethod
    def _kept(scene: Scene) -> dict[str, bytes]:
        """What was worked out of the bounce, the plan among it."""
        found = (scene.library / "Derived").rglob("*")
        return {path.name: path.read_bytes() for path in found if path.is_file()}

    def assert_survived(self, scene: Scene, before: Scene) -> None:
        super().assert_survived(scene, before)
        rehearsal = Scene(before.folder.with_name("rehearsal"))
        whole = self._kept(rehearsal)
        assert any(name.startswith("plan-") for name in whole)
        assert self._kept(scene).items() <= whole.items()
        heard = scene.folder / "hear.wav"
        if heard.exists():
            assert heard.read_bytes() == (rehearsal.folder / "hear.wav").read_bytes()
            heard.unlink()

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        scene.type(*self.words_for(scene))
        rehearsal = Scene(before.folder.with_name("rehearsal"))
        assert self._kept(scene) == self._kept(rehearsal)
        heard = scene.folder / "hear.wav"
        assert heard.read_bytes() == (rehearsal.folder / "hear.wav").read_bytes()


@pytest.fixture(scope="session")
def mastodon_url() -> Iterator[str]:
    with serve_mastodon() as url:
        yield url


class TestSend(KillTest):
    """`publish-due` with a post that is due, or, in every other chunk, a post that is new."""

    @pytest.fixture
    def stage(self, mastodon_url: str) -> Iterator[Stage]:
        """Each scene posts through an account of its own, on the one server."""
        with ExitStack() as accounts_:

            def open_scene(name: str, before: Scene) -> Scene:
                server = accounts_.enter_context(open_account(mastodon_url))
                return Scene(copy_of(before, name).folder, server)

            self.url = mastodon_url
            yield open_scene

    def prepare(self, scene: Scene, chunk: int) -> None:
        super().prepare(scene, chunk)
        scene.type("import", scene.bounce)
        cover = write_cover(scene.folder / "cover.png", side_px=600)
        scene.type("release", "edit", "R1", "--artist", "Mara Vale", "--artwork", cover)
        with open_account(self.url) as server:
            account = ("--url", self.url, "--label", LABEL, "--token", server.token)
            scene.type("account", "add", "mastodon", *account)
        if chunk % 2:
            self.words = ("post", "R1", "--to", "mastodon")
        else:
            self.words = ("publish-due",)
            self.plan(scene)

    def plan(self, scene: Scene) -> None:
        """Put a post in the outbox that has been due for a minute."""
        due_at = datetime.now(UTC) - timedelta(minutes=1)
        studio = open_studio(scene.library, now=lambda: due_at - timedelta(minutes=1))
        with closing(studio.library):
            release = finding.get_release(studio, "R1")
            publishing.post(studio, release, Route("mastodon", at=due_at))

    def assert_survived(self, scene: Scene, before: Scene) -> None:
        super().assert_survived(scene, before)
        assert scene.server is not None
        assert scene.server.count() <= 1

    def assert_finished(self, scene: Scene, before: Scene) -> None:
        assert scene.server is not None
        if not list_states(scene):  # killed before the intent was stored: typed again
            scene.type(*self.words)
        states = list_states(scene)
        while any(state in OPEN_STATES for state in states):
            scene.type("publish-due")
            states = list_states(scene)
        assert states == [State.SENT]
        assert scene.server.count() == 1

    def test_three_timers_send_it_once(self, tmp_path: Path, stage: Stage) -> None:
        before = Scene(tmp_path / "before")
        before.folder.mkdir()
        self.prepare(before, 0)
        scene = stage("together", before)
        runs = [scene.start("publish-due") for _ in range(3)]
        said = [run.communicate()[1] for run in runs]
        refused = [words for run, words in zip(runs, said, strict=True) if run.returncode == 3]
        assert all("Another program is publishing" in words for words in refused)
        assert {run.returncode for run in runs} <= {0, 3}, said
        self.assert_finished(scene, before)


def list_states(scene: Scene) -> list[State]:
    studio = open_studio(scene.library)
    with closing(studio.library):
        return [publication.state for publication in outbox.list_publications(studio)]


def test_two_programs_import_into_one_new_library(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    bounces = [write_bounce(tmp_path / f"Song {n}.wav", seconds=3, seed=n) for n in range(2)]
    runs = [scene.start("import", bounce) for bounce in bounces]
    said = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert sorted(mix.name for mix in list_mixes(scene)) == ["Song 0.wav", "Song 1.wav"]
    assert_whole(scene)


def test_two_programs_import_the_same_bounce_once(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    write_bounce(tmp_path / "Night Bus.wav", seconds=3)
    runs = [scene.start("import", scene.bounce) for _ in range(3)]
    said = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], said
    assert len(list_mixes(scene)) == 1
    assert_whole(scene)

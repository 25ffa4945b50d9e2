"""Bad input, as it is typed: one sentence, what to do, an exit code, and an untouched library."""

from __future__ import annotations

import hashlib
import io
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from bounces import RATE_HZ, music, write_bounce, write_cover
from click.testing import CliRunner, Result

from indieartist.cli.main import make_cli
from indieartist.library import database
from indieartist.services.studio import open_studio

Run = Callable[..., Result]
MOST_MEMORY_BYTES = 300 * 2**20
LABELS = ("Importing …", "Measuring …", "Mastering …", "Writing tags …")
# Root may do anything; without these rights permissions hold for root as for anyone.
MORTAL = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a song in it, to be copied."""
    folder = tmp_path_factory.mktemp("stocked")
    cli = make_cli(open_studio, lambda: folder, lambda _path: 0)
    bounce = write_bounce(folder / "Night Bus.wav")
    words = ["--library", str(folder / "Library"), "import", str(bounce)]
    assert CliRunner().invoke(cli, words, catch_exceptions=False).exit_code == 0
    return folder / "Library"


@pytest.fixture
def library(stocked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stocked, tmp_path / "Library"))


@pytest.fixture
def run(library: Path) -> Run:
    """Type a command; what escapes it fails the test."""
    cli = make_cli(open_studio, lambda: library, lambda _path: 0)

    def type_(*words: object) -> Result:
        typed = ["--library", str(library), *map(str, words)]
        return CliRunner().invoke(cli, typed, catch_exceptions=False)

    return type_


def contents(library: Path) -> tuple[list[str], dict[str, str]]:
    """Every row of the database and every file of the vault."""
    with closing(sqlite3.connect(library / database.DATABASE_NAME)) as connection:
        rows = list(connection.iterdump())
    files = (path for path in (library / "Vault").rglob("*") if path.is_file())
    hashes = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return rows, hashes


def assert_spoken(stderr: str) -> str:
    """One sentence that says what is wrong, one line that says what to do; the sentence."""
    lines = [line for line in stderr.splitlines() if line not in LABELS]
    assert len(lines) == 2, stderr
    assert lines[0].endswith(".") and lines[1].endswith((".", "?", "…")), stderr
    assert not any(sign in stderr for sign in ("Traceback", "Errno", "Error(", "<class"))
    return lines[0]


def assert_refused(result: Result) -> str:
    assert result.exit_code in (2, 3), result.output
    return assert_spoken(result.stderr)


# The files.


def truncated(path: Path, half: float = 0.5) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * half)])
    return path


def write_m4a(path: Path) -> Path:
    samples = music(2.0).T.astype(np.float32)
    with av.open(str(path), "w", format="ipod") as container:
        stream = container.add_stream("aac", rate=RATE_HZ, layout="stereo")
        for start in range(0, samples.shape[1], 1024):
            piece = np.ascontiguousarray(samples[:, start : start + 1024])
            frame = av.AudioFrame.from_ndarray(piece, "fltp", "stereo")
            frame.sample_rate, frame.pts = RATE_HZ, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_protected(path: Path, kind: bytes) -> Path:
    """What a store's copy protection makes of an M4A: another sample entry."""
    data = write_m4a(path).read_bytes()
    at = data.index(b"mp4a", data.index(b"stsd"))
    path.write_bytes(data[:at] + kind + data[at + 4 :])
    return path


def write_zip(path: Path) -> Path:
    """A ZIP with a password, as its local header says it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("song.wav", b"RIFF")
    data = bytearray(packed.getvalue())
    data[6] |= 1
    path.write_bytes(data)
    return path


def write_picture(path: Path) -> Path:
    write_cover(path.with_suffix(".png"), 100).rename(path)
    return path


def write_text(path: Path, text: bytes) -> Path:
    path.write_bytes(text)
    return path


def write_silence(path: Path, frames: int) -> Path:
    soundfile.write(path, np.zeros((frames, 2)), RATE_HZ, subtype="PCM_24")
    return path


def make_pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def make_loop(path: Path) -> Path:
    path.symlink_to(path.name)
    return path


def make_folder(path: Path) -> Path:
    path.mkdir()
    return path


BAD: dict[str, Callable[[Path], Path]] = {
    "cut.wav": lambda p: truncated(write_bounce(p)),
    "cut.flac": lambda p: truncated(write_bounce(p, format="FLAC")),
    "cut.mp3": lambda p: truncated(write_bounce(p, format="MP3", subtype="MPEG_LAYER_III")),
    "cut.ogg": lambda p: truncated(write_bounce(p, format="OGG", subtype="VORBIS")),
    "cut.m4a": lambda p: truncated(write_m4a(p)),
    "head.wav": lambda p: truncated(write_bounce(p), 0.0001),
    "empty.wav": lambda p: write_text(p, b""),
    "zeros.wav": lambda p: write_text(p, bytes(5000)),
    "text.wav": lambda p: write_text(p, b"Dear diary, today I wrote a song." * 40),
    "picture.wav": write_picture,
    "document.wav": lambda p: write_text(p, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" * 30),
    "locked.wav": write_zip,
    "bought.m4p": lambda p: write_protected(p, b"drms"),
    "bought.m4a": lambda p: write_protected(p, b"enca"),
    "nothing.wav": lambda p: write_silence(p, 0),
    "folder.wav": make_folder,
    "pipe.wav": make_pipe,
    "loop.wav": make_loop,
    "missing.wav": lambda p: p,
    os.fsdecode(b"\xff\xfe.wav"): lambda p: truncated(
        write_bounce(p.with_name("plain.wav")).rename(p)
    ),
}


@pytest.fixture(params=BAD, ids=ascii)
def bad_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return BAD[request.param](tmp_path / request.param)


def test_a_bad_song_is_refused(run: Run, library: Path, bad_file: Path) -> None:
    before = contents(library)
    sentence = assert_refused(run("import", bad_file))
    assert os.fsencode(bad_file.name).decode("utf-8", "replace") in sentence
    assert contents(library) == before
    assert_refused(run("measure", bad_file))


ACTS = {
    "tags show": ("tags", "show", "FILE"),
    "tags write": ("tags", "write", "T1", "FILE"),
    "tags restore": ("tags", "restore", "FILE"),
    "artwork": ("release", "edit", "R1", "--artwork", "FILE"),
    "reference": ("master", "T1", "--reference", "FILE"),
}


@pytest.mark.parametrize("act", ACTS)
def test_no_act_trips_over_a_bad_file(run: Run, library: Path, bad_file: Path, act: str) -> None:
    """Tags can be read, and written, where only the sound is cut off: that is no failure."""
    if act == "artwork" and bad_file.name == "picture.wav":
        pytest.skip("it is a picture")
    before = contents(library)
    result = run(*(bad_file if word == "FILE" else word for word in ACTS[act]))
    if result.exit_code or not act.startswith("tags"):
        assert_refused(result)
        assert contents(library) == before


@pytest.mark.parametrize(
    "bad", [("--artwork", "FILE"), ("--link", "nowhere"), ("--order", "T9"), ("--date", "soon")]
)
def test_an_edit_is_made_whole_or_not_at_all(
    run: Run, library: Path, tmp_path: Path, bad: tuple[str, str]
) -> None:
    before = contents(library)
    file = write_text(tmp_path / "cover.png", b"no picture")
    option, value = bad
    edit = ("release", "edit", "R1", "--title", "Other", "--artist", "Mara Vale")
    assert_refused(run(*edit, option, file if value == "FILE" else value))
    assert contents(library) == before


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_device_is_no_song(run: Run, library: Path, device: str) -> None:
    before = contents(library)
    for words in (("import", device), ("release", "edit", "R1", "--artwork", device)):
        assert_refused(run(*words))
    assert contents(library) == before


def test_a_name_does_not_matter_where_the_content_is_a_song(run: Run, tmp_path: Path) -> None:
    write_bounce(tmp_path / "song.wav", seed=3).rename(tmp_path / "song.mp3")
    result = run("import", tmp_path / "song.mp3")
    assert result.exit_code == 0, result.output


@pytest.mark.real
def test_a_name_that_is_not_unicode_is_imported(library: Path, tmp_path: Path) -> None:
    name = tmp_path / os.fsdecode(b"Caf\xe9.wav")
    write_bounce(tmp_path / "song.wav", seed=3).rename(name)
    for words in (("import", name), ("import", name, "--json"), ("release", "show", "R2")):
        done = type_apart(library, *words)
        assert done.returncode == 0, done.stderr
        assert "Caf?" in done.stdout


def test_one_bad_song_does_not_hold_up_the_others(run: Run, tmp_path: Path) -> None:
    good = [write_bounce(tmp_path / f"Song {n}.wav", seed=n) for n in (3, 4)]
    bad = write_text(tmp_path / "empty.wav", b"")
    result = run("import", good[0], bad, good[1])
    assert result.exit_code == 2
    assert "empty" in assert_spoken(result.stderr)
    assert len(result.stdout.splitlines()) == 2


def test_damaged_tags_are_left_out_and_said(run: Run, tmp_path: Path) -> None:
    """An MP3 whose sound is whole behind a packed frame that no reader should unpack."""
    how = {"format": "MP3", "subtype": "MPEG_LAYER_III"}
    song = write_bounce(tmp_path / "Undertow.mp3", seed=3, **how)
    frame = b"TIT2" + id3_size(70_000) + b"\x00\x08" + bytes(70_000)
    song.write_bytes(b"ID3\4\0\0" + id3_size(len(frame)) + frame + song.read_bytes())
    result = run("import", song)
    assert result.exit_code == 0, result.output
    assert "“Undertow”" in result.stdout
    assert "Its tags were left out." in result.stderr
    assert "Its tags were left out." in run("import", song, "--json").stdout


def id3_size(number: int) -> bytes:
    return bytes(number >> 7 * place & 0x7F for place in (3, 2, 1, 0))


def test_eight_channels_are_heard_but_not_mastered(run: Run, tmp_path: Path) -> None:
    sound = np.repeat(music(2.0), 4, axis=1)
    soundfile.write(tmp_path / "Surround.wav", sound, RATE_HZ, subtype="PCM_24")
    assert run("import", tmp_path / "Surround.wav").exit_code == 0
    measured = run("measure", "T2")
    assert measured.exit_code == 0
    assert "8 channels" in measured.stdout
    assert "channels" in assert_refused(run("master", "T2"))


# The library and the machine.


def test_a_newer_library_is_left_alone(run: Run, library: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(library / database.DATABASE_NAME)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = contents(library)
    assert "newer" in assert_refused(run("import", write_bounce(tmp_path / "song.wav", seed=3)))
    assert contents(library) == before


def test_a_library_that_another_program_writes_to(
    run: Run, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 50)
    before = contents(library)[0]
    with closing(sqlite3.connect(library / database.DATABASE_NAME)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = run("import", write_bounce(tmp_path / "song.wav", seed=3))
    assert result.exit_code == 3
    assert "Another program" in assert_refused(result)
    assert contents(library)[0] == before


def type_apart(
    library: Path, *words: object, before: tuple[str, ...] = (), **how: object
) -> subprocess.CompletedProcess[str]:
    """Type a command in a process of its own."""
    command = [*before, sys.executable, "-m", "indieartist", "--library", library, *words]
    return subprocess.run(
        list(map(os.fspath, command)),
        capture_output=True,
        text=True,
        check=False,
        **how,  # type: ignore[call-overload]
    )


@pytest.mark.real
@pytest.mark.skipif(os.name != "posix", reason="limits are POSIX's")
@pytest.mark.parametrize("act", ["import", "master", "tags"])
def test_a_full_disk(library: Path, tmp_path: Path, act: str) -> None:
    """A limit on the size of files: what a disk does that has room for so much and no more."""
    song = write_bounce(tmp_path / "song.wav", seconds=4, seed=3)
    size, content = song.stat().st_size, song.read_bytes()
    words = {
        "import": ("import", song),
        "master": ("master", "T1"),
        "tags": ("tags", "write", "T1", song),
    }
    before = contents(library)
    # Room for the database, and for less than the song.
    room = {"import": size // 2, "master": 300_000, "tags": size // 2}[act]
    done = type_apart(
        library,
        *words[act],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    assert done.returncode in (2, 3), done.stderr
    assert_spoken(done.stderr)
    assert contents(library) == before
    assert song.read_bytes() == content
    assert [path.name for path in tmp_path.glob(".*")] == []


@pytest.mark.real
@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
@pytest.mark.parametrize("act", ["import", "edit", "master", "post"])
def test_a_read_only_library(library: Path, tmp_path: Path, act: str) -> None:
    song = write_bounce(tmp_path / "song.wav", seed=3)
    words = {
        "import": ("import", song),
        "edit": ("release", "edit", "R1", "--title", "Other"),
        "master": ("master", "T1"),
        "post": ("post", "R1", "--to", "share-kit", "--out", tmp_path / "kit"),
    }
    before = contents(library)
    for path in (library, *library.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    mortal = tuple(MORTAL) if os.getuid() == 0 else ()
    done = type_apart(library, *words[act], before=mortal)
    for path in (library, *library.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.returncode in (2, 3), done.stderr
    assert_spoken(done.stderr)
    assert contents(library) == before


@pytest.mark.real
def test_a_library_whose_name_is_not_unicode(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xff\xfe")
    done = type_apart(folder, "release", "list")
    assert done.returncode == 2
    assert "Unicode" in assert_spoken(done.stderr)


WITH_PEAK = """
import re, sys
from pathlib import Path
from indieartist.app import command_line
try:
    command_line()
finally:
    print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.real
@pytest.mark.skipif(sys.platform != "linux", reason="the memory's peak is read from /proc")
@pytest.mark.timeout(300)
def test_six_hours_fit_into_little_memory(library: Path, tmp_path: Path) -> None:
    """Six hours of silence at 8 kHz; a run's own peak, which getrusage mixes with its parent's."""
    with soundfile.SoundFile(tmp_path / "Long.flac", "w", 8000, 1, "PCM_16") as sound:
        minute = np.zeros(60 * 8000, np.int16)
        for _ in range(6 * 60):
            sound.write(minute)
    words = ["--library", library, "import", tmp_path / "Long.flac"]
    done = subprocess.run(
        [sys.executable, "-c", WITH_PEAK, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *said, peak_kib = done.stdout.splitlines()
    assert "“Long”" in said[0]
    assert int(peak_kib) * 1024 < MOST_MEMORY_BYTES

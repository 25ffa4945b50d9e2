"""Full disks, other programs, kills: after each the file is old or new, never half."""

from __future__ import annotations

import errno
import os
import random
import resource
import stat
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio.tags import Shell, audio_digest, read_tags, restore_tags, write_tags
from indieartist.audio.tags.layout import Layout, MalformedError
from indieartist.audio.tags.shell import HEAD, MAGIC, MAX_SHELL_BYTES, PREFIX, carve
from indieartist.domain.tags import TagSheet
from indieartist.errors import UserError, WorldError

SHEET = TagSheet({"title": ["After"], "comment": ["x" * 5000]})


@contextmanager
def disk_of(size_bytes: int) -> Iterator[None]:
    """No file of this process grows beyond `size_bytes`, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def assert_untouched(song: Path, data: bytes) -> None:
    assert song.read_bytes() == data
    assert [path.name for path in song.parent.iterdir()] == [song.name]


class TestFullDisk:
    @pytest.mark.parametrize("share", [0.1, 0.5, 1.01])
    def test_write(self, song: Path, original: bytes, share: float) -> None:
        with disk_of(int(len(original) * share)), pytest.raises(WorldError, match="disk is full"):
            write_tags(song, SHEET)
        assert_untouched(song, original)

    def test_restore(self, song: Path, original: bytes) -> None:
        shell = write_tags(song, SHEET)
        tagged = song.read_bytes()
        with disk_of(len(original) // 2), pytest.raises(WorldError, match="disk is full"):
            restore_tags(song, shell)
        assert_untouched(song, tagged)
        restore_tags(song, shell)
        assert_untouched(song, original)


class TestOtherPrograms:
    def test_one_that_writes_meanwhile_is_not_overwritten(self, song: Path) -> None:
        def export_again(_shell: Shell) -> None:
            song.write_bytes(b"a new export")

        with pytest.raises(UserError, match="changed by another program"):
            write_tags(song, SHEET, keep=export_again)
        assert_untouched(song, b"a new export")

    def test_one_that_removes_it(self, song: Path) -> None:
        with pytest.raises(UserError, match="is not there"):
            write_tags(song, SHEET, keep=lambda shell: song.unlink())
        assert list(song.parent.iterdir()) == []

    def test_history_that_fails(self, song: Path, original: bytes) -> None:
        def full(_shell: Shell) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with pytest.raises(WorldError, match="disk is full"):
            write_tags(song, SHEET, keep=full)
        assert_untouched(song, original)

    def test_shell_is_kept_before_the_file_changes(self, song: Path, original: bytes) -> None:
        kept = []
        returned = write_tags(song, SHEET, keep=lambda s: kept.append((s, song.read_bytes())))
        assert kept == [(returned, original)]


class TestPlaces:
    def test_read_only(self, sample) -> None:
        path = sample("flac.flac")
        before = path.read_bytes()
        shell = write_tags(path, SHEET)
        tagged = path.read_bytes()
        path.chmod(0o444)
        for act in (lambda: write_tags(path, TagSheet()), lambda: restore_tags(path, shell)):
            with pytest.raises(UserError, match="read-only"):
                act()
            assert_untouched(path, tagged)
        path.chmod(0o644)
        restore_tags(path, shell)
        assert_untouched(path, before)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_read_only_folder(self, sample) -> None:
        path = sample("flac.flac")
        before = path.read_bytes()
        path.parent.chmod(0o555)
        try:
            with pytest.raises(UserError, match="may not be"):
                write_tags(path, SHEET)
        finally:
            path.parent.chmod(0o755)
        assert_untouched(path, before)

    @pytest.mark.parametrize("act", [read_tags, audio_digest, lambda p: write_tags(p, SHEET)])
    def test_no_file(self, tmp_path: Path, act) -> None:
        with pytest.raises(UserError, match=r"gone\.wav” is not there"):
            act(tmp_path / "gone.wav")
        with pytest.raises(UserError, match="is no file"):
            act(tmp_path)
        os.mkfifo(tmp_path / "pipe.wav")
        with pytest.raises(UserError, match="is no file"):
            act(tmp_path / "pipe.wav")
        (tmp_path / "loop.wav").symlink_to("loop.wav")
        with pytest.raises(WorldError, match=r"loop\.wav” cannot be read"):
            act(tmp_path / "loop.wav")

    @pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes here")
    def test_permissions_and_attributes_stay(self, sample) -> None:
        path = sample("flac.flac")
        path.chmod(0o640)
        try:
            os.setxattr(path, "user.note", b"kept")
        except OSError:
            pytest.skip("no extended attributes here")
        os.chown(path, os.geteuid(), os.getegid())
        write_tags(path, SHEET)
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert os.getxattr(path, "user.note") == b"kept"

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
    def test_owner_stays(self, sample) -> None:
        path = sample("flac.flac")
        os.chown(path, 1234, 1234)
        write_tags(path, SHEET)
        assert (path.stat().st_uid, path.stat().st_gid) == (1234, 1234)

    def test_a_link_stays_a_link(self, sample, tmp_path: Path) -> None:
        path = sample("flac.flac")
        link = tmp_path / "link.flac"
        link.symlink_to(path)
        write_tags(link, SHEET)
        assert link.is_symlink()
        assert read_tags(path)["title"] == ("After",)

    def test_a_name_that_is_not_utf8(self, sample) -> None:
        path = sample("flac.flac")
        odd = path.rename(os.fsdecode(os.fsencode(path.parent) + b"/\xff\xfe \xe4.flac"))
        shell = write_tags(odd, SHEET)
        restore_tags(odd, shell)
        odd.write_bytes(b"no audio")
        with pytest.raises(UserError) as caught:
            read_tags(odd)
        assert caught.value.message.encode("utf-8")

    def test_a_name_as_long_as_can_be(self, sample) -> None:
        path = sample("flac.flac")
        long = path.rename(path.with_name("ä" * 125 + ".flac"))
        write_tags(long, SHEET)
        assert read_tags(long)["title"] == ("After",)


class TestShell:
    shell = Shell("ab" * 32, "cd" * 32, 7, (b"head", b"", b"tail"), (3, 5))

    def test_round_trip(self) -> None:
        assert Shell.from_bytes(self.shell.to_bytes()) == self.shell

    def test_every_changed_byte_is_noticed(self) -> None:
        data = self.shell.to_bytes()
        for at in range(len(data)):
            broken = bytearray(data)
            broken[at] ^= 1
            with pytest.raises(UserError):
                Shell.from_bytes(bytes(broken))
            with pytest.raises(UserError):
                Shell.from_bytes(data[:at])

    @given(st.binary(max_size=200))
    def test_noise(self, data: bytes) -> None:
        with pytest.raises(UserError):
            Shell.from_bytes(data)

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            HEAD.pack(bytes(32), bytes(32), 0, 0xFFFFFFFF),
            HEAD.pack(bytes(32), bytes(32), 0, 1) + struct.pack("<3Q", 1, 2**63, 5) + b"x",
            HEAD.pack(bytes(32), bytes(32), 0, 0) + struct.pack("<Q", 0) + b"more",
            bytes(MAX_SHELL_BYTES + 1),
        ],
        ids=["empty", "count", "length", "rest", "bomb"],
    )
    def test_well_packed_nonsense(self, body: bytes) -> None:
        packed = zlib.compress(body, 1)
        with pytest.raises(UserError, match="damaged"):
            Shell.from_bytes(PREFIX.pack(MAGIC, 1, sha256(packed).digest()) + packed)

    def test_newer_version(self) -> None:
        data = bytearray(self.shell.to_bytes())
        data[4] = 2
        with pytest.raises(UserError, match="newer version"):
            Shell.from_bytes(bytes(data))

    def test_shell_of_another_file(self, sample) -> None:
        shell = write_tags(sample("flac.flac"), SHEET)
        other = sample("mp3.mp3")
        with pytest.raises(UserError, match="changed after"):
            restore_tags(other, shell)

    def test_shell_that_does_not_give_the_old_file(self, sample) -> None:
        path = sample("flac.flac")
        shell = write_tags(path, SHEET)
        tagged = path.read_bytes()
        pieces = (b"fLaC" + bytes(len(shell.pieces[0]) - 4), *shell.pieces[1:])
        wrong = Shell(shell.old_sha256, shell.new_sha256, 0, pieces, shell.lengths)
        with pytest.raises(UserError, match="could not be restored"):
            restore_tags(path, wrong)
        assert_untouched(path, tagged)


LENGTHS = st.lists(st.integers(0, 50), max_size=8)


@given(LENGTHS, LENGTHS)
def test_carving_keeps_every_byte_in_order(gaps: list[int], lengths: list[int]) -> None:
    spans, at = [], 0
    for gap, length in zip(gaps, lengths, strict=False):
        spans.append((at + gap, length))
        at += gap + length
    total = sum(length for _, length in spans)
    wanted = [total // 3, total - total // 3] if total else []
    stretches = carve(spans, wanted)
    assert [sum(n for _, n in stretch) for stretch in stretches] == wanted
    flat = [
        byte for stretch in stretches for start, n in stretch for byte in range(start, start + n)
    ]
    assert flat == [byte for start, n in spans for byte in range(start, start + n)]
    assert sum(n for _, n in Layout(tuple(spans)).outside(at)) == at - total


def test_carving_other_audio_is_refused() -> None:
    with pytest.raises(MalformedError, match="other audio"):
        carve([(0, 5)], [4])


CHILD = """
import itertools, sys
from pathlib import Path
from indieartist.audio.tags import write_tags
from indieartist.domain.tags import TagSheet
paths = [Path(name) for name in sys.argv[1:]]
for number in itertools.count(1):
    for path in paths:
        comment = "x" * (number % 9) * 999
        write_tags(path, TagSheet({"title": [f"Take {number}"], "comment": [comment]}))
        print("written", flush=True)
"""


@pytest.mark.real
def test_kill_at_any_moment(originals: dict[str, bytes], tmp_path: Path) -> None:
    rng = random.Random(2)
    names = ("wav24.wav", "flac.flac", "mp3.mp3", "alac.m4a", "opus.opus")
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.write_bytes(originals[path.name])
    digests = [audio_digest(path) for path in paths]
    for _ in range(15):
        child = subprocess.Popen([sys.executable, "-c", CHILD, *paths], stdout=subprocess.PIPE)
        with child:
            assert child.stdout is not None
            for _ in range(rng.randint(1, 12)):
                assert child.stdout.readline() == b"written\n"
            time.sleep(rng.uniform(0, 0.02))
            child.kill()
        assert [audio_digest(path) for path in paths] == digests
        assert all(read_tags(path).text("title")[:4] in ("", "Take") for path in paths)
    assert read_tags(paths[0]).text("title").startswith("Take")

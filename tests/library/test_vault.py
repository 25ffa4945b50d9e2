"""The vault holds a file whole, under the hash of its content, or not at all."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.errors import Cancelled, UserError
from indieartist.library.vault import Vault


@given(content=st.binary(max_size=3000))
def test_a_file_is_kept_by_its_content(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("vault")
    source = folder / "bounce.wav"
    source.write_bytes(content)
    vault = Vault(folder / "vault")
    content_hash = vault.add_file(source, ".wav")
    assert content_hash == hashlib.sha256(content).hexdigest()
    assert vault.get_path(content_hash, ".wav").read_bytes() == content
    assert vault.add_file(source, ".wav") == content_hash
    assert source.read_bytes() == content
    assert list((folder / "vault" / "incoming").iterdir()) == []


def test_a_cancelled_copy_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "bounce.wav"
    source.write_bytes(b"x" * 3_000_000)

    def stop(_fraction: float) -> None:
        raise Cancelled

    vault = Vault(tmp_path / "vault")
    with pytest.raises(Cancelled):
        vault.add_file(source, ".wav", stop)
    assert [p for p in vault.folder.rglob("*") if p.is_file()] == []


def test_what_a_killed_process_left_is_swept_and_a_living_ones_is_not(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    living = vault.new_path(".wav")
    living.write_bytes(b"in the making")
    dead = living.with_name("99999999-abc.wav")
    dead.write_bytes(b"left behind")
    assert vault.sweep() == 1
    assert living.exists()
    assert not dead.exists()
    assert living.name.startswith(str(os.getpid()))


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is missing"):
        Vault(tmp_path).get_path("0" * 64, ".wav")


def test_a_missing_source_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        Vault(tmp_path / "vault").add_file(tmp_path / "nothing.wav", ".wav")


def test_a_file_that_grows_while_it_is_copied_is_refused(tmp_path: Path) -> None:
    source, vault = tmp_path / "growing.wav", Vault(tmp_path / "vault")
    source.write_bytes(b"sound")

    def grow(_fraction: float) -> None:
        with source.open("ab") as file:
            file.write(b"more")

    with pytest.raises(UserError, match="still being written"):
        vault.add_file(source, ".wav", grow)
    assert [path for path in (tmp_path / "vault").rglob("*") if path.is_file()] == []

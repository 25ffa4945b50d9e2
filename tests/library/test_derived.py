"""What was worked out is kept whole or not at all, and the longest unused goes first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indieartist.errors import WorldError
from indieartist.library.derived import Derived
from indieartist.library.vault import Vault

HASH = "ab" * 32


@pytest.fixture
def derived(tmp_path: Path) -> Derived:
    return Derived(tmp_path / "Derived", Vault(tmp_path / "Vault"))


def test_what_is_kept_comes_back(derived: Derived, tmp_path: Path) -> None:
    assert derived.find(HASH, "traces-1") is None
    derived.write(HASH, "traces-1", b"one")
    derived.write(HASH, "traces-1", b"two")
    assert derived.find(HASH, "traces-1") == b"two"
    assert derived.find(HASH, "traces-2") is None
    assert not list((tmp_path / "Vault").rglob("*.derived"))


def test_the_longest_unused_is_forgotten(derived: Derived, tmp_path: Path) -> None:
    for number in range(5):
        derived.write(HASH, f"plan-{number}", b"plan")
        path = next(tmp_path.rglob(f"plan-{number}"))
        os.utime(path, (number, number))
    derived.write(HASH, "traces-1", b"other")
    derived.find(HASH, "plan-0")  # used now
    derived.forget_old(HASH, "plan-", 3)
    kept = [number for number in range(5) if derived.find(HASH, f"plan-{number}")]
    assert kept == [0, 3, 4]
    assert derived.find(HASH, "traces-1")
    derived.forget_old("cd" * 32, "plan-", 3)  # of which nothing is kept


def test_what_is_of_no_audio_any_more_is_let_go(derived: Derived) -> None:
    derived.write(HASH, "traces-1", b"one")
    derived.write("cd" * 32, "traces-1", b"other")
    derived.forget(HASH)
    derived.forget(HASH)  # it is gone already
    assert derived.find(HASH, "traces-1") is None and derived.find("cd" * 32, "traces-1")


def test_a_disk_in_the_way_is_one_sentence(derived: Derived) -> None:
    derived.folder.write_text("a file where a folder should be")
    with pytest.raises(WorldError):
        derived.write(HASH, "traces-1", b"one")
    assert derived.find(HASH, "traces-1") is None

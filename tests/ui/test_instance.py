"""One window for one library: a second start hands over its wishes, a killed one is no bar."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bounces import write_bounce
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot
from ui.studios import make_studio, open_window, settle

from indieartist.ui.instance import Instance, Wishes

PATIENCE_MS = 30_000
CODE = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from indieartist.ui.instance import Instance, Wishes
app = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
print("first" if instance.first else "second", flush=True)
if instance.first:
    time.sleep(60)
print(instance.hand_over(Wishes(3, sys.argv[2:])), flush=True)
"""


def start(*names: object) -> subprocess.Popen[str]:
    asked = [sys.executable, "-c", CODE, *map(str, names)]
    return subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def owner(library_dir: Path) -> Iterator[Instance]:
    made = Instance(library_dir)
    yield made
    made.close()


def test_a_second_start_hands_over_and_leaves(
    qtbot: QtBot, owner: Instance, library_dir: Path
) -> None:
    assert owner.first
    with qtbot.waitSignal(owner.asked, timeout=PATIENCE_MS) as heard:
        other = start(library_dir, "/music/Night Bus.wav", "/music/ü.flac")
    assert heard.args == [Wishes(3, ["/music/Night Bus.wav", "/music/ü.flac"])]
    assert other.communicate(timeout=30)[0].split() == ["second", "True"]


def test_another_library_has_a_window_of_its_own(owner: Instance, tmp_path: Path) -> None:
    other = Instance(tmp_path / "Other")
    assert owner.first
    assert other.first
    other.close()


def test_a_killed_owner_is_taken_over(qtbot: QtBot, library_dir: Path) -> None:
    owner = start(library_dir)
    assert owner.stdout is not None
    assert owner.stdout.readline() == "first\n"
    owner.kill()
    owner.communicate()
    heir = Instance(library_dir)
    assert heir.first
    with qtbot.waitSignal(heir.asked, timeout=PATIENCE_MS):
        other = start(library_dir)
    other.communicate(timeout=30)
    heir.close()


@given(st.one_of(st.none(), st.integers()), st.lists(st.text()))
def test_wishes_come_across_whole(release_id: int | None, files: list[str]) -> None:
    wishes = Wishes(release_id, files)
    assert Wishes.from_bytes(wishes.to_bytes()) == wishes


@pytest.mark.parametrize("junk", [b"", b"[]", b"{}", b'{"release_id": "x", "files": 3}', b"\xff"])
def test_words_that_make_no_sense_are_no_wish(junk: bytes) -> None:
    assert Wishes.from_bytes(junk) == Wishes()


def test_the_window_fulfils_them(qtbot: QtBot, library_dir: Path, tmp_path: Path) -> None:
    bounce = write_bounce(tmp_path / "Other.wav", seconds=1.3)
    with open_window(qtbot, make_studio(library_dir, 1.0), "settings") as window:
        window.fulfil(Wishes(1))
        assert window.page_key == "release"
        window.show_page("releases")
        window.fulfil(Wishes(None, [str(bounce)]))
        settle(qtbot, lambda: window.release is not None and window.release.title == "Other")

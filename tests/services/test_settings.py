"""Settings outlive the run, and no damage to their file keeps the program from starting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.errors import AppError
from indieartist.services.settings import SETTINGS_NAME, Settings, read_settings, write_settings

CHOSEN = Settings(appearance="light", geometry="AdnQywAD")


def test_what_is_kept_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "not there yet"
    assert read_settings(folder) == Settings()
    write_settings(CHOSEN, folder)
    assert read_settings(folder) == CHOSEN
    assert [path.name for path in folder.iterdir()] == [SETTINGS_NAME]


@given(st.one_of(st.binary(max_size=60), st.just(b"[" * 100_000), st.just(b'{"geometry": 7}')))
def test_a_damaged_file_is_as_none(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    folder = tmp_path_factory.mktemp("settings")
    (folder / SETTINGS_NAME).write_bytes(junk)
    assert read_settings(folder) == Settings()
    write_settings(CHOSEN, folder)
    assert read_settings(folder) == CHOSEN


def test_what_another_version_keeps_there_stays(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_NAME).write_text('{"of_tomorrow": [1], "appearance": "dark"}')
    write_settings(CHOSEN, tmp_path)
    assert json.loads((tmp_path / SETTINGS_NAME).read_text())["of_tomorrow"] == [1]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AppError, match="file"):
        write_settings(CHOSEN, tmp_path / "file" / "folder")

"""The main job as it is typed: text and JSON, exit codes, help, and a library left whole."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from bounces import write_bounce, write_cover
from typing_at import Run, Told

from indieartist.cli.main import make_cli
from indieartist.services.studio import open_studio


class NoWindow:
    """A door that never opens: these tests stay on the command line."""

    def open(self, library_path: Path, release_id: int | None = None) -> int:
        return 0

    def picture(self, library_path: Path, picture_path: Path, **how: Any) -> int:
        return 0

    def has_display(self) -> bool:
        return False


@pytest.fixture
def cli(tmp_path: Path) -> click.Command:
    """All commands, with no window to open."""
    return make_cli(open_studio, lambda: tmp_path / "Library", NoWindow())


@pytest.mark.real
def test_the_main_job(run: Run, told: Told, tmp_path: Path) -> None:
    bounce = write_bounce(tmp_path / "Night Bus.wav", seconds=31)
    imported = told("import", bounce)["imported"][0]
    assert (imported["release_id"], imported["track_id"]) == (1, 1)
    before = told("measure", "T1")
    made = told("master", "T1", "--target", "streaming", "--out", tmp_path / "master.wav")
    after = told("measure", tmp_path / "master.wav")
    assert abs(after["integrated_lufs"] + 14) <= 0.1
    assert after["true_peak_dbtp"] <= -1.0
    assert made["report"]["before"]["integrated_lufs"] == pytest.approx(before["integrated_lufs"])
    run("approve", "T1")
    fields = ["--artist", "Mara Vale", "--date", "2027-01-15", "--genre", "Electronic"]
    lines = ["--p-line", "2026 Mara Vale", "--c-line", "2026 Mara Vale", "--language", "en"]
    cover = write_cover(tmp_path / "cover.png")
    run("release", "edit", "R1", *fields, *lines, "--label", "Mara Vale", "--ai", "none")
    run("release", "edit", "R1", "--artwork", cover)
    run("release", "edit-track", "T1", "--explicit", "none", "--language", "zxx")
    run("release", "credit", "T1", "composer=Mara Vale", "producer=Mara Vale")
    assert told("check", "R1", "--for", "folder")["ready"]
    delivered = told("deliver", "R1", "--to", "folder", "--out", tmp_path / "out")
    assert delivered["state"] == "sent"
    first = contents(tmp_path / "out")
    assert any(name.endswith(".flac") for name in first)
    run("deliver", "R1", "--to", "folder", "--out", tmp_path / "out")
    assert contents(tmp_path / "out") == first
    told("deliver", "R1", "--to", "site", "--out", tmp_path / "site")
    assert list((tmp_path / "site").rglob("*.html"))
    told("post", "R1", "--to", "share-kit", "--out", tmp_path / "kit")
    assert list((tmp_path / "kit").rglob("index.html"))
    assert told("publish-due") == []
    assert told("history", "--limit", 1)[0]["label"].startswith("Post about")
    assert bounce.exists()


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_edits_are_shown_undone_and_redone(run: Run, told: Told, tmp_path: Path) -> None:
    run("import", write_bounce(tmp_path / "Night Bus.wav"))
    run("release", "edit", "R1", "--title", "Night Train")
    shown = told("release", "show", "R1")["release"]
    assert shown["title"] == shown["tracks"][0]["title"] == "Night Train"
    assert "Night Train" in run("undo").stdout or told("release", "list")
    assert told("release", "show", "R1")["release"]["title"] == "Night Bus"
    run("redo")
    assert told("release", "list")[0]["title"] == "Night Train"


def test_undo_and_redo_pass_over_what_they_are_stuck_at(
    run: Run, told: Told, tmp_path: Path
) -> None:
    bounce = write_bounce(tmp_path / "Night Bus.flac", format="FLAC")
    run("import", bounce)
    run("tags", "write", "T1", bounce)
    bounce.write_bytes(bounce.read_bytes() + b"\0")
    stuck = run("undo", expect=2).stderr
    assert "cannot be undone" in stuck
    assert "undo --skip" in stuck
    assert "Passed over: Write tags" in run("undo", "--skip").stdout
    assert told("undo")["passed_over"] is False  # the import
    assert told("redo", "--skip")["label"].startswith("Import")
    run("rename", bounce, "--as", "{title} {n}")
    run("undo")
    run("redo")
    assert (tmp_path / "Night Bus 1.flac").exists()


def test_codes_of_works_and_people(run: Run, told: Told, tmp_path: Path) -> None:
    bounce = write_bounce(tmp_path / "Night Bus.flac", format="FLAC")
    run("import", bounce)
    run("release", "edit", "R1", "--artist", "Mara Vale")
    run("edit", "T1", "--set", "iswc=T-034.524.680-1")
    shown = run("people", "Mara Vale", "--isni", "0000 0001 2281 955X").stdout
    assert "0000 0001 2281 955X" in shown
    assert told("people")[0]["isni"] == "000000012281955X"
    text = run("release", "show", "R1").stdout
    assert "T-034.524.680-1" in text
    assert "ISNI 0000 0001 2281 955X" in text
    run("tags", "write", "T1", bounce)
    assert told("tags", "show", bounce)["fields"]["iswc"] == ["T-034.524.680-1"]
    run("release", "edit-track", "T1", "--iswc", "")
    assert "not an ISNI" in run("people", "Mara Vale", "--isni", "1", expect=2).stderr
    assert "Nobody is called" in run("people", "Cy", expect=2).stderr
    run("people", "--ipi", "00014107338", expect=2)


def test_tags_are_written_shown_and_restored(run: Run, told: Told, tmp_path: Path) -> None:
    bounce = write_bounce(tmp_path / "Night Bus.flac", format="FLAC")
    before = bounce.read_bytes()
    run("import", bounce)
    run("release", "edit", "R1", "--artist", "Mara Vale")
    run("tags", "write", "T1", bounce)
    assert told("tags", "show", bounce)["fields"]["artist"] == ["Mara Vale"]
    run("tags", "restore", bounce)
    assert bounce.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["import", "missing.wav"], 2, "missing.wav"),
        (["measure", "missing.wav"], 2, "missing.wav"),
        (["release", "show", "R9"], 2, "no release R9"),
        (["release", "edit", "R1", "--gtin", "5063412907719"], 2, "check digit"),
        (["release", "edit", "R1", "--date", "soon"], 2, "not a day"),
        (["release", "edit", "R1", "--link", "nowhere"], 2, "not a link"),
        (["release", "edit-track", "T1", "--isrc", "GB-AYE"], 2, "not an ISRC"),
        (["release", "credit", "T1", "dj=Ana"], 2, "no role"),
        (["deliver", "R1", "--to", "moon"], 2, "moon"),
        (["deliver", "R1", "--to", "folder"], 2, "not ready"),
        (["post", "R1", "--to", "mastodon"], 2, "no account"),
        (["master", "T1", "--target", "loudest"], 2, "no target"),
        (["check", "R1", "--for", "folder"], 5, ""),
        (["checklist", "R1", "--tick", "masters"], 2, "ticks itself"),
        (["redo"], 2, "nothing to redo"),
        (["outbox", "cancel", "P7"], 2, "no publication"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    run: Run, tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    run("import", write_bounce(tmp_path / "Night Bus.wav"))
    result = run(*words, expect=code)
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_errors_are_json_where_json_was_asked_for(run: Run) -> None:
    result = run("release", "show", "R9", "--json", expect=2)
    assert json.loads(result.stderr.splitlines()[-1])["error"].startswith("There is no release")


def walk(words: list[str], group: click.Group) -> Iterator[tuple[list[str], click.Command]]:
    """Every command with the words that call it."""
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        yield [*words, name], command
        if isinstance(command, click.Group):
            yield from walk([*words, name], command)


def test_every_command_teaches(run: Run) -> None:
    commands = list(walk([], make_cli(open_studio, Path, NoWindow())))
    assert len(commands) > 30
    for words, command in commands:
        said = run(*words, "--help").stdout
        assert command.help, words
        assert "--json" in said or isinstance(command, click.Group), words


def test_an_unknown_command_is_named(run: Run) -> None:
    assert "'sing'" in run("sing", expect=2).stderr


@pytest.mark.parametrize("how", ["--loudness", "--json"])
def test_a_file_is_measured_without_a_database_or_a_window(tmp_path: Path, how: str) -> None:
    words = ["measure", how, str(write_bounce(tmp_path / "Night Bus.wav"))]
    script = f"""
import sys
from indieartist.app import command_line
sys.argv = ["indieartist", *{words}]
try:
    command_line()
except SystemExit as end:
    assert not end.code, end.code
heavy = {{"sqlalchemy", "requests", "keyring", "PySide6", "scipy", "av", "asyncio"}}
print("loaded:", *sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "loaded:", done.stdout + done.stderr


def test_a_backup_is_the_library_again(run: Run, told: Told, tmp_path: Path) -> None:
    run("import", write_bounce(tmp_path / "Night Bus.wav"))
    made = told("backup", tmp_path / "copy")
    assert made["file_count"] == 2
    shown = run("--library", tmp_path / "copy", "release", "list").stdout
    assert "Night Bus" in shown

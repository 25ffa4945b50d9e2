"""The rules of the house hold, and each of them is seen to fail when it is broken."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}
NOT_OURS_TO_NAME = re.compile(
    rb"pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org|extra-inde[x]-url"
    rb"|(?<![\w.])/wor[k]/|(?<![\w.])/roo[t]/"
)

ROOMS = "The rooms, top to bottom"
PLANTS = {
    "domain looks up": ("domain/release.py", "import indieartist.library", ROOMS),
    "library reaches sideways": ("library/__init__.py", "import indieartist.audio", ROOMS),
    "room without a noun": ("drawer.py", "SCREWS = 3", ROOMS),
    "adapter knows the domain": (
        "adapters/__init__.py",
        "import indieartist.domain",
        "Adapters know only the sdk",
    ),
    "core sees Qt": ("services/__init__.py", "import PySide6.QtCore", "Only the ui imports Qt"),
    "screen skips the services": (
        "ui/__init__.py",
        "import indieartist.library",
        "The screens see services, domain and errors alone",
    ),
}


def lint_imports(house: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"], cwd=house, capture_output=True, text=True, check=False
    )


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_rooms_import_only_downwards() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("module", "line", "contract"), PLANTS.values(), ids=list(PLANTS))
def test_planted_import_is_refused(tmp_path: Path, module: str, line: str, contract: str) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "indieartist", tmp_path / "indieartist")
    with (tmp_path / "indieartist" / module).open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    done = lint_imports(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contract} BROKEN" in done.stdout


def test_no_room_without_a_noun() -> None:
    named = {path for path in (ROOT / "indieartist").rglob("*") if path.stem in JUNK_DRAWERS}
    assert not named


def test_no_tracked_file_names_a_registry_or_this_machine() -> None:
    telling = {
        f"{path.relative_to(ROOT)}: {found.group().decode()}"
        for path in tracked_files()
        if (found := NOT_OURS_TO_NAME.search(path.read_bytes()))
    }
    assert not telling

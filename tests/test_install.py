"""The program installed from its source, with a C compiler and without one, does its work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from bounces import write_bounce

ROOT = Path(__file__).resolve().parent.parent
BUILT = shutil.ignore_patterns("*.so", "*.pyd", "__pycache__", "build", "*.egg-info")

pytestmark = pytest.mark.real


def install(folder: Path, compiler: str) -> Path:
    """Build the package from a copy of its source; return the folder of the programs it makes."""
    source = folder / "source"
    for name in ("indieartist", "resources"):
        shutil.copytree(ROOT / name, source / name, ignore=BUILT)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    venv = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    pip = [*_pip(), "--python", venv / "bin" / "python", "install", "--quiet", "--no-index"]
    [libraries] = venv.glob("lib/python*/site-packages")
    (libraries / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    subprocess.run(
        [*pip, "--no-deps", "--no-build-isolation", source],
        check=True,
        env={**os.environ, "CC": compiler},
    )
    return venv / "bin"


def _pip() -> list[str | Path]:
    """A pip that can install into another environment: of the Python behind this one, or here."""
    base = Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}")
    pips: list[list[str | Path]] = [[python, "-m", "pip"] for python in (base, sys.executable)]
    known = [
        pip for pip in pips if subprocess.run([*pip, "--version"], check=False).returncode == 0
    ]
    return known[0]


@pytest.mark.skipif(os.name == "nt", reason="the layout of a POSIX environment")
@pytest.mark.parametrize(("compiler", "compiled"), [("cc", True), ("false", False)])
def test_the_installed_program_works(tmp_path: Path, compiler: str, compiled: bool) -> None:
    if compiled and not shutil.which("cc"):
        pytest.skip("there is no compiler here")
    programs = install(tmp_path, compiler)
    asked = "from indieartist.audio import kernels; print(kernels.COMPILED)"
    assert run(programs / "python", "-c", asked).strip() == str(compiled)
    bounce = write_bounce(tmp_path / "Night Bus.wav")
    figures = json.loads(run(programs / "indieartist", "measure", bounce, "--json"))
    assert -30 < figures["integrated_lufs"] < 0
    targets = json.loads(run(programs / "indieartist", "targets", "--json"))
    assert targets["streaming"]["integrated_lufs"] == -14


@pytest.mark.skipif(os.name == "nt", reason="the layout of a POSIX environment")
def test_all_resources_are_installed(tmp_path: Path) -> None:
    share = install(tmp_path, "false").parent / "share" / "indieartist"
    assert files(share / "resources") == files(ROOT / "resources")


def run(*words: object) -> str:
    """What the program prints, run where no checkout is."""
    return subprocess.run(
        [str(word) for word in words], cwd="/", check=True, capture_output=True, text=True
    ).stdout


def files(folder: Path) -> set[str]:
    """All files under a folder, by their path inside it."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}

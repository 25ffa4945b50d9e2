"""The script that prepares a fresh clone: done once, and clear about what it cannot do."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "environment.py"


@pytest.fixture
def environment(tmp_path: Path) -> ModuleType:
    """The script as it would stand in a fresh clone at tmp_path."""
    copy = tmp_path / "scripts" / "environment.py"
    copy.parent.mkdir()
    shutil.copy(SCRIPT, copy)
    spec = importlib.util.spec_from_file_location("environment_in_clone", copy)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


TALLY = python("open('tally', 'a').write('x')")


def test_step_is_done_once_until_its_input_changes(environment: ModuleType, tmp_path: Path) -> None:
    for made_from in (b"one", b"one", b"two", b"two"):
        environment.once("step", made_from, "Working …", TALLY)
    assert (tmp_path / "tally").read_text() == "xx"


def test_failed_step_shows_its_last_words_and_is_tried_again(environment: ModuleType) -> None:
    with pytest.raises(environment.PreparationError, match="no space left on the moon"):
        environment.once("step", b"", "Working …", python("exit('no space left on the moon')"))
    assert not environment.is_done("step", b"")
    assert not environment.UNFINISHED.exists()


def test_killed_step_makes_the_next_run_start_from_nothing(environment: ModuleType) -> None:
    environment.once("venv", b"", "Working …", python("pass"))
    with pytest.raises(environment.PreparationError):
        environment.once("run", b"", "Working …", python("import os; os.kill(os.getpid(), 9)"))
    assert environment.UNFINISHED.exists()
    environment.discard_cut_short()
    assert not environment.VENV.exists()


def test_whole_environment_is_kept(environment: ModuleType) -> None:
    environment.once("venv", b"", "Working …", python("pass"))
    environment.discard_cut_short()
    assert environment.is_done("venv", b"")


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux leaves Qt's libraries to the system"
)
def test_missing_library_is_known_by_its_package(environment: ModuleType) -> None:
    libraries = [("libc.so.6", "libc6"), ("libnowhere.so.7", "libnowhere7")]
    assert environment.find_missing_packages(libraries) == ["libnowhere7"]


def test_who_may_not_install_is_told_the_exact_command(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # where there is no apt-get, root may not either
    with pytest.raises(environment.PreparationError) as raised:
        environment.provide_packages(["libgl1", "libegl1"])
    sentence = str(raised.value)
    assert "sudo apt-get install --yes --no-install-recommends libgl1 libegl1" in sentence
    assert "\n" not in sentence


def test_program_is_made_anew_when_a_kernel_changes(
    environment: ModuleType, tmp_path: Path
) -> None:
    kernels = tmp_path / "indieartist" / "audio" / "kernels"
    kernels.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (kernels / "meter.c").write_text("int first;\n")
    before = environment.program_source()
    (kernels / "meter.c").write_text("int second;\n")
    assert environment.program_source() != before


def test_who_may_not_install_a_compiler_goes_on_without(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    (environment.ROOT / "pyproject.toml").write_text("[project]\n")
    environment.provide_compiler()
    assert "gcc" in capsys.readouterr().err

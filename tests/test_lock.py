"""The pinned packages are what pyproject.toml asks for, with their hashes and no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"run": ("build",), "dev": ("build", "dev"), "app": ("build", "app")}
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}


def read_asked(extras: tuple[str, ...]) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return [Requirement(line) for line in lines]


def read_pinned(name: str) -> list[Requirement]:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return [Requirement(line.rstrip(" \\")) for line in re.findall(r"(?m)^[a-z0-9].*$", lock)]


def holds_on(requirement: Requirement, python: str, system: str = "linux") -> bool:
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": system,
        "platform_system": SYSTEMS[system],
    }
    return requirement.marker is None or requirement.marker.evaluate(environment)


def answers(version: str | None, asked: Requirement) -> bool:
    return version is not None and asked.specifier.contains(version)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", LOCKS)
def test_lock_answers_pyproject(name: str, python: str, system: str) -> None:
    pinned = {
        canonicalize_name(pin.name): next(iter(pin.specifier)).version
        for pin in read_pinned(name)
        if holds_on(pin, python, system)
    }
    unanswered = [
        str(asked)
        for asked in read_asked(LOCKS[name])
        if holds_on(asked, python, system)
        and not answers(pinned.get(canonicalize_name(asked.name)), asked)
    ]
    assert not unanswered, "run 'make lock'"


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_hashes_and_no_address(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pins = re.split(r"(?m)^(?=[a-z0-9])", lock)[1:]
    assert not [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin]
    assert "://" not in lock


def test_old_python_gets_the_qt_that_counts_references() -> None:
    versions = {
        next(iter(pin.specifier)).version
        for pin in read_pinned("run")
        if pin.name == "pyside6-essentials" and holds_on(pin, "3.11")
    }
    assert versions == {"6.11.3"}


def test_all_locks_agree() -> None:
    run, dev, app = ({f"{pin.name}{pin.specifier}" for pin in read_pinned(name)} for name in LOCKS)
    assert run <= dev
    assert run <= app

"""What a command prints: text for people or JSON for scripts on stdout, progress on stderr."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import click

from indieartist.domain import figures
from indieartist.errors import AppError

PROGRESS_STEP = 0.05


def plain(value: Any) -> Any:
    """A value as JSON has it: dataclasses as objects, enums as their values, times in ISO 8601."""
    match value:
        case Enum():
            found = plain(value.value)
        case AppError():
            found = {"error": value.message, "hint": value.hint}
        case Mapping():
            found = {str(key): plain(item) for key, item in value.items()}
        case date():
            found = value.isoformat()
        case Path():
            found = str(value)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            found = {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        case list() | tuple() | set() | frozenset():
            found = [plain(item) for item in value]
        case _:
            found = value
    return found


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def print_error(error: AppError, *, as_json: bool) -> None:
    """What went wrong and what to do, on stderr."""
    if as_json:
        click.echo(json.dumps(plain(error), ensure_ascii=False), err=True)
        return
    click.secho(error.message, fg="red", err=True)
    if error.hint:
        click.echo(error.hint, err=True)


def print_rows(rows: Sequence[Sequence[str]]) -> None:
    """Columns aligned by their widest cell; the last is left as long as it is."""
    if not rows:
        return
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


def level(value: float | None, unit: str, digits: int = 1) -> str:
    """A level with its unit, '—' where there is none."""
    shown = figures.level(value, digits)
    return shown if value is None else f"{shown} {unit}"


class Progress:
    """Shows how far the work is on stderr: a line that rewrites itself, or nothing in a pipe."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._shown = -1.0
        self._live = sys.stderr.isatty()

    def __call__(self, fraction: float) -> None:
        """Report the fraction done."""
        if fraction - self._shown < PROGRESS_STEP and fraction < 1.0:
            return
        self._shown = fraction
        if self._live:
            click.echo(f"\r{self._label} {fraction:4.0%} ", nl=False, err=True)

    def __enter__(self) -> Progress:
        if not self._live:
            click.echo(f"{self._label} …", err=True)
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the line away again, if there was one."""
        if self._live and self._shown >= 0:
            click.echo("\r\x1b[K", nl=False, err=True)

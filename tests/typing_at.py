"""What a test that types commands is given: `run` types one, `told` types it with --json."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from click.testing import Result

Run = Callable[..., Result]
Told = Callable[..., Any]

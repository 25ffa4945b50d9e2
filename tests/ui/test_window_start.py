"""The window is painted before anything heavy is loaded, and says so where it cannot be shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from indieartist.errors import WorldError
from indieartist.ui.display import require_display

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("sqlalchemy", "numpy", "requests", "keyring", "soundfile")
CODE = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from indieartist.app import _opener
from indieartist.jobs.runner import ThreadRunner
from indieartist.ui.start import run_window

def open_studio():
    print("loaded:", *[name for name in {HEAVY!r} if name in sys.modules])
    QTimer.singleShot(0, QApplication.instance(), QApplication.quit)
    return _opener(Path(sys.argv[1]))()

sys.exit(run_window(open_studio, ThreadRunner(), Path(sys.argv[2])))
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(library_dir: Path) -> None:
    asked = [sys.executable, "-c", CODE, str(library_dir), str(ROOT / "resources")]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "loaded:"


def test_no_display_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(WorldError, match="no display"):
        require_display()

"""Rows: the first paint of the window, beside a bare one, and what is loaded before it."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.clock import Cost, run_command, take_turns
from benchmarks.table import Row, at_most

ROUNDS = 9
BANNED = (
    "numpy", "scipy", "requests", "keyring", "sqlalchemy", "alembic",
    "soundfile", "soxr", "av", "mutagen", "miniaudio", "PIL",
)  # fmt: skip
_END = """
import os, sys, json
def painted():
    print(json.dumps([name for name in {banned!r} if name in sys.modules]), flush=True)
    os._exit(0)
"""
_BARE = """
{end}
{imports}
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, painted)
app = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
_OURS = """
{end}
from pathlib import Path
from PySide6.QtWidgets import QApplication
from indieartist.app import _opener
from indieartist.jobs.runner import ThreadRunner
from indieartist.system.paths import resources_path
from indieartist.ui import start
from indieartist.ui.window import StudioWindow
StudioWindow.show = lambda self: (self.painted.connect(painted), super(StudioWindow, self).show())
start.run_window(_opener(Path(sys.argv[1])), ThreadRunner(), resources_path())
"""
_IMPORTS = "from indieartist.app import _opener\nimport indieartist.jobs.runner\n"
_IMPORTS += "import indieartist.ui.start"


def first_paint() -> list[Row]:
    """Our window's first paint over that of a bare window with the same imports."""
    end = _END.format(banned=BANNED)
    scripts = {
        "bare": _BARE.format(end=end, imports=""),
        "bare with our imports": _BARE.format(end=end, imports=_IMPORTS),
        "ours": _OURS.format(end=end),
    }
    loaded: list[str] = []

    def run(name: str) -> Cost:
        with tempfile.TemporaryDirectory() as folder:
            library = Path(folder, "Library")
            cost, said, _ = run_command([sys.executable, "-c", scripts[name], str(library)])
        if name == "ours":
            loaded[:] = json.loads(said.strip().splitlines()[-1])
        return cost

    costs = take_turns({name: lambda name=name: run(name) for name in scripts}, ROUNDS)
    bare, imported, ours = costs.values()
    return [
        Row(
            "first paint of the window over that of a bare one with the same imports, whole "
            "process, processor time",
            at_most(1.5, "×"),
            ours.cpu_s / imported.cpu_s,
            f"{_ms(ours)}",
            f"{_ms(imported)}; a bare PySide6 window {_ms(bare)}",
        ),
        Row(
            "libraries for sound, network, secrets and data loaded before the first paint",
            at_most(0, digits=0),
            float(len(loaded)),
            ", ".join(loaded) or "none of " + ", ".join(BANNED),
        ),
    ]


def bare_ms() -> float:
    """What a bare window takes to its first paint, in ms of processor time."""
    script = _BARE.format(end=_END.format(banned=()), imports="")
    return min(run_command([sys.executable, "-c", script])[0].cpu_s for _ in range(5)) * 1000


def _ms(cost: Cost) -> str:
    return f"{cost.cpu_s * 1000:.0f} ms ({cost.wall_s * 1000:.0f} ms on the wall)"

"""Renders the picture of a blind test into docs/pictures, with the library of `pictures.py`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indieartist.ui.window import StudioWindow

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "listening.png"
TRIALS_DONE, MOMENT_MS, SEED = 4, 92_000.0, 7


class _Nowhere:
    """A place where no sound goes, so that no machine's card is asked."""

    latency_ms, audible = 0.0, True

    def __init__(self, rate_hz: int) -> None: ...

    def start(self, render: object) -> None: ...

    def stop(self) -> None: ...


def show_test(window: StudioWindow) -> None:
    """Bring the window into the middle of a blind test."""
    player = window.player
    player.seek(MOMENT_MS)
    player.blind.rng = Random(SEED)
    player.open_blind()
    assert player.blind.sheet is not None
    player.blind.sheet.setup.begin.click()
    for _ in range(TRIALS_DONE):
        player.blind.guess("A")


def main() -> int:
    """Fill a library for the while, begin a test in its window, and save what is seen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from pictures import fill
    from PySide6.QtWidgets import QApplication

    from indieartist.jobs.runner import ThreadRunner
    from indieartist.services.studio import open_studio
    from indieartist.system.paths import resources_path
    from indieartist.ui import icons, theme
    from indieartist.ui.picture import Rest
    from indieartist.ui.window import StudioWindow

    app = QApplication(sys.argv[:1])
    icons.install(resources_path() / "icons")
    theme.install(app, theme.Choice.DARK)
    with tempfile.TemporaryDirectory() as folder:
        studio = open_studio(Path(folder))
        fill(studio)
        window = StudioWindow(lambda: studio, ThreadRunner())
        window.player.turntable.make_sink = _Nowhere
        rest = Rest(window.bridge)
        window.show()
        window.desk.open()
        rest.wait()
        window.show_page("release")
        window.player.cue()
        rest.wait()
        show_test(window)
        rest.wait()
        window.grab().save(str(PICTURE), "PNG")
        window.close()
        window.bridge.close()
        window.desk.close()
    print(PICTURE)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The window's modules are cheap to import: what is heavy waits until it is needed."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("numpy", "scipy", "soundfile", "av", "mutagen", "PIL", "requests", "keyring", "sqlalchemy")
CODE = f"""
import sys
import indieartist.ui.main_window, indieartist.ui.widgets.track_table, indieartist.ui.widgets.form
import indieartist.ui.bridge, indieartist.ui.errors, indieartist.ui.actions
print(*[name for name in {HEAVY!r} if name in sys.modules])
"""


def test_the_frame_is_imported_without_anything_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""

"""Changing what a part of the page holds while it is off the page.

A widget that comes into a holder on screen is shown by Qt in a call of its own, and each such call
lays the whole page out: twenty chips cost twenty layouts. Off the page they cost one together.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


@contextmanager
def offstage(holder: QWidget) -> Iterator[None]:
    """Take `holder` off the page, and put it back once its parts are in it.

    What has the focus within keeps it, where it is still there.
    """
    if not holder.isVisible():
        yield
        return
    focused = QApplication.focusWidget()
    within = focused is not None and holder.isAncestorOf(focused)
    ringed = getattr(focused, "ringed", False)
    if within and focused is not None:
        focused.clearFocus()  # else it would go to the next part of the page, which scrolls there
    holder.hide()
    try:
        yield
    finally:
        holder.show()
        if within and focused is not None and isValid(focused) and focused.isVisible():
            reason = Qt.FocusReason.TabFocusReason if ringed else Qt.FocusReason.OtherFocusReason
            focused.setFocus(reason)

"""The one presenter of errors: what a person can put right in a sentence, a bug as a report."""

from __future__ import annotations

import logging
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from indieartist import __version__
from indieartist.errors import AppError, Cancelled
from indieartist.ui import theme
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.text import Paragraph, Text
from indieartist.ui.widgets.toast import Toast

_LOG = logging.getLogger("indieartist")
_SECRETS = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+"), r"\1 •••"),
    (re.compile(r"(?i)(://)[^/\s:@]+:[^/\s@]+@"), r"\1•••@"),
    (
        re.compile(
            r"(?i)([\w-]*(?:token|secret|passw(?:or)?d|passphrase|api[_-]?key|authorization"
            r"|cookie|signature)[\w-]*[\"']?\s*[:=]\s*[\"']?)[^\s\"',;&)}\]]+"
        ),
        r"\1•••",
    ),
    (re.compile(r"\b(?=[\w-]*\d)[A-Za-z0-9_-]{32,}\b"), "•••"),
)


class Presenter:
    """Shows errors over a window; `toast` is where the short ones appear."""

    def __init__(self, window: QWidget, toast: Toast) -> None:
        self._window, self._toast = window, toast

    def present(self, error: BaseException) -> None:
        """Show an error in the way it deserves; call in the window's thread only."""
        if isinstance(error, Cancelled):
            self._toast.say(error.message, "info")
        elif isinstance(error, AppError):
            self._toast.say(str(error), "err")
        else:
            _LOG.error("a bug", exc_info=error)
            BugReport(report(error), self._window).open()


class BugReport(QDialog):
    """Our mistake, said plainly, with a report to copy that holds no secret."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 420)
        self._words = words
        text = QPlainTextEdit(words)
        text.setReadOnly(True)
        text.setFont(theme.font("small"))
        text.setAccessibleName("Report")
        self._copy = Button("Copy the report", "copy", "primary")
        self._copy.clicked.connect(self._copy_report)
        close = Button("Close")
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        layout.setSpacing(theme.M)
        layout.addWidget(Text("This is a mistake of ours, not of yours", "section"))
        layout.addWidget(
            Paragraph("Your library is unharmed: every act is kept whole or not at all.")
        )
        layout.addWidget(text, 1)
        layout.addLayout(row(self._copy, close))

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self._words)
        self._copy.setText("Copied")
        self._copy.update()


def report(error: BaseException) -> str:
    """What a developer needs, without what is nobody's business: no secret, no home folder."""
    machine = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    trace = "".join(traceback.format_exception(error))
    return redact(f"IndieArtist {__version__}\n{machine}\n\n{trace}")


def redact(words: str) -> str:
    """Blank out whatever looks like a secret, and name the home folder '~'."""
    words = words.replace(str(Path.home()), "~")
    for pattern, blank in _SECRETS:
        words = pattern.sub(blank, words)
    return words


def catch_all(post: Callable[[Callable[[], None]], None], presenter: Presenter) -> None:
    """Show what nobody caught, from any thread; `post` brings a call to the window's thread."""

    def show(error: BaseException) -> None:
        post(lambda: presenter.present(error))

    def on_main(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        show(error)

    def on_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            show(args.exc_value)

    sys.excepthook = on_main
    threading.excepthook = on_thread

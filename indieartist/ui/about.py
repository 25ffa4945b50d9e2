"""Who made this, which version it is, and where it keeps what."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from indieartist import __version__
from indieartist.ui import theme
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.text import Paragraph, Text

_WORDS = (
    "From a bounce in the DAW to a released, promoted and paid-for record, on your own machine. "
    "What you make stays here until you send it."
)


class AboutBox(QDialog):
    """A few lines and a way out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("About IndieArtist")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(420)
        close = Button("Close", kind="primary")
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        layout.setSpacing(theme.M)
        layout.addWidget(Text(f"IndieArtist {__version__}", "section"))
        layout.addWidget(Paragraph(_WORDS))
        layout.addWidget(Text(f"Qt {qVersion()}, Inter by Rasmus Andersson", "small", "text3"))
        layout.addLayout(row(close))

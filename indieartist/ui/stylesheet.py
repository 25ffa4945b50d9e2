"""The style sheet for what Qt draws itself, written from the tokens."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_SHEET = Template("""
QLabel { background: transparent; color: $text; }
QLabel[tone="text2"] { color: $text2; }
QLabel[tone="text3"] { color: $text3; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="service"] { color: $service; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="err"] { color: $err; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QAbstractItemView { background: transparent; border: none; outline: none; }
QTableView { gridline-color: transparent; selection-background-color: transparent; }
QHeaderView { background: transparent; border: none; }
QToolTip {
    background: $surface3; color: $text; border: 1px solid $line2; padding: 4px 6px;
}
QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QAbstractSpinBox {
    background: $surface2; color: $text; border: 1px solid $line2; border-radius: 8px;
    padding: 0 10px; selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit { padding: 6px 6px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QDateEdit:hover { border-color: $text3; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus {
    border: 2px solid $accent; padding: 0 9px;
}
QPlainTextEdit:focus { padding: 5px 5px; }
QLineEdit[state="err"], QPlainTextEdit[state="err"], QComboBox[state="err"] {
    border-color: $err;
}
QLineEdit[state="warn"], QPlainTextEdit[state="warn"], QComboBox[state="warn"] {
    border-color: $warn;
}
QLineEdit[quiet="true"] { background: transparent; border: none; padding: 0; }
QComboBox QLineEdit { background: transparent; border: none; padding: 0; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 28px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: none; }
QComboBox QAbstractItemView, QMenu, QCompleter QAbstractItemView, QListView[popup="true"] {
    background: $surface2; color: $text; border: 1px solid $line2; border-radius: 8px;
    padding: 4px; selection-background-color: $surface3; selection-color: $text;
}
QMenu::item { padding: 7px 28px 7px 10px; border-radius: 6px; }
QMenu::item:selected { background: $surface3; }
QMenu::item:disabled { color: $text3; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $line2; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCalendarWidget QWidget { background: $surface2; color: $text; }
QCalendarWidget QAbstractItemView {
    selection-background-color: $accent; selection-color: $on_accent;
}
""")


def build(colours: Mapping[str, str]) -> str:
    """The sheet in one scheme's colours, each by its token's name."""
    return _SHEET.substitute(colours)

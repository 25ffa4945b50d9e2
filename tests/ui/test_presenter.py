"""Errors on screen: a sentence for people, a report without secrets for bugs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from indieartist.errors import Cancelled, UserError, WorldError
from indieartist.ui.errors import BugReport, Presenter, catch_all, redact, report
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.toast import Toast


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


@pytest.fixture
def presenter(window: QWidget) -> Presenter:
    return Presenter(window, Toast(window))


@pytest.fixture
def hooks() -> Iterator[None]:
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before


@pytest.mark.parametrize(
    "error",
    [
        UserError("“a.wav” is empty.", "Export it again."),
        WorldError("The disk is full.", "Free some space."),
        Cancelled(),
    ],
)
def test_what_a_person_can_put_right_is_a_sentence(
    window: QWidget, presenter: Presenter, error: UserError
) -> None:
    presenter.present(error)
    toast = window.findChild(Toast)
    assert toast is not None
    assert toast.isVisible()
    assert toast.accessibleName() in str(error)
    assert window.findChild(BugReport) is None


def test_a_long_sentence_stays_inside_the_window(window: QWidget, presenter: Presenter) -> None:
    presenter.present(UserError("A file that is named very long. " * 12))
    toast = window.findChild(Toast)
    assert toast is not None
    assert window.rect().contains(toast.geometry())


def test_a_bug_can_be_copied(qtbot: QtBot, window: QWidget, presenter: Presenter) -> None:
    presenter.present(ZeroDivisionError("division by zero"))
    dialog = window.findChild(BugReport)
    assert dialog is not None
    copy = next(b for b in dialog.findChildren(Button) if b.text() == "Copy the report")
    copy.click()
    assert "division by zero" in QGuiApplication.clipboard().text()
    dialog.close()


@pytest.mark.parametrize(
    "words",
    [
        "Authorization: Bearer s3cr3t-value",
        "https://ana:s3cr3t-value@example.org/feed",
        "{'access_token': 's3cr3t-value'}",
        'client_secret="s3cr3t-value"',
        "GET /x?api_key=s3cr3t-value&page=2",
        "password = s3cr3t-value",
        "Cookie: s3cr3t-value",
        "s3cr3t-values3cr3t-values3cr3t-value0",
    ],
)
def test_no_secret_leaves_in_a_report(words: str) -> None:
    assert "s3cr3t" not in redact(words)


@given(
    st.text(
        alphabet=st.characters(
            codec="ascii", exclude_characters=" \"',;&)}]\n\t\r\x0b\x0c\x1c\x1d\x1e\x1f"
        ),
        min_size=6,
    )
)
def test_no_token_leaves_whatever_it_is_made_of(token: str) -> None:
    assert f"={token}" not in redact(f"token={token}")


def test_the_home_folder_is_nobodys_business() -> None:
    assert redact(f"File {Path.home()}/song.wav") == "File ~/song.wav"


def test_words_without_secrets_stay_as_they_are() -> None:
    words = 'File "engine.py", line 12, in render\n    gain = 1 / 0\nZeroDivisionError'
    assert redact(words) == words


def test_a_report_says_where_it_broke() -> None:
    try:
        {}["mix"]
    except KeyError as error:
        words = report(error)
    assert "KeyError: 'mix'" in words
    assert "test_presenter.py" in words
    assert "Qt 6" in words


def test_what_nobody_caught_is_shown_from_any_thread(
    qtbot: QtBot, window: QWidget, presenter: Presenter, hooks: None
) -> None:
    calls: list[object] = []
    catch_all(calls.append, presenter)
    thread = threading.Thread(target=lambda: int("x"))
    thread.start()
    thread.join()
    assert len(calls) == 1
    calls[0]()  # type: ignore[operator]
    dialog = window.findChild(BugReport)
    assert dialog is not None
    dialog.close()

"""The checklist on paper: a PDF with a box for each task, its day and why it is there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.checklist import Readiness, Standing, TaskState

if TYPE_CHECKING:
    from fpdf import FPDF

_FAMILY, _MARGIN_MM = "Inter", 18.0
_BOX_MM, _DAY_MM, _LEAST_MM = 4.0, 26.0, 20.0
_INK, _QUIET, _LINE = 20, 110, 205  # grey, 0..255
_FIND_S = 5.0
_FILE = "Inter[opsz,wght].ttf"


def write_sheet(
    title: str,
    artist: str,
    release_on: date | None,
    tasks: Iterable[TaskState],
    readiness: Readiness,
) -> bytes:
    """A4 pages with every task that applies, in order of time; what is done is ticked."""
    shown = [task for task in tasks if task.state is not Standing.NOT_APPLICABLE]
    pdf = _begin(title, " ".join([title, artist, *(task.title for task in shown)]))
    _head(pdf, title, artist, _when(release_on, readiness))
    for task in shown:
        _task(pdf, task)
    return bytes(pdf.output())


def _begin(title: str, words: str) -> FPDF:
    import fontpkg_inter
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_title(title)
    pdf.set_creator("IndieArtist")
    pdf.set_margins(_MARGIN_MM, _MARGIN_MM)
    pdf.set_auto_page_break(auto=True, margin=_MARGIN_MM)
    # One weight: to make another of the variable font takes seconds.
    pdf.add_font(_FAMILY, "", Path(fontpkg_inter.ROOT) / "files" / _FILE)
    if other := _font_beyond_latin(words):
        pdf.add_font("Other", "", other)
        pdf.set_fallback_fonts(["Other"])
    pdf.add_page()
    return pdf


def _when(release_on: date | None, ready: Readiness) -> str:
    day = f"{release_on:%A} {release_on.day} {release_on:%B %Y}" if release_on else "No date yet"
    return f"{day} · {ready.done} of {ready.total} done before release day"


def _head(pdf: FPDF, title: str, artist: str, when: str) -> None:
    for words, size, grey in ((title, 20, _INK), (artist, 12, _INK), (when, 9, _QUIET)):
        _write(pdf, words or " ", size, grey)
    pdf.ln(6)


def _task(pdf: FPDF, task: TaskState) -> None:
    if pdf.will_page_break(_LEAST_MM):
        pdf.add_page()
    top, left = pdf.get_y(), pdf.l_margin
    pdf.set_draw_color(_LINE)
    pdf.line(left, top, pdf.w - pdf.r_margin, top)
    pdf.set_draw_color(_INK)
    pdf.rect(left, top + 3, _BOX_MM, _BOX_MM)
    if task.state is Standing.DONE:
        pdf.line(left + 0.8, top + 5, left + 1.7, top + 6.2)
        pdf.line(left + 1.7, top + 6.2, left + 3.3, top + 3.9)
    pdf.set_xy(left + _BOX_MM + 3, top + 2.4)
    _write(pdf, task.due_on.isoformat() if task.due_on else "—", 9, _QUIET, width=_DAY_MM)
    pdf.set_left_margin(left + _BOX_MM + 3 + _DAY_MM)
    pdf.set_xy(pdf.l_margin, top + 2.4)
    _write(pdf, task.title, 11, _INK)
    _write(pdf, task.evidence if task.state is Standing.DONE else task.task.why, 8, _QUIET)
    pdf.set_left_margin(left)
    pdf.set_y(pdf.get_y() + 2)


def _write(pdf: FPDF, words: str, size: int, grey: int, *, width: float = 0.0) -> None:
    pdf.set_font(_FAMILY, size=size)
    pdf.set_text_color(grey)
    pdf.multi_cell(width, size * 0.5, words, align="L", new_x="LMARGIN", new_y="NEXT")


def _font_beyond_latin(words: str) -> str:
    """A font file of the system for signs that Inter lacks; empty where there is none."""
    beyond = {ord(sign) for sign in words} - _signs_of_inter()
    program = shutil.which("fc-match")
    if not beyond or program is None:
        return ""
    command = [program, "--format=%{file}", f":charset={min(beyond):x}:fontformat=TrueType"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_FIND_S, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout if Path(done.stdout).suffix.lower() in (".ttf", ".otf") else ""


@cache
def _signs_of_inter() -> frozenset[int]:
    import fontpkg_inter
    from fontTools.ttLib import TTFont

    path = Path(fontpkg_inter.ROOT) / "files" / _FILE
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())

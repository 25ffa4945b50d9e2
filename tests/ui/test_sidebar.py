"""The sidebar makes do with the height there is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from indieartist.ui.widgets.sidebar import Page, Recent, RecentItem, Sidebar


@pytest.mark.parametrize(("height", "foot_px", "seen"), [(800, 20, 4), (584, 20, 2), (584, 120, 0)])
def test_records_stand_below_one_another_or_not_at_all(
    qtbot: QtBot, height: int, foot_px: int, seen: int
) -> None:
    box, foot = QWidget(), QWidget()
    qtbot.addWidget(box)
    box.resize(300, 900)
    bar = Sidebar("IndieArtist", tuple(Page(str(n), f"Page {n}", "note") for n in range(7)))
    bar.setParent(box)
    bar.set_foot(foot)
    bar.set_recent(tuple(Recent(n, f"Record {n}", "no date yet") for n in range(4)))
    box.show()
    bar.show()
    for room in (800, height):
        bar.setGeometry(0, 0, 232, room)
        foot.setFixedHeight(foot_px)
        qtbot.wait(1)
    shown = sorted(
        (each.geometry() for each in bar.findChildren(RecentItem) if each.isVisible()),
        key=lambda room: room.y(),
    )
    assert len(shown) == seen
    assert all(room.height() == 50 for room in shown)
    assert all(not a.intersects(b) for a, b in pairwise(shown))

"""Journey 1: a solo musician's single, from the bounce folder to planned posts, by hand.

Left out, as their engines come with later issues: posts to Bluesky and Instagram other than by the
share kit, the live gate on release day (11), and royalty statements (12).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bounces import write_bounce, write_cover
from mastodon_server import open_account, serve_mastodon
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from ui.person import CONTROL, Browser, Person
from ui.studios import open_window

from indieartist.domain.publishing import State
from indieartist.domain.release_days import suggest_release_day
from indieartist.services.settings import Settings, write_settings
from indieartist.services.studio import open_studio
from indieartist.system.secrets import MemorySecrets
from indieartist.ui.screens.check import CheckScreen
from indieartist.ui.screens.publish import PublishScreen
from indieartist.ui.screens.track import TrackScreen
from indieartist.ui.widgets.blind_pages import LetterKey
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.choice_chips import ChoiceChips
from indieartist.ui.widgets.credits import CreditLine
from indieartist.ui.widgets.finding import FindingRow
from indieartist.ui.widgets.mix_row import MixRow
from indieartist.ui.widgets.segmented import SegmentedSwitch
from indieartist.ui.widgets.task_list import TaskList

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]
KEY = Qt.Key
LYRICS = "The night bus leaves at one\nand nobody gets on"


@pytest.fixture
def scene(qtbot: QtBot, library_dir: Path, tmp_path: Path, monkeypatch: Any) -> Iterator[Any]:
    """An empty library, a folder with two bounces in it, and somebody at the window."""
    monkeypatch.setattr("indieartist.services.watching.STABLE_S", 0.0)
    folder = tmp_path / "Bounces"
    for take in (5, 6):
        write_bounce(folder / f"NightBus_v{take}.wav", 61, seed=3)
        shutil.copy(folder / f"NightBus_v{take}.wav", tmp_path / f"take{take}.wav")
    write_bounce(folder / "NightBus_v6.wav", 61.2, seed=3)
    studio = open_studio(library_dir)
    studio.secrets = MemorySecrets()
    browser = Browser()
    for scheme in ("file", "http", "https"):
        QDesktopServices.setUrlHandler(scheme, browser, "take")
    with open_window(qtbot, studio, "releases") as window:
        made = SimpleNamespace(studio=studio, window=window, folder=folder, browser=browser)
        made.person, made.tmp = Person(qtbot, window), tmp_path
        yield made
    for scheme in ("file", "http", "https"):
        QDesktopServices.unsetUrlHandler(scheme)
    write_settings(Settings())


def test_a_single_from_the_bounce_folder_to_planned_posts(scene: Any) -> None:
    watch_the_folder(scene)
    compare_blind(scene)
    approve(scene)
    fill_in_the_facts(scene)
    replace_the_artwork(scene)
    take_the_day_that_is_offered(scene)
    pass_the_check(scene)
    build_the_package(scene)
    with serve_mastodon() as url, open_account(url) as account:
        plan_posts(scene, account)
    log_the_pitch(scene)


def release(scene: Any) -> Any:
    return scene.window.release


def track(scene: Any) -> Any:
    return release(scene).tracks[0]


def watch_the_folder(scene: Any) -> None:
    """(1) Point the app at the bounce folder; FINAL2 joins beside v5 and v6."""
    person, window = scene.person, scene.window
    window.watch.choose_folder = lambda: scene.folder
    person.click("Bounces that land")
    person.wait(lambda: window.watch._earlier == 2)
    person.click("Watching Bounces")
    person.click("Take them in")
    person.wait(lambda: release(scene) and len(track(scene).mixes) == 2)
    write_bounce(scene.folder / "NightBus_FINAL2.wav", 61.4, seed=3)
    person.wait(lambda: len(track(scene).mixes) == 3)
    assert (release(scene).title, len(release(scene).tracks)) == ("Night Bus", 1)
    assert person.sees("Night Bus: mix 3")


def compare_blind(scene: Any) -> None:
    """(2) Two mixes at equal level behind letters, until one is liked best."""
    person, window = scene.person, scene.window
    person.settle()
    person.press(KEY.Key_1, CONTROL)
    person.settle()
    window.shown.grid.setFocus()
    person.click_row(window.shown.grid, 0)
    person.press(KEY.Key_Return)
    person.wait(lambda: window.page_key == "release")
    person.settle()
    person.click_row(window.shown.table, 0)
    person.press(KEY.Key_Return, CONTROL)
    person.wait(lambda: isinstance(window.shown, TrackScreen) and person.all(MixRow))
    person.click("Compare")
    person.wait(lambda: window.player.deck is not None and len(window.player.deck.versions) > 1)
    person.press(KEY.Key_B, CONTROL)
    kind = person.find(SegmentedSwitch, "Kind of blind test")
    kind.setFocus(Qt.FocusReason.TabFocusReason)
    person.press(KEY.Key_Right)
    person.click("Begin")
    letters = person.all(LetterKey)
    assert len(letters) >= 2
    person.click("Hear B")
    person.press(KEY.Key_Return)
    person.wait(lambda: person.sees("You like "))
    assert window.player.blind.results
    person.click("Close")


def approve(scene: Any) -> None:
    """(3) Approve the newest mix."""
    person = scene.person
    row = person.all(MixRow, "Mix 3")[0]
    person.qtbot.mouseClick(row.approve, Qt.MouseButton.LeftButton)
    person.wait(lambda: track(scene).approved and track(scene).approved.number == 3)


def fill_in_the_facts(scene: Any) -> None:
    """(4) Artist, writer, rights, language, advisory, lyrics, the answer about AI."""
    person = scene.person
    person.press(KEY.Key_E, CONTROL)
    add_person(scene, 0, "Mara Vale", "Artist")
    for name, words in (
        ("Genre", "Electronic"),
        ("Made with AI", "none"),
        ("Label", "Mara Vale"),
    ):
        person.type(name, words)
        person.settle()
    person.choose("Language of the titles", "English")
    person.settle()
    person.click("Use “")
    person.wait(lambda: release(scene).p_line and release(scene).c_line)
    person.choose("Advisory", "Not explicit")
    person.settle()
    person.choose("Language sung", "English")
    person.settle()
    person.write("Lyrics", LYRICS)
    person.wait(lambda: track(scene).lyrics == LYRICS)
    for role in ("Composer", "Lyricist", "Vocals"):
        add_person(scene, 1, "Mara Vale", role)
    assert [credit.role for credit in track(scene).credits] == ["composer", "lyricist", "vocals"]
    assert release(scene).genre == "Electronic"


def add_person(scene: Any, place: int, name: str, role: str) -> None:
    """One more line of the credits: the release's are first, the track's second."""
    person = scene.person
    editor = (scene.window.shown.people, scene.window.shown.track_people)[place]
    before = len(editor.value)
    button = [b for b in person.all(Button) if b.text() == "Add person"][place]
    person.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    line = editor.findChildren(CreditLine)[-1]
    person.choose("Role", role, line._role)
    person.qtbot.mouseClick(line._name, Qt.MouseButton.LeftButton)
    person.qtbot.keyClicks(line._name, name)
    person.press(KEY.Key_Return)
    person.wait(lambda: len(editor.value) == before + 1)
    person.settle()


def replace_the_artwork(scene: Any) -> None:
    """(5) A cover with an address on it is found out, where words can be read; then a clean one."""
    person, window = scene.person, scene.window
    spoken = scene.tmp / "spoken.png"
    picture = Image.new("RGB", (3000, 3000), "#f4f1ea")
    pen = ImageDraw.Draw(picture)
    pen.text((300, 2400), "@nightbus", "#101820", ImageFont.load_default(size=260))
    picture.save(spoken)
    person.drop(spoken)
    person.wait(lambda: release(scene).artwork is not None)
    if shutil.which("tesseract"):
        person.press(KEY.Key_4, CONTROL)
        person.wait(lambda: person.sees("AW-03"))
        assert any("@nightbus" in row.finding.evidence for row in person.all(FindingRow))
    first = release(scene).artwork.hash
    person.drop(write_cover(scene.tmp / "clean.png"))
    person.wait(lambda: release(scene).artwork.hash != first)
    if shutil.which("tesseract"):
        person.wait(lambda: not person.sees("AW-03"))
    assert window.release.artwork.width_px == 3000


def take_the_day_that_is_offered(scene: Any) -> None:
    """(6) The first Friday that leaves the stores their time; tasks are planned back from it."""
    person = scene.person
    person.press(KEY.Key_E, CONTROL)
    person.click("Release it on Friday")
    person.wait(lambda: release(scene).release_on is not None)
    day, today = release(scene).release_on, scene.window.today()
    assert day == suggest_release_day(today)
    assert day.weekday() == 4 and (day - today).days >= 28
    person.press(KEY.Key_6, CONTROL)
    person.wait(lambda: person.sees("Night Bus"))


def pass_the_check(scene: Any) -> None:
    """(7) Apple wants an engineer: the finding leads to the credits, and then all is well."""
    person, window = scene.person, scene.window
    person.press(KEY.Key_4, CONTROL)
    person.settle()
    chips = person.find(ChoiceChips, "Destinations")
    for name in ("Apple Music", "DistroKid"):
        person.click(name)
        person.settle()
    assert chips.isVisible()
    person.wait(
        lambda: any("producer or engineer" in r.finding.rule for r in person.all(FindingRow))
    )
    row = next(r for r in person.all(FindingRow) if "producer or engineer" in r.finding.rule)
    person.click(row.finding.place)
    person.wait(lambda: window.page_key == "facts")
    add_person(scene, 1, "Ines Okafor", "Recording engineer")
    person.press(KEY.Key_4, CONTROL)
    screen = window.screens.get_of(CheckScreen)
    person.wait(lambda: screen.result is not None and not screen.result.errors)
    person.wait(lambda: screen.headline.text().startswith("Ready"))


def build_the_package(scene: Any) -> None:
    """(8) The package with its page to copy from; the UPC that comes back is pasted."""
    person, window = scene.person, scene.window
    person.press(KEY.Key_5, CONTROL)
    person.settle()
    person.click("Build package")
    screen = window.screens.get_of(PublishScreen)
    person.wait(lambda: [row.publication.state for row in screen.outbox.rows] == [State.SENT])
    person.click("Open: Delivery package")
    folder = Path(scene.browser.opened[-1].toLocalFile())
    pages = [p.read_text("utf-8") for p in folder.rglob("*.html")]
    assert pages and all("Mara Vale" in page and "copy" in page.lower() for page in pages)
    QGuiApplication.clipboard().setText("036000291452")
    person.press(KEY.Key_E, CONTROL)
    person.qtbot.mouseClick(person.find(QLineEdit, "UPC or EAN"), Qt.MouseButton.LeftButton)
    person.press(KEY.Key_V, CONTROL)
    person.press(KEY.Key_Return)
    person.wait(lambda: release(scene).gtin == "036000291452")


def plan_posts(scene: Any, account: Any) -> None:
    """(9) Six posts wait for their day; what other networks want is in the share kit."""
    person, window = scene.person, scene.window
    person.press(KEY.Key_5, CONTROL)
    person.settle()
    person.type("Server", account.url)
    person.type("Token", account.token)
    person.click("Connect")
    screen = window.screens.get_of(PublishScreen)
    person.wait(screen.announce.schedule.isVisible)
    day: date = release(scene).release_on
    for number in range(6):
        person.write("Words", f"Night Bus, {number + 1} of 6")
        person.type("Day", f"{day + timedelta(days=number):%Y-%m-%d}")
        person.type("Time", "18:00")
        person.wait(screen.announce.schedule.isEnabled)
        person.click("Schedule")
        person.wait(lambda: len(planned(screen)) == number + 1)  # noqa: B023
    assert account.count() == 0
    assert all(p.due_at > datetime.now(UTC) for p in planned(screen))
    person.click("Build share kit")
    person.wait(lambda: any(r.publication.adapter == "share-kit" for r in screen.outbox.rows))


def planned(screen: PublishScreen) -> list[Any]:
    found = [row.publication for row in screen.outbox.rows]
    return [each for each in found if each.state is State.PLANNED]


def log_the_pitch(scene: Any) -> None:
    """(10) The pitch to Spotify is ticked by who made it."""
    person, window = scene.person, scene.window
    person.settle()
    person.press(KEY.Key_1, CONTROL)
    person.settle()
    person.click_row(window.shown.grid, 0)
    person.press(KEY.Key_Return)
    person.wait(lambda: window.page_key == "release")
    person.click("All tasks")
    tasks = person.find(TaskList, "Tasks")
    person.wait(lambda: find_task(tasks, "Pitch to Spotify") is not None)
    person.click_row(tasks, find_task(tasks, "Pitch to Spotify") or 0)
    person.press(KEY.Key_Space)
    person.wait(lambda: person.toast.startswith("Done: Pitch to Spotify"))
    person.wait(lambda: find_task(tasks, "Pitch to Spotify") is None)  # missing no more


def find_task(tasks: TaskList, title: str) -> int | None:
    lines = tasks.lines.lines
    return next((n for n, line in enumerate(lines) if line.title.startswith(title)), None)

"""Publishing: the package, the artist's own page and the announcement, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from indieartist.domain.publishing import Account, Publication, State
from indieartist.errors import UserError
from indieartist.ui import theme
from indieartist.ui.busy import Busy
from indieartist.ui.cards.announce import AnnounceCard
from indieartist.ui.cards.build import BuildCard
from indieartist.ui.cards.outbox import OutboxCard
from indieartist.ui.loader import Loader
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import column
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.pages import Pages
from indieartist.ui.widgets.split import Pair, Split

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release
    from indieartist.services.drafting import Judged
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

_PACKAGE, _SITE, _KIT, _MASTODON = "folder", "site", "share-kit", "mastodon"
_PACKAGE_WORDS = (
    "Everything a distributor asks for, in one folder: the approved masters, the cover, the "
    "sheet, and a hash of each file."
)
_SITE_WORDS = (
    "A page of your own for this release, with a player and a feed. It opens from the disk, and "
    "it stands on any web space."
)
_TEACHES = "Drop a bounce from your DAW on this window: it makes a release, and this sends it out."
_ASIDE_PX, _SIDE_BY_SIDE_PX = 440, 700
_PAIR_PX = 560


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows: the accounts, everything sent, and the words to begin with."""

    accounts: Sequence[Account]
    publications: Sequence[Publication]
    draft: str


class PublishScreen(Screen):
    """`choose_folder` asks for a folder; tests put their own in its place."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.choose_folder: Callable[[], Path | None] = self._ask_folder
        self.release: Release | None = None
        self._drafted_for: int | None = None
        self._judge = Loader(desk, self)
        pack = Button("Build package", "package", "primary")
        self.package = BuildCard("Delivery package", _PACKAGE_WORDS, pack, self._choose)
        self.site = BuildCard("Your page", _SITE_WORDS, Button("Build page", "globe"), self._choose)
        self.site.ask_address("Its address on the web, if you know it", "https://your.site/")
        self.announce = AnnounceCard()
        self.outbox = OutboxCard()
        self._busy = {
            _PACKAGE: Busy(desk, pack),
            _SITE: Busy(desk, self.site.button),
            _KIT: Busy(desk, self.announce.kit),
            _MASTODON: Busy(desk, self.announce.post_now),
            "join": Busy(desk, self.announce.join),
        }
        self._pages = Pages()
        empty = EmptyState("send", "Nothing to publish yet", _TEACHES, "Add bounces")
        empty.pressed.connect(studio_window.intake.choose)
        self._pages.addWidget(empty)
        self._pages.addWidget(self._cards())
        self.body.addWidget(self._pages, 1)
        self._connect()

    def _cards(self) -> QWidget:
        left = QWidget()
        words = column(Pair(self.package, self.site, _PAIR_PX), self.outbox, gap=theme.L)
        words.addStretch(1)
        left.setLayout(words)
        page = QWidget()
        whole = column(Split(left, self.announce, _ASIDE_PX, _SIDE_BY_SIDE_PX))
        whole.addStretch(1)
        page.setLayout(whole)
        return page

    def _connect(self) -> None:
        announce, outbox = self.announce, self.outbox
        self.package.build_asked.connect(lambda: self.build(_PACKAGE, self.package))
        self.site.build_asked.connect(lambda: self.build(_SITE, self.site))
        announce.drafted.connect(self.judge)
        announce.kit_asked.connect(lambda: self.post(_KIT))
        announce.post_asked.connect(lambda: self.post(_MASTODON))
        announce.schedule_asked.connect(self.schedule)
        announce.connect_asked.connect(self.connect_account)
        announce.disconnect_asked.connect(self.disconnect_account)
        outbox.cancel_asked.connect(self.cancel)
        outbox.send_asked.connect(self.send_after_all)
        outbox.settled.connect(self.settle)
        outbox.handed.connect(self.hand_over)

    # what is shown

    def show_release(self, release: Release | None) -> None:
        self._pages.setCurrentIndex(1 if release else 0)
        steps = ["Releases", release.title] if release else ["Releases"]
        self.path.show_path(*steps, "Publish")
        self.release = release
        if release is None:
            return

        def work(studio: Studio) -> Seen:
            from indieartist.services import accounts, outbox, publishing

            return Seen(
                accounts.list_accounts(studio, _MASTODON),
                outbox.list_publications(studio, release.id),
                publishing.draft_text(release),
            )

        self.desk.read("Reading the outbox", work, self._show, owner=self)

    def _show(self, seen: Seen) -> None:
        if self.release is None:
            return
        if self._drafted_for != self.release.id:
            self._drafted_for = self.release.id
            self.announce.text.setPlainText(seen.draft)
            self.announce.day.set_value(self.release.release_on)
        self.announce.show_accounts(seen.accounts)
        self.outbox.show_publications(seen.publications)
        for key, card in ((_PACKAGE, self.package), (_SITE, self.site)):
            built = [p for p in seen.publications if p.adapter == key and p.state is State.SENT]
            card.show_last(built[-1] if built else None)
        self.judge()

    def judge(self) -> None:
        """Count the words, and hear what their destination says to them."""
        release, text = self.release, self.announce.text.toPlainText()
        account = self.announce.chosen_account
        if release is None:
            return

        def work(studio: Studio, _report: Report) -> Judged:
            from indieartist.services import drafting
            from indieartist.services.publishing import Route

            key = _MASTODON if account else _KIT
            route = Route(key, account.label if account else None)
            return drafting.judge_draft(studio, release, route, text)

        def done(judged: Judged) -> None:
            refusals = [remark.sentence for remark in judged.remarks if remark.refusal]
            others = [remark.sentence for remark in judged.remarks if not remark.refusal]
            problem = next(iter(refusals + others), "")
            fits = not refusals
            self.announce.show_judgement(judged.length, judged.most, problem, fits=fits)

        self._judge.read("Counting the words", work, done)

    # what is done

    def build(self, destination: str, card: BuildCard) -> None:
        """Build a package or a page."""
        release = self.release
        if release is None:
            return
        folder, address = card.folder.path, card.address.text() if card.address else ""

        def work(studio: Studio, report: Report) -> Publication:
            from indieartist.services import checking, publishing
            from indieartist.services.publishing import Route

            checking.require_ready(studio, release, destination)
            route = Route(destination, out_path=folder, base_url=address)
            return publishing.deliver(studio, release, route, report)

        label = f"Building “{release.title}”"
        self._busy[destination].during(
            lambda: self.desk.act(label, work, self._tell, lane="audio", owner=self)
        )

    def post(self, destination: str, at: datetime | None = None) -> None:
        """Post now, or put the post into the outbox for later."""
        release, text = self.release, self.announce.text.toPlainText()
        account = self.announce.chosen_account if destination == _MASTODON else None
        if release is None:
            return

        def work(studio: Studio, report: Report) -> Publication:
            from indieartist.services import publishing
            from indieartist.services.publishing import Route

            route = Route(destination, account.label if account else None, at=at)
            return publishing.post(studio, release, route, text=text, report=report)

        label = f"Announcing “{release.title}”"
        self._busy[destination].during(
            lambda: self.desk.act(label, work, self._tell, lane="network", owner=self)
        )

    def schedule(self) -> None:
        """Put the post into the outbox for the chosen moment."""
        try:
            at = self.announce.read_when(datetime.now().astimezone())
        except UserError as error:
            self.desk.bridge.present(error)
            return
        self.post(_MASTODON, at)

    def _tell(self, publication: Publication) -> None:
        """Say how it stands."""
        if publication.problem:
            self.desk.say(publication.problem, "err")
        elif publication.state is State.PLANNED:
            self.desk.say("It is in the outbox, and can be cancelled until it goes out.")
        else:
            self.desk.say(publication.summary)

    def connect_account(self) -> None:
        """Connect a Mastodon account; its token goes into the system's keyring."""
        server, token = self.announce.server.text().strip(), self.announce.token.text().strip()

        def work(studio: Studio, _report: Report) -> str:
            from indieartist.services import accounts

            made = accounts.connect_account(studio, _MASTODON, server, token, "")
            return f"{made.label} is connected; its token is kept {studio.secrets.where}."

        def done(words: str) -> None:
            self.announce.token.clear()
            self.desk.say(words)

        self._busy["join"].during(
            lambda: self.desk.act("Connecting", work, done, lane="network", owner=self)
        )

    def disconnect_account(self) -> None:
        """Forget the chosen account's token."""
        account = self.announce.chosen_account
        if account is None:
            return

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services import accounts

            accounts.disconnect_account(studio, account)

        self.desk.act("Disconnect", work, says=f"{account.label} is disconnected", final=True)

    def cancel(self, publication: Publication) -> None:
        """Take a publication back before anything of it left."""

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services import outbox

            outbox.cancel_publication(studio, publication)

        self.desk.act("Cancel", work, says="Cancelled; nothing was sent", final=True)

    def send_after_all(self, publication: Publication) -> None:
        """Send what was missed, refused or cancelled."""

        def work(studio: Studio, report: Report) -> Publication:
            from indieartist.services import outbox

            outbox.send_missed(studio, publication)
            return outbox.publish_now(studio, publication.id, report)

        self.desk.act("Sending", work, self._tell, lane="network", owner=self)

    def hand_over(self, publication: Publication) -> None:
        """Note that the person has given a package to the store."""

        def work(studio: Studio, _report: Report) -> None:
            from indieartist.services import outbox

            outbox.hand_over(studio, publication)

        self.desk.act("Hand over", work, says="Its ISRCs and UPC are locked now", final=True)

    def settle(self, publication: Publication, was_sent: bool) -> None:
        """Answer for a publication of which nobody else can tell whether it went out."""

        def work(studio: Studio, report: Report) -> Publication:
            from indieartist.services import outbox

            outbox.settle(studio, publication, was_sent=was_sent)
            return outbox.publish_now(studio, publication.id, report)

        self.desk.act("Settling", work, self._tell, lane="network", owner=self)

    def _choose(self) -> Path | None:
        return self.choose_folder()

    def _ask_folder(self) -> Path | None:
        name = QFileDialog.getExistingDirectory(self, "Choose a folder", str(Path.home()))
        return Path(name) if name else None

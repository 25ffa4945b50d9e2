"""What a checklist can see by itself in a release, its preflight, deliveries and posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from indieartist.domain.attachments import Attachment, AttachmentKind
from indieartist.domain.content_id import CHOICES
from indieartist.domain.languages import INSTRUMENTAL, find_language
from indieartist.domain.preflight.findings import Preflight
from indieartist.domain.preflight.registry import Severity
from indieartist.domain.publishing import OPEN_STATES, STUCK_STATES, Publication, State
from indieartist.domain.release import Release, Track
from indieartist.domain.release_days import written

BACKUP_DAYS = 30  # an older backup does not count
TEASERS = 3


@dataclass(frozen=True, slots=True)
class Proof:
    """What a person says and shows for a task; `fault` tells of a file that is not as it was."""

    words: str = ""
    files: tuple[Attachment, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistFacts:
    """What is known beside the release itself.

    `changed_at` is the last change of the release: a delivery older than that is out of date.
    """

    attestations: Mapping[str, datetime] = field(default_factory=dict)  # task key -> when ticked
    proofs: Mapping[str, Proof] = field(default_factory=dict)  # by task key
    skipped: frozenset[str] = frozenset()  # keys of tasks that do not apply, as the person says
    preflight: Preflight | None = None
    deliveries: tuple[Publication, ...] = ()
    posts: tuple[Publication, ...] = ()
    backup_at: datetime | None = None
    changed_at: datetime | None = None
    planned_on: date | None = None  # when the plan was made; None plans from far enough back
    zone: tzinfo | None = None  # in which days begin; None is the machine's own


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whether a task is done, and why; `applies` is False where there is no task."""

    done: bool
    sentence: str
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a predicate may look at."""

    release: Release
    facts: ChecklistFacts
    rules: tuple[str, ...]
    today: date

    def day_of(self, moment: datetime) -> date:
        """The day on the person's calendar."""
        return moment.astimezone(self.facts.zone).date()


Predicate = Callable[[Scene], Evidence]
PREDICATES: dict[str, Predicate] = {}


def predicate(function: Predicate) -> Predicate:
    """Enter a predicate under its name, by which the checklists call it."""
    PREDICATES[function.__name__] = function
    return function


@predicate
def release_day(scene: Scene) -> Evidence:
    """A date is set."""
    day = scene.release.release_on
    return Evidence(day is not None, written(day) if day else "No date yet.")


@predicate
def approved_mixes(scene: Scene) -> Evidence:
    """Every track has an approved mix."""
    return _all_tracks(scene, lambda track: track.approved is not None, "approved")


@predicate
def rules_clear(scene: Scene) -> Evidence:
    """No error of the task's rules, at any chosen destination."""
    preflight = scene.facts.preflight
    if preflight is None:
        return Evidence(False, "Not checked yet.")
    wrong = [f for f in preflight.of(scene.rules) if f.severity is Severity.ERROR]
    if wrong:
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        return Evidence(False, wrong[0].message + more)
    unseen = [n for n in preflight.not_checked if n.rule_id in scene.rules]
    note = f" Look yourself at: {'; '.join(n.title for n in unseen)}." if unseen else ""
    return Evidence(True, f"No rule objects.{note}")


@predicate
def identifiers(scene: Scene) -> Evidence:
    """A UPC or EAN, an ISRC on every track, and no error in them."""
    isrcs = _all_tracks(scene, lambda track: bool(track.isrc.strip()), "with ISRC")
    if not scene.release.gtin.strip():
        return Evidence(False, f"No UPC or EAN; {isrcs.sentence}")
    return rules_clear(scene) if isrcs.done else isrcs


@predicate
def lyrics(scene: Scene) -> Evidence:
    """Lyrics on every track that has words."""
    sung = [t for t in scene.release.tracks if find_language(t.language) != INSTRUMENTAL]
    if scene.release.tracks and not sung:
        return Evidence(False, "Every track is an instrumental.", applies=False)
    there = sum(bool(track.lyrics.strip()) for track in sung)
    return Evidence(bool(sung) and there == len(sung), _count(there, len(sung), "with lyrics"))


@predicate
def ai_answer(scene: Scene) -> Evidence:
    """The question about AI is answered."""
    answer = scene.release.ai_disclosure.strip()
    return Evidence(bool(answer), f"Answered: {answer}." if answer else "Not answered.")


@predicate
def content_id_answer(scene: Scene) -> Evidence:
    """Whether Content ID is used is decided, and no rule minds it."""
    answer = scene.release.content_id
    if not answer:
        return Evidence(False, "Not decided.")
    clear = rules_clear(scene)
    return Evidence(True, f"{CHOICES[answer]}.") if clear.done else clear


@predicate
def declarations(scene: Scene) -> Evidence:
    """Label, rights, genre, languages and the explicit mark are filled in, without error."""
    release = scene.release
    fields = {
        "label": release.label,
        "P line": release.p_line,
        "C line": release.c_line,
        "language": release.language,
        "genre": release.genre or all(track.genre for track in release.tracks),
        "explicit mark": all(track.explicit for track in release.tracks),
    }
    missing = [name for name, value in fields.items() if not value]
    if missing:
        return Evidence(False, f"Missing: {', '.join(missing)}.")
    return rules_clear(scene)


@predicate
def preflight(scene: Scene) -> Evidence:
    """No error at any chosen destination."""
    result = scene.facts.preflight
    if result is None:
        return Evidence(False, "Not checked yet.")
    counts = {key: result.errors_at(key) for key in result.destinations}
    wrong = [f"{key} {count}" for key, count in counts.items() if count]
    if wrong:
        return Evidence(False, f"Errors: {', '.join(wrong)}.")
    return Evidence(True, f"No errors at {', '.join(counts)}.")


@predicate
def delivered(scene: Scene) -> Evidence:
    """Something was delivered."""
    last = _last_delivery(scene)
    if last is None or last.sent_at is None:
        return Evidence(False, "Nothing delivered yet.")
    return Evidence(True, f"{last.adapter}, {written(scene.day_of(last.sent_at))}")


@predicate
def delivery_current(scene: Scene) -> Evidence:
    """What was delivered is the release as it stands."""
    last, changed_at = _last_delivery(scene), scene.facts.changed_at
    if last is None or last.sent_at is None:
        return Evidence(False, "Nothing delivered yet.")
    if changed_at and changed_at > last.sent_at:
        return Evidence(
            False, f"Changed {written(scene.day_of(changed_at))}, after it was delivered."
        )
    return Evidence(True, "Unchanged since it was delivered.")


@predicate
def site_built(scene: Scene) -> Evidence:
    """The release's own page was made."""
    built = [d for d in scene.facts.deliveries if d.adapter == "site" and d.state is State.SENT]
    return Evidence(bool(built), "Your page is made." if built else "No page made yet.")


@predicate
def canvas(scene: Scene) -> Evidence:
    """A Canvas clip is attached, and no rule minds it; that it is uploaded, the person ticks."""
    files = scene.release.attached(AttachmentKind.CANVAS)
    if not files:
        return Evidence(False, "No Canvas clip attached yet.")
    clear = rules_clear(scene)
    return Evidence(False, f"{files[0].name} is ready to be uploaded.") if clear.done else clear


@predicate
def backup(scene: Scene) -> Evidence:
    """The library was backed up lately."""
    made_at = scene.facts.backup_at
    if made_at is None:
        return Evidence(False, "No backup yet.")
    fresh = scene.today - scene.day_of(made_at) <= timedelta(days=BACKUP_DAYS)
    return Evidence(fresh, f"Last backup: {written(scene.day_of(made_at))}.")


@predicate
def announced(scene: Scene) -> Evidence:
    """A post went out before release day."""
    return _sent(scene, -365, -1, "announced")


@predicate
def teasers(scene: Scene) -> Evidence:
    """Three posts are queued or sent in the four weeks before release day."""
    queued = _posts_between(scene, -28, -1, (*OPEN_STATES, State.SENT))
    return Evidence(len(queued) >= TEASERS, f"{len(queued)} of {TEASERS} scheduled.")


@predicate
def posts_ready(scene: Scene) -> Evidence:
    """There are posts, and none of them is stuck."""
    stuck = [post for post in scene.facts.posts if post.state in STUCK_STATES]
    if stuck:
        return Evidence(False, f"{len(stuck)} stuck: {stuck[0].summary}")
    waiting = [post for post in scene.facts.posts if post.state in (*OPEN_STATES, State.SENT)]
    return Evidence(bool(waiting), f"{len(waiting)} posts, none stuck." if waiting else "No posts.")


@predicate
def launched(scene: Scene) -> Evidence:
    """A post went out on release day or in the days after."""
    return _sent(scene, 0, 3, "posted")


@predicate
def follow_up(scene: Scene) -> Evidence:
    """A post is queued or sent in the second to fourth week."""
    posts = _posts_between(scene, 7, 28, (*OPEN_STATES, State.SENT))
    return Evidence(bool(posts), posts[0].summary if posts else "Nothing scheduled.")


def _sent(scene: Scene, first_day: int, last_day: int, word: str) -> Evidence:
    sent = _posts_between(scene, first_day, last_day, (State.SENT,))
    if sent:
        return Evidence(True, f"{word.capitalize()} on {sent[0].adapter}.")
    waiting = _posts_between(scene, first_day, last_day, OPEN_STATES)
    return Evidence(False, f"{len(waiting)} scheduled." if waiting else f"Not {word} yet.")


def _posts_between(
    scene: Scene, first_day: int, last_day: int, states: tuple[State, ...]
) -> list[Publication]:
    day = scene.release.release_on
    if day is None:
        return []
    first, last = day + timedelta(days=first_day), day + timedelta(days=last_day)
    return [
        post
        for post in scene.facts.posts
        if post.state in states and first <= scene.day_of(post.sent_at or post.due_at) <= last
    ]


def _last_delivery(scene: Scene) -> Publication | None:
    sent = [d for d in scene.facts.deliveries if d.state is State.SENT and d.sent_at]
    return max(sent, key=lambda d: d.sent_at or d.due_at, default=None)


def _all_tracks(scene: Scene, holds: Callable[[Track], bool], word: str) -> Evidence:
    tracks = scene.release.tracks
    there = sum(holds(track) for track in tracks)
    return Evidence(bool(tracks) and there == len(tracks), _count(there, len(tracks), word))


def _count(there: int, all_of_them: int, word: str) -> str:
    noun = "track" if all_of_them == 1 else "tracks"
    return f"{there} of {all_of_them} {noun} {word}."

"""Bounces find their tracks: by their sound, else by length and name; each becomes the next mix.

A file's name is parsed and never believed. What is here already under another name, in another
file around the same samples, or as a lossy copy, is recognised and makes no mix.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indieartist.domain.bounce_names import BounceName, parse_bounce_name
from indieartist.domain.progress import Report, part, silent
from indieartist.errors import AppError, UserError, WorldError, world_error
from indieartist.library import bounces as known
from indieartist.library import tables as t
from indieartist.library.bounces import Heard
from indieartist.services import importing
from indieartist.services.hearing import Bounce, hear, storable

if TYPE_CHECKING:
    from indieartist.audio.analysis.likeness import Match, Words
    from indieartist.services.studio import Studio

LABEL = "Take the bounce"
# How far lengths may differ: tempo within 4 %, a longer tail or count-in of some seconds.
_LENGTH_RATIO, _LENGTH_SLACK_MS = 0.05, 15_000
_BY_NAME_RATIO = 0.25
# A lossy copy of a mix: as long but for a coder's padding, as loud, and all but the same.
_COPY_ERROR_RATE, _COPY_LENGTH_MS, _COPY_LU = 0.06, 150, 0.7


class Outcome(StrEnum):
    """What became of a file."""

    NEW = "new"  # a track of its own
    MIX = "mix"  # the next mix of a track
    KNOWN = "known"  # these very bytes are here, whatever they were called
    SAME = "same"  # another file around the same samples
    COPY = "copy"  # a lossy copy of a mix
    REFUSED = "refused"  # no sound, or damaged
    EARLIER = "earlier"  # it was there before the watch began


MADE = frozenset((Outcome.NEW, Outcome.MIX))


@dataclass(frozen=True, slots=True)
class Kin:
    """The mix that a bounce is most like, and by what."""

    mix: Heard
    by: str  # "sound" or "name"
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file, in words and numbers; `approved` where it is the approved mix."""

    path: str
    outcome: Outcome
    title: str = ""
    release_id: int | None = None
    track_id: int | None = None
    mix_id: int | None = None
    mix_number: int | None = None
    by: str = ""
    approved: bool = False
    note: str = ""
    error: AppError | None = None

    @property
    def sentence(self) -> str:
        """What a person is told."""
        if self.error is not None:
            return str(self.error)
        mix = f"mix {self.mix_number} of “{self.title}”{', the approved one' * self.approved}"
        how = "it sounds like it" if self.by == "sound" else "by its name"
        said = {
            Outcome.NEW: f"begins “{self.title}”.",
            Outcome.MIX: f"is {mix}: {how}.",
            Outcome.KNOWN: f"is here already: {mix}.",
            Outcome.SAME: f"is the same sound as {mix}, in another file.",
            Outcome.COPY: f"is a lossy copy of {mix}; it was left out.",
        }
        return f"{Path(self.path).name} {said[self.outcome]}"


def take_bounce(studio: Studio, path: Path, report: Report = silent) -> Taken:
    """Give a finished bounce its place as one undoable act; see `Outcome` for what may come of it.

    Nothing is raised for a file that is no sound: that is an outcome too.
    """
    try:
        return _take(studio, path, report)
    except (UserError, WorldError) as error:
        return Taken(str(path), Outcome.REFUSED, error=error, note=error.message)


def _take(studio: Studio, path: Path, report: Report) -> Taken:
    there = _find_known(studio, path)
    if there is not None:
        return _told(path, Outcome.KNOWN, there)
    bounce = hear(studio, path, part(report, 0.0, 0.8))
    with studio.library.read() as connection:
        mixes = known.list_heard(connection)
    kin = find_kin(bounce, mixes, part(report, 0.8, 0.95))
    if kin is not None and (outcome := _repeats(studio, bounce, kin)) is not None:
        _forget_audio(studio, bounce)
        return _told(path, outcome, kin.mix)
    return _place(studio, bounce, kin)


def _find_known(studio: Studio, path: Path) -> Heard | None:
    from indieartist.library.vault import hash_file

    try:
        audio_hash = hash_file(path)
    except (OSError, ValueError) as error:
        reason = error if isinstance(error, OSError) else OSError(str(error))
        raise world_error(reason, path) from error
    with studio.library.read() as connection:
        return known.find_mix_of(connection, audio_hash)


def _told(path: Path, outcome: Outcome, mix: Heard) -> Taken:
    return Taken(
        str(path),
        outcome,
        title=mix.title,
        release_id=mix.release_id,
        track_id=mix.track_id,
        mix_id=mix.mix_id,
        mix_number=mix.number,
        by="sound",
        approved=mix.approved,
    )


def find_kin(bounce: Bounce, mixes: list[Heard], report: Report = silent) -> Kin | None:
    """The mix that a bounce belongs beside: the one most alike, else the one of its name."""
    name = parse_bounce_name(storable(bounce.path.stem))
    by_name = {mix.mix_id for mix in mixes if _same_stem(name, bounce, mix)}
    ordered = sorted(mixes, key=lambda mix: mix.mix_id not in by_name)
    best = _most_alike(bounce, ordered, report)
    if best is not None:
        return best
    named = [mix for mix in ordered if mix.mix_id in by_name and _is_near(bounce, mix)]
    if len({mix.track_id for mix in named}) == 1:
        return Kin(named[0], "name")
    return None


def _most_alike(bounce: Bounce, mixes: list[Heard], report: Report) -> Kin | None:
    from indieartist.audio.analysis.fingerprint import unpack_words
    from indieartist.audio.analysis.likeness import find_match, find_varied, hear_varied

    own = bounce.heard.measurement.fingerprint
    if not own:
        return None
    words, sounds = unpack_words(own), dict[str, Heard]()
    for mix in mixes:
        if mix.fingerprint and _is_as_long(bounce, mix):
            sounds.setdefault(mix.audio_hash, mix)
    near = [(mix, unpack_words(mix.fingerprint or "")) for mix in sounds.values()]
    found = _least(near, lambda theirs: find_match(theirs, words), part(report, 0.0, 0.5))
    if found is None and near:  # nothing plays at its pitch: it may be at another speed
        varied = hear_varied(bounce.path)
        return _least(near, lambda theirs: find_varied(theirs, varied), part(report, 0.5, 1.0))
    return found


def _least(
    near: list[tuple[Heard, Words]], compare: Callable[[Words], Match | None], report: Report
) -> Kin | None:
    """The mix with the fewest differing bits of those that are the same song."""
    best: Kin | None = None
    least = 1.0
    for place, (mix, words) in enumerate(near):
        report(place / len(near))
        match = compare(words)
        if match is not None and match.same and match.bit_error_rate < least:
            best, least = Kin(mix, "sound", match), match.bit_error_rate
    return best


def _same_stem(name: BounceName, bounce: Bounce, mix: Heard) -> bool:
    own = {name.stem, parse_bounce_name(bounce.title).stem}
    theirs = {parse_bounce_name(mix.title).stem, parse_bounce_name(Path(mix.name).stem).stem}
    return bool((own & theirs) - {""})


def _is_as_long(bounce: Bounce, mix: Heard) -> bool:
    own = bounce.info.duration_ms
    return abs(own - mix.duration_ms) <= _LENGTH_RATIO * mix.duration_ms + _LENGTH_SLACK_MS


def _is_near(bounce: Bounce, mix: Heard) -> bool:
    """Long enough to be the same song by its name alone."""
    own = bounce.info.duration_ms
    return abs(own - mix.duration_ms) <= _BY_NAME_RATIO * max(own, mix.duration_ms)


def _repeats(studio: Studio, bounce: Bounce, kin: Kin) -> Outcome | None:
    """Whether a bounce only repeats a mix: its very samples, or a lossy copy of them."""
    mix = kin.mix
    if kin.match is None or abs(bounce.info.duration_ms - mix.duration_ms) > _COPY_LENGTH_MS:
        return None
    if bounce.info.lossless:
        return Outcome.SAME if mix.lossless and _same_samples(studio, bounce, mix) else None
    own, theirs = bounce.heard.measurement.integrated_lufs, mix.loudness_lufs
    as_loud = own is None or theirs is None or abs(own - theirs) <= _COPY_LU
    straight = abs(kin.match.length_ratio - 1) < 0.002
    alike = kin.match.bit_error_rate <= _COPY_ERROR_RATE
    return Outcome.COPY if as_loud and straight and alike else None


def _same_samples(studio: Studio, bounce: Bounce, mix: Heard) -> bool:
    from indieartist.audio.analysis.sound_hash import hash_sound
    from indieartist.library import contents

    with studio.library.read() as connection:
        info, suffix = contents.info_of(connection, mix.audio_hash)
    if (info.frames, info.sample_rate_hz) != (bounce.info.frames, bounce.info.sample_rate_hz):
        return False
    vault = studio.library.vault
    theirs = vault.get_path(mix.audio_hash, suffix)
    return hash_sound(theirs) == hash_sound(vault.get_path(bounce.audio_hash, bounce.suffix))


def _forget_audio(studio: Studio, bounce: Bounce) -> None:
    """What makes no mix is not kept: the vault holds nothing that the library does not name."""
    from sqlalchemy import select

    with studio.library.read() as connection:
        row = select(t.audio.c.hash).where(t.audio.c.hash == bounce.audio_hash)
        if connection.execute(row).first() is not None:
            return
    studio.library.vault.forget(bounce.audio_hash, bounce.suffix)


def _place(studio: Studio, bounce: Bounce, kin: Kin | None) -> Taken:
    with studio.library.act(f"{LABEL} {bounce.name}") as act:
        found = importing.place(
            studio,
            act,
            bounce,
            track_id=kin.mix.track_id if kin else None,
            by_name=False,
        )
        if kin is not None:
            act.update(t.mix, found.mix_id, settings={"bounce": _lineage(bounce, kin)})
    return Taken(
        str(bounce.path),
        Outcome.MIX if kin else Outcome.NEW,
        title=found.title,
        release_id=found.release_id,
        track_id=found.track_id,
        mix_id=found.mix_id,
        mix_number=found.mix_number,
        by=kin.by if kin else "",
        note=found.note,
    )


def _lineage(bounce: Bounce, kin: Kin) -> dict[str, Any]:
    """Why a bounce stands where it stands: kept with the mix, so that it can be said later."""
    name = asdict(parse_bounce_name(storable(bounce.path.stem)))
    said = {key: value for key, value in name.items() if value and key not in {"title", "words"}}
    match = asdict(kin.match) if kin.match else {}
    return {"by": kin.by, "like_mix": kin.mix.mix_id, "name": said, **match}

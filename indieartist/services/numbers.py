"""Numbers: the series a label owns, the next of each, and codes that contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, select

from indieartist.domain.conflicts import Conflict, Record, Recording
from indieartist.domain.conflicts import find_conflicts as conflicts_among
from indieartist.domain.folding import folded
from indieartist.domain.pasting import TAKEN, Aligned, Target, align, read_list
from indieartist.domain.release import Release, Track
from indieartist.domain.rewriting import Plan, Rewrite
from indieartist.domain.series import KINDS, Series, next_numbers, parse_pattern, stem
from indieartist.errors import UserError
from indieartist.library import bounces as known_sounds
from indieartist.library import numbers, releases
from indieartist.library import tables as t
from indieartist.library.bounces import Printed
from indieartist.library.history import Act
from indieartist.services.studio import Studio

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Given:
    """A number that a track or a release was given."""

    track_id: int | None
    release_id: int
    title: str
    number: str


def list_series(studio: Studio) -> list[Series]:
    """Every series, by kind and owner."""
    with studio.library.read() as connection:
        return numbers.list_series(connection)


def set_series(studio: Studio, kind: str, pattern: str, owner: str = "") -> Series:
    """Say where the numbers of a label or artist come from, in the place of what was said."""
    if kind not in KINDS:
        raise UserError(f"There are no series of “{kind}”.", f"Kinds: {', '.join(KINDS)}.")
    kept, owner = parse_pattern(kind, pattern), " ".join(owner.split())
    with studio.library.act(f"Series of {owner or 'everybody'}: {KINDS[kind]} {kept}") as act:
        known = numbers.list_series(act.connection)
        same = [s for s in known if s.kind == kind and folded(s.owner) == folded(owner)]
        if same:
            act.update(t.series, same[0].id, pattern=kept, owner=owner)
            return Series(same[0].id, kind, owner, kept)
        number = act.insert(t.series, kind=kind, owner=owner, pattern=kept)
        return Series(number, kind, owner, kept)


def remove_series(studio: Studio, series: Series) -> None:
    """Forget a series; its numbers stay used."""
    with studio.library.act(f"Remove series {series.pattern}") as act:
        act.delete(t.series, series.id)


def next_isrc(studio: Studio, track: Track) -> str:
    """The ISRC that `assign_isrcs` would give the track; nothing is kept."""
    with studio.library.read() as connection:
        own = numbers.find_own(connection, "isrc", track.id)
        release = releases.get_release(connection, track.release_id)
        return own or _next(studio, connection, "isrc", release)


def next_number(studio: Studio, kind: str, release: Release) -> str:
    """The UPC or catalogue number that would be next for the release; nothing is kept."""
    with studio.library.read() as connection:
        own = numbers.find_own(connection, kind, release.id)
        return own or _next(studio, connection, kind, release)


def assign_isrcs(studio: Studio, track_ids: Sequence[int]) -> list[Given]:
    """Give each of these tracks that has none its ISRC, as one act: the next of its series.

    A track gets back the one it once had and nobody has now; no ISRC is given out twice.
    """
    with studio.library.act(_label("ISRC", track_ids)) as act:
        return [given for number in track_ids if (given := _assign_isrc(studio, act, number))]


def assign_numbers(studio: Studio, kind: str, release_ids: Sequence[int]) -> list[Given]:
    """Give each of these releases that has none its UPC or catalogue number, as one act."""
    with studio.library.act(_label(KINDS[kind], release_ids)) as act:
        made = []
        for release in [releases.get_release(act.connection, number) for number in release_ids]:
            if getattr(release, kind):
                continue
            own = numbers.find_own(act.connection, kind, release.id)
            number = own or _next(studio, act.connection, kind, release)
            _keep(act, "release", release.id, **{kind: number})
            made.append(Given(None, release.id, release.title, number))
        return made


def find_conflicts(studio: Studio) -> list[Conflict]:
    """Every code of the catalogue that contradicts another or is none.

    Recordings are told apart by their sound: another codec, level or format is the same one.
    """
    with studio.library.read() as connection:
        audio = _audio_of_coded(connection)
        prints = known_sounds.list_prints(connection, set().union(*audio.values()))
        records = _records(connection)
        recordings = _recordings(connection, audio, _sounds(prints))
    return list(conflicts_among(recordings, records))


def list_locked(studio: Studio, release: Release) -> dict[str, set[str]]:
    """The ISRCs and the UPC of a release that were delivered: `isrc` and `gtin`."""
    with studio.library.read() as connection:
        return numbers.list_locked(connection, release.id)


def _assign_isrc(studio: Studio, act: Act, track_id: int) -> Given | None:
    track = releases.get_track(act.connection, track_id)
    if track.isrc:
        return None
    release = releases.get_release(act.connection, track.release_id)
    own = numbers.find_own(act.connection, "isrc", track.id)
    isrc = own or _next(studio, act.connection, "isrc", release)
    _keep(act, "track", track.id, isrc=isrc)
    return Given(track.id, release.id, track.title, isrc)


def _keep(act: Act, table: str, row_id: int, **values: str) -> None:
    """Write a number and count it as used at once: the next of the same act is another."""
    act.update(t.metadata.tables[table], row_id, **values)
    owner = dict.fromkeys(numbers.CODES[table], "") | values
    numbers.remember(act.connection, [(table, None, {"id": row_id} | owner)])


def _next(studio: Studio, connection: Connection, kind: str, release: Release) -> str:
    series = _series_of(connection, kind, release)
    on = studio.today
    used = numbers.list_used(connection, kind, stem(series, on))
    return next_numbers(series, used, on)[0]


def _series_of(connection: Connection, kind: str, release: Release) -> Series:
    """The series of the release's label, else of its artists, else everybody's."""
    known = {folded(s.owner): s for s in numbers.list_series(connection) if s.kind == kind}
    for owner in (release.label, *release.artists, ""):
        if (owner == "" or owner.strip()) and folded(owner) in known:
            return known[folded(owner)]
    who = release.label or release.artist_line or release.title
    command = {"isrc": "GB-AYE", "gtin": "501234567###"}.get(kind, "'MOSS ###'")
    name = "isrc prefix" if kind == "isrc" else f"number series {kind}"
    raise UserError(
        f"Nothing says which {KINDS[kind]}s belong to {who}.",
        f'Say it once: indieartist {name} {command} --for "{who}"',
    )


def _label(what: str, ids: Sequence[int]) -> str:
    return f"Next {what}" if len(ids) == 1 else f"Next {what} for {len(ids)}"


def _audio_of_coded(connection: Connection) -> dict[int, set[str]]:
    """The content hashes of the mixes of each track that has an ISRC."""
    audio: defaultdict[int, set[str]] = defaultdict(set)
    query = select(t.mix.c.track_id, t.mix.c.audio_hash).join(
        t.track, t.track.c.id == t.mix.c.track_id
    )
    for track_id, content in connection.execute(query.where(t.track.c.isrc != "")):
        audio[track_id].add(content)
    return dict(audio)


def _sounds(prints: tuple[Printed, ...]) -> dict[str, str]:
    """For each audio that others sound like, the name of their sound: the first hash of them."""
    if len(prints) < 2:
        return {}
    return {content: min(group) for group in _copies(prints) for content in group}


@lru_cache(maxsize=2)  # the window asks again with every release that is opened
def _copies(prints: tuple[Printed, ...]) -> list[frozenset[str]]:
    from indieartist.audio.analysis.copies import Print, find_copies

    return find_copies({one.audio_hash: Print(one.fingerprint, one.length_ms) for one in prints})


def _recordings(
    connection: Connection, audio: Mapping[int, set[str]], sounds: Mapping[str, str]
) -> Iterable[Recording]:
    c = t.track.c
    rows = connection.execute(
        select(c.id, c.release_id, c.title, c.isrc, c.explicit)
        .add_columns(t.entry.c.length_ms)
        .join(t.entry, t.entry.c.track_id == t.track.c.id)
        .where(t.track.c.isrc != "")
        .order_by(t.track.c.id)
    )
    made = []
    for r in rows:
        own = audio.get(r.id, set())
        heard = frozenset(sounds[content] for content in own if content in sounds)
        made.append(
            Recording(
                r.id, r.release_id, r.title, r.isrc, frozenset(own), r.length_ms, heard, r.explicit
            )
        )
    return made


def _records(connection: Connection) -> Iterable[Record]:
    c = t.release.c
    rows = connection.execute(
        select(c.id, c.title, c.label, c.catalogue_number, c.gtin).order_by(c.id)
    )
    return [Record(*row) for row in rows]


def align_isrcs(studio: Studio, track_ids: Sequence[int], text: str) -> list[Aligned]:
    """Lay a pasted list of ISRCs against these tracks; nothing is kept."""
    lines = read_list(text)
    codes = [line.isrc for line in lines if line.isrc]
    with studio.library.read() as connection:
        found = releases.read_tracks(connection, track_ids)
        used = _used_elsewhere(connection, codes, track_ids)
    return align(lines, [Target(track.id, track.title, track.isrc) for track in found], used)


def isrc_plan(rows: Sequence[Aligned], skip: Collection[int] = ()) -> Plan:
    """The ISRCs of an alignment that are meant to be kept, but for the tracks of `skip`."""
    rewrites = (
        Rewrite("track", row.track_id, row.title, "isrc", row.before, row.isrc)
        for row in rows
        if row.status in TAKEN and row.track_id is not None and row.track_id not in skip
    )
    return Plan(tuple(rewrites))


def _used_elsewhere(
    connection: Connection, codes: Sequence[str], track_ids: Sequence[int]
) -> dict[str, str]:
    c, own = t.track.c, set(track_ids)
    found: dict[str, str] = {}
    for start in range(0, len(codes), _AT_ONCE):
        query = select(c.id, c.isrc, c.title).where(c.isrc.in_(codes[start : start + _AT_ONCE]))
        for row in connection.execute(query):
            if row.id not in own:
                found[row.isrc] = f"T{row.id} “{row.title}”"
    return found

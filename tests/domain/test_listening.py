"""What is heard against what: a master against its bounce, a bounce against the current master."""

from __future__ import annotations

from datetime import UTC, datetime

from indieartist.domain.listening import choose_mixes
from indieartist.domain.measurement import AudioInfo
from indieartist.domain.release import Mix, MixKind, Track

INFO = AudioInfo("wav", "pcm", 44100, 2, 24, 44100, True)


def mix(number: int, parent: int | None = None) -> Mix:
    kind = MixKind.BOUNCE if parent is None else MixKind.MASTER
    day = datetime(2026, 11, 1, tzinfo=UTC)
    return Mix(number, 1, number, kind, f"mix {number}", f"{number}", INFO, day, parent)


SONG = Track(1, 1, 1, "Low Water", mixes=(mix(1), mix(2, 1), mix(3), mix(4, 3), mix(5, 1)))


def ids(*args: object) -> list[int]:
    return [each.id for each in choose_mixes(SONG, *args)]  # type: ignore[arg-type]


def test_the_current_master_is_heard_against_its_own_bounce() -> None:
    assert ids() == [1, 5]
    assert ids(4) == [3, 4]


def test_a_bounce_is_heard_against_the_current_master() -> None:
    assert ids(3) == [3, 5]


def test_more_stand_between_the_pair_and_none_comes_twice() -> None:
    assert ids(None, frozenset({1, 2, 3, 99})) == [1, 2, 3, 5]


def test_without_audio_there_is_nothing() -> None:
    assert choose_mixes(Track(1, 1, 1, "Silence")) == ()

"""What a release says of its tracks in tags: names, codes, people, words, and what was measured."""

from __future__ import annotations

from collections.abc import Sequence

from indieartist.domain.codes import shown_code
from indieartist.domain.languages import language_code
from indieartist.domain.lrc import find_lines, plain_words, to_lrc
from indieartist.domain.measurement import Measurement
from indieartist.domain.release import Credit, Mix, Release, Track, join_names
from indieartist.domain.tags import LOUDNESS_UNITS, Picture, TagSheet

REPLAYGAIN_LUFS = -18.0
"""The loudness that ReplayGain 2.0 plays everything at."""

CREDIT_FIELDS = {
    "composer": "composer",
    "lyricist": "lyricist",
    "writer": "writer",
    "arranger": "arranger",
    "producer": "producer",
    "engineer": "engineer",
    "mixer": "mixer",
    "mastering": "mastering",
    "performer": "performer",
    "vocals": "performer",
    "remixer": "remixer",
    "conductor": "conductor",
}
"""Which field a role of `credits.ROLES` is written in; artists have fields of their own."""


def tags_of(
    release: Release, track: Track, mix: Mix | None = None, artwork: Picture | None = None
) -> TagSheet:
    """The facts of `track` on `release` as tags; facts that are not known are left out.

    With a measured `mix` its loudness is there too, and the ReplayGain fields: gain to -18 LUFS,
    true peak as a fraction of full scale. Lyrics with times are written with and without them.
    """
    facts = {**_track_facts(release, track), **_release_facts(release)}
    facts.update(_credit_facts(release.credits_of(track)))
    measured = mix.measurement if mix else None
    facts |= measured_facts(measured)
    sheet = TagSheet(facts, artwork)
    return TagSheet({key: values for key, values in sheet.items() if values}, artwork)


def _track_facts(release: Release, track: Track) -> dict[str, Sequence[str]]:
    credited = release.credits_of(track)
    main = tuple(credit.name for credit in credited if credit.role == "artist")
    featured = tuple(credit.name for credit in credited if credit.role == "featured")
    line = join_names(main) + (f" feat. {join_names(featured)}" if featured else "")
    return {
        "title": [track.title],
        "version": [track.version],
        "artist": [line],
        "artists": main + featured,
        "tracknumber": [str(track.position)],
        "isrc": [track.isrc],
        "iswc": [shown_code("iswc", track.iswc)],
        "language": [language_code(track.language)],
        "genre": [track.genre or release.genre],
        "lyrics": [plain_words(track.lyrics)],
        "syncedlyrics": [to_lrc(find_lines(track.lyrics))],
        "explicit": [track.explicit],
    }


def _release_facts(release: Release) -> dict[str, Sequence[str]]:
    version = f" ({release.version})" if release.version else ""
    return {
        "album": [release.title + version],
        "albumartist": [release.artist_line],
        "tracktotal": [str(len(release.tracks) or "")],
        "date": [release.release_on.isoformat() if release.release_on else ""],
        "originaldate": [
            release.original_release_on.isoformat() if release.original_release_on else ""
        ],
        "label": [release.label],
        "catalognumber": [release.catalogue_number],
        "barcode": [release.gtin],
        "copyright": [release.c_line],
        "produced": [release.p_line],
    }


def _credit_facts(credited: tuple[Credit, ...]) -> dict[str, Sequence[str]]:
    facts: dict[str, list[str]] = {}
    for credit in credited:
        if credit.role in CREDIT_FIELDS:
            facts.setdefault(CREDIT_FIELDS[credit.role], []).append(_credited(credit))
    return dict(facts)


def _credited(credit: Credit) -> str:
    instrument = credit.instrument or ("vocals" if credit.role == "vocals" else "")
    named = CREDIT_FIELDS[credit.role] == "performer" and instrument
    return f"{credit.name} ({instrument})" if named else credit.name


def gain_facts(measured: Measurement | None) -> dict[str, Sequence[str]]:
    """ReplayGain of one track; empty where there is no loudness to speak of."""
    if measured is None or measured.integrated_lufs is None:
        return {}
    facts = {"replaygain_track_gain": [f"{REPLAYGAIN_LUFS - measured.integrated_lufs:.2f} dB"]}
    if measured.true_peak_dbtp is not None:
        facts["replaygain_track_peak"] = [f"{10 ** (measured.true_peak_dbtp / 20):.6f}"]
    return dict(facts)


def loudness_facts(measured: Measurement | None) -> dict[str, Sequence[str]]:
    """The measured loudness as Broadcast Wave files hold it, two decimals each."""
    if measured is None or measured.integrated_lufs is None:
        return {}
    figures = (
        *(measured.integrated_lufs, measured.loudness_range_lu, measured.true_peak_dbtp),
        *(measured.momentary_max_lufs, measured.short_term_max_lufs),
    )
    named = zip(LOUDNESS_UNITS.items(), figures, strict=True)
    return {key: [f"{value:.2f} {unit}"] for (key, unit), value in named if value is not None}


SURE = 0.5
"""How sure a tempo or key must be (0 to 1) to be worth writing into a file."""


def music_facts(measured: Measurement | None) -> dict[str, Sequence[str]]:
    """The measured tempo in whole beats, and the key as TKEY has it ('F#m'), where it is sure."""
    facts: dict[str, Sequence[str]] = {}
    if measured and measured.tempo_bpm and (measured.tempo_confidence or 0) >= SURE:
        facts["bpm"] = [str(round(measured.tempo_bpm))]
    if measured and measured.key and (measured.key_confidence or 0) >= SURE:
        tonic, _, mode = measured.key.partition(" ")
        facts["key"] = [tonic + ("m" if mode == "minor" else "")]
    return facts


def measured_facts(measured: Measurement | None) -> dict[str, Sequence[str]]:
    """All that is measured in one audio file and has a place in tags."""
    return {**gain_facts(measured), **loudness_facts(measured), **music_facts(measured)}

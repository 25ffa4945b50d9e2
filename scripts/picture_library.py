"""Fills the library that the pictures show: an album, a single, an EP and a folder of demos.

Its sound is the song of `resources/song.toml` where it was fetched, else our own, cut into
different lengths with their own rise and fall; measured, mastered and approved by the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import picture_covers as covers
from song import ROOT, read_facts

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from indieartist.domain.release import Release
    from indieartist.services.studio import Studio

ARTIST, LABEL = "Mara Vale", "Harbour Road Records"
PAGE = "https://maravale.example"
DONE = ("splits", "licences", "pro", "neighbouring-rights", "copyright", "sequence", "merch")


@dataclass(frozen=True)
class Take:
    """A track: its title, length and place in the song, and its level in dB along the way."""

    title: str
    length_s: int
    start_s: float = 0.0
    levels_db: tuple[float, ...] = (0.0,)
    guest: str = ""
    version: str = ""


ALBUM = (
    Take("Low Water", 214, 20.0, (-14, -5, -4, -1, -2, -7, -1, -4, -16)),
    Take("Harbour Lights", 247, 31.0, (-12, -5, -4, -6, 0, 0, -9, -3, 0, 0, -12)),
    Take("Paper Boats", 198, 60.0, (-8, -4, -5, -1, 0, -9, -10, -3, -2, -3), "Ines Okafor"),
    Take("Signal Fires", 261, 7.0, (-16, -6, -2, -1, 0, -4, 0, 1, 0, -9)),
    Take("Undertow", 232, 44.0, (-7, -4, -8, -9, -3, -2, -4, -7, -14)),
    Take("Salt", 74, 170.0, (-16, -11, -9, -12, -20), version="Interlude"),
    Take("All the Way Out", 281, 3.0, (-20, -13, -10, -8, -7, -3, -1, 0, 1, -3), "Tomas Reyes"),
)
SINGLE = (Take("Fern", 176, 12.0, (-9, -5, -1, -6, 0, 0, -12)),)
EP = (
    Take("Rosewater", 143, 90.0, (-11, -3, -6, 0, -9)),
    Take("Glass Garden", 121, 30.0, (-6, -2, -8, -1, -14)),
    Take("Slow Reply", 158, 120.0, (-14, -8, -4, -6, -2, -12)),
)
DEMOS = (
    Take("Night Bus", 92, 140.0, (-8, -2, -6)),
    Take("Untitled in D", 61, 200.0, (-5, -3, -9)),
    Take("Kitchen Take", 48, 10.0, (-12, -6, -10)),
    Take("Old Idea", 33, 230.0, (-9, -4, -12)),
)
NEXT_BOUNCE = Take("Night Bus_v2 louder drums", 92, 140.0, (-5, -1, -2, -1, -5))
PROJECT = """<REAPER_PROJECT 0.1 "7.22/linux-x86_64" 1790000000
  SAMPLERATE 44100 0 0
  TITLE "Harbour Lights"
  TEMPO 95 4 4 0
  MARKER 1 0.0 "Intro" 0 0 1 B {AAAA} 0
  MARKER 2 31.0 "Verse" 0 0 1 B {AAAB} 0
  MARKER 3 92.0 "Chorus" 0 0 1 B {AAAC} 0
  <TRACK {BBBA}
    NAME "Drums"
  >
  <TRACK {BBBB}
    NAME "Bass"
  >
  <TRACK {BBBC}
    NAME "Guitars"
  >
  <TRACK {BBBD}
    NAME "Vocals"
  >
>
"""


def fill(studio: Studio) -> None:
    """Four releases as an artist has them: begun, half done, out, and nearly out."""
    folder = bounce_folder(studio.library.folder.parent)
    folder.mkdir(parents=True)
    _demos(studio, folder)
    _ep(studio, folder)
    _single(studio, folder)
    _album(studio, folder)


def bounce_folder(home: Path) -> Path:
    """Where the DAW of the pictures writes its bounces."""
    return home / "Music" / "Bounces"


def _bounce(folder: Path, takes: tuple[Take, ...]) -> list[Path]:
    """Write the takes as a DAW would, 24 bits."""
    import soundfile

    song = _song(folder)
    paths = []
    for take in takes:
        path = folder / f"{take.title}.wav"
        sound, rate_hz = _cut(song, take)
        soundfile.write(path, sound, rate_hz, subtype="PCM_24")
        paths.append(path)
    return paths


def _song(folder: Path) -> Path:
    """The fetched song, else our own."""
    from indieartist.services.demo import render_song

    fetched = ROOT.joinpath(read_facts()["bounce"])
    if fetched.is_file():
        return fetched
    return render_song(folder.parent / "Demo song").mix_path


def _cut(song: Path, take: Take) -> tuple[NDArray[np.float64], int]:
    """A stretch of the song, as often as its length asks, with its levels and soft ends."""
    import numpy as np
    import soundfile

    sound, rate_hz = soundfile.read(song, dtype="float64", always_2d=True)
    count = take.length_s * rate_hz
    at = (int(take.start_s * rate_hz) + np.arange(count)) % len(sound)
    places = np.linspace(0, count, len(take.levels_db))
    gain = 10 ** (np.interp(np.arange(count), places, take.levels_db) / 20)
    gain *= np.clip(np.minimum(np.arange(count), count - np.arange(count)) / rate_hz / 1.5, 0, 1)
    return sound[at] * gain[:, None], rate_hz


def _begin(studio: Studio, title: str, bounces: list[Path]) -> Release:
    """A release with its bounces."""
    from indieartist.services import editing, finding, importing

    number = editing.new_release(studio, title, [ARTIST])
    for done in importing.import_files(studio, bounces, release_id=number):
        assert isinstance(done, importing.Imported), done
    return finding.get_release(studio, f"R{number}")


def _dress(studio: Studio, release: Release, scene: covers.Scene, days: int | None) -> None:
    """Cover and facts; `days` from today to its day."""
    from indieartist.services import editing, finding

    path = studio.library.folder.parent / f"{release.title}.jpg"
    covers.render_cover(scene, path)
    editing.set_artwork(studio, release, path)
    values = {"genre": "Indie Pop", "language": "en", "label": LABEL, "ai_disclosure": "none"}
    values |= dict.fromkeys(("p_line", "c_line"), f"{studio.today.year} {ARTIST}")
    if days is not None:
        values["release_on"] = (studio.today + timedelta(days=days)).isoformat()
    editing.edit_release(studio, finding.get_release(studio, f"R{release.id}"), values)


def _credit(studio: Studio, release: Release, takes: tuple[Take, ...], first: int) -> None:
    """Who wrote, played and produced, and each recording's number; two gaps are left to find."""
    from indieartist.domain.release import Credit
    from indieartist.services import editing

    people = [Credit(ARTIST, "composer"), Credit(ARTIST, "lyricist"), Credit(ARTIST, "vocals")]
    people += [Credit("Tom Reyes", "performer", "Guitar")]
    for number, (track, take) in enumerate(zip(release.tracks, takes, strict=True), first):
        isrc = "" if take.title == "Undertow" else f"GBX7K26{number:05}"
        title = f"{take.title} (feat. {take.guest})" if take.guest else take.title
        values = {"title": title, "version": take.version, "isrc": isrc}
        editing.edit_track(studio, track, {**values, "explicit": "none", "language": "en"})
        guests = [Credit(take.guest, "featured")] if take.guest else []
        desk = [] if take.title == "Salt" else [Credit("Jo Lindqvist", "producer")]
        editing.set_track_credits(studio, track, guests + people + desk)


def _album(studio: Studio, folder: Path) -> None:
    """The album: mastered as one, its loudest track once more for the disc and over the line."""
    from indieartist.services import checklist, editing, finding, mastering, publishing
    from indieartist.services.mastering_choices import get_settings

    release = _begin(studio, "Harbour Lights", _bounce(folder, ALBUM))
    (folder / "Harbour Lights.rpp").write_text(PROJECT, encoding="utf-8")
    _dress(studio, release, covers.HARBOUR, 18)
    _credit(studio, release, ALBUM, 101)
    release = finding.get_release(studio, f"R{release.id}")
    editing.edit_release(studio, release, {"gtin": "5063412907713", "catalogue_number": "HRR-004"})
    mastering.master_album(
        studio, release.tracks, get_settings(studio, "-10", preset="rock", ceiling_dbtp=-2.0)
    )
    loud = finding.get_track(studio, f"T{release.tracks[1].id}")
    mastering.master_track(studio, loud, get_settings(studio, "cd", preset="rock"))
    _approve(studio, release)
    for key in DONE:
        checklist.attest(studio, finding.get_release(studio, f"R{release.id}"), key)
    release = finding.get_release(studio, f"R{release.id}")
    for destination in ("folder", "site"):
        publishing.deliver(studio, release, publishing.Route(destination, base_url=PAGE))
    publishing.post(studio, release, publishing.Route("share-kit"))


def _single(studio: Studio, folder: Path) -> None:
    """A single that is out."""
    from indieartist.services import mastering
    from indieartist.services.mastering_choices import get_settings

    release = _begin(studio, "Fern", _bounce(folder, SINGLE))
    _dress(studio, release, covers.FERN, -52)
    _credit(studio, release, SINGLE, 81)
    mastering.master_track(studio, release.tracks[0], get_settings(studio, preset="pop"))
    _approve(studio, release)


def _demos(studio: Studio, folder: Path) -> None:
    """Demos as they came, one in a second version by its sound, one in the bin; and a backup."""
    from indieartist.services import bin as waste
    from indieartist.services import bounces, keeping

    release = _begin(studio, "Demos 2026", _bounce(folder, DEMOS))
    bounces.take_bounce(studio, _bounce(folder, (NEXT_BOUNCE,))[0])
    waste.remove(studio, f"T{release.tracks[-1].id}")
    keeping.back_up(studio, studio.library.folder.parent / "Backup")


def _ep(studio: Studio, folder: Path) -> None:
    """An EP without a day, its bounces as they came."""
    release = _begin(studio, "Rosewater EP", _bounce(folder, EP))
    _dress(studio, release, covers.ROSEWATER, None)
    _credit(studio, release, EP, 108)


def _approve(studio: Studio, release: Release) -> None:
    """Approve the newest mix of each track."""
    from indieartist.services import editing, finding

    for track in finding.get_release(studio, f"R{release.id}").tracks:
        editing.approve_mix(studio, track, track.mixes[-1])

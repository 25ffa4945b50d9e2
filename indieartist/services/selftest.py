"""The self-test: each part that the program carries is loaded and does a little of its work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.services.studio import Studio

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE_HZ = 44_100
TITLE = "Self test"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One part, whether it works, and what it said."""

    part: str
    works: bool
    said: str


def run_selftest(studio: Studio, folder: Path) -> Iterator[Outcome]:
    """Try every part, in an empty `studio` and an empty `folder` for its files."""
    for name, attempt in PARTS.items():
        try:
            yield Outcome(name, True, attempt(studio, folder))
        except Exception as error:  # noqa: BLE001 whatever is missing is what the test is for
            yield Outcome(name, False, f"{type(error).__name__}: {error}")


def _try_resources(studio: Studio, _folder: Path) -> str:
    counts = {name: len(studio.table(*name.split("/"))) for name in TABLES}
    icons = len(list((studio.resources / "icons").glob("*.svg")))
    assert icons and all(counts.values()), counts
    return f"{sum(counts.values())} rows in {len(counts)} tables, {icons} icons"


def _try_kernels(_studio: Studio, _folder: Path) -> str:
    from indieartist.audio import kernels

    return "compiled" if kernels.COMPILED else "not compiled: their NumPy twins work, more slowly"


def _try_codecs(_studio: Studio, folder: Path) -> str:
    from indieartist.audio.encode import write_pcm
    from indieartist.audio.listening_copy import render_listening
    from indieartist.audio.measure import measure_file
    from indieartist.audio.pcm import Pcm

    sound = _sound()
    found = []
    for container in ("wav", "aiff", "flac"):
        path = folder / f"{TITLE}.{container}"
        write_pcm(path, [sound], Pcm(RATE_HZ, 2, container=container))
        found.append(measure_file(path).measurement.integrated_lufs)
    render_listening(folder / f"{TITLE}.wav", folder / f"{TITLE}.mp3")
    found.append(measure_file(folder / f"{TITLE}.mp3").measurement.integrated_lufs)
    levels = [level for level in found if level is not None and -12 < level < -8]
    assert len(levels) == len(found), found
    return f"WAV, AIFF, FLAC and MP3 written and measured: {levels[0]:.1f} LUFS"


def _try_library(studio: Studio, folder: Path) -> str:
    from indieartist.services import acts, finding, importing

    importing.import_files(studio, [folder / f"{TITLE}.wav"])
    release = finding.get_release(studio, TITLE)
    acts.undo(studio)
    acts.redo(studio)
    assert finding.get_release(studio, TITLE) == release
    return f"“{release.title}” imported, undone, done again and found by its title"


def _try_master(studio: Studio, _folder: Path) -> str:
    from indieartist.services import finding, mastering

    track = finding.get_release(studio, TITLE).tracks[0]
    made = mastering.master_track(studio, track, mastering.get_settings(studio))
    return f"mastered to {made.report.after.integrated_lufs:.1f} LUFS"


def _try_player(_studio: Studio, _folder: Path) -> str:
    import miniaudio

    from indieartist.audio.sinks import MiniaudioSink

    sink = MiniaudioSink(RATE_HZ, [miniaudio.Backend.NULL])
    sink.start(lambda frames: _sound()[:frames])
    sink.stop()
    return f"miniaudio {miniaudio.__version__}"


def _try_adapters(studio: Studio, _folder: Path) -> str:
    keys = studio.adapters.list_keys()
    names = [studio.adapters.get(key).manifest.display_name for key in keys]
    assert names
    return ", ".join(names)


def _try_network(studio: Studio, _folder: Path) -> str:
    import certifi

    authorities = Path(certifi.where()).read_text(encoding="ascii").count("BEGIN CERTIFICATE")
    assert authorities and studio.session
    return f"{authorities} certificate authorities"


def _try_secrets(studio: Studio, _folder: Path) -> str:
    return f"kept {studio.secrets.where}"


def _try_pictures(_studio: Studio, folder: Path) -> str:
    from PIL import Image

    for kind in ("jpg", "png"):
        Image.new("RGB", (64, 64), "teal").save(folder / f"cover.{kind}")
        Image.open(folder / f"cover.{kind}").load()
    return "JPEG and PNG written and read"


def _try_covers(_studio: Studio, folder: Path) -> str:
    from indieartist.visuals.codes import can_read_codes
    from indieartist.visuals.look import look_at_cover

    look = look_at_cover(folder / "cover.png")
    assert look.spread == 0.0 and can_read_codes()
    words = "not read here" if look.words is None else "read by Tesseract"
    return f"looked at; words are {words}"


def _try_calendar(studio: Studio, folder: Path) -> str:
    from indieartist.services import agenda, checklist, editing, finding

    release = finding.get_release(studio, TITLE)
    editing.edit_release(studio, release, {"release_on": str(studio.today)})
    release = finding.get_release(studio, TITLE)
    events = agenda.export_calendar(studio, folder / "releases.ics")
    checklist.export_sheet(studio, release, folder / "checklist.pdf")
    return f"{events} events, live in {len(agenda.read_live(studio, release))} territories, printed"


def _try_search(studio: Studio, _folder: Path) -> str:
    from indieartist.domain.catalogue import TrackQuestion
    from indieartist.services import catalogue

    found = catalogue.list_tracks(studio, TrackQuestion(words=TITLE[:4]))
    assert [line.title for line in found] == [TITLE]
    return f"“{TITLE[:4]}” finds “{found[0].title}”"


def _try_numbers(studio: Studio, _folder: Path) -> str:
    from stdnum import ean, isni

    from indieartist.services import numbers

    assert ean.is_valid("4006381333931") and isni.is_valid("0000000121032683")
    return f"{len(numbers.find_conflicts(studio))} conflicts among the codes"


def _try_watch(_studio: Studio, _folder: Path) -> str:
    from watchdog.observers import Observer

    return f"folders are watched by {type(Observer()).__name__}"


def _sound() -> NDArray[np.float32]:
    """Four seconds of a fifth, (frames, 2), at about -10 LUFS."""
    import numpy as np

    at = np.arange(4 * RATE_HZ) / RATE_HZ
    notes = [0.3 * np.sin(2 * np.pi * hz * at) for hz in (440, 660)]
    return np.stack(notes, 1).astype(np.float32)


TABLES = ("mastering/targets", "platforms", "rules/rules", "rules/destinations", "territories")
PARTS: dict[str, Callable[[Studio, Path], str]] = {
    "resources": _try_resources,
    "kernels": _try_kernels,
    "codecs": _try_codecs,
    "library": _try_library,
    "mastering": _try_master,
    "player": _try_player,
    "adapters": _try_adapters,
    "network": _try_network,
    "secrets": _try_secrets,
    "pictures": _try_pictures,
    "covers": _try_covers,
    "calendar": _try_calendar,
    "search": _try_search,
    "numbers": _try_numbers,
    "watching": _try_watch,
}

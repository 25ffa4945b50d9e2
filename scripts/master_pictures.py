"""Draws what mastering did to six real songs and an album, for docs/mastering.md.

Needs the songs of `master_songs.py` (Debian's packages), FFmpeg and pyebur128; `make pictures` does
not run it. Prints each song's line of the table.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from master_songs import ALBUM, SONGS, Rendered, measure_ebur128, measure_ffmpeg, render
from master_songs import provide_bounce as provide
from panel import BOX, Sheet, minus

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.profile import Profile
    from indieartist.services.mastering_files import MasteredAlbum

ROOT = Path(__file__).resolve().parent.parent
PICTURES, PAGE = ROOT / "docs" / "pictures", ROOT / "docs" / "mastering.md"
HZ_TICKS = {50: "50", 100: "100", 200: "200", 500: "500", 1000: "1k", 2000: "2k", 5000: "5k"}
HZ_TICKS[10000] = "10k"
HZ_RANGE = (35.0, 16000.0)
BANDS = ("Bass, below 160 Hz", "Middle", "Treble, above 2.5 kHz")
MOST_DB, TOUCH_DB, LOWEST_DB = 9.0, 0.05, -24.0

Curve = tuple["NDArray[np.float64]", "NDArray[np.float64]"]


def draw_song(made: Rendered, path: Path) -> None:
    """The spectrum before and after, and the gain reduction of each band and the limiter."""
    before, after = made.master.report.before, made.master.report.after
    figures = [
        (before.integrated_lufs, after.integrated_lufs, "LUFS"),
        (before.true_peak_dbtp, after.true_peak_dbtp, "dBTP"),
        (before.loudness_range_lu, after.loudness_range_lu, "LU range"),
    ]
    said = "   ".join(f"{minus(a)} → {minus(b)} {unit}" for a, b, unit in figures)
    sheet = Sheet(f"{made.song.title} — {made.song.artist}", f"Preset {made.song.preset}:  {said}")
    _draw_spectrum(sheet, made)
    _draw_reduction(sheet, made)
    sheet.save(path)


def _draw_spectrum(sheet: Sheet, made: Rendered) -> None:
    bounce, master = (_spectrum(path) for path in (made.song.bounce_path, made.song.master_path))
    house = made.settings.curve
    top = sheet.panel(
        BOX["spectrum"], "Spectrum, dB per octave at equal level", HZ_RANGE, (-24, 12)
    )
    top.frame(HZ_TICKS, range(-24, 13, 6), log=True, label_x=False)
    if house is not None:
        grid = np.geomspace(*HZ_RANGE, 400)
        hz, level_db = np.array(house.points).T
        curve = grid, np.interp(np.log(grid), np.log(hz), level_db)
        top.line(_level(curve), "text3", width=1.5, dash=True)
    top.line(bounce, "original", width=2.0)
    top.line(master, "accent", width=2.0)
    names = [("original", "Bounce"), ("accent", "Master")]
    top.legend(names, dashed=f"House curve “{house.label}”" if house else "")
    low = sheet.panel(BOX["change"], "Master minus bounce, dB", HZ_RANGE, (-4, 4))
    low.frame(HZ_TICKS, range(-4, 5, 2), log=True)
    hz = bounce[0]
    heard = bounce[1] > LOWEST_DB  # below lies what a codec left, not the song
    low.area((hz, np.where(heard, np.interp(hz, *master) - bounce[1], 0.0)), "accent")


def _draw_reduction(sheet: Sheet, made: Rendered) -> None:
    """One row each for the bands and the limiter; they hang from the top, as a meter does."""
    seconds = len(made.shape.programme.power) / made.shape.programme.rate_hz
    ticks = {
        s: f"{s // 60}:{s % 60:02d}" for s in range(0, int(seconds), 60 if seconds > 90 else 20)
    }
    dynamics = made.shape.dynamics
    bands = [None] * 3 if dynamics is None else list(dynamics.reduction_db)
    rows = [*zip(BANDS, bands, strict=True), ("Limiter", made.take.solution.reduction_db)]
    for at, (name, reduction) in enumerate(rows):
        box, last = _slot(BOX["reduction"], at, len(rows)), at == len(rows) - 1
        title = f"{name}: gain reduction, dB"
        panel = sheet.panel(box, title, (0.0, seconds), (-MOST_DB, 0.0))
        panel.frame(ticks, range(-int(MOST_DB), 1, 3), label_x=last, grid_x=False)
        if reduction is None or reduction.max() < TOUCH_DB:
            panel.remark("Left out by this preset" if reduction is None else "Nothing to do")
            continue
        most, mean = _columns(reduction, panel.width_px)
        time = np.linspace(0.0, seconds, len(most))
        colour = "service" if last else "accent"
        panel.area((time, -np.minimum(most, MOST_DB)), colour, alpha=0.35)
        panel.area((time, -np.minimum(mean, MOST_DB)), colour)


def _slot(box: tuple[int, int, int, int], at: int, count: int) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    height, gap = (bottom - top) // count, 40
    first = top + at * height
    return left, first, right, first + height - gap


def _columns(values: NDArray[np.floating], columns: int) -> tuple[NDArray[np.floating], ...]:
    """The highest and the mean value of each column of the picture."""
    edges = np.linspace(0, len(values), columns + 1).astype(int)[:-1]
    counts = np.diff(np.append(edges, len(values)))
    return np.maximum.reduceat(values, edges), np.add.reduceat(values, edges) / counts


def _spectrum(path: Path) -> Curve:
    """Level per octave over frequency, smoothed over a third of one, at equal level."""
    from indieartist.audio.mastering.curve import smooth_third_octave
    from indieartist.audio.mastering.source import read_profile

    profile: Profile = read_profile(path, lambda _: None)
    hz = profile.frequencies_hz
    power = smooth_third_octave(hz, profile.mid)
    grid = np.geomspace(*HZ_RANGE, 400)
    level_db = np.interp(grid, hz[1:], 10 * np.log10(np.maximum(power[1:] * hz[1:], 1e-30)))
    return _level((grid, level_db))


def _level(curve: Curve) -> Curve:
    """The curve with a mean of 0 dB from 100 Hz to 8 kHz."""
    grid = np.geomspace(100.0, 8000.0, 100)
    return curve[0], curve[1] - np.interp(np.log(grid), np.log(curve[0]), curve[1]).mean()


def draw_album(made: MasteredAlbum, titles: Sequence[str], path: Path) -> None:
    """Each track's loudness before and after: two lines of the same shape."""
    level = made.album.loudest_lufs
    sides = {
        when: np.array([getattr(one.report, when).integrated_lufs for one in made.masters])
        for when in ("before", "after")
    }
    both = np.concatenate(list(sides.values()))
    reach = float(np.floor(both.min()) - 2.0), float(np.ceil(both.max()) + 1.0)
    sheet = Sheet("An album keeps its relations", made.album.sentence, height_px=500)
    panel = sheet.panel(BOX["album"], "Loudness, LUFS", (-0.5, len(titles) - 0.5), reach)
    panel.frame(dict(enumerate(titles)), range(int(reach[0]), int(reach[1]) + 1, 2), grid_x=False)
    panel.rule(level, "text3")
    at = np.arange(len(titles), dtype=float)
    for colour, when, lift in (("original", "before", 24), ("accent", "after", -12)):
        panel.line((at, sides[when]), colour, width=2.0)
        panel.dots((at, sides[when]), colour, [minus(value) for value in sides[when]], lift)
    panel.legend([("original", "Bounces"), ("accent", "Masters")])
    sheet.save(path)


def render_album() -> MasteredAlbum:
    """Master the songs of `ALBUM` as files, as a person would."""
    from indieartist.services.mastering_choices import Shipped, get_settings
    from indieartist.services.mastering_files import master_files

    paths = [provide(song) for song in ALBUM]
    settings = get_settings(Shipped(), preset=ALBUM[0].preset)
    return master_files(paths, paths[0].parent / "album", settings)


def describe(made: Rendered) -> str:
    """The song's line of the table in the page."""
    report, path = made.master.report, made.song.master_path
    ebur128, ffmpeg = measure_ebur128(path), measure_ffmpeg(path)
    cells = [
        f"{made.song.title} ({made.song.artist})",
        made.song.preset,
        f"{minus(report.before.integrated_lufs)} / {minus(report.before.true_peak_dbtp)}",
        f"{minus(made.settings.target.integrated_lufs)}",
        f"{minus(report.after.integrated_lufs, 2)} / {minus(report.after.true_peak_dbtp, 2)}",
        f"{minus(ebur128[0], 2)} / {minus(ebur128[1], 2)}",
        f"{minus(ffmpeg[0])} / {minus(ffmpeg[1])}",
        "yes" if report.reached else f"no: {minus(report.loudest_clean_lufs)} is clean",
    ]
    return f"| {' | '.join(cells)} |"


def write_table(lines: Sequence[str]) -> None:
    """Put the table into the page, between its marks."""
    head, rest = PAGE.read_text(encoding="utf-8").split("<!-- songs -->\n", 1)
    _, tail = rest.split("<!-- /songs -->", 1)
    table = "\n".join(lines)
    PAGE.write_text(f"{head}<!-- songs -->\n{table}\n<!-- /songs -->{tail}", encoding="utf-8")


def main(keys: Sequence[str]) -> int:
    """Render, measure and draw the songs of these keys and `album`; all of them where none is."""
    lines = [
        "| song | preset | bounce LUFS / dBTP | target | master, our meter | libebur128 | FFmpeg "
        "| reached |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for song in [song for song in SONGS if not keys or song.key in keys]:
        made = render(song)
        draw_song(made, PICTURES / f"mastering-{song.key}.png")
        lines.append(describe(made))
        print(lines[-1], flush=True)
    if not keys or "album" in keys:
        titles = [song.title for song in ALBUM]
        draw_album(render_album(), titles, PICTURES / "mastering-album.png")
    if not keys:
        write_table(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

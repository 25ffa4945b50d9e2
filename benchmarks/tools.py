"""The commands of every loudness tool, and how to read what each of them says."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.clock import run_command
from benchmarks.material import FOLDER
from benchmarks.peers import LAST_FFMPEG, Peers

Readings = dict[Path, dict[str, float | None]]
Reader = Callable[[Sequence[Path]], Readings]
PACKAGE_OF = {"libebur128": "pyebur128"}
FFMPEG_NAMES = {"I": "integrated", "LRA": "range", "Peak": "true_peak"}
NUMBER = r"(-?(?:inf|nan|[\d.]+))"
AT_ONCE = 20  # files on one command line


def ours(paths: Sequence[Path]) -> Readings:
    """What the program reads in each file."""
    from indieartist.audio.measure import measure_file

    return {path: figures_of(measure_file(path).measurement) for path in paths}


def figures_of(measurement: object) -> dict[str, float | None]:
    """The five figures by the names that all tools here share."""
    names = {
        "integrated": "integrated_lufs",
        "range": "loudness_range_lu",
        "momentary": "momentary_max_lufs",
        "short_term": "short_term_max_lufs",
        "true_peak": "true_peak_dbtp",
    }
    return {name: getattr(measurement, attribute) for name, attribute in names.items()}


def ffmpeg_command(peers: Peers, path: Path, name: str, log: str = "verbose") -> tuple[str, ...]:
    """The filter `ebur128` with true peak; `log` is 'info' to hear every 100 ms."""
    quiet = ("-hide_banner", "-nostats", "-nostdin", "-threads", "1", "-i", path)
    meter = ("-map", "0:a", "-af", f"ebur128=peak=true:framelog={log}", "-f", "null", "-")
    return peers.get_command(name, *quiet, *meter)


def rsgain_command(peers: Peers, *paths: Path) -> tuple[str, ...]:
    """Scan with true peak and write nothing."""
    return peers.get_command("rsgain", "custom", "-t", "-O", "-q", *paths)


def read_with_ffmpeg(peers: Peers, name: str, paths: Sequence[Path]) -> Readings:
    """The summary's figures, and the highest M and S that the filter logs every 100 ms."""
    readings: Readings = {}
    for path in paths:
        _, _, said = run_command(ffmpeg_command(peers, path, name, "info"))
        log, _, summary = said.rpartition("Summary:")
        found = {ours: first_number(rf"\b{its}:\s*", summary) for its, ours in FFMPEG_NAMES.items()}
        found["momentary"] = highest(r"\bM:\s*", log)
        found["short_term"] = highest(r"\bS:\s*", log)
        readings[path] = found
    return readings


def first_number(before: str, text: str) -> float | None:
    """The number after the pattern, where there is one."""
    found = re.search(before + NUMBER, text)
    return float(found[1]) if found else None


def highest(before: str, text: str) -> float | None:
    """The highest of all numbers after the pattern."""
    return max(map(float, re.findall(before + NUMBER, text)), default=None)


def read_with_rsgain(peers: Peers, paths: Sequence[Path]) -> Readings:
    """Loudness and true peak from its table."""
    readings: Readings = {}
    for path in paths:
        _, said, _ = run_command(rsgain_command(peers, path))
        heading, line, *_ = (text.split("\t") for text in said.strip().splitlines())
        row = dict(zip(map(str.strip, heading), line, strict=False))
        readings[path] = {
            "integrated": float(row["Loudness (LUFS)"]),
            "true_peak": float(row["Peak (dB)"]),
        }
    return readings


def read_with_library(peers: Peers, name: str, paths: Sequence[Path]) -> Readings:
    """What a Python library reads, all figures that it has."""
    readings: Readings = {}
    for start in range(0, len(paths), AT_ONCE):
        some = paths[start : start + AT_ONCE]
        _, said, _ = run_command(peers.get_command(name, "every", *some))
        found = json.loads(said.strip().splitlines()[-1])
        readings.update(zip(some, found, strict=True))
    return readings


def kept(peers: Peers, name: str, files: Sequence[Path], read: Reader) -> Readings:
    """What a peer of this version read in these files: a peer reads the same every time."""
    version = peers.versions[PACKAGE_OF.get(name, name)]
    made_from = [(path.name, path.stat().st_mtime_ns) for path in files]
    digest = hashlib.sha256(repr((version, made_from)).encode()).hexdigest()
    path = FOLDER / f"readings-{name.replace(' ', '-')}.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if known.get("digest") != digest:
        found = {file.name: figures for file, figures in read(files).items()}
        known = {"digest": digest, "readings": found}
        path.write_text(json.dumps(known), encoding="utf-8")
    return {file: known["readings"][file.name] for file in files}


def readers(peers: Peers) -> Mapping[str, Reader]:
    """How each tool reads files, by the tool's name."""
    return {
        "libebur128": lambda paths: read_with_library(peers, "pyebur128", paths),
        "ffmpeg": lambda paths: read_with_ffmpeg(peers, "ffmpeg", paths),
        LAST_FFMPEG: lambda paths: read_with_ffmpeg(peers, LAST_FFMPEG, paths),
        "rsgain": lambda paths: read_with_rsgain(peers, paths),
        "pyloudnorm": lambda paths: read_with_library(peers, "pyloudnorm", paths),
    }

"""The table in the documentation is that of the program."""

from __future__ import annotations

import tomllib
from pathlib import Path

from indieartist.domain.platforms import AlbumRule, Platform, Stream, parse_platforms
from indieartist.domain.playback_words import number

ROOT = Path(__file__).parents[2]
ALBUMS = {AlbumRule.NONE: "each track", AlbumRule.LOUDNESS: "whole", AlbumRule.LOUDEST: "loudest"}
HEAD = "| `--platform` | target, LUFS | turns up | album | `--quality` | known by | source |\n"

SOURCES = "| `--platform` | what it sends is | source | to know |\n|---|---|---|---|\n"


def table(platforms: tuple[Platform, ...]) -> str:
    return HEAD + "|---|---|---|---|---|---|---|\n" + "".join(map(line, platforms))


def line(platform: Platform) -> str:
    source = platform.loudness_source
    cells = (
        f"`{platform.key}`",
        target(platform),
        turning_up(platform),
        ALBUMS[platform.album],
        ", ".join(sent(platform, stream) for stream in platform.streams),
        f"{source.confidence.value}, {platform.seen_on}",
        f"[{source.text}]({source.page})" if source.page else source.text,
    )
    return f"| {' | '.join(cells)} |\n"


def target(platform: Platform) -> str:
    if platform.target_lufs == platform.album_target_lufs:
        return "none" if platform.target_lufs is None else number(platform.target_lufs)
    return f"{number(platform.target_lufs)}, album {number(platform.album_target_lufs)}"


def turning_up(platform: Platform) -> str:
    if platform.limiter is not None:
        return f"limited at {number(platform.limiter.threshold_dbfs)} dBFS"
    return f"up to {number(platform.limit_dbtp)} dBTP" if platform.turns_up else "no"


def sent(platform: Platform, stream: Stream) -> str:
    return f"**{stream.words}**" if stream.quality == platform.plays else stream.words


def source_line(platform: Platform) -> str:
    source = platform.streams_source
    said = f"[{source.text}]({source.page})" if source.page else source.text
    return f"| `{platform.key}` | {source.confidence.value} | {said} | {platform.note or '—'} |\n"


def test_the_documented_table_is_the_shipped_one() -> None:
    shipped = tomllib.loads((ROOT / "resources" / "platforms.toml").read_text(encoding="utf-8"))
    platforms = parse_platforms(shipped)
    expected = table(platforms)
    documented = (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8")
    assert expected in documented, f"docs/platforms.md should hold:\n\n{expected}"
    sources = SOURCES + "".join(map(source_line, platforms))
    assert sources in documented, f"docs/platforms.md should hold:\n\n{sources}"

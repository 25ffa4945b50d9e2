"""The benchmarks start, and their rows say what they should, on a song of two seconds."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))

from benchmarks import (  # noqa: E402
    ebu,
    rows_analysis,
    rows_loudness,
    rows_mastering,
    rows_memory,
    rows_music,
    table,
    true_peak_reference,
)
from benchmarks.bench import Bench, MakeRows  # noqa: E402
from benchmarks.clock import CommandError, run_command  # noqa: E402
from benchmarks.peers import Peers  # noqa: E402


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """One round on two seconds, and no peers."""
    path = tmp_path / "song.flac"
    noise = np.random.default_rng(0).standard_normal((88_200, 2)) * 0.1
    soundfile.write(path, noise, 44_100, "PCM_24")
    return Bench(Peers(), path, rounds=1, long=False)


def test_a_goal_says_by_how_much_it_was_missed() -> None:
    most, least = table.at_most(1.35, "×"), table.at_least(3, "×")
    assert most.judge(1.35) == least.judge(3) == "reached"
    assert most.judge(1.62) == "missed by 0.27× (20 %)"
    assert least.judge(2.4) == "missed by 0.60× (20 %)"


def test_the_table_aligns_its_cells_and_gives_reasons_for_rows_that_missed() -> None:
    rows = [
        table.Row("scan", table.at_most(1.35, "×"), 2.0, "1 s", "0.5 s"),
        table.absent("other", table.at_least(3), "no such package"),
    ]
    lines = table.markdown(rows).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert "missed by 0.65×" in lines[2]
    assert "not to be had here: no such package" in lines[3]
    assert table.reasons(rows).startswith("- **scan** missed by")


def test_a_reason_that_several_rows_share_is_given_once() -> None:
    goal = table.at_most(16, " ms", 0)
    rows = [table.Row(name, goal, 20.0, key="stall") for name in ("one", "two")]
    said = table.reasons([*rows, table.Row("else", goal, 17.0)]).splitlines()
    assert said[1:3] == [f"  - **{name}** missed by 4 ms (25 %)" for name in ("one", "two")]
    assert said[0].startswith("- A page")
    assert said[3:] == ["- **else** missed by 1 ms (6 %): no reason is on record yet."]


def test_a_command_has_our_environment_as_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "late")
    told = "import os; print(os.environ['QT_QPA_PLATFORM'])"
    assert run_command([sys.executable, "-c", told])[1].strip() == "late"


def test_a_process_is_charged_its_own_memory_and_not_its_parents() -> None:
    ballast = np.ones(40_000_000)
    cost, said, _ = run_command([sys.executable, "-S", "-c", "print(sum(range(2_000_000)))"])
    assert said.strip() == "1999999000000"
    assert 0 < cost.cpu_s <= 60
    assert 1e6 < cost.peak_bytes < ballast.nbytes / 4


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(CommandError, match="no such thing"):
        run_command([sys.executable, "-c", "raise SystemExit('no such thing')"])


@pytest.mark.parametrize(
    "make",
    [
        rows_loudness.scan_over_decoding,
        rows_analysis.everything_over_decoding,
        rows_analysis.dropped_file,
    ],
)
def test_what_needs_no_peer_has_its_row(make: MakeRows, bench: Bench) -> None:
    (row,) = make(bench)
    assert row.figure is not None
    assert row.figure > 0
    assert row.verdict.startswith(("reached", "missed by"))


def test_a_peer_that_is_missing_makes_its_row_say_so(bench: Bench) -> None:
    rows = rows_loudness.scan_beside_peers(bench)
    assert len(rows) == len(rows_loudness.SCANNERS)
    assert all(row.verdict.startswith("not to be had here") for row in rows)


def test_the_ebu_cases_know_right_from_wrong() -> None:
    cases = {Path(case.name): case for case in ebu.list_cases()}
    right = {
        path: dict.fromkeys(case.figures, case.expected + case.tolerances[1])
        for path, case in cases.items()
    }
    wrong = {
        path: dict.fromkeys(case.figures, case.expected + case.tolerances[1] + 0.01)
        for path, case in cases.items()
    }
    assert ebu.score(cases, right).right == ebu.score(cases, right).asked == 65
    assert ebu.score(cases, wrong).right == 0
    assert len(ebu.score(cases, {path: {} for path in cases}).failed) == 0


def test_the_reference_finds_the_peak_between_two_samples() -> None:
    at = np.arange(4000)
    fade = np.minimum(1, np.minimum(at, at[::-1]) / 500)
    for hertz in (0.25, 1 / 6, 0.45):
        tone = 0.5 * np.sin(2 * np.pi * hertz * at + np.pi / 4) * fade
        peak = true_peak_reference.find_peak(tone.astype(np.float32))
        assert peak == pytest.approx(0.5, abs=0.001)


def test_the_reference_leaves_nothing_out_that_is_higher() -> None:
    noise = np.random.default_rng(1).standard_normal(20_000).astype(np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(noise, 256), 256)
    everywhere = np.abs(windows @ true_peak_reference.taps().T).max()
    assert true_peak_reference.find_peak(noise) == pytest.approx(everywhere, rel=1e-5)


def test_bits_that_differ_and_words_that_lack_are_not_the_same() -> None:
    assert rows_analysis.count_same_bits([0, 0xFFFFFFFF], [0, 0xFFFFFFFE]) == 63
    assert rows_analysis.count_same_bits([1, 2, 3], [1]) == 32


def test_a_master_is_judged_by_the_meter_that_reads_worst() -> None:
    good = rows_mastering.Hit("a", -14.0, True, {"own": -14.0}, {"own": -1.2, "other": -1.05})
    loud = rows_mastering.Hit("b", -9.0, True, {"own": -8.7}, {"own": -1.1, "other": -0.98})
    far = rows_mastering.Hit("b", -7.0, False, {"own": -9.0}, {"own": -1.1})
    typical, worst, ceiling = rows_mastering.judge([good, good, loud, far])
    assert (typical.verdict, typical.figure) == ("reached", 0.0)
    assert worst.verdict.startswith("missed by 0.2")
    assert worst.ours == "1 said to be out of clean reach"
    assert ceiling.figure == -0.98
    assert "missed" in ceiling.verdict


def test_a_quick_run_leaves_out_the_hours(bench: Bench) -> None:
    (row,) = rows_memory.hours_of_audio(bench)
    assert "left out" in row.verdict


def test_tempo_and_key_are_held_against_the_peers_better_method() -> None:
    ours = rows_music.Figures(0.9, 1.0, 0.02, 0.7, 0.75, 0.2)
    its = {
        "one": rows_music.Figures(0.8, 0.9, 0.05, None, None, 3.0),
        "other": rows_music.Figures(0.7, 1.0, 0.03, None, None, 1.0),
    }
    rows = rows_music.tempo_rows("clips", ours, its)
    assert [str(row.goal) for row in rows] == ["≥ 1", "≥ 0.8", "≤ 0.03 BPM"]
    assert not any(row.missed for row in rows)
    (worse, *_) = rows_music.tempo_rows("clips", rows_music.Figures(0, 0.5, 1, 0, 0, 0), its)
    assert worse.missed

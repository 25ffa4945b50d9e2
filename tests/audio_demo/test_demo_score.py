"""The demo song on paper: bars that add up, voices that lead, hands that keep time."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio.demo.grooves import drum_hits, kick_beats, swung
from indieartist.audio.demo.parts import arpeggio_part, bass_part, by_hand, keys_part, line
from indieartist.audio.demo.score import FORM, MELODIES, chords, melody, section_beats

C_MINOR = {0, 2, 3, 5, 7, 8, 10}


@pytest.mark.parametrize(("section", "part"), MELODIES)
def test_every_bar_of_a_melody_has_four_beats(section, part):
    bars = MELODIES[section, part].split("|")
    assert len(bars) == FORM[section]
    assert [sum(float(t.split(":")[1]) for t in bar.split()) for bar in bars] == [4.0] * len(bars)


def test_the_chords_fill_the_song():
    sounding = chords()
    for chord, following in pairwise(sounding):
        assert chord.beat + chord.beats == following.beat
    assert sounding[-1].beat + sounding[-1].beats > section_beats()["outro"][1]


def test_voices_move_little_and_keep_common_notes():
    moves = [
        [abs(a - b) for a, b in zip(one.voices, two.voices, strict=True)]
        for one, two in pairwise(chords())
    ]
    assert np.mean(moves) < 2
    assert max(map(max, moves)) <= 5
    assert all(len(set(c.voices)) == 4 and c.bass < min(c.voices) for c in chords())


def test_tunes_stay_in_the_key():
    notes = [n for part in ("keys", "voice", "lead") for n in line(part)]
    assert {n.pitch % 12 for n in notes} <= C_MINOR


def test_long_notes_of_the_hook_belong_to_their_chord():
    for note in melody("chorus", "lead"):
        chord = next(c for c in chords() if c.beat <= note.beat < c.beat + c.beats)
        if note.beats >= 1.5:
            assert note.pitch % 12 in {p % 12 for p in (*chord.voices, chord.bass)}


def test_the_bass_leads_into_the_next_root_by_a_step():
    notes = sorted(bass_part(), key=lambda n: n.beat)
    roots = {c.beat: c.bass for c in chords()}
    for lead, root in pairwise(notes):
        if root.beat in roots and lead.beats < 0.5 and lead.beat == root.beat - 0.5:
            assert 1 <= abs(lead.pitch - root.pitch) <= 2


def test_no_part_plays_after_the_last_bar():
    end = section_beats()["outro"][1]
    for part in (bass_part(), keys_part(), arpeggio_part(), line("lead"), line("voice")):
        assert max(n.beat for n in part) < end


@given(st.integers(0, 640))
def test_swing_keeps_eighths_and_delays_what_lies_between(sixteenth):
    beat = sixteenth / 4
    late = swung(beat) - beat
    assert late == pytest.approx(0.03 if sixteenth % 2 else 0.0)


def test_the_kick_is_on_the_beat_and_the_rest_near_it():
    hits = drum_hits(np.random.default_rng(1))
    assert all(hit.late_s == 0 for hit in hits if hit.piece == "kick")
    assert 0 < np.std([hit.late_s for hit in hits if hit.piece == "hat"]) < 0.005
    assert sorted(hit.beat for hit in hits if hit.piece == "kick") == kick_beats()
    assert all(0 < hit.velocity <= 1 for hit in hits)


def test_a_human_hand_is_near_the_page_and_always_the_same():
    page = line("lead")
    played = by_hand(page, 104 / 60, np.random.default_rng(5))
    assert played == by_hand(page, 104 / 60, np.random.default_rng(5))
    assert played != page
    shifts = [abs(a.beat - b.beat) for a, b in zip(page, played, strict=True)]
    assert max(shifts) < 0.06

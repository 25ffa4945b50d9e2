"""Bounces are grouped by sound, length and name; what only repeats a mix is recognised."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
import soxr

from indieartist.domain.release import MixKind
from indieartist.library import bounces as known
from indieartist.services import acts, editing, finding
from indieartist.services.bounces import Outcome, Taken, take_bounce
from indieartist.services.studio import Studio, open_studio
from indieartist.services.watching import Watch, say_taken, watch_folder

RATE_HZ = 44_100


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    return open_studio(library_dir)


def play(seed: int, beats_per_s: float = 2.0, beats: int = 22) -> np.ndarray:
    """Chords by chance, stereo: the same music at any tempo."""
    dice = np.random.default_rng(seed)
    time = np.arange(round(RATE_HZ / beats_per_s)) / RATE_HZ
    sung = []
    for _ in range(beats):
        notes = 110 * 2 ** (dice.choice(36, 4, replace=False) / 12)
        sung.append(sum(np.sin(2 * np.pi * hz * time) for hz in notes) * np.exp(-2 * time))
    mono = 0.1 * np.concatenate(sung)
    return np.stack([mono, np.roll(mono, 40)], axis=1)


def bounce(path: Path, sound: np.ndarray, subtype: str = "PCM_24") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, sound, RATE_HZ, subtype)
    return path


def as_mp3(source: Path, path: Path) -> Path:
    sound, _rate = soundfile.read(source, dtype="float32")
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libmp3lame", rate=RATE_HZ, layout="stereo", format="fltp")
        stream.bit_rate = 128_000
        for start in range(0, len(sound) - 1152, 1152):
            block = np.ascontiguousarray(sound[start : start + 1152].T)
            frame = av.AudioFrame.from_ndarray(block, "fltp", "stereo")
            frame.sample_rate, frame.pts = RATE_HZ, start
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def vault_files(studio: Studio) -> int:
    return sum(path.is_file() for path in studio.library.vault.folder.rglob("*"))


@pytest.fixture
def first(studio: Studio, tmp_path: Path) -> Taken:
    return take_bounce(studio, bounce(tmp_path / "Night Bus v1.wav", play(1)))


def test_a_first_bounce_begins_a_track(studio: Studio, first: Taken) -> None:
    assert (first.outcome, first.title, first.mix_number) == (Outcome.NEW, "Night Bus", 1)
    assert acts.undo(studio).label == "Take the bounce Night Bus v1.wav"
    assert not finding.list_releases(studio)


def test_a_bounce_finds_its_track_by_its_sound_whatever_it_is_called(
    studio: Studio, first: Taken, tmp_path: Path
) -> None:
    song = play(1)
    made = {
        "another level": 0.3 * song,
        "another tempo": play(1, 2.06),
        "another part": song + 0.01 * play(9)[: len(song)],
        "a count-in": np.pad(song, ((RATE_HZ * 3, 0), (0, 0))),
    }
    for number, (why, sound) in enumerate(made.items()):
        found = take_bounce(studio, bounce(tmp_path / f"export {number}.wav", sound))
        assert (found.outcome, found.mix_number, found.by) == (Outcome.MIX, 2, "sound"), why
        track = finding.get_track(studio, f"T{first.track_id}")
        assert track.mixes[1].parent_id == track.mixes[0].id
        assert track.mixes[1].kind is MixKind.BOUNCE
        assert track.mixes[1].settings["bounce"]["like_mix"] == first.mix_id
        acts.undo(studio)
        assert len(finding.get_track(studio, f"T{first.track_id}").mixes) == 1


def test_a_bounce_finds_its_track_at_another_speed(studio: Studio, tmp_path: Path) -> None:
    song = play(1, beats=30)
    first = take_bounce(studio, bounce(tmp_path / "Night Bus.wav", song))
    take_bounce(studio, bounce(tmp_path / "Undertow.wav", play(2, beats=30)))
    for number, speed in enumerate((0.96, 1.04)):
        sound = soxr.resample(song, RATE_HZ * speed, RATE_HZ)
        found = take_bounce(studio, bounce(tmp_path / f"export {number}.wav", sound))
        assert (found.outcome, found.track_id, found.by) == (Outcome.MIX, first.track_id, "sound")
        mix = finding.get_track(studio, f"T{first.track_id}").mixes[-1]
        assert mix.settings["bounce"]["length_ratio"] == pytest.approx(1 / speed, abs=0.01)
        acts.undo(studio)


def test_a_name_alone_groups_what_sounds_otherwise_but_lasts_as_long(
    studio: Studio, first: Taken, tmp_path: Path
) -> None:
    found = take_bounce(studio, bounce(tmp_path / "night_bus_FINAL2.wav", play(2)))
    assert (found.outcome, found.by, found.track_id) == (Outcome.MIX, "name", first.track_id)


def test_a_name_is_not_believed_where_sound_and_length_say_otherwise(
    studio: Studio, first: Taken, tmp_path: Path
) -> None:
    found = take_bounce(studio, bounce(tmp_path / "Night Bus v2.wav", play(2, beats=8)))
    assert found.outcome is Outcome.NEW
    assert found.track_id != first.track_id


def test_sound_outweighs_another_tracks_name(studio: Studio, first: Taken, tmp_path: Path) -> None:
    other = take_bounce(studio, bounce(tmp_path / "Undertow.wav", play(2)))
    assert (other.outcome, other.title) == (Outcome.NEW, "Undertow")
    found = take_bounce(studio, bounce(tmp_path / "Undertow v2.wav", 0.5 * play(1)))
    assert found.track_id == first.track_id
    again = take_bounce(studio, Path(first.path))
    assert say_taken([first]) == "Night Bus v1.wav begins “Night Bus”."
    assert say_taken([again]) == "Night Bus v1.wav is here already: mix 1 of “Night Bus”."
    assert say_taken([first, other, again]) == "2 bounces came in, 1 were here already."


def approve(studio: Studio, taken: Taken) -> None:
    track = finding.get_track(studio, f"T{taken.track_id}")
    editing.approve_mix(studio, track, track.mixes[0])


def test_the_approved_mix_is_recognised(studio: Studio, first: Taken, tmp_path: Path) -> None:
    """By another name, in another lossless file, and as an MP3; none of them is kept."""
    approve(studio, first)
    files = vault_files(studio)
    again = tmp_path / "FINAL FINAL.wav"
    again.write_bytes(Path(first.path).read_bytes())
    sound, _rate = soundfile.read(first.path, dtype="int32")
    made = {
        Outcome.KNOWN: again,
        Outcome.SAME: bounce(tmp_path / "for the label.flac", sound),
        Outcome.COPY: as_mp3(Path(first.path), tmp_path / "to listen.mp3"),
    }
    for outcome, path in made.items():
        found = take_bounce(studio, path)
        assert (found.outcome, found.approved, found.mix_id) == (outcome, True, first.mix_id)
        assert "the approved one" in found.sentence
    assert vault_files(studio) == files
    assert len(finding.get_track(studio, f"T{first.track_id}").mixes) == 1


def test_an_mp3_at_another_level_is_no_copy(studio: Studio, first: Taken, tmp_path: Path) -> None:
    louder = bounce(tmp_path / "x.wav", 2.5 * play(1))
    found = take_bounce(studio, as_mp3(louder, tmp_path / "louder.mp3"))
    assert found.outcome is Outcome.MIX


def test_what_is_no_sound_is_an_outcome(studio: Studio, tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(b"RIFF and nothing")
    found = take_bounce(studio, path)
    assert found.outcome is Outcome.REFUSED
    assert found.error is not None
    assert take_bounce(studio, tmp_path / "gone.wav").outcome is Outcome.REFUSED
    assert found.sentence


# the watch


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(tmp_path: Path, clock: Clock) -> Watch:
    (tmp_path / "Bounces").mkdir()
    return Watch(tmp_path / "Bounces", clock)


def test_a_bounce_is_ready_once_it_stands_still(studio: Studio, watch: Watch, clock: Clock) -> None:
    path = bounce(watch.folder / "Night Bus.wav", play(1))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert watch.look(studio) == []
    clock.now = 3.0
    assert watch.look(studio) == []  # still, but its header promises more
    path.write_bytes(whole)
    clock.now = 4.0
    assert watch.look(studio) == []  # whole, but only just
    assert watch.pending == 1
    clock.now = 6.5
    assert watch.look(studio) == [path]


def test_a_damaged_file_is_refused_in_the_end(studio: Studio, watch: Watch, clock: Clock) -> None:
    path = watch.folder / "x.wav"
    path.write_bytes(b"RIFF")
    watch.look(studio)
    clock.now = 61.0
    assert watch.look(studio) == [path]
    assert watch.take(studio, [path])[0].outcome is Outcome.REFUSED
    assert watch.look(studio) == []


def test_what_was_taken_is_not_taken_again_not_even_after_undo(
    studio: Studio, watch: Watch, clock: Clock
) -> None:
    path = bounce(watch.folder / "Night Bus.wav", play(1))
    watch.look(studio)
    clock.now = 3.0
    taken = watch.take(studio, watch.look(studio))
    assert [each.outcome for each in taken] == [Outcome.NEW]
    acts.undo(studio)
    for clock.now in (6.0, 9.0):
        assert Watch(watch.folder, clock).look(studio) == []
        assert watch.look(studio) == []
    bounce(path, play(1) * 0.5)  # the DAW writes over it
    watch.look(studio)
    clock.now = 12.0
    assert watch.look(studio) == [path]


def test_what_was_there_before_is_let_be_until_it_is_asked_for(
    studio: Studio, watch: Watch, clock: Clock
) -> None:
    paths = [bounce(watch.folder / f"{n}.wav", play(n)) for n in range(2)]
    assert watch.begin(studio) == 2
    assert watch.count_earlier(studio) == 2
    clock.now = 5.0
    assert watch.look(studio) == []
    assert Watch(watch.folder, clock).begin(studio) == 0
    assert watch.recall_earlier(studio) == 2
    watch.look(studio)
    clock.now = 9.0
    assert sorted(watch.look(studio)) == paths


def test_what_is_no_bounce_is_passed_by(
    studio: Studio, watch: Watch, clock: Clock, library_dir: Path
) -> None:
    for place in (".hidden.wav", "Song Project/Samples/kick.wav", ".git/x.wav", "notes.txt"):
        bounce((watch.folder / place).with_suffix(".wav"), play(1, beats=4))
    (watch.folder / "notes.wav").rename(watch.folder / "notes.txt")
    deep = bounce(watch.folder / "Song Project" / "Bounces" / "x.wav", play(1, beats=4))
    above = Watch(library_dir.parent, clock)
    for each in (watch, above):
        each.look(studio)
    clock.now = 3.0
    assert watch.look(studio) == [deep]
    assert above.look(studio) == [deep]


def test_a_file_written_while_it_is_heard_is_not_remembered(
    studio: Studio, watch: Watch, clock: Clock
) -> None:
    path = bounce(watch.folder / "x.wav", play(1))
    watch.look(studio)
    clock.now = 3.0
    ready = watch.look(studio)

    def meddle(fraction: float) -> None:
        if fraction > 0.2:
            path.write_bytes(path.read_bytes() + b"\0")

    assert watch.take(studio, ready, meddle) == []
    with studio.library.read() as connection:
        assert known.find_seen(connection, str(path)) is None


def test_a_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="no folder"):
        watch_folder(tmp_path / "nowhere")

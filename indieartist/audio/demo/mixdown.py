"""The mixing session: faders, rooms, ducking and a gentle bus, on six stems that add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indieartist.audio.demo.grooves import kick_beats
from indieartist.audio.demo.performance import BEAT_S, FRAMES, frame_at
from indieartist.audio.demo.space import Convolver, echo, hall, room
from indieartist.audio.demo.synth import Mono, Stereo, frames_of, gate, lines
from indieartist.domain.progress import Report


@dataclass(frozen=True, slots=True)
class Channel:
    """One strip of the desk: fader and sends in dB, the depth to which the kick ducks it."""

    fader_db: float
    sends_db: dict[str, float] = field(default_factory=dict)
    duck: float = 0.0


DESK = {
    "Drums": Channel(-6.8, {"room": -15, "hall": -24}),
    "Bass": Channel(-13.5, {}, duck=0.45),
    "Keys": Channel(-25.0, {"room": -14, "hall": -13, "echo": -13}, duck=0.2),
    "Pads": Channel(-31.5, {"hall": -10}, duck=0.55),
    "Lead": Channel(-29.0, {"hall": -11, "echo": -10}, duck=0.1),
    "Voice": Channel(-24.0, {"room": -16, "hall": -9, "echo": -14}, duck=0.1),
}

_DUCK_S = 0.26
_GLUE_THRESHOLD = 0.1  # RMS of the sum from which the bus holds back
_GLUE_RATIO = 1.6
_GLUE_WINDOW_S = 0.12


def mix_down(tracks: dict[str, Stereo], report: Report) -> None:
    """Make the dry `tracks` the stems of the mix, in place: their sum is the mix."""
    rng = np.random.default_rng(2000)
    rooms = {"hall": hall(rng), "room": room(rng), "echo": echo(0.75 * BEAT_S)}
    desk, dip = Convolver(FRAMES, rooms), _kick_dip()
    for done, (name, track) in enumerate(tracks.items()):
        report(done / len(tracks))
        _strip(track, DESK[name], dip, desk)
    bus = _bus_gain(total(tracks.values())) * _ending()
    for stem in tracks.values():
        np.multiply(stem, bus[:, None], out=stem)


def _strip(sound: Stereo, channel: Channel, dip: Mono, desk: Convolver) -> None:
    """Put `sound` through its strip, in place: minutes of audio are not to be copied idly."""
    fader = np.float32(10 ** (channel.fader_db / 20))
    sound *= (fader - fader * np.float32(channel.duck) * dip)[:, None]
    if channel.sends_db:
        desk.add_wet(sound, {name: 10 ** (db / 20) for name, db in channel.sends_db.items()})


def _kick_dip() -> Mono:
    """One under each kick, falling back to zero before the next: the pump of a side chain."""
    frames = frames_of(_DUCK_S)
    shape = np.cos(np.linspace(0, np.pi / 2, frames)).astype(np.float32) ** 2
    shape *= gate(frames, 0.008, 0.0)
    dip = np.zeros(FRAMES, np.float32)
    for beat in kick_beats():
        here = dip[frame_at(beat) : frame_at(beat) + frames]
        np.maximum(here, shape[: len(here)], out=here)
    return dip


def _bus_gain(mix: Stereo) -> Mono:
    """One gain for all stems, so that they still add up: a slow compressor of low ratio."""
    hop = frames_of(_GLUE_WINDOW_S / 8)
    blocks = len(mix) // hop
    power = np.square(mix[: blocks * hop]).reshape(blocks, -1).mean(axis=1)
    window = np.hanning(18)[1:-1]
    rms = np.sqrt(np.convolve(power, window / window.sum(), "same"))
    gains = np.maximum(rms / _GLUE_THRESHOLD, 1) ** (1 / _GLUE_RATIO - 1)
    return lines(np.pad(gains, (0, 2), "edge").astype(np.float32), hop)[: len(mix)]


def _ending() -> Mono:
    """The last breath of the reverb, faded to nothing."""
    return gate(FRAMES, 0.01, 2.0)


def total(stems: Iterable[NDArray[Any]]) -> NDArray[Any]:
    """The sum of `stems`."""
    first, *others = stems
    mix = first.copy()
    for stem in others:
        mix += stem
    return mix

"""What is seen of each version, read once: its wave, its traces, its tone, what was taken off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from indieartist.errors import AppError

if TYPE_CHECKING:
    from indieartist.domain.release import Mix
    from indieartist.services.mastering_views import Reductions, Tone, Traces
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.widgets.wave_layers import Waveform

_MOST = 12
CEILING_DBTP = -1.0


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A version as far as it has been read; `problem` says why no more of it comes."""

    mix: Mix
    waveform: Waveform | None = None
    traces: Traces | None = None
    reductions: Reductions | None = None
    tone: Tone | None = None
    problem: str = ""


class Sights(QObject):
    """`changed` carries the hash of the sound of which more was read."""

    changed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._known: dict[str, Sight] = {}

    def find(self, mix: Mix | None) -> Sight | None:
        """What was read of a version so far."""
        return self._known.get(mix.audio_hash) if mix else None

    def read(self, mix: Mix) -> Sight:
        """What is known of a version; what is not comes later, and `changed` tells of it."""
        known = self._known.get(mix.audio_hash)
        if known is not None and not known.problem:
            return known
        sight = self._known[mix.audio_hash] = Sight(mix)
        while len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
        self._ask(mix, "Reading the wave", _read_wave)
        self._ask(mix, "Reading the tone", _read_tone)
        self._ask(mix, "Following the loudness", _read_traces)
        return sight

    def _ask(self, mix: Mix, label: str, read: Callable[[Studio, Mix], dict[str, Any]]) -> None:
        key = mix.audio_hash

        def done(found: dict[str, Any]) -> None:
            self._take(key, found)

        def failed(error: BaseException) -> None:
            if not isinstance(error, AppError):
                self._desk.bridge.present(error)
            self._take(key, {"problem": str(error)})

        self._desk.read(
            label, lambda studio: read(studio, mix), done, owner=self, lane="audio", failed=failed
        )

    def _take(self, key: str, found: dict[str, Any]) -> None:
        if (sight := self._known.get(key)) is not None:
            self._known[key] = replace(sight, **found)
            self.changed.emit(key)


def _read_wave(studio: Studio, mix: Mix) -> dict[str, Any]:
    from indieartist.services import mastering_room

    waveform = mastering_room.read_waveform(studio, mix)
    waveform.columns(0, waveform.duration_ms, 1)  # what it sums up first is summed up here
    return {"waveform": waveform, "reductions": mastering_room.read_reductions(studio, mix)}


def _read_tone(studio: Studio, mix: Mix) -> dict[str, Any]:
    from indieartist.services import mastering_room

    return {"tone": mastering_room.read_tone(studio, mix)}


def _read_traces(studio: Studio, mix: Mix) -> dict[str, Any]:
    from indieartist.services import mastering_room

    target = (mix.settings.get("settings") or {}).get("target") or {}
    ceiling = float(target.get("ceiling_dbtp", CEILING_DBTP))
    return {"traces": mastering_room.read_traces(studio, mix, ceiling)}

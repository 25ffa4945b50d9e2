"""Where sound goes: the sink's contract, and the sound card through miniaudio."""

from __future__ import annotations

import logging
import sys
import time
import weakref
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from indieartist.errors import WorldError

if TYPE_CHECKING:
    import miniaudio
    import numpy as np
    from numpy.typing import NDArray

    Render = Callable[[int], NDArray[np.float32]]

_log = logging.getLogger(__name__)

PERIODS_MS = (60, 150, 250)
"""Lengths of the device's period; the next is taken when callbacks came late with one."""

_LATE = 1.5  # periods between two callbacks, from which on the device may have run dry


class Sink(Protocol):
    """A device that asks for sound when it needs some."""

    def start(self, render: Render) -> None:
        """Call `render(frames)` for (frames, 2) float32 from now on; again is no harm."""

    def stop(self) -> None:
        """Call no more; again is no harm."""

    @property
    def latency_ms(self) -> float:
        """Time from the asking for a frame to its being heard."""


class MiniaudioSink:
    """The system's default output; where there is none, a silent clock in its place.

    `backend` names the driver in use and `audible` is False for the silent clock. With
    `backends=[miniaudio.Backend.NULL]` it is silent by choice, as in tests. `buffer_ms` is the
    first period, one of `PERIODS_MS`.
    """

    def __init__(
        self,
        rate_hz: int,
        backends: list[miniaudio.Backend] | None = None,
        *,
        buffer_ms: int = PERIODS_MS[0],
    ) -> None:
        self._rate_hz, self._backends = rate_hz, backends
        self._device: miniaudio.PlaybackDevice | None = None
        self._period, self._late, self._running = PERIODS_MS.index(buffer_ms), 0, False

    @property
    def latency_ms(self) -> float:
        """One period, which the device plays while it asks for the next."""
        return float(PERIODS_MS[self._period])

    @property
    def backend(self) -> str:
        """The driver in use; empty before the first start."""
        return self._device.backend if self._device else ""

    @property
    def audible(self) -> bool:
        """Whether a sound card plays."""
        return bool(self._device) and self.backend != "Null"

    def start(self, render: Render) -> None:
        """Open the device if needed and run; after late callbacks, with a longer period.

        Raises WorldError where not even the silent clock starts.
        """
        if self._late and self._period + 1 < len(PERIODS_MS):
            self._lengthen()
        if self._running:
            return
        feed = self._feed(render)
        next(feed)
        self._device = self._device or self._open()
        self._start(self._device, feed)
        self._running = True

    def stop(self) -> None:
        """Stop the device; it stays open for the next start."""
        if self._device and self._running:
            self._device.stop()
        self._running = False

    def _start(self, device: miniaudio.PlaybackDevice, feed: Generator[object, int, None]) -> None:
        import miniaudio

        try:
            device.start(feed)
        except miniaudio.MiniaudioError as error:
            raise WorldError(
                "The sound device did not start.", "Check the system's sound."
            ) from error

    def _open(self) -> miniaudio.PlaybackDevice:
        import miniaudio

        try:
            device = self._device_on(self._backends or _likely_backends())
        except miniaudio.MiniaudioError as error:
            _log.warning("The sound device could not be opened: %s", error)
            device = self._device_on([miniaudio.Backend.NULL])
        if self._backends is None and device.backend == "Null":
            _log.warning("No sound card was found: playback runs in silence")
        weakref.finalize(self, device.close)  # its thread runs Python: it must end before Python
        return device

    def _device_on(self, backends: list[miniaudio.Backend] | None) -> miniaudio.PlaybackDevice:
        import miniaudio

        return miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.FLOAT32,
            sample_rate=self._rate_hz,
            buffersize_msec=PERIODS_MS[self._period],
            backends=backends,
            app_name="IndieArtist",
        )

    def _lengthen(self) -> None:
        """Close the device, so that it opens again with the next longer period."""
        self.stop()
        if self._device:
            self._device.close()
        self._device, self._late = None, 0
        self._period += 1
        _log.info("Sound came late: the buffer is now %d ms", PERIODS_MS[self._period])

    def _feed(self, render: Render) -> Generator[object, int, None]:
        """What miniaudio pulls blocks from, in its own thread; watches for late pulls."""
        frames = yield b""
        asked_at = time.monotonic()
        while True:
            frames = yield render(frames)
            now = time.monotonic()
            self._late += now - asked_at > _LATE * PERIODS_MS[self._period] / 1000
            asked_at = now


def _likely_backends() -> list[miniaudio.Backend] | None:
    """Servers alone on a Linux with no card, where ALSA would print its failures; else all."""
    import miniaudio

    if sys.platform != "linux" or any(Path("/dev/snd").glob("pcm*p")):
        return None
    return [miniaudio.Backend.PULSEAUDIO, miniaudio.Backend.JACK, miniaudio.Backend.NULL]

"""The sound device on a thread of its own: opening one may take a second, and nobody waits."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from indieartist.ui.desk import Desk

_SILENT = "There is no sound card, so this plays in silence."

Told = Callable[[BaseException | None], None]


class Sink(Protocol):
    """A device that asks for sound when it needs some; `audio.sinks` has them."""

    @property
    def latency_ms(self) -> float:
        """Time from the asking for a frame to its being heard."""
        ...

    def start(self, render: Any) -> None:
        """Call `render(frames)` from now on."""
        ...

    def stop(self) -> None:
        """Call no more."""
        ...


@lru_cache(maxsize=1)
def _thread() -> ThreadPoolExecutor:
    """The one thread that all devices are opened, started, stopped and closed on, in order."""
    return ThreadPoolExecutor(1, thread_name_prefix="sound")


class PatientSink:
    """A sink whose device is worked by the sound's thread; the caller goes on at once.

    `told` is called on that thread after each start: with None, or with the error.
    """

    def __init__(self, sink: Sink, told: Told) -> None:
        self._held: list[Sink] = [sink]
        self._told = told
        farewell = weakref.finalize(self, _submit, _let_go, self._held)
        farewell.atexit = False  # at the end of the program the device's own farewell comes

    @property
    def latency_ms(self) -> float:
        """As the device says."""
        return self._held[0].latency_ms

    @property
    def audible(self) -> bool:
        """Whether a sound card plays; known once it was told that the device has started."""
        return bool(getattr(self._held[0], "audible", True))

    def start(self, render: Any) -> None:
        """Have the device started."""
        _submit(_start, self._held[0], render, self._told)

    def stop(self) -> None:
        """Have the device stopped."""
        _submit(self._held[0].stop)


class SoundCard(QObject):
    """Makes the player's sinks, and says what they say: `failed` when one did not start."""

    failed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._listened, self._told_silence = False, False
        self.buffer_ms = 60  # from the next song on

    def heed(self, on: bool) -> None:
        """Say what a device says only while a track is on."""
        self._listened = on

    def make_sink(self, rate_hz: int) -> PatientSink:
        """The system's own, kept off the window's thread; called by a worker."""
        from indieartist.services.listening import sound_card

        return self.watched(sound_card(rate_hz, self.buffer_ms))

    def watched(self, device: Sink) -> PatientSink:
        """A device that nobody waits for, and whose word is heard here."""

        def told(error: BaseException | None) -> None:
            audible = bool(getattr(device, "audible", True))
            self._desk.bridge.post(lambda: self._tell(error, audible))

        return PatientSink(device, told)

    def _tell(self, error: BaseException | None, audible: bool) -> None:
        """Say that there is no sound, and once that there is no sound card."""
        if not self._listened:
            return
        if error is not None:
            self.failed.emit()
            self._desk.bridge.present(error)
        elif not audible and not self._told_silence:
            self._told_silence = True
            self._desk.say(_SILENT, "info")


def _submit(work: Callable[..., object], *args: Any) -> None:
    try:
        _thread().submit(work, *args)
    except RuntimeError:  # the program is ending: the device ends with it
        return


def _start(sink: Sink, render: Any, told: Told) -> None:
    try:
        sink.start(render)
    except Exception as error:  # noqa: BLE001 - whatever the device says is told, on the window's thread
        told(error)
    else:
        told(None)


def _let_go(held: list[Sink]) -> None:
    """Stop the device and drop its last reference here, where closing it may take its time."""
    sink = held.pop()
    sink.stop()

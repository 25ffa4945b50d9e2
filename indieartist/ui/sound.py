"""The sound device on a thread of its own: opening one may take a second, and nobody waits."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, Protocol

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

"""Requests to stop: a signal becomes an exception, and work that would be half done is finished first."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import NoReturn


class Stopped(BaseException):
    """The user or the system asked hojo to stop; `number` is that of the signal, `name` what it is called."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.name = signal.Signals(number).name


_PATIENCE: Final = 1
"""Seconds. A block that takes longer waits for somebody who reads nothing, or opens nothing."""


class _Requests:
    """What the handler of signals and the code it interrupts share."""

    patient = 0
    waiting = 0


@contextmanager
def stoppable(*signals: str) -> Iterator[None]:
    """Each of the signals raises `Stopped` here, but not in a block that is patient; twice, or after a while, it does.

    A signal that hojo was started to ignore (`nohup`, a job in the background of a script) stays ignored.
    """

    def asked(number: int, _frame: FrameType | None) -> None:
        if not _Requests.patient or _Requests.waiting:
            _stop(number)
        _Requests.waiting = number
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, _PATIENCE)

    def late(_number: int, _frame: FrameType | None) -> None:
        if _Requests.waiting:
            _stop(_Requests.waiting)

    previous = {}
    try:
        for name in signals:
            number = getattr(signal, name)
            if signal.getsignal(number) is not signal.SIG_IGN:
                previous[number] = signal.signal(number, asked)
        if hasattr(signal, "SIGALRM"):
            previous[signal.SIGALRM] = signal.signal(signal.SIGALRM, late)
    except ValueError:  # not in the main thread: whoever runs us has other means
        pass
    try:
        yield
    finally:
        _calm()
        for number, before in previous.items():
            signal.signal(number, before)
        _Requests.patient = 0


def _stop(number: int) -> NoReturn:
    _calm()
    raise Stopped(number)


def _calm() -> None:
    """No request is waiting any more."""
    if _Requests.waiting:
        _Requests.waiting = 0
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def patiently() -> Iterator[None]:
    """A first request to stop waits until the end of this block and of those around it, but not for ever."""
    _Requests.patient += 1
    try:
        yield
    finally:
        _Requests.patient = max(_Requests.patient - 1, 0)
    if _Requests.waiting and not _Requests.patient:
        _stop(_Requests.waiting)

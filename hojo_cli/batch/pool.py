"""Many tasks over worker processes: results in the order of the tasks, as soon as they are there, and none of them lost.

Tasks go out in chunks, and only a few chunks are out at a time. When a worker dies, its executor is of no use any more: what was out
is tried again one by one. A task that takes its worker with it twice is given up, and only that one.
"""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")

FEW: Final = 64
"""Fewer tasks than this stay in one process: starting workers would cost more."""
_SELDOM: Final = 200_000
"""Nodes of applicants form no circles: looking for some after every 700 new objects would cost a fifth of the time."""
_CHUNK: Final = 32
_WEIGHT: Final = 1 << 18
_AHEAD: Final = 4
_TRIES: Final = 2
_GRACE: Final = 0.5
"""Seconds that workers have to finish what they are at when nobody wants it any more. Killed while it writes, one would be waited for."""

Make = Callable[[], Callable[[T], R]]
"""Makes what does a task; called once in each process."""
GivenUp = Callable[[T, str], R]
"""The result of a task that could not be done: it ended its worker (no reason) or raised (what)."""


def processors() -> int:
    """Processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def ordered(
    tasks: Iterable[T],
    make: Make[T, R],
    given_up: GivenUp[T, R],
    weigh: Callable[[T], int],
    *,
    jobs: int,
    start: str = "",
) -> Generator[R]:
    """One result for each task, in their order. At most a few chunks are ahead of the slowest, whatever their number.

    `start` is how processes begin (`fork`, `forkserver`, `spawn`); empty for the best that is safe here.
    """
    gc.set_threshold(_SELDOM)
    pending = iter(tasks)
    first = list(islice(pending, FEW))
    work = _careful(make(), given_up)
    if jobs <= 1 or len(first) < FEW:
        yield from map(work, chain(first, pending))
        return
    workers = _Workers(make, given_up, work, jobs, start or ("fork" if sys.platform == "linux" else "spawn"))
    chunks = _chunks(chain(first, pending), weigh)
    gc.collect()
    gc.freeze()  # what is shared with the workers stays shared
    try:
        for chunk in chunks:
            unfinished = yield from workers.together(chain((chunk,), chunks))
            for lost, future in unfinished:
                yield from workers.one_by_one(lost) if future.exception() else future.result()
    finally:
        gc.unfreeze()


def _careful(work: Callable[[T], R], given_up: GivenUp[T, R]) -> Callable[[T], R]:
    """A mistake in hojo costs the one task it happens at."""

    def careful(task: T) -> R:
        try:
            return work(task)
        except Exception as problem:  # noqa: BLE001  # the last door of a task
            if os.environ.get("HOJO_DEBUG"):
                sys.excepthook(type(problem), problem, problem.__traceback__)
            return given_up(task, f"{type(problem).__name__}: {problem}")

    return careful


def _chunks(tasks: Iterator[T], weigh: Callable[[T], int]) -> Iterator[list[T]]:
    """Small at first, so that results come soon; never heavy."""
    size, weight = _CHUNK // 8, 0
    chunk: list[T] = []
    for task in tasks:
        chunk.append(task)
        weight += weigh(task)
        if len(chunk) == size or weight > _WEIGHT:
            yield chunk
            chunk, weight, size = [], 0, min(size * 2, _CHUNK)
    if chunk:
        yield chunk


class _Workers(Generic[T, R]):
    """How the processes of a run begin, work together, and stand in for those that die."""

    def __init__(
        self, make: Make[T, R], given_up: GivenUp[T, R], work: Callable[[T], R], jobs: int, start: str
    ) -> None:
        self.make = make
        self.given_up = given_up
        self.work = work
        self.jobs = jobs
        self.start = start

    def together(self, chunks: Iterator[list[T]]) -> Generator[R, None, deque[tuple[list[T], Future[list[R]]]]]:
        """The results of the chunks until a worker dies; then what was out, each chunk with what came of it."""
        out: deque[tuple[list[T], Future[list[R]]]] = deque()
        with self.executor(self.jobs) as executor:
            while True:
                while len(out) <= _AHEAD * self.jobs and (chunk := next(chunks, None)):
                    out.append((chunk, _submit(executor, chunk)))
                if not out or out[0][1].exception():
                    break
                yield from out.popleft()[1].result()
        return out

    def one_by_one(self, tasks: list[T]) -> Iterator[R]:
        """The results of tasks of which one may have ended its worker; done in this process where there is no room for another."""
        queue = deque(tasks)
        deaths = 0
        while queue:
            with self.executor(1) as executor:
                while queue and not (problem := (future := _submit(executor, [queue[0]])).exception()):
                    queue.popleft()
                    deaths = 0
                    yield from future.result()
            if queue and isinstance(problem, OSError):
                yield self.work(queue.popleft())
            elif queue and deaths + 1 == _TRIES:
                yield self.given_up(queue.popleft(), "")
                deaths = 0
            else:
                deaths += 1

    @contextmanager
    def executor(self, jobs: int) -> Iterator[ProcessPoolExecutor]:
        """In the end no process is left, whatever it was at."""
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context
        from threading import Timer

        executor = ProcessPoolExecutor(jobs, get_context(self.start), _begin, (self.make, self.given_up))
        try:
            yield executor
        finally:
            timer = Timer(_GRACE, _terminate)
            timer.start()
            executor.shutdown(cancel_futures=True)
            timer.cancel()
            timer.join()
            _terminate()  # those of an executor that could not start them all


def _terminate() -> None:
    from multiprocessing import active_children

    for worker in active_children():
        worker.terminate()


def _submit(executor: ProcessPoolExecutor, chunk: list[T]) -> Future[list[Any]]:
    """What will come of a chunk: an exception where workers died, or where the system has no room for them.

    Requests to stop wait: a process that begins must not run the handlers of its parent, which are not for it.
    """
    import signal
    from concurrent.futures import BrokenExecutor, Future

    masked = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM)) if masked else ()
    try:
        return executor.submit(_do, chunk)
    except (BrokenExecutor, OSError) as problem:
        failed: Future[list[Any]] = Future()
        failed.set_exception(problem)
        return failed
    finally:
        if masked:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in a worker -----------------------------------------------------------------------------------------------------------

_work: Callable[[Any], Any]  # Any: an executor hands any task to it


def _begin(make: Make[T, R], given_up: GivenUp[T, R]) -> None:
    """The parent decides when to stop; where it is gone, so is the worker."""
    global _work  # noqa: PLW0603  # the calls of an executor share nothing else
    import signal
    from threading import Thread

    gc.set_threshold(_SELDOM)
    Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):  # see `_submit`
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))
    _work = _careful(make(), given_up)


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(0)


def _do(chunk: list[T]) -> list[Any]:
    return [_work(task) for task in chunk]

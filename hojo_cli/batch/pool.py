"""Many tasks over worker processes: results in the order of the tasks, as soon as they are there, and none of them lost.

Tasks go out in chunks, one chunk to a worker at a time, so that neither side ever waits to write while the other does. When a
worker is gone its tasks are tried again one by one; one that takes its worker with it twice is given up, and only that one.
"""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

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

    `start` is how processes begin (`fork`, `spawn`); empty for the best that is safe here.
    """
    gc.set_threshold(_SELDOM)
    pending = iter(tasks)
    first = list(islice(pending, FEW))
    if jobs <= 1 or len(first) < FEW:
        work = _careful(make(), given_up)
        for task in chain(first, pending):
            yield work(task)
        return
    with _Crew(make, given_up, jobs, start or ("fork" if sys.platform == "linux" else "spawn")) as crew:
        yield from crew.run(_chunks(chain(first, pending), weigh))


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


class _Chunk(Generic[T, R]):
    """Tasks that are out together, and what came of each."""

    def __init__(self, number: int, tasks: list[T]) -> None:
        self.number = number
        self.tasks = tasks
        self.results: dict[int, R] = {}
        self.losses = [0] * len(tasks)

    def settled(self) -> bool:
        return len(self.results) == len(self.tasks)


class _Worker(Generic[T, R]):
    """A process, the line to it, and the part of a chunk it has in hand."""

    def __init__(self, process: BaseProcess, line: Connection) -> None:
        self.process = process
        self.line = line
        self.job: tuple[_Chunk[T, R], list[int]] | None = None


class _Crew(Generic[T, R]):
    """The workers of one run."""

    def __init__(self, make: Make[T, R], given_up: GivenUp[T, R], jobs: int, start: str) -> None:
        import multiprocessing

        self.context = multiprocessing.get_context(start)
        self.make = make
        self.given_up = given_up
        self.jobs = jobs
        self.ready_made = _careful(make(), given_up) if start == "fork" else None
        self.workers: list[_Worker[T, R]] = []
        self.again: deque[tuple[_Chunk[T, R], list[int]]] = deque()

    def __enter__(self) -> _Crew[T, R]:
        gc.collect()
        gc.freeze()  # what is shared with the workers stays shared
        return self

    def __exit__(self, *problem: object) -> None:
        for worker in self.workers:
            worker.line.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        gc.unfreeze()

    def run(self, chunks: Iterator[list[T]]) -> Iterator[R]:
        """Hand out, take in, pass on in order."""
        open_: dict[int, _Chunk[T, R]] = {}
        number = following = 0
        exhausted = False
        while True:
            while len(open_) <= _AHEAD * self.jobs and not self.again and not exhausted and self.free():
                tasks = next(chunks, None)
                if tasks is None:
                    exhausted = True
                    break
                open_[number] = _Chunk(number, tasks)
                self.hand_out(open_[number], list(range(len(tasks))))
                number += 1
            while self.again and self.free():
                self.hand_out(*self.again.popleft())
            while following in open_ and open_[following].settled():
                chunk = open_.pop(following)
                following += 1
                for place in range(len(chunk.tasks)):
                    yield chunk.results[place]
            if exhausted and not open_:
                return
            self.take_in()

    def free(self) -> bool:
        """Whether a worker has nothing in hand, or another may be started."""
        return len(self.workers) < self.jobs or any(worker.job is None for worker in self.workers)

    def hand_out(self, chunk: _Chunk[T, R], places: list[int]) -> None:
        idle = next((worker for worker in self.workers if worker.job is None), None)
        try:
            worker = self.hire() if idle is None else idle
        except OSError:  # no room for another process
            self.do_without(chunk, places)
            return
        worker.job = (chunk, places)
        try:
            worker.line.send([chunk.tasks[place] for place in places])
        except OSError:
            self.lose(worker)

    def do_without(self, chunk: _Chunk[T, R], places: list[int]) -> None:
        """With the workers there are; where there is none, here."""
        self.jobs = len(self.workers) or 1
        if self.workers:
            self.again.append((chunk, places))
            return
        work = self.ready_made or _careful(self.make(), self.given_up)
        chunk.results.update((place, work(chunk.tasks[place])) for place in places)

    def take_in(self) -> None:
        """Wait for the workers that are at work, and take what they have."""
        from multiprocessing.connection import wait

        busy = {worker.line: worker for worker in self.workers if worker.job is not None}
        if not busy:
            return
        for line in wait(list(busy)):
            worker = busy[line]  # type: ignore[index]  # `wait` gives back what it got
            assert worker.job is not None
            try:
                results: list[R] = worker.line.recv()
            except (EOFError, OSError):
                self.lose(worker)
                continue
            chunk, places = worker.job
            worker.job = None
            chunk.results.update(zip(places, results, strict=True))

    def hire(self) -> _Worker[T, R]:
        ours, theirs = self.context.Pipe()
        inherited = [worker.line for worker in self.workers] + [ours] if self.ready_made else []
        arguments = (theirs, self.ready_made, None if self.ready_made else (self.make, self.given_up), inherited)
        process = self.context.Process(target=_serve, args=arguments, daemon=True)  # type: ignore[attr-defined]
        with _undisturbed():
            process.start()
        theirs.close()
        worker: _Worker[T, R] = _Worker(process, ours)
        self.workers.append(worker)
        return worker

    def lose(self, worker: _Worker[T, R]) -> None:
        """A worker is gone: what it had in hand is tried again, each task by itself."""
        self.workers.remove(worker)
        worker.line.close()
        worker.process.kill()
        worker.process.join()
        if worker.job is None:
            return
        chunk, places = worker.job
        if len(places) > 1:
            self.again.extend((chunk, [place]) for place in places)
            return
        place = places[0]
        chunk.losses[place] += 1
        if chunk.losses[place] < _TRIES:
            self.again.append((chunk, places))
        else:
            chunk.results[place] = self.given_up(chunk.tasks[place], "")


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Requests to stop wait: a process that begins must not run the handlers of its parent, which are not for it."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    line: Connection,
    ready_made: Callable[[T], R] | None,
    parts: tuple[Make[T, R], GivenUp[T, R]] | None,
    inherited: list[Connection],
) -> None:
    """A worker's life: chunk in, results out, until nobody is there any more."""
    import signal

    gc.set_threshold(_SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):  # see `_undisturbed`
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))
    for other in inherited:
        other.close()
    work = _careful(parts[0](), parts[1]) if parts is not None else ready_made
    assert work is not None
    try:
        while True:
            line.send([work(task) for task in line.recv()])
    except (EOFError, OSError):
        os._exit(0)

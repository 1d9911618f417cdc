"""Many tasks over worker processes: results in the order of the tasks, as soon as they are there, and none of them lost.

Tasks go out in chunks, and only a few chunks are out at a time. When a worker dies, its executor is of no use any more: what was out
is tried again one by one. A task that takes its worker with it twice is given up, and only that one.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

FEW: Final = 64
"""Fewer tasks than this stay in one process: starting workers would cost more."""
_SELDOM: Final = 200_000
"""Nodes of applicants form no circles: looking for some after every 700 new objects would cost a fifth of the time."""
_CHUNK: Final = 32
_WEIGHT: Final = 1 << 18

Work = Callable[[T], R]
"""Does a task. Processes that are copies have it as it is; to those that begin anew it is pickled."""
GivenUp = Callable[[T, str], R]
"""The result of a task that could not be done: it ended its worker (no reason) or raised (what)."""


def processors() -> int:
    """Processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def ordered(
    tasks: Iterable[T],
    work: Work[T, R],
    given_up: GivenUp[T, R],
    weigh: Callable[[T], int],
    *,
    jobs: int,
    start: str = "",
) -> Generator[R]:
    """One result for each task, in their order. At most a few chunks are ahead of the slowest, whatever their number.

    `start` is how processes begin (`fork`, `forkserver`, `spawn`); empty for the best that is safe here.
    """
    begin = partial(_begin, work, given_up)
    here = begin()
    pending = iter(tasks)
    first = list(islice(pending, FEW))
    if jobs <= 1 or len(first) < FEW:
        yield from map(here, chain(first, pending))
        return
    from hojo_cli.batch.workers import one_by_one, together

    start = start or ("fork" if sys.platform == "linux" else "spawn")
    chunks = _chunks(chain(first, pending), weigh)
    gc.collect()
    gc.freeze()  # what is shared with the workers stays shared
    try:
        for chunk in chunks:
            for tasks_out, future in (yield from together(chain((chunk,), chunks), begin, jobs, start)):
                if future.exception():
                    yield from one_by_one(tasks_out, begin, start, here, lambda task: given_up(task, ""))
                else:
                    yield from future.result()
    finally:
        gc.unfreeze()


def _begin(work: Work[T, R], given_up: GivenUp[T, R]) -> Work[T, R]:
    """What does a task, in this process; a mistake in hojo costs the one task it happens at."""
    gc.set_threshold(_SELDOM)

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

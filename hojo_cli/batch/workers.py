"""Processes that work on chunks of tasks: all of them together, or one that does tasks one by one where one may be deadly."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from multiprocessing import active_children, get_context, parent_process
from threading import Thread, Timer
from typing import Any, Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_AHEAD: Final = 4
_TRIES: Final = 2
_PATIENCE: Final = 1
"""Seconds without a result after which it is asked whether a worker has died."""
_GRACE: Final = 1
"""Seconds that workers have to finish what they are at when nobody wants it any more."""

Begin = Callable[[], Callable[[T], R]]
"""Run once in each worker: gives what does a task, and never raises."""


def together(
    chunks: Iterator[list[T]], begin: Begin[T, R], jobs: int, start: str
) -> Generator[R, None, deque[tuple[list[T], Future[list[R]]]]]:
    """The results of the chunks until a worker dies; then what was out, each chunk with what came of it."""
    out: deque[tuple[list[T], Future[list[R]]]] = deque()
    with _Executor(jobs, start, begin) as executor:
        while True:
            while len(out) <= _AHEAD * jobs and (chunk := next(chunks, None)):
                out.append((chunk, executor.hand_out(chunk)))
            if not out or executor.problem(out[0][1]):
                break
            yield from out.popleft()[1].result()
    return out


def one_by_one(
    tasks: list[T], begin: Begin[T, R], start: str, here: Callable[[T], R], died: Callable[[T], R]
) -> Iterator[R]:
    """The results of tasks of which one may have ended its worker; done `here` where there is no room for another."""
    queue = deque(tasks)
    deaths = 0
    while queue:
        with _Executor(1, start, begin) as executor:
            while queue and not (problem := executor.problem(future := executor.hand_out([queue[0]]))):
                queue.popleft()
                deaths = 0
                yield from future.result()
        if queue and isinstance(problem, OSError):
            yield here(queue.popleft())
        elif queue and deaths + 1 == _TRIES:
            yield died(queue.popleft())
            deaths = 0
        else:
            deaths += 1


class _Executor(ProcessPoolExecutor):
    """Used as a context: in the end no process is left, whatever it was at."""

    def __init__(self, jobs: int, start: str, begin: Begin[T, R]) -> None:
        super().__init__(jobs, get_context(start), _begin, (begin,))
        self.answers: Any = self._result_queue  # Any: typeshed knows nothing of its ends
        self.begun = 0

    def hand_out(self, chunk: list[T]) -> Future[list[Any]]:
        """What will come of a chunk: an exception where workers died, or where the system has no room for them.

        Requests to stop wait: a process that begins must not run the handlers of its parent, which are not for it.
        """
        masked = hasattr(signal, "pthread_sigmask")
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM)) if masked else ()
        try:
            return self.submit(_do, chunk)
        except (BrokenExecutor, OSError) as problem:
            failed: Future[list[Any]] = Future()
            failed.set_exception(problem)
            return failed
        finally:
            self.begun = max(self.begun, len(active_children()))
            if masked:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def problem(self, future: Future[list[R]]) -> BaseException | None:
        """What went wrong with a chunk, None where nothing did; waits for it."""
        while True:
            try:
                return future.exception(_PATIENCE)
            except TimeoutError:
                if len(active_children()) < self.begun:
                    self.give_up()

    def give_up(self) -> None:
        """End the workers, and with them the wait for the rest of an answer whose writer died half-way (docs/decisions/0014)."""
        for worker in active_children():
            worker.kill()
        self.answers._writer.close()  # noqa: SLF001  # the last one who could still write

    def __exit__(self, *problem: object) -> None:
        timer = Timer(_GRACE, self.give_up)
        timer.start()
        self.shutdown(cancel_futures=True)
        timer.cancel()
        timer.join()
        for worker in active_children():  # of an executor that could not start them all
            worker.kill()


# --- in a worker -----------------------------------------------------------------------------------------------------------

_work: Callable[[Any], Any]  # Any: an executor hands any task to it


def _begin(begin: Begin[T, R]) -> None:
    """The parent decides when to stop; where it is gone, so is the worker."""
    global _work  # noqa: PLW0603  # the calls of an executor share nothing else
    parent = parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        parent.join()
        os._exit(0)

    Thread(target=end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):  # see `hand_out`
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))
    _work = begin()


def _do(chunk: list[T]) -> list[Any]:
    return [_work(task) for task in chunk]

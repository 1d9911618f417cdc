"""`python -m hojo_cli` and the `hojo` script: an exit code also for who interrupts while modules are still loading."""

from __future__ import annotations

import gc
import os
import sys
from types import TracebackType

INTERRUPTED = 130


def main() -> int:
    """The exit code of the run."""
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = _unraisable
    try:
        from hojo_cli.cli.run import run

        return run()
    except (KeyboardInterrupt, RuntimeError) as problem:  # a class in the making dresses it up, until Python 3.11
        if not isinstance(problem, KeyboardInterrupt) and not isinstance(problem.__cause__, KeyboardInterrupt):
            raise
        try:
            return _interrupted()
        except KeyboardInterrupt:  # twice: without a word, but without a traceback too
            os._exit(INTERRUPTED)
    finally:
        gc.freeze()  # Python would look through everything once more on its way out, a sixth of a short run


def _interrupted() -> int:
    from hojo_cli.cli.run import stopped

    return stopped("SIGINT", INTERRUPTED)


def _unraisable(lost: sys.UnraisableHookArgs) -> None:
    """An interruption may fall into a callback of the interpreter, which would print it and go on."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        os._exit(_interrupted())
    sys.__unraisablehook__(lost)


def _uncaught(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        os._exit(_interrupted())
    sys.__excepthook__(kind, problem, trace)


if sys.excepthook is sys.__excepthook__:  # the script that calls `main` may be interrupted just before and after it
    sys.excepthook = _uncaught


if __name__ == "__main__":
    sys.exit(main())

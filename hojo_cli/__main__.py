"""`python -m hojo_cli` and the `hojo` script: from the command line to an exit code, never to a traceback."""

from __future__ import annotations

import gc
import os
import sys
from types import TracebackType

INTERRUPTED = 130


def main() -> int:
    """An exit code, also for who interrupts while modules are still loading."""
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = _unraisable
    try:
        return run()
    except (KeyboardInterrupt, RuntimeError) as problem:
        if not _interruption(problem):
            raise
        try:
            return _interrupted()
        except KeyboardInterrupt:  # twice: without a word, but without a traceback too
            os._exit(INTERRUPTED)
    finally:
        gc.freeze()  # Python would look through everything once more on its way out, a sixth of a short run


def run() -> int:
    """The command line read and done; every way out but an interruption is an exit code."""
    gc.set_threshold(50_000)  # the nodes of a ruleset stay: looking through them again and again is in vain
    from hojo_cli import terminal
    from hojo_cli.base.finding import THE_CALL, HojoError
    from hojo_cli.files import streams
    from hojo_cli.files.signals import Stopped, stoppable
    from hojo_cli.messages import finding

    streams.prepare()
    lang = terminal.language(sys.argv[1:])
    try:
        with stoppable("SIGTERM"):
            from hojo_cli.cli import app

            return app.run(lang)
    except Stopped as stopped:
        return _stopped(stopped.name, 128 + stopped.number)
    except HojoError as trouble:
        streams.complain(trouble.findings, lang)
    except Exception as problem:  # the last door: no input may show a traceback
        if os.environ.get("HOJO_DEBUG") or _interruption(problem):
            raise
        streams.complain([finding("HJ099", THE_CALL, reason=f"{type(problem).__name__}: {problem}")], lang)
    return 2


def _interruption(problem: BaseException) -> bool:
    """Until Python 3.11 a class in the making dresses it up as a `RuntimeError`."""
    return isinstance(problem, KeyboardInterrupt) or isinstance(problem.__cause__, KeyboardInterrupt)


def _interrupted() -> int:
    return _stopped("SIGINT", INTERRUPTED)


def _stopped(signal: str, code: int) -> int:
    from hojo_cli import terminal
    from hojo_cli.base.finding import THE_CALL
    from hojo_cli.files import streams
    from hojo_cli.messages import finding

    streams.last_words([finding("HJ017", THE_CALL, signal=signal)], terminal.language(sys.argv[1:]))
    return code


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

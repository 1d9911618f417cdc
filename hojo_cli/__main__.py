"""`python -m hojo_cli` and the `hojo` script: from the command line to an exit code, never to a traceback."""

import gc
import os
import sys

TYPE_CHECKING = False  # `typing` is not loaded for `--version`
if TYPE_CHECKING:
    from types import TracebackType

INTERRUPTED = 130


def main() -> int:
    """An exit code, also for who interrupts while modules are still loading."""
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = _unraisable
    try:
        return _version() if sys.argv[1:] == ["--version"] else run()
    except (KeyboardInterrupt, RuntimeError) as problem:
        if not _interruption(problem):
            raise
        try:
            return _interrupted()
        except KeyboardInterrupt:  # twice: without a word, but without a traceback too
            os._exit(INTERRUPTED)


def _version() -> int:
    """The version alone is told without loading anything else."""
    from hojo_cli import __version__

    try:
        sys.stdout.write(f"hojo {__version__}\n")
        sys.stdout.flush()
    except (
        OSError,
        ValueError,
        AttributeError,
    ):  # a full disk, a closed stream, none at all: what to say of it takes more
        return run()
    return 0


def run() -> int:
    """An ordinary line at once, any other by way of typer; every way out but an interruption is an exit code."""
    gc.set_threshold(
        50_000
    )  # the thousands of nodes of a ruleset stay: to look them through again and again is in vain
    from hojo_cli import plain
    from hojo_cli.base import language
    from hojo_cli.base.finding import THE_CALL, HojoError
    from hojo_cli.files import streams
    from hojo_cli.files.signals import Stopped, stoppable
    from hojo_cli.messages import finding

    streams.prepare()
    lang = language.chosen(sys.argv[1:], os.environ)
    try:
        with stoppable("SIGTERM"):
            if "_HOJO_COMPLETE" in os.environ and (told := _completed(lang)) is not None:
                return told
            call = plain.read(sys.argv[1:], os.environ)
            if call is None:
                from hojo_cli import cli

                return cli.run(lang)
            from hojo_cli.verbs import FUNCTIONS

            return FUNCTIONS[call.words](**call.values)
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
    from hojo_cli.base import language
    from hojo_cli.base.finding import THE_CALL
    from hojo_cli.files import streams
    from hojo_cli.messages import finding

    lang = language.chosen(sys.argv[1:], os.environ)
    streams.last_words([finding("HJ017", THE_CALL, signal=signal)], lang)
    return code


def _unraisable(lost: "sys.UnraisableHookArgs") -> None:
    """An interruption may fall into a callback of the interpreter, which would print it and go on."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        os._exit(_interrupted())
    sys.__unraisablehook__(lost)


def _uncaught(kind: type[BaseException], problem: BaseException, trace: "TracebackType | None") -> None:
    if issubclass(kind, KeyboardInterrupt):
        os._exit(_interrupted())
    sys.__excepthook__(kind, problem, trace)


if sys.excepthook is sys.__excepthook__:  # the script that calls `main` may be interrupted just before and after it
    sys.excepthook = _uncaught


def _completed(lang: str) -> int | None:
    """Tell a shell the words it may offer; None where typer has to."""
    from hojo_cli import complete
    from hojo_cli.files import streams

    found = complete.answer(os.environ, lang)
    if found is None:
        return None
    streams.print_out(found.text + "\n", "table")
    return found.code


if __name__ == "__main__":
    sys.exit(main())

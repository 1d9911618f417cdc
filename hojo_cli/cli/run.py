"""From the command line to an exit code, never to a traceback.

What it needs is imported inside: who interrupts while modules load is answered by this one, which must be whole by then.
"""

from __future__ import annotations

import gc
import os
import sys


def run() -> int:
    """The command line read and done; every way out but an interruption is an exit code."""
    gc.set_threshold(200_000)  # the nodes of a ruleset stay: looking through them again and again is in vain
    from hojo_cli.base.finding import THE_CALL, HojoError
    from hojo_cli.cli import terminal
    from hojo_cli.files import streams
    from hojo_cli.files.signals import Stopped, stoppable
    from hojo_cli.messages import finding

    streams.prepare()
    lang = terminal.language(sys.argv[1:])
    try:
        with stoppable("SIGTERM"):
            from hojo_cli.cli import app

            return app.run(lang)
    except Stopped as problem:
        return stopped(problem.name, 128 + problem.number)
    except HojoError as trouble:
        streams.complain(trouble.findings, lang)
    except Exception as problem:  # the last door: no input may show a traceback
        if os.environ.get("HOJO_DEBUG") or isinstance(problem.__cause__, KeyboardInterrupt):
            raise
        streams.complain([finding("HJ099", THE_CALL, reason=f"{type(problem).__name__}: {problem}")], lang)
    return 2


def stopped(signal: str, code: int) -> int:
    """One line for who stopped the run; the exit code handed on."""
    from hojo_cli.base.finding import THE_CALL
    from hojo_cli.cli import terminal
    from hojo_cli.files import streams
    from hojo_cli.messages import finding

    streams.last_words([finding("HJ017", THE_CALL, signal=signal)], terminal.language(sys.argv[1:]))
    return code

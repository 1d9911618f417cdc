"""`python -m hojo_cli` and the `hojo` script: from the command line to an exit code, never to a traceback."""

import gc
import os
import sys


def main() -> int:
    """The version alone is told without loading anything else."""
    if sys.argv[1:] == ["--version"]:
        from hojo_cli import __version__

        sys.stdout.write(f"hojo {__version__}\n")
        return 0
    return run()


def run() -> int:
    """An ordinary line at once, any other by way of typer; every way out is an exit code."""
    gc.set_threshold(
        50_000
    )  # rulesets are thousands of nodes that stay; looking through them again and again costs a tenth
    from hojo_cli import language, output, plain
    from hojo_cli.catalogue import finding
    from hojo_cli.finding import HojoError, Location

    output.prepare()
    lang = language.chosen(sys.argv[1:], os.environ)
    try:
        call = plain.read(sys.argv[1:], os.environ)
        if call is None:
            from hojo_cli import cli

            return cli.run(lang)
        from hojo_cli.verbs import FUNCTIONS

        return FUNCTIONS[call.words](**call.values)
    except KeyboardInterrupt:
        return 130
    except HojoError as trouble:
        output.complain(trouble.findings, lang)
    except Exception as problem:  # the last door: no input may show a traceback
        if os.environ.get("HOJO_DEBUG"):
            raise
        output.complain([finding("HJ099", Location("hojo"), reason=f"{type(problem).__name__}: {problem}")], lang)
    return 2


if __name__ == "__main__":
    sys.exit(main())

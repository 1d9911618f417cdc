"""`python -m hojo_cli` and the `hojo` script."""

import sys


def main() -> int:
    """The version alone is told without loading anything else."""
    if sys.argv[1:] == ["--version"]:
        from hojo_cli import __version__

        sys.stdout.write(f"hojo {__version__}\n")
        return 0
    from hojo_cli.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())

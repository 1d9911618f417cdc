"""Which files are not to be checked: those of `--exclude`, and those that `--changed` finds as they were at a revision of git."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from typing import Final

from hojo_cli.base.finding import THE_CALL, HojoError, Location, Text, untranslated
from hojo_cli.batch.discovery import expression
from hojo_cli.files.reference import refer
from hojo_cli.messages import finding
from hojo_cli.messages.os_errors import why
from hojo_cli.rules import library

_OPTION: Final = "--changed"
UNCHANGED: Final = Text("変わっていないファイル", "unchanged files")


def excluded(globs: Sequence[str]) -> Callable[[str], bool]:
    """Whether a path is left out: by its own name, or that of a folder it is in.

    A glob without `/` is for names anywhere, any other for paths as seen from the working folder.
    """
    if not globs:
        return lambda _: False
    whole = "|".join(expression(glob if "/" in glob else f"**/{glob}") for glob in map(_posix, globs))
    matches = re.compile(f"(?:{whole})(?:/.*)?", re.DOTALL | (re.IGNORECASE if os.name == "nt" else 0)).fullmatch
    return lambda path: matches(_posix(os.path.relpath(refer(path).path))) is not None


def _posix(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/")


def unchanged(revision: str, rules: str) -> Callable[[str], bool]:
    """Whether git knows a file to be as it was at `revision` (`HEAD`, `origin/main`, `A...B`). `HojoError` where git cannot tell.

    What git does not track is not known to be. Where the ruleset is a file that differs, so may every result: nothing is unchanged then.
    """
    if revision.startswith("-"):
        raise _refused(revision, Text("リビジョンではありません", "not a revision"))
    top = os.path.realpath(os.fsdecode(_git(revision, ".", "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    differing = _git(revision, top, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", revision, "--").split(
        b"\0"
    )
    tracked = set(_git(revision, top, "ls-files", "-z").split(b"\0"))
    same = {os.path.normcase(os.path.join(top, os.fsdecode(name))) for name in tracked.difference(differing)}

    def known(path: str) -> bool:
        return os.path.normcase(os.path.realpath(refer(path).path)) in same

    if rules and library.is_path(rules) and not known(rules):
        return lambda _: False
    return known


def _git(revision: str, folder: str, *arguments: str) -> bytes:
    import subprocess

    told = ["git", "-c", "core.fsmonitor=false", "-C", folder, *arguments]
    try:
        done = subprocess.run(told, capture_output=True, stdin=subprocess.DEVNULL, check=False)  # noqa: S603  # git alone
    except FileNotFoundError:
        raise HojoError(finding("HJ495", THE_CALL, reason=Text("見つかりません", "not found"))) from None
    except OSError as problem:
        raise HojoError(finding("HJ495", THE_CALL, reason=why(problem))) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise _refused(revision, untranslated(said))
    return done.stdout


def _refused(revision: str, reason: Text) -> HojoError:
    return HojoError(finding("HJ496", Location(_OPTION, 0, 0), revision=revision, reason=reason))

"""The command line run in this process: the same arguments, folder, environment, bytes and exit code as in one of its own.

Starting Python for each of some hundred calls takes a minute. What only a process of its own shows (signals, redirections, outputs that
take nothing, hash seeds) is tested in one: `test_surroundings`, `test_batch_faults`, `test_cli.shell`.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TextIO

from subjects import ROOT

from hojo_cli import __main__ as door

FOREIGN: Final = (
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
    "NO_COLOR",
    "FORCE_COLOR",
    "PYTHONIOENCODING",
    "COLUMNS",
    "GITHUB_ACTIONS",
    "HOJO_AMBIGUOUS_WIDTH",
    "TERM",
)
"""What this machine may say of language, colours, widths and runners."""


def clean() -> dict[str, str]:
    """The environment without anything foreign."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN} | {"LC_ALL": "C.UTF-8"}


def hojo(*arguments: object, cwd: Path = ROOT, **environment: str) -> CompletedProcess[bytes]:
    """What it prints on both streams, and its exit code. Nothing can be read from standard input."""
    words = [str(argument) for argument in arguments]
    surroundings = clean() | environment
    encoding = surroundings.get("PYTHONIOENCODING", "utf-8")
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="", write_through=True) for _ in range(2)]
    with surrounded(words, cwd, surroundings):
        code = called(*streams)
    texts = []
    for stream in streams:
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        texts.append(stream.buffer.getvalue())
    return CompletedProcess(words, code, *texts)


def called(out: TextIO | None, err: TextIO) -> int:
    """The exit code of a call that writes to these streams; None is one that was closed beforehand."""
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code: object = door.main()
        except SystemExit as ended:
            code = ended.code or 0
    assert isinstance(code, int)
    return code


@contextmanager
def surrounded(words: list[str], cwd: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Arguments, working folder, environment and an empty standard input, as they were afterwards."""
    argv, stdin, folder, before = sys.argv, sys.stdin, Path.cwd(), dict(os.environ)
    sys.argv, sys.stdin = ["hojo", *words], io.TextIOWrapper(io.BytesIO())
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        os.chdir(folder)
        sys.argv, sys.stdin = argv, stdin

"""What surrounds every command: an output that takes nothing, a request to stop, a request that hojo was told to ignore."""

from __future__ import annotations

import io
import os
import shlex
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from command_line import VERBS
from subjects import ROOT, few
from this_process import called, clean, surrounded

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, shells and devices of a Unix system")

BOUND = 120
SHOP = "examples/shop.yaml"
HOJO = f"{shlex.quote(sys.executable)} -m hojo_cli"
COMMANDS = {
    "estimate": ("estimate", SHOP),
    "check": ("check", SHOP),
    "advise": ("advise", SHOP),
    "curve": ("curve", SHOP, "--vary", "items[0].amount"),
    "diff": ("diff", "2025", "2025"),
    "verify": ("verify", "tests/programmes/market.yaml"),
    "rules": ("rules",),
    "rules show": ("rules", "show", "2026"),
    "rules explain": ("rules", "explain", "HJ205"),
    "schema": ("schema", "applicant"),
    "new": ("new",),
    "page": ("page", "2026"),
    "sql": ("sql", "2026"),
}
FORMATS = [
    ("estimate", SHOP, "-f", "json"),
    ("estimate", SHOP, "-f", "tree"),
    ("estimate", SHOP, "--explain", "--format", "markdown"),
    *(
        ("check", SHOP, "-f", form)
        for form in ("json", "jsonl", "csv", "markdown", "junit", "sarif", "github", "gitlab")
    ),
    ("verify", "tests/programmes/market.yaml", "--format", "sarif"),
    ("new", "--format", "csv"),
]
SHOWN = [
    ("--version",),
    ("--help",),
    ("-h",),
    ("--show-completion", "bash"),
    *((*words, option) for words in VERBS for option in ("--help", "--version")),
]


def test_every_verb_is_tried_here() -> None:
    assert {tuple(name.split()) for name in COMMANDS} == set(VERBS) - {("convert",), ("table",)}  # which write files


@pytest.mark.parametrize("arguments", few(COMMANDS.values(), 2), ids=" ".join)
@pytest.mark.parametrize("target", ["> /dev/full", ">&-"], ids=["full", "closed"])
def test_an_output_that_takes_nothing_is_one_line_and_2(arguments: tuple[str, ...], target: str) -> None:
    if "full" in target and not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    line = f"{HOJO} {shlex.join(arguments)} {target}"
    done = subprocess.run(line, shell=True, cwd=ROOT, capture_output=True, text=True, timeout=BOUND, check=False)
    assert done.returncode == 2
    one_line(done.stderr)


def one_line(told: str) -> None:
    """That the output takes nothing, and nothing else."""
    heads = [said for said in told.splitlines() if not said.startswith(" ")]
    assert len(heads) == 1 and " HJ011 " in heads[0], told


@pytest.mark.parametrize("arguments", [*FORMATS, *SHOWN], ids=" ".join)
@pytest.mark.parametrize("target", ["full", "closed"])
def test_the_same_in_every_format_and_for_every_help(arguments: tuple[str, ...], target: str) -> None:
    if target == "full" and not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    environment = clean() | {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}  # `bash` is named
    told = io.StringIO()
    with ExitStack() as stack:
        out = stack.enter_context(Path("/dev/full").open("w", encoding="utf-8")) if target == "full" else None
        stack.enter_context(surrounded(list(arguments), ROOT, environment))
        assert called(out, told) == 2
    one_line(told.getvalue())


def test_an_output_that_takes_nothing_is_told_to_a_shell_that_completes_too() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    environment = os.environ | {"_HOJO_COMPLETE": "complete_bash", "COMP_WORDS": "hojo est", "COMP_CWORD": "1"}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hojo_cli"],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=BOUND,
            check=False,
        )
    assert done.returncode == 2
    assert "HJ011" in done.stderr and "Traceback" not in done.stderr


# --- requests to stop -------------------------------------------------------------------------------------------------------

# Each command reads its files or its ruleset: there the request comes, as if from outside.
ASKED = """
import signal, sys
from hojo_cli import __main__
from hojo_cli.rules import library
content = library.content
def asked(name):
    signal.raise_signal(signal.{signal})
    return content(name)
library.content = asked
sys.argv = ["hojo", *sys.argv[1:]]
sys.exit(__main__.main())
"""
# `rules explain` reads nothing, and `curve` reads as `advise` does.
READING = {name: arguments for name, arguments in COMMANDS.items() if name not in ("rules explain", "curve")}


def asked(arguments: tuple[str, ...], name: str, *, ignoring: bool = False) -> subprocess.CompletedProcess[str]:
    def ignore() -> None:
        signal.signal(getattr(signal, name), signal.SIG_IGN)

    return subprocess.run(
        [sys.executable, "-c", ASKED.format(signal=name), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=BOUND,
        check=False,
        preexec_fn=ignore if ignoring else None,
    )


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
@pytest.mark.parametrize("arguments", few(READING.values(), 3), ids=" ".join)
def test_a_request_to_stop_is_one_line_and_its_own_code(arguments: tuple[str, ...], name: str, code: int) -> None:
    done = asked(arguments, name)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and name in done.stderr


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("arguments", few(READING.values(), 1), ids=" ".join)
def test_a_request_that_hojo_was_started_to_ignore_is_ignored(arguments: tuple[str, ...], name: str) -> None:
    """As in a script that runs it in the background: Ctrl-C is for what stands in the foreground."""
    done = asked(arguments, name, ignoring=True)
    assert done.returncode in (0, 1), done.stderr
    assert name not in done.stderr
    assert done.stdout


@pytest.mark.parametrize("arguments", [("diff", "2024", "2026", "--witness"), ("verify", "--boundaries")], ids=" ".join)
def test_a_command_that_is_stopped_leaves_no_part_of_a_folder(arguments: tuple[str, ...], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hojo_cli", *arguments, str(tmp_path / "above" / "out")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    limit = time.monotonic() + BOUND
    while arguments[0] == "verify" and not list(tmp_path.rglob("*.yaml")) and process.poll() is None:
        assert time.monotonic() < limit
        time.sleep(1 / 50)
    if arguments[0] == "diff":
        time.sleep(1)
    process.terminate()
    out, told = process.communicate(timeout=BOUND)
    assert process.returncode == 143, told
    assert out == "" and "SIGTERM" in told
    assert not list(tmp_path.iterdir())

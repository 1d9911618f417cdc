"""What a shell is offered at Tab: the words typer would offer, sooner, and the values of options besides."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from subjects import ROOT

from hojo_cli import complete

LINES = [
    "hojo ",
    "hojo es",
    "hojo rules ",
    "hojo rules s",
    "hojo estimate --f",
    "hojo check a.yaml --",
    "hojo zzz",
    "hojo check -",
]
OWN = ("--install-completion", "--show-completion")


def asked(shell: str, line: str) -> dict[str, str]:
    """The environment in which the script of a shell asks."""
    words = line.split(" ")
    begun = words[-1]
    return {
        "_HOJO_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    } | ({"_TYPER_COMPLETE_WORD_TO_COMPLETE": begun} if "shell" in shell else {})


def run(program: str, environment: dict[str, str]) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        env=os.environ | environment,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert done.stderr == b""
    told = done.stdout.decode().strip().removeprefix("_arguments '*: :((").removesuffix("))'")
    return done.returncode, sorted(word for word in told.split("\n") if not word.strip('"').startswith(OWN))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize("line", LINES)
def test_a_shell_is_offered_what_typer_would_offer(shell: str, line: str) -> None:
    by_typer = "import sys; sys.argv = ['hojo']; from hojo_cli import cli; sys.exit(cli.run('ja'))"
    by_table = "import sys; sys.argv = ['hojo']; from hojo_cli.__main__ import main; sys.exit(main())"
    environment = asked(shell, line) | {
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "COLUMNS": "400",
    }  # typer breaks long words of help
    (code, ours), (wanted, theirs) = run(by_table, environment), run(by_typer, environment)
    assert (code, len(ours)) == (wanted, len(theirs))
    for told, stem in zip(
        ours, (word.partition("...") for word in theirs), strict=True
    ):  # typer cuts what it says of a verb
        assert told.startswith(stem[0]) if stem[1] else told == stem[0]


@pytest.mark.parametrize(
    ("before", "begun", "offered"),
    [
        (["estimate", "a.yaml", "--format"], "", ["table", "tree", "json", "markdown"]),
        (["check", "a", "-f"], "js", ["json", "jsonl"]),
        (["rules", "show", "--lang"], "", ["ja", "en"]),
        (["estimate", "--rules"], "", []),
        (["estimate"], "", []),
        (["estimate", "a.yaml", "--quiet"], "--q", []),
        (["check", "--output", "json=x"], "--out", ["--output"]),
        ([], "--v", ["--version"]),
    ],
)
def test_options_and_their_values_are_offered_where_they_may_stand(
    before: list[str], begun: str, offered: list[str]
) -> None:
    assert [value for value, _ in complete.offers(before, begun)] == offered


def test_fish_asks_whether_there_is_anything() -> None:
    for line, code in (("hojo es", 0), ("hojo zzz", 1)):
        question = asked("fish", line) | {"_TYPER_COMPLETE_FISH_ACTION": "is-args"}
        assert complete.answer(question, "ja") == ("", code)


def test_an_open_quotation_mark_is_no_obstacle() -> None:
    assert complete.answer(asked("bash", "hojo estimate 'a b"), "ja") == ("", 0)


@pytest.mark.parametrize("question", [{}, {"_HOJO_COMPLETE": "source_bash"}, {"_HOJO_COMPLETE": "complete_tcsh"}])
def test_what_is_no_question_of_these_shells_is_left_to_typer(question: dict[str, str]) -> None:
    assert complete.answer(question, "ja") is None

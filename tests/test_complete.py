"""What a shell is offered at Tab: verbs, options, and the values that are known."""

from __future__ import annotations

import pytest
from subjects import ROOT
from this_process import hojo


def offered(line: str, shell: str = "bash", **more: str) -> tuple[int, str]:
    """What the script of a shell is told about an unfinished line."""
    words = line.split(" ")
    question = {
        "_HOJO_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "COLUMNS": "400",
    } | ({"_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1]} if "shell" in shell else {})
    done = hojo(cwd=ROOT, **(question | more))
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("hojo es", ["estimate"]),
        (
            "hojo ",
            [
                "estimate",
                "check",
                "diff",
                "advise",
                "curve",
                "convert",
                "page",
                "sql",
                "table",
                "verify",
                "schema",
                "new",
                "rules",
            ],
        ),
        ("hojo rules ", ["show", "explain"]),
        ("hojo rules s", ["show"]),
        ("hojo zzz", []),
        ("hojo --v", ["--version"]),
        ("hojo estimate --f", ["--frame", "--full", "--format"]),
        ("hojo estimate a.yaml --quiet --q", []),
        ("hojo check --output json=x --out", ["--output"]),
        ("hojo estimate a.yaml --format ", ["table", "tree", "json", "markdown", "html", "pdf"]),
        ("hojo check a -f js", ["json", "jsonl"]),
        ("hojo verify --format=s", ["sarif"]),
        ("hojo rules show --lang ", ["ja", "en"]),
        ("hojo estimate --rules 202", ["2026", "2025", "2024"]),
        ("hojo rules show 2025", ["2025"]),
        ("hojo diff 2025 2026", ["2026"]),
        ("hojo verify 2024", ["2024"]),
        ("hojo estimate --frame ", ["general", "invoice", "electronic_trade", "security", "group"]),
        ("hojo estimate --rules 2026 --frame in", ["invoice"]),
        ("hojo estimate --rules nowhere.yaml --frame in", []),
        ("hojo estimate a.yaml --set facts.wage_f", ["facts.wage_floor_margin="]),
        ("hojo estimate a.yaml --set items[0].mon", ["items[0].monthly=", "items[0].months="]),
        ("hojo estimate a.yaml --rules nowhere.yaml --set facts", []),
        ("hojo curve examples/shop.yaml --vary items[0].mon", ["items[0].monthly", "items[0].months"]),
        ("hojo curve nowhere.yaml --rules nowhere.yaml --vary items", []),
        ("hojo curve examples/shop.yaml --rules 2026 --rules 2025 --frame gen", ["general"]),
        ("hojo rules explain HJ00", ["HJ001", "HJ002", "HJ003", "HJ004", "HJ005", "HJ006", "HJ007"]),
        ("hojo check --encoding ", ["utf-8", "cp932"]),
        ("hojo schema ", ["applicant", "ruleset", "estimate", "check", "diff", "verify", "advise", "curve"]),
        ("hojo new --format ", ["yaml", "csv", "xlsx"]),
        ("hojo estimate 'a b", []),
        ("hojo estimate ", []),  # files: the shell knows them itself
    ],
)
def test_a_shell_is_offered_what_may_stand_there(line: str, words: list[str]) -> None:
    assert offered(line) == (0, "".join(f"{word}\n" for word in words) or "\n")


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
@pytest.mark.parametrize(("lang", "meaning"), [("ja_JP.UTF-8", "インボイス"), ("en_US.UTF-8", "nvoice")])
def test_shells_that_show_meanings_are_told_them_in_the_language_of_the_locale(
    shell: str, lang: str, meaning: str
) -> None:
    code, told = offered("hojo estimate --frame inv", shell, LC_ALL=lang)
    assert code == 0
    assert "invoice" in told and meaning in told


def test_fish_asks_whether_there_is_anything() -> None:
    for line, code in (("hojo es", 0), ("hojo zzz", 1)):
        assert offered(line, "fish", _TYPER_COMPLETE_FISH_ACTION="is-args") == (code, "")


def test_zsh_completes_files_where_nothing_is_known() -> None:
    assert offered("hojo estimate ", "zsh") == (0, "_files\n")

"""What people type, and what the verbs are given: every spelling that is understood, in both languages."""

from __future__ import annotations

import os
from typing import Any

import pytest
import typer
from command_line import VERBS
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

from hojo_cli.base.finding import HojoError
from hojo_cli.cli import app


def given(*line: str, lang: str = "ja") -> tuple[tuple[str, ...], dict[str, Any]]:
    """The verb that a line calls, with what is said; what was left out is left out here too. (Any: whatever an option holds.)"""
    calls: list[tuple[tuple[str, ...], dict[str, Any]]] = []

    def record(verb: TyperGroup | TyperCommand, words: tuple[str, ...]) -> None:
        defaults = {parameter.name: parameter.default for parameter in verb.params}

        def call(**values: Any) -> int:
            calls.append((words, {name: value for name, value in values.items() if value != defaults[name]}))
            return 0

        verb.callback = call
        for name, below in verb.commands.items() if isinstance(verb, TyperGroup) else ():
            assert isinstance(below, TyperGroup | TyperCommand)
            record(below, (*words, name))

    hojo = app.command("en" if lang == "en" else "ja")
    record(hojo, ())
    hojo(list(line), standalone_mode=False)
    return calls[-1]


@pytest.mark.parametrize(
    ("line", "words", "values"),
    [
        (["estimate", "a.yaml"], ("estimate",), {"files": ["a.yaml"]}),
        (
            ["estimate", "a", "b", "--format", "json", "--lang=en", "-q"],
            ("estimate",),
            {"files": ["a", "b"], "format": "json", "lang": "en", "quiet": True},
        ),
        (["estimate", "-fjson", "a"], ("estimate",), {"files": ["a"], "format": "json"}),
        (["estimate", "-qfjson", "a"], ("estimate",), {"files": ["a"], "format": "json", "quiet": True}),
        (["estimate", "--", "-a.yaml"], ("estimate",), {"files": ["-a.yaml"]}),
        (["estimate", "--rules", "-x", "a"], ("estimate",), {"files": ["a"], "rules": "-x"}),
        (["estimate", "a", "-f", "json", "-f", "tree"], ("estimate",), {"files": ["a"], "format": "tree"}),
        (["estimate", "a", "--ambiguous", "wide"], ("estimate",), {"files": ["a"], "ambiguous": "wide"}),
        (
            ["check", "-", "-j", "2", "--output", "sarif=x", "-o", "y", "--no-color"],
            ("check",),
            {"paths": ["-"], "jobs": 2, "outputs": ["sarif=x", "y"], "color": False},
        ),
        (
            ["diff", "2025", "2026", "--impact", "a", "b", "--exit-code"],
            ("diff",),
            {"old": "2025", "new": "2026", "more": ["b"], "impact": ["a"], "exit_code": True},
        ),
        (["rules"], ("rules",), {}),
        (["rules", "show", "2026", "--outcomes"], ("rules", "show"), {"name": "2026", "outcomes": True}),
        (["rules", "explain", "HJ151"], ("rules", "explain"), {"code": "HJ151"}),
        (["schema", "applicant"], ("schema",), {"of": "applicant"}),
        (["new"], ("new",), {}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_people_type_reaches_the_verb(line: list[str], words: tuple[str, ...], values: dict[str, Any]) -> None:
    called, said = given(*line)
    assert called == words
    assert {name: list(value) if isinstance(value, tuple) else value for name, value in said.items() if value} | {
        name: value for name, value in said.items() if value is False
    } == values


@pytest.mark.parametrize(
    "line",
    [
        ["estimat"],
        ["estimate"],
        ["estimate", "a", "--frame"],
        ["estimate", "a", "--lang", "fr"],
        ["check", "a", "-j", "257"],
        ["check", "a", "-j", "two"],
        ["check", "a", "--strict=yes"],
        ["schema", "applicant", "more"],
    ],
    ids=" ".join,
)
def test_a_line_that_cannot_be_meant_calls_nothing(line: list[str]) -> None:
    with pytest.raises(typer.TyperException):
        given(*line)


def test_every_choice_that_is_refused_is_told_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    for line in (
        ["estimate", "a", "-f", "jsn"],
        ["check", "a", "-f", "jsn"],
        ["verify", "-f", "tree"],
        ["schema", "x"],
    ):
        monkeypatch.setattr("sys.argv", ["hojo", *line])
        with pytest.raises(HojoError) as trouble:
            app.run("ja")
        assert trouble.value.findings[0].code == "HJ004"
        assert "json" in trouble.value.findings[0].hint.ja or "applicant" in trouble.value.findings[0].hint.ja


@pytest.mark.skipif(os.name == "nt", reason="columns of a POSIX terminal")
@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("words", [(), *VERBS], ids=" ".join)
def test_help_speaks_one_language_within_the_width(
    words: tuple[str, ...], width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("sys.argv", ["hojo", *words, "--help"])
    pages = []
    for lang in ("ja", "en", "ja"):
        assert app.run("en" if lang == "en" else "ja") == 0
        pages.append(capsys.readouterr().out)
    japanese, english, again = pages
    assert japanese == again
    assert " | " not in japanese + english
    assert "使い方" in japanese and "オプション" in japanese
    assert "Usage" in english and "。" not in english
    for line in (japanese + english).splitlines():
        assert cell_len(line) <= width or "hojo" in line  # a line to copy is not broken


def test_every_option_has_words_in_both_languages() -> None:
    for lang in ("ja", "en"):
        hojo = app.command("en" if lang == "en" else "ja")
        for verb in (hojo, *hojo.commands.values()):
            assert all(getattr(parameter, "help", "") for parameter in verb.params)

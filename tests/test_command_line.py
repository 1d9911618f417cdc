"""The command line as data: one table, read plainly and by typer, to the same calls."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hojo_cli import cli, plain
from hojo_cli.base.finding import HojoError
from hojo_cli.usage import LANGUAGES, VERBS, Parameter, Verb
from hojo_cli.verbs import FUNCTIONS

WORDS = st.sampled_from(["a.yaml", "2026", "-", "b c", "-x", "--rules", "--lang", "名前", "", "--", "*", "json"])


def test_every_verb_has_a_function_with_the_parameters_it_declares() -> None:
    assert VERBS.keys() == FUNCTIONS.keys()
    for words, verb in VERBS.items():
        taken = inspect.signature(FUNCTIONS[words]).parameters
        assert [parameter.name for parameter in verb.parameters] == list(taken)
        for parameter in verb.parameters:
            assert parameter.required is (taken[parameter.name].default is inspect.Parameter.empty)


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """A verb with some of its options, mostly spelt as they should be, in any order."""
    verb = draw(st.sampled_from(list(VERBS.values())))
    said = [part for parameter in draw(_some(verb)) for part in [draw(_spelling(parameter))]]
    placed = draw(st.lists(WORDS.map(lambda word: [word]), max_size=3))
    return [*verb.words, *(word for part in draw(st.permutations([*said, *placed])) for word in part)]


def _some(verb: Verb) -> st.SearchStrategy[list[Parameter]]:
    options = [parameter for parameter in verb.parameters if parameter.flags]
    return st.lists(st.sampled_from(options), max_size=5)


def _spelling(parameter: Parameter) -> st.SearchStrategy[list[str]]:
    flags = st.sampled_from(parameter.flags)
    if parameter.kind in ("flag", "switch"):
        return flags.map(lambda flag: [flag])
    values = WORDS | st.sampled_from(["0", "2", "256", "257", "٣", *LANGUAGES])
    return st.tuples(flags, values, st.booleans()).map(
        lambda drawn: [f"{drawn[0]}={drawn[1]}"] if drawn[2] else [drawn[0], drawn[1]]
    )


def by_typer(line: list[str]) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The call typer makes of a line; whatever it raises where it makes none. (Any: whatever a parameter holds.)"""
    calls: list[tuple[tuple[str, ...], dict[str, Any]]] = []

    def noted(words: tuple[str, ...]) -> Callable[..., int]:
        function = FUNCTIONS[words]

        def note(**values: object) -> int:
            calls.append((words, values))
            return 0

        note.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]  # typer asks for it
        note.__annotations__ = function.__annotations__
        note.__wrapped__ = function  # type: ignore[attr-defined]  # where the annotations' names are found
        return note

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "FUNCTIONS", {words: noted(words) for words in FUNCTIONS})
        patch.setattr("sys.argv", ["hojo", *line])
        cli.command("ja")(standalone_mode=False)
    assert len(calls) == 1
    return calls[0]


@settings(max_examples=400)
@given(lines())
def test_a_line_read_plainly_is_the_call_typer_makes_of_it(line: list[str]) -> None:
    call = plain.read(line, {})
    if call is None:
        return
    words, values = by_typer(line)
    defaults = {name: each.default for name, each in inspect.signature(FUNCTIONS[words]).parameters.items()}
    assert call.words == words
    assert {**defaults, **call.values} == values


@pytest.mark.parametrize(
    "line",
    [
        ["estimate", "a.yaml"],
        ["estimate", "a.yaml", "b.yaml", "--format", "json", "--lang=en", "-q"],
        ["check", "-", "-j", "2", "--output", "sarif=x", "-o", "y", "--no-color"],
        ["diff", "2025", "2026", "--impact", "a", "b", "--exit-code"],
        ["rules", "show", "2026", "--outcomes"],
        ["rules"],
        ["new"],
    ],
    ids=" ".join,
)
def test_what_people_type_every_day_is_read_plainly(line: list[str]) -> None:
    call = plain.read(line, {})
    assert call is not None
    words, values = by_typer(line)
    assert (words, values) == (call.words, {name: call.values.get(name, value) for name, value in values.items()})


@pytest.mark.parametrize(
    "line",
    [
        [],
        ["estimat"],
        ["estimate"],
        ["estimate", "--help"],
        ["estimate", "-fjson", "a"],
        ["estimate", "a", "--frame"],
        ["estimate", "a", "--rules", "-x"],
        ["estimate", "a", "--lang", "fr"],
        ["estimate", "a", "-f", "json", "-f", "tree"],
        ["check", "a", "-j", "257"],
        ["check", "a", "-j", "two"],
        ["check", "a", "--strict=yes"],
        ["schema", "applicant", "more"],
        ["estimate", "--", "-a.yaml"],
        ["estimate", "a", "--", "b"],
    ],
    ids=" ".join,
)
def test_anything_else_is_left_to_typer(line: list[str]) -> None:
    assert plain.read(line, {}) is None


def test_a_shell_that_asks_for_words_is_answered_by_typer() -> None:
    assert plain.read(["estimate", "a"], {"_HOJO_COMPLETE": "complete_bash"}) is None


def test_patterns_on_windows_are_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    assert plain.read(["check", "*.yaml"], {}) is None
    assert plain.read(["check", "a.yaml"], {}) is not None


def test_a_language_hojo_does_not_speak_is_refused() -> None:
    with pytest.raises(HojoError):
        by_typer(["estimate", "a", "--lang", "fr"])

"""What `hojo schema estimate|check|diff|verify|advise|curve` promises holds for what these commands print, and for nothing that is damaged."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from subjects import HERE, ROOT

from hojo_cli import __main__ as door
from hojo_cli.commands import schema

CASES = sorted(path.relative_to(ROOT).as_posix() for path in (HERE / "cases").rglob("*.yaml"))[::7]
MARKET = "tests/programmes/market.yaml"
RUNS: dict[str, list[list[str]]] = {
    "estimate": [["examples"], CASES, ["tests/bad/applicant"]],
    "check": [
        ["check", "examples", "--near"],
        ["check", "examples", "tests/bad/applicant"],
        ["check", *CASES, "--rules", "2026"],
    ],
    "curve": [
        ["curve", "examples/shop.yaml", "--vary", "items[0].amount", "--rules", "2025", "--rules", "2026"],
        ["curve", "examples/group.yaml", "--vary", "members[0].items[0].amount"],
        ["curve", "examples/security.yaml", "--vary", "items[0].monthly", "--from", "0"],
        ["curve", "examples/electronic_trade.yaml", "--vary", "facts.supplier_accounts"],
        ["curve", "examples/mistakes.yaml", "--vary", "items[0].amount"],
    ],
    "diff": [
        ["diff", "2025", "2026", "--impact", "examples"],
        ["diff", "2024", "2025"],
        ["diff", MARKET, "2026"],
        ["diff", MARKET, MARKET],
    ],
    "advise": [
        ["advise", "examples/shop.yaml", "--target", "200万円", "--own", "90万円"],
        ["advise", "examples/wholesaler.yaml", "--target", "400万円", "--own", "1円"],
        ["advise", "examples/incomplete.yaml"],
        ["advise", "tests/bad/applicant/HJ178-tax.yaml"],
    ],
    "verify": [
        ["verify", "2024"],
        ["verify", MARKET, "examples/shop.yaml"],
        ["verify", "tests/programmes/workshop.yaml", "--cases", "tests/cases/2026"],
    ],
}


@cache
def validator(command: str) -> Any:
    """Any: jsonschema ships no types."""
    return Draft202012Validator(schema.output_schema(command))


def printed(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """The JSON of a command. (Any: whatever it holds.)"""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sys.argv", ["hojo", *arguments, "--format", "json"])
    assert door.main() in {0, 1}
    return json.loads(capsys.readouterr().out)


def files(names: list[str]) -> list[str]:
    """The YAML files of folders."""
    return [
        path.relative_to(ROOT).as_posix()
        for name in names
        for path in (sorted((ROOT / name).rglob("*.yaml")) if (ROOT / name).is_dir() else [ROOT / name])
    ]


def complaints(command: str, output: object) -> list[str]:
    return [f"{found.json_path}: {found.message[:200]}" for found in validator(command).iter_errors(output)]


@pytest.mark.parametrize("command", schema.OUTPUTS)
def test_it_is_a_schema_whose_parts_are_all_there_and_all_used(command: str) -> None:
    whole = schema.output_schema(command)
    Draft202012Validator.check_schema(whole)
    assert whole["title"] == f"hojo.{command}/1"
    definitions = whole["$defs"]
    assert isinstance(definitions, dict)
    text = json.dumps(whole)
    for name in definitions:
        assert f'"#/$defs/{name}"' in text


@pytest.mark.parametrize(
    ("command", "arguments", "lang"),
    [
        pytest.param(command, arguments, lang, marks=() if (place + at) % 2 == 0 else pytest.mark.slow)
        for command, runs in RUNS.items()
        for place, arguments in enumerate(runs)
        for at, lang in enumerate(("ja", "en"))
    ],
    ids=lambda value: " ".join(value[:4]) if isinstance(value, list) else value,
)
def test_what_is_printed_is_as_the_schema_says(
    command: str,
    arguments: list[str],
    lang: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = ["estimate", *files(arguments)] if command == "estimate" else arguments
    assert complaints(command, printed([*line, "--lang", lang], monkeypatch, capsys)) == []


def test_a_line_of_json_lines_is_a_result_and_the_last_the_rest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sys.argv", ["hojo", "check", "examples", "--format", "jsonl"])
    assert door.main() == 1
    *lines, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert complaints("check", {**last, "results": lines}) == []


OPEN = {"facts", "missing", "frames", "source"}
"""Objects whose keys are names of a ruleset, or that hold what is known."""


def damaged(output: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """The output without one of its keys, with a key too many, or with a value of another sort, each once for every object."""
    if isinstance(output, dict):
        if key not in OPEN:
            yield f"{key} + extra", output | {"extra": 1}
            for name in output:
                yield f"{key} - {name}", {other: value for other, value in output.items() if other != name}
        for name, value in output.items():
            yield f"{key}.{name} = object", output | {name: {"no": "such"}}
            for how, broken in damaged(value, name):
                yield how, output | {name: broken}
    elif isinstance(output, list) and output:
        for how, broken in damaged(output[0], key if isinstance(output[0], list) else f"{key}[]"):
            yield how, [broken, *output[1:]]


def firsts(output: Any) -> Any:
    """Of each list the first: what `damaged` looks at. (Any: parsed JSON.)"""
    if isinstance(output, dict):
        return {name: firsts(value) for name, value in output.items()}
    return [firsts(value) for value in output[:1]] if isinstance(output, list) else output


SAMPLES = {
    "estimate": ["estimate", "examples/shop.yaml"],
    "check": ["check", "examples/shop.yaml"],
    "curve": ["curve", "examples/shop.yaml", "--vary", "items[0].amount", "--frame", "invoice"],
    "diff": ["diff", "2025", "2026", "--impact", "examples/shop.yaml"],
    "verify": ["verify", MARKET],
    "advise": ["advise", "examples/renovation.yaml", "--target", "200万円", "--own", "90万円"],
}


@pytest.mark.parametrize("command", schema.OUTPUTS)
def test_a_damaged_output_is_refused(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = firsts(printed(SAMPLES[command], monkeypatch, capsys))
    assert validator(command).is_valid(output)
    whole = copy.deepcopy(output)
    accepted = [how for how, broken in damaged(output) if validator(command).is_valid(broken)]
    assert accepted == []
    assert output == whole


def test_an_outcome_that_contradicts_itself_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = printed(SAMPLES["estimate"], monkeypatch, capsys)
    for change in ({"status": "incomplete"}, {"subsidy": None}, {"subsidy": -1}, {"subsidy": 1.5}, {"status": "paid"}):
        estimate = output["results"][0]["estimates"][1] | change
        assert complaints("estimate", output | {"results": [output["results"][0] | {"estimates": [estimate]}]})


def test_the_wheel_has_the_schemas() -> None:
    assert {path.stem for path in (Path(schema.__file__).parent.parent / "schemas").glob("*.json")} == {
        *schema.OUTPUTS,
        "shared",
    }

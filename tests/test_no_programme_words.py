"""hojo knows ideas, rulesets know the programme: no id, year, figure or word of a programme stands in the code."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from subjects import ROOT, rules

from hojo_cli.rules.nodes import Number

CODE = sorted(path for path in (ROOT / "hojo_cli").rglob("*.py") if path.parent.name != "messages")
CATALOGUE = sorted((ROOT / "hojo_cli" / "messages").glob("*.py"))
"""The catalogue speaks to people and may give examples of figures and years, but no ids or frames."""

YEARS = ("2024", "2025", "2026")
WORDS = re.compile(
    "デジタル化|IT導入|ＩＴ導入|インボイス|電子取引|セキュリティ|複数者|複数社|通常枠|みなし大企業|小規模|中小企業|賃上げ|賃金|"
    "お助け隊|役務|プロセス|gBiz|SECURITY ACTION|ものづくり|持続化"
)
YEAR = re.compile(r"(?<![-\du])20[12]\d(?![-\d])")
SHARED = {
    "name",
    "count",
    "tax",
    "other",
    "small",
    "support",
    "option",
    "members",
    "service",
    "general",
    "group",
    "school",
    "software",
    "npo",
    "chamber",
}
"""Ids that are everyday words of programming or of the applicant file as well."""


def texts(path: Path) -> list[tuple[int, str]]:
    """The strings of a file, without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    ]


@cache
def ids() -> set[str]:
    found: set[str] = set()
    for year in YEARS:
        used = rules(year)
        found |= {
            *used.frames,
            *used.facts,
            *used.categories,
            *used.fields,
            *used.definitions,
            *used.measures,
            used.program,
        }
        for choices in (
            *(spec.choices for spec in used.facts.values()),
            *(spec.choices for spec in used.fields.values()),
        ):
            found |= set(choices)
    return found - SHARED


def figures(node: object) -> set[int]:
    """Every whole figure below a node."""
    if isinstance(node, Number):
        return {int(node.value)} if node.value.denominator == 1 else set()
    if isinstance(node, dict):
        node = tuple(node.values())
    return {found for part in node for found in figures(part)} if isinstance(node, tuple) else set()


@cache
def telling() -> set[int]:
    """The figures that are too odd to stand in code by chance."""
    found = {figure for year in YEARS for figure in figures(rules(year))}
    return {figure for figure in found if figure >= 5_000 and len(str(figure).rstrip("0")) > 1}


@pytest.mark.parametrize("path", [*CODE, *CATALOGUE], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_id_of_a_ruleset_is_named_in_code(path: Path) -> None:
    assert not [(line, text) for line, text in texts(path) if text in ids()]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_year_and_no_word_of_a_programme_stands_in_code(path: Path) -> None:
    """But for the examples in the help of a command."""
    said = [(line, text) for line, text in texts(path) if not text.startswith("hojo ")]
    assert not [(line, text) for line, text in said if WORDS.search(text) or YEAR.search(text)]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_figure_of_a_programme_stands_in_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is int]
    assert not [(node.lineno, node.value) for node in found if node.value in telling()]


def test_the_search_knows_what_to_look_for() -> None:
    assert {"electronic_trade", "capital", "security_service", "共P-01"} <= ids()
    assert {1_500_000, 3_500_000, 50_000} <= figures(rules())

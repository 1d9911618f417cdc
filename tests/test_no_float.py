"""Money is exact: nothing in `hojo_cli` can make a float."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from subjects import ROOT

FILES = sorted((ROOT / "hojo_cli").rglob("*.py"))
INEXACT = {"float", "complex", "round", "sqrt", "log", "log10", "exp", "pow", "fsum", "Decimal", "numpy"}


def inexact(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, (float, complex)):
            found.append(f"{node.lineno}: {node.value}")
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            if name in INEXACT:
                found.append(f"{node.lineno}: {name}")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and isinstance(node.right, ast.UnaryOp):
            found.append(f"{node.lineno}: a negative power")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_float_is_written_or_made(path: Path) -> None:
    assert not inexact(ast.parse(path.read_text(encoding="utf-8")))


def test_the_search_finds_what_it_looks_for() -> None:
    found = inexact(ast.parse("0.5; float(x); 10 ** -2; math.sqrt(2); 1e3; round(x); 1; Fraction(1, 2); 'float'"))
    assert sorted(found) == ["1: 0.5", "1: 1000.0", "1: a negative power", "1: float", "1: round", "1: sqrt"]

"""`hojo curve`: the function that is printed is the one that `estimate` gives, x by x, and each border has its clause."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from math import floor
from random import Random
from typing import Any

import pytest
from subjects import ROOT
from this_process import hojo

from hojo_cli import estimate, load_applicant
from hojo_cli.advise.curve import Along
from hojo_cli.api import LoadedApplicant, LoadedRules
from hojo_cli.pages import curve_data

SHOP = "examples/shop.yaml"
AMOUNT = "items[0].amount"
EXAMPLES = sorted(
    path.relative_to(ROOT).as_posix() for path in (ROOT / "examples").glob("*.yaml") if "mistakes" not in path.name
)


def answer(*arguments: str) -> Any:
    """The JSON of `hojo curve`. (Any: whatever it holds.)"""
    return json.loads(hojo("curve", *arguments, "--format", "json").stdout)


def told(*arguments: str, lang: str = "ja") -> tuple[int, str]:
    """The exit code, and what stands on standard error."""
    done = hojo("curve", *arguments, "--lang", lang)
    return done.returncode, done.stderr.decode()


def page(*arguments: str, lang: str = "ja", width: int = 80) -> str:
    return hojo("curve", *arguments, "--lang", lang, COLUMNS=str(width)).stdout.decode()


# --- the function as its schema says it is read -----------------------------------------------------------------------------


def value(line: Any, n: int) -> Fraction:
    """start + slope·n + Σ times·⌊term⌋."""
    straight = Fraction(line["start"]) + Fraction(line["slope"]) * n
    return straight + sum(Fraction(term["times"]) * floor(value(term, n)) for term in line["terms"])


def yen(pieces: Any, x: int) -> tuple[str, int | None]:
    """Status and yen at x, from the printed pieces alone."""
    piece = next(piece for piece in pieces if piece["from"] <= x <= piece["to"])
    if piece["start"] is None:
        return piece["status"], None
    exact = value(piece, x - piece["from"])
    assert piece["floor"] or exact.denominator == 1
    return piece["status"], floor(exact)


def places(pieces: Any, chance: Random, count: int) -> Iterator[int]:
    """Each border with ±1, and others at random."""
    first, last = pieces[0]["from"], pieces[-1]["to"]
    near = {piece["to"] + step for piece in pieces for step in (-1, 0, 1, 2)}
    yield from (x for x in sorted(near) if first <= x <= last)
    for _ in range(count):
        yield chance.randint(first, last)


def printed(loaded: LoadedApplicant, path: str, last: int | None = None) -> dict[str, Any]:
    """The pieces of every frame along a number as JSON. (Any: whatever it holds.)"""
    assert loaded.scenario is not None
    along = Along(loaded.scenario, loaded.scenario.variables[path])
    first = max(0, along.variable.least)
    curves = along.curves(first, along.reach(first) if last is None else last, tuple(loaded.scenario.ruleset.frames))
    return {curve.frame: [curve_data.piece_data(each, "ja") for each in curve.pieces] for curve in curves}


def differences(source: Any, rules: LoadedRules | None, path: str, seed: str, count: int) -> list[object]:
    """Where the printed curve and an estimate with `--set` disagree."""
    loaded = load_applicant(source, rules)
    assert loaded.scenario is not None
    variable = loaded.scenario.variables[path]
    found: list[object] = []
    estimates: dict[int, dict[str, tuple[str, int | None]]] = {}
    for frame, pieces in printed(loaded, path).items():
        assert [piece["to"] + 1 for piece in pieces[:-1]] == [piece["from"] for piece in pieces[1:]]
        for x in places(pieces, Random(f"{seed} {frame}"), count):
            if x not in estimates:
                result = estimate(load_applicant(source, rules, changes=[variable.setting(x)]))
                estimates[x] = {each.frame: (each.status, each.subsidy) for each in result.estimates}
            expected = estimates[x].get(frame, ("refused", None))
            if yen(pieces, x) != expected:
                found.append((path, frame, x, yen(pieces, x), expected))
    return found


@pytest.mark.parametrize(
    ("file", "path"),
    [
        (SHOP, AMOUNT),
        (SHOP, "items[1].months"),
        (SHOP, "facts.employees"),
        ("examples/general.yaml", "facts.wage_growth"),
        ("examples/group.yaml", "members[0].items[0].amount"),
        ("examples/electronic_trade.yaml", "facts.sme_supplier_accounts"),
        ("examples/security.yaml", "items[0].monthly"),
    ],
)
def test_the_printed_pieces_are_what_estimate_gives(file: str, path: str) -> None:
    assert differences(ROOT / file, None, path, file, 40) == []

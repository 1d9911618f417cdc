"""Amounts the language once got wrong: subtotals in one another, rounding of totals, figures of several parts, and what is said of them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from subjects import HERE, fast, outcomes, read, rules

from hojo_cli.commands import estimate
from hojo_cli.evaluate import Status
from hojo_cli.explanation import explain
from hojo_cli.formats import NAMES, Screen, render
from hojo_cli.report import Estimate, Explained, Report, Step
from hojo_cli.rulesets import ruleset
from hojo_cli.subject import Subject

FIELD = HERE / "field" / "yen"
HEAD = """
hojo: 1
program: amounts
fiscal_year: 2025
title: {ja: 額, en: amounts}
valid: {from: '2025-04-01', to: '2026-03-31'}
sources:
  law: {title: 要領, issuer: 試験用, date: "2025"}
assumptions:
"""
FACTS = """
facts:
  rise: {label: {ja: 賃上げ, en: wage rise}, type: boolean, ask: {ja: 賃上げしますか。, en: 'Do wages rise?'}}
  staff: {label: {ja: 従業員の数, en: staff}, type: count, ask: {ja: 従業員は何人ですか。, en: 'How many?'}}
  town: {label: {ja: 町, en: town}, type: choice, choices: {north: {ja: 北, en: north}}, ask: {ja: どこですか。, en: 'Where?'}}
items:
  tax: {included: 10/11, assume: tax}
  categories: {a: {ja: あ, en: a}, b: {ja: い, en: b}, c: {ja: う, en: c}}
  fields:
    kinds: {label: {ja: 種類, en: kinds}, choices: {one: {ja: 一, en: one}, two: {ja: 二, en: two}}}
measures:
  members: {label: {ja: 構成員の数, en: members}, count: members}
  kinds_bought: {label: {ja: 種類の数, en: kinds bought}, distinct: kinds, items: [{category: a}]}
"""


def figure(name: str, yen: str) -> str:
    return f"{{use: {yen}, assume: {name}}}"


def text(frame: str, rounding: str = "{unit: 1円, mode: down, at: total, assume: round}") -> str:
    """A ruleset of one frame; each assumption that it names is declared under its own name."""
    names = ("tax", "round", "rate", "low", "high", "one", "two", "three")
    declared = "".join(f"  {name}: {{label: {{ja: {name}, en: {name}}}, why: {{ja: 例, en: e}}}}\n" for name in names)
    body = "".join(f"    {line}\n" for line in frame.strip().splitlines())
    return f"{HEAD.strip()}\n{declared}{FACTS.strip()}\nrounding: {rounding}\nframes:\n  f:\n    label: {{ja: 枠, en: f}}\n    assume: rate\n{body}"


def made(tmp_path: Path, frame: str, rounding: str = "{unit: 1円, mode: down, at: total, assume: round}") -> str:
    path = tmp_path / "rules.yaml"
    path.write_text(text(frame, rounding), encoding="utf-8")
    return str(path)


def codes(frame: str) -> list[str]:
    return [found.code for found in ruleset.examine(text(frame).encode(), "rules.yaml")[1]]


def line(name: str, rate: str = "1/2", more: str = "") -> str:
    return f"  - {{id: {name}, label: {{ja: 費目{name}, en: line {name}}}, items: [{{category: {name}}}], rate: {rate}{more}}}\n"


LINES = "lines:\n" + line("a") + line("b") + line("c")


def subtotal(name: str, lines: str, yen: str) -> str:
    return f"  - {{id: {name}, label: {{ja: 小計{name}, en: sub {name}}}, lines: [{lines}], cap: {yen}}}\n"


def bought(used_rules: str, facts: str = "", members: int = 0, **costs: int) -> Subject:
    items = "".join(f"  - {{category: {name}, amount: {cost}, kinds: [one]}}\n" for name, cost in costs.items())
    group = "members:\n" + "  - {facts: {}}\n" * members if members else ""
    return read(f"facts: {{{facts}}}\nitems:\n{items}{group}", rules(used_rules))


def judged(used_rules: str, one: Subject) -> Estimate:
    """As both evaluators see it."""
    found = outcomes(rules(used_rules), one)
    assert fast(used_rules).outcomes(one) == found
    (estimated,) = explain.estimates(rules(used_rules), one, explained=True)
    return estimated


def paid(estimated: Estimate) -> list[Fraction]:
    return [Fraction(each.subsidy or 0) for each in estimated.lines]


def steps(estimated: Estimate) -> list[Step]:
    return [step for each in estimated.lines for step in each.steps]


def printed(used_rules: str, file: Path) -> dict[str, str]:
    """Every format in both languages."""
    found = {}
    for lang in ("ja", "en"):
        report: Report = estimate.run([str(file)], rules=used_rules, lang=lang, explain=True)
        found |= {f"{name}-{lang}": render(name, report, Screen(100, False, lang)) for name in NAMES}
    return found

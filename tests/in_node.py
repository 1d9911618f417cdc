"""The JavaScript of the calculator, run in Node: where there is none, a test that needs it is skipped."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from shutil import which
from typing import Any, Final

import pytest

from hojo_cli.base.number import exact
from hojo_cli.browser import ruleset_as_data
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.derivation import eligible_cost
from hojo_cli.engine.evaluator import judge
from hojo_cli.rules.declared import FactValue, Ruleset

HERE: Final = Path(__file__).parent / "browser"
NODE: Final = which("node")
needs_node: Final = pytest.mark.skipif(NODE is None, reason="needs Node.js")

Answer = list[Any]
"""Status, yen, eligible cost, the facts that stand in the way, the yen of each line. (Any: as JSON has them.)"""


def run(script: str, lines: Iterable[object]) -> list[Any]:
    """What a script prints, a JSON value a line, for JSON values a line. (Any: whatever JSON holds.)"""
    assert NODE is not None
    given = "".join(json.dumps(line) + "\n" for line in lines)
    done = subprocess.run([NODE, str(HERE / script)], input=given, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def said_there(rulesets: dict[str, Ruleset], applicants: Iterable[tuple[str, Applicant]]) -> list[list[Answer]]:
    """What the reader in JavaScript says of each frame."""
    written = {name: ruleset_as_data.ruleset(used) for name, used in rulesets.items()}
    return run("judge.js", [written, *({"rules": name, "applicant": data_of(each)} for name, each in applicants)])


def said_here(used: Ruleset, subject: Applicant) -> list[Answer]:
    """What the evaluator says of each frame."""
    return [answer(used, name, subject) for name in used.frames]


def answer(used: Ruleset, name: str, subject: Applicant) -> Answer:
    judgement = judge(used, used.frames[name], subject)
    costs = [eligible_cost(line.derivation.parts[0]) for line in judgement.lines]
    cost = None if None in costs else exact(sum((each for each in costs if each is not None), start=0))
    yen = None if judgement.subsidy is None else str(judgement.subsidy)
    paid = [[line.line.id, None if line.paid is None else exact(line.paid)] for line in judgement.lines]
    return [judgement.status.value, yen, cost, sorted(judgement.unknown), paid]


def data_of(subject: Applicant) -> dict[str, object]:
    """An applicant as `applicants.js` reads it."""
    return {
        "prefix": subject.prefix,
        "facts": {name: _plain(value) for name, value in subject.facts.items()},
        "items": [
            {
                "category": item.category,
                "cost": exact(item.cost),
                "months": None if item.months is None else str(item.months),
                "atOnce": item.price is not None and not item.price.per,
                "fields": {name: sorted(held) for name, held in item.fields.items()},
                "place": item.place,
            }
            for item in subject.items
        ],
        "members": [data_of(member) for member in subject.members],
    }


def _plain(value: FactValue) -> object:
    if isinstance(value, bool | str):
        return value
    return {"number": exact(value)} if isinstance(value, int | Fraction) else sorted(value)

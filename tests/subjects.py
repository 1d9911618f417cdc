"""Rulesets, files and subjects as the tests need them: read once, through the doors users come in by."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import oracle_2026
import pytest
from random_applicants import as_yaml

from hojo_cli.applicants import applicant
from hojo_cli.base.finding import Severity
from hojo_cli.document import parse
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.engine.judgement import Status
from hojo_cli.engine.missing import settle
from hojo_cli.rules import ruleset
from hojo_cli.rules.declared import Ruleset

HERE = Path(__file__).parent
ROOT = HERE.parent

Outcome = tuple[Status, int | None]


def few(values: Iterable[Any], count: int) -> list[Any]:
    """Parameters of a test that repeats itself: as many in the suite, evenly spread, the others by `-m slow`."""
    listed = list(values)
    spread = {at * len(listed) // count for at in range(count)}
    return [pytest.param(value, marks=() if at in spread else pytest.mark.slow) for at, value in enumerate(listed)]


@cache
def rules(name: str = "2026") -> Ruleset:
    """A shipped year, or a ruleset file."""
    return ruleset.load(name)


@cache
def fast(name: str = "2026") -> Evaluator:
    """The same, compiled."""
    return Evaluator(rules(name))


def read(text: str, used: Ruleset, file: str = "a.yaml") -> Applicant:
    """The subject of an applicant file without errors."""
    document = parse(text.encode(), file)
    assert document.root is not None, document.findings
    loaded = applicant.load(document.root, used, file)
    wrong = [found for found in (*document.findings, *loaded.findings) if found.severity is Severity.ERROR]
    assert loaded.file is not None, wrong
    assert not wrong
    return loaded.file.applicant


def outcomes(used: Ruleset, subject: Applicant) -> dict[str, Outcome]:
    """Status and yen (None: incomplete) of each frame."""
    found = {name: settle(used, frame, subject).judgement for name, frame in used.frames.items()}
    return {name: (judgement.status, judgement.subsidy) for name, judgement in found.items()}


def subject_of(one: oracle_2026.PlainApplicant) -> Applicant:
    """The oracle's plain data as a subject: through a file, as everybody comes in."""
    return read(as_yaml(one), rules())

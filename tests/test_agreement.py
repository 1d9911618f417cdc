"""Two readings of the same law, written apart: hojo's engine on its ruleset, and a naive program in `oracle_2026.py`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from random import Random

import pytest
from oracle_2026 import eligible_cost, evaluate, own_cost
from random_applicants import as_yaml, random_applicant
from subjects import fast, few, outcomes, read, rules

from hojo_cli.engine.evaluator import judge
from hojo_cli.explanation import explain

pytestmark = (
    pytest.mark.no_cover
)  # thousands of times the same lines: every one of them is covered elsewhere, and tracing trebles the time


def agree(seeds: Iterable[int]) -> None:
    """Each applicant as a file through the compiled rules; every tenth with its derivation, every fortieth with its costs."""
    for seed in seeds:
        one = random_applicant(Random(seed))
        subject, wanted = read(as_yaml(one), rules()), evaluate(one)
        assert fast().outcomes(subject) == wanted, seed
        if seed % 10 == 0:
            derived = {name: judge(rules(), frame, subject) for name, frame in rules().frames.items()}
            assert {name: (each.status, each.subsidy) for name, each in derived.items()} == wanted, seed
        if seed % 40 == 0:
            assert outcomes(rules(), subject) == wanted, seed
            for estimate in explain.estimates(rules(), subject):
                assert estimate.eligible_cost == eligible_cost(one, estimate.frame), (seed, estimate.frame)
                assert estimate.own_cost == own_cost(one, estimate.subsidy or 0), (seed, estimate.frame)


def test_what_is_marked_so_is_not_traced() -> None:
    """Neither in a process of xdist: under coverage the suite would take three times as long."""
    assert sys.gettrace() is None


@pytest.mark.parametrize("start", few(range(0, 4_000, 500), 2))
def test_both_agree_on_the_status_the_yen_and_the_costs_of_every_frame(start: int) -> None:
    agree(range(start, start + 500))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(4_000, 24_000, 1_000))
def test_the_same_for_twenty_thousand_more_applicants(start: int) -> None:
    agree(range(start, start + 1_000))

"""Two readings of the same law, written apart: hojo's engine on its ruleset, and a naive program in `oracle_2026.py`."""

from __future__ import annotations

from random import Random

import pytest
from oracle_2026 import Applicant, as_yaml, eligible_cost, evaluate, own_cost, random_applicant
from subjects import fast, outcomes, read, rules, subject_of

from hojo_cli.evaluate import judge
from hojo_cli.explanation import explain

APPLICANTS = 20_000
"""With the derivation built for every tenth of them, through the compiled rules for all."""

SLICES = 20
pytestmark = (
    pytest.mark.no_cover
)  # 20,000 times the same lines: every one of them is covered elsewhere, and tracing trebles the time
FILES = 500


def applicants(piece: int, of: int, count: int) -> list[tuple[int, Applicant]]:
    return [(seed, random_applicant(Random(seed))) for seed in range(piece, count, of)]


@pytest.mark.parametrize("piece", range(SLICES))
def test_both_agree_on_the_status_and_the_yen_of_every_frame(piece: int) -> None:
    for place, (seed, one) in enumerate(applicants(piece, SLICES, APPLICANTS)):
        subject = subject_of(one)
        assert fast().outcomes(subject) == evaluate(one), seed
        if place % 10 == 0:
            derived = {name: judge(rules(), frame, subject) for name, frame in rules().frames.items()}
            assert {name: (each.status, each.subsidy) for name, each in derived.items()} == evaluate(one), seed


@pytest.mark.parametrize("piece", range(5))
def test_both_agree_on_applicants_read_from_files_with_costs_and_own_share(piece: int) -> None:
    for seed, one in applicants(piece, 5, FILES):
        subject = read(as_yaml(one), rules())
        assert outcomes(rules(), subject) == evaluate(one), seed
        for estimate in explain.estimates(rules(), subject):
            assert estimate.eligible_cost == eligible_cost(one, estimate.frame), (seed, estimate.frame)
            assert estimate.own_cost == own_cost(one, estimate.subsidy or 0), (seed, estimate.frame)

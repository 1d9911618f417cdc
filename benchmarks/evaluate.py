"""Judging applicants in every frame: how many a second, as `check` and as `estimate` do it, and how the work grows.

    python benchmarks/evaluate.py [--rounds 15]

One process, one core. `×` compares with `json.loads` of the same applicant in the same run; only ratios mean anything. Growth
doubles one thing at a time: 2.0 is linear. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from functools import partial

from startup import APPLICANT

from hojo_cli.applicants import applicant
from hojo_cli.document import parse, plain
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import Evaluator, evaluator
from hojo_cli.engine.missing import settle
from hojo_cli.rules import ruleset
from hojo_cli.rules.declared import Ruleset

MANY = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    rules = ruleset.load("2026")
    subjects = [subject(rules, cost) for cost in range(100_000, 100_000 + 10_000 * MANY, 10_000)]
    rows(rules, subjects, rounds)
    growth(rules, subjects, rounds)


def subject(rules: Ruleset, cost: int) -> Applicant:
    root = parse(APPLICANT.replace("100万円", str(cost)).encode(), "a.yaml").root
    assert root is not None
    found = applicant.load(root, rules, "a.yaml").file
    assert found is not None
    return found.applicant


def rows(rules: Ruleset, subjects: list[Applicant], rounds: int) -> None:
    """Each step of one applicant, five frames."""
    data = APPLICANT.encode()
    root = parse(data, "a.yaml").root
    assert root is not None
    text, bare = json.dumps(plain(root)), Evaluator(rules)
    left_out = ("supplier_accounts", "sme_supplier_accounts")
    unknown = [
        each._replace(facts={name: each.facts[name] for name in each.facts if name not in left_out})
        for each in subjects
    ]
    steps: dict[str, Callable[[], object]] = {
        "json.loads": lambda: [json.loads(text) for _ in subjects],
        "document.parse": lambda: [parse(data, "a.yaml") for _ in subjects],
        "applicant.load": lambda: [applicant.load(root, rules, "a.yaml") for _ in subjects],
        "no trace (check)": lambda: [bare.outcomes(each) for each in subjects],
        "no trace, 2 facts left out": lambda: [bare.outcomes(each) for each in unknown],
        "traced (estimate)": lambda: traced(rules, subjects),
    } | peers(data)
    taken = best(steps, rounds)
    for name, seconds in taken.items():
        each = seconds / len(subjects)
        print(f"{name:<28} {each * 1e6:8.1f} µs {1 / each:9.0f} /s   {seconds / taken['json.loads']:6.1f} ×")


def peers(data: bytes) -> dict[str, Callable[[], object]]:
    """Reading the same file with PyYAML's C loader, where that is installed."""
    try:
        import yaml  # type: ignore[import-untyped]  # optional, and ships no types
    except ImportError:
        return {}
    return {"PyYAML CSafeLoader": lambda: [yaml.load(data, Loader=yaml.CSafeLoader) for _ in range(MANY)]}


def traced(rules: Ruleset, subjects: list[Applicant]) -> None:
    """Every frame settled and the profile, with all they rest on: what `estimate` puts into words."""
    reader = evaluator(rules)
    for each in subjects:
        for frame in rules.frames.values():
            settle(rules, frame, each)
        reader.profile(reader.case(each))


def growth(rules: Ruleset, subjects: list[Applicant], rounds: int) -> None:
    """Twice the work over once the work."""
    wide = [each._replace(items=each.items * 20) for each in subjects[:50]]
    wider = [each._replace(items=each.items * 2) for each in wide]
    group = [each._replace(members=(each,) * 20) for each in subjects[:50]]
    larger = [each._replace(members=each.members * 2) for each in group]
    double = rules._replace(frames={**rules.frames, **{f"{name}_": frame for name, frame in rules.frames.items()}})
    for name, path in (("no trace", outcomes), ("traced", traced)):
        taken = best(
            {
                "items": partial(path, rules, wide),
                "items 2": partial(path, rules, wider),
                "members": partial(path, rules, group),
                "members 2": partial(path, rules, larger),
                "frames": partial(path, rules, subjects),
                "frames 2": partial(path, double, subjects),
                "applicants": partial(path, rules, subjects),
                "applicants 2": partial(path, rules, subjects * 2),
            },
            rounds,
        )
        shown = "  ".join(
            f"{what} {taken[f'{what} 2'] / taken[what]:.2f}" for what in ("items", "members", "frames", "applicants")
        )
        print(f"twice the work, {name}: {shown}")


def outcomes(rules: Ruleset, subjects: list[Applicant]) -> None:
    bare = Evaluator(rules)
    for each in subjects:
        bare.outcomes(each)


def best(steps: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Processor seconds of each step, lower quartile, the steps taking turns."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            started = time.process_time()
            step()
            times[name].append(time.process_time() - started)
    return {name: sorted(taken)[rounds // 4] for name, taken in times.items()}


if __name__ == "__main__":
    main()

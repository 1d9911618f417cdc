"""What is printed about the year, and whole numbers of applicants that come to exactly that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Final

from hojo_cli.rules.declared import Outcomes
from hojo_cli.rules.ruleset import load

YEAR: Final = "2025"
YEARS: Final = ("2024", "2025", "2026")
GROUP: Final = "group"
"""The frame that the tables by prefecture, industry, headcount and amount leave out."""

ROUNDS: Final = 100
"""So often a table is fitted to its margins; what is off then is far less than one applicant."""

UNIT: Final = 10**9
"""Parts of an applicant that fitting reckons with."""

Counts = dict[str, int]
Table = dict[str, Counts]


@cache
def outcomes() -> Outcomes:
    """What was published about the year."""
    found = load(YEAR).outcomes
    assert found is not None
    return found


def printed(table: str) -> Counts:
    """Grants by a trait, by the label as printed."""
    [breakdown] = [each for each in outcomes().by if each.id == table]
    return {label.ja: number for label, number in breakdown.rows}


def apportioned(weights: Mapping[str, int], total: int) -> Counts:
    """`total` in proportion to the weights, in whole numbers: the largest remainders are rounded up."""
    whole = sum(weights.values())
    shares = {name: total * weight // whole for name, weight in weights.items()}
    left = sorted(weights, key=lambda name: (-(total * weights[name] % whole), name))
    for name in left[: total - sum(shares.values())]:
        shares[name] += 1
    return shares


def frames(granted: bool, part: int) -> Counts:
    """Applicants by frame, granted or turned down; of every `part` one. Groups are so few that they are always all there."""
    tally = outcomes().frames
    counts = {name: each.granted if granted else each.applied - each.granted for name, each in tally.items()}
    groups = counts.pop(GROUP)
    return {**apportioned(counts, sum(counts.values()) // part), GROUP: groups}


def joined(rows: Mapping[str, int], columns: Mapping[str, int], weights: Mapping[str, Mapping[str, int]]) -> Table:
    """A table with exactly these sums, cells as near to their weights as that allows (proportional fitting); 0 stays 0."""
    cells = {(row, column): weights[row][column] * UNIT for row in rows if rows[row] for column in columns}
    for _ in range(ROUNDS):
        for place, totals in ((0, rows), (1, columns)):
            sums = Counter[str]()
            for cell, value in cells.items():
                sums[cell[place]] += value
            cells = {
                cell: value * totals[cell[place]] * UNIT // max(sums[cell[place]], 1) for cell, value in cells.items()
            }
    table = {row: {column: cells.get((row, column), 0) // UNIT for column in columns} for row in rows}
    left = {column: total - sum(table[row][column] for row in rows) for column, total in columns.items()}
    for row in sorted(rows, key=lambda row: sum(weights[row].values())):  # who has fewest cells to go to comes first
        by_rest = sorted(columns, key=lambda column: -(cells.get((row, column), 0) % UNIT))
        for column, most in [*((column, 1) for column in by_rest), *((column, rows[row]) for column in by_rest)]:
            more = min(rows[row] - sum(table[row].values()), left[column], most) if cells.get((row, column)) else 0
            table[row][column] += more
            left[column] -= more
        if sum(table[row].values()) != rows[row]:
            raise ValueError(f"the printed margins leave no room for {row}")
    return table

"""The query of `hojo sql` against the evaluator: `python tests/sweeps/sql_agreement.py [--applicants 100000] [--engine duckdb spark]`.

Random applicants of every year and of other programmes, most numbers beside one that decides, much of them left out, sets empty, some with
the largest amounts: status and yen of every frame as an engine comes to them (`duckdb`, `sqlite`, `postgresql`, `spark`). Who is `outside`
is counted and has to be so in every frame. With `--others 24` each is compared again with the purchases and members of 24 others, which
takes a tenth of the time that as many new ones take. Prints each difference, and how many were compared.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from random import Random
from time import monotonic
from typing import Final

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent.parent)]

from any_applicants import any_applicant
from sql_engines import Found, Made, answers, beside_borders, engine, outside, tables, told
from subjects import HERE, rules

from hojo_cli.engine.applicant import Applicant, Item, Price
from hojo_cli.rules.declared import Ruleset

NEWEST, *EARLIER = YEARS = ("2026", "2025", "2024")
OTHERS: Final = (*EARLIER, *(str(path) for path in sorted((HERE / "programmes").glob("*.yaml"))))
LARGE: Final = tuple(
    10**power + step for power in (9, 10, 11, 12, 15) for step in (-1, 0, 1) if power < 15 or step <= 0
)


def main() -> int:
    """1 where anything differs."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--applicants", type=int, default=100_000, help="half of them of the newest year")
    asked.add_argument("--engine", nargs="+", default=["duckdb"], choices=("duckdb", "sqlite", "postgresql", "spark"))
    asked.add_argument("--first", type=int, default=0, help="the first seed")
    asked.add_argument("--at-once", type=int, default=20_000, help="so many in one query")
    asked.add_argument("--others", type=int, default=0, help="so often again, with the purchases of another one")
    asked.add_argument("--newest", action="store_true", help="of the newest year alone")
    wanted = asked.parse_args()
    shares = {NEWEST: wanted.applicants}
    if not wanted.newest:
        shares[NEWEST] //= 2
        shares |= dict.fromkeys(OTHERS, wanted.applicants // 2 // len(OTHERS))
    with ExitStack() as running:
        engines: dict[str, Callable[[Ruleset, Made], Found]] = {}
        for name in wanted.engine:
            engines[name], stop = engine(name)
            running.callback(stop)
        different = sum(
            compared(name, range(wanted.first, wanted.first + many), wanted.at_once, wanted.others, engines)
            for name, many in shares.items()
        )
    return 1 if different else 0


def compared(
    name: str, seeds: range, at_once: int, others: int, engines: Mapping[str, Callable[[Ruleset, Made], Found]]
) -> int:
    """How many applicants of a ruleset come to something else in an engine than in the evaluator."""
    used, many, frames, took = rules(name), 0, Counter[str](), Counter[str]()
    apart, different = Counter[str](), Counter[str]()
    step = max(1, at_once // (1 + others))
    for first in range(seeds.start, seeds.stop, step):
        subjects = with_purchases_of_others(some(name, range(first, min(first + step, seeds.stop))), others)
        made, here = tables(used, subjects), told(used, subjects)
        many += len(here)
        frames.update(status for judged in here.values() for status, _ in judged.values())
        for where, run in engines.items():
            before = monotonic()
            found = answers(run(used, made))
            took[where] += round(monotonic() - before)
            beyond = outside(found)
            apart[where] += len(beyond)
            for key, judged in here.items():
                if key not in beyond and found.get(key) != judged:
                    different[where] += 1
                    print(f"{name} {key}: {judged} here, {found.get(key)} in {where}", flush=True)
    print(f"{Path(name).stem}: {many:,} applicants, {frames.total():,} frames {dict(frames)}")
    for where in engines:
        print(
            f"  {where}: {different[where]} differences, {apart[where]:,} applicants outside; {took[where]} s",
            flush=True,
        )
    return different.total()


def with_purchases_of_others(subjects: Mapping[str, Applicant], others: int) -> dict[str, Applicant]:
    """Each applicant as it is, and with what as many others buy and who their members are."""
    ones = list(subjects.values())
    return {
        f"{key}-{copy}": one._replace(items=giver.items, members=giver.members)
        for place, (key, one) in enumerate(subjects.items())
        for copy in range(1 + others)
        for giver in (ones[(place + 7 * copy) % len(ones)],)
    }


def some(name: str, seeds: Iterable[int]) -> dict[str, Applicant]:
    """Applicants of a ruleset by seed; of a year two of three as people write them, priced and named."""
    seeds = list(seeds)
    found = beside_borders(name, [seed for seed in seeds if seed % 3]) if name in YEARS else {}
    for seed in seeds:
        if str(seed) not in found and (name not in YEARS or seed % 3 == 0):
            random = Random(seed)
            found[str(seed)] = priced(any_applicant(name, random), name, random)
    return found


def priced(one: Applicant, name: str, random: Random) -> Applicant:
    """As a file may hold it: costs that come about by prices, facts within others; one in fifty buys something of the largest amounts."""
    large, specs = random.randrange(50) == 0, rules(name).facts

    def quoted(item: Item) -> Item:
        cost = random.choice(LARGE) if large and random.randrange(2) else int(item.cost)
        per = 0 if item.price is None else item.price.per
        times = (item.months or 1) // per if per else 1
        unit = -(-cost // times)
        return item._replace(cost=cost if random.randrange(5) == 0 else unit * times, price=Price(unit, per, 1))

    facts = dict(one.facts)
    for fact, value in one.facts.items():
        spec, most = specs[fact], facts.get(specs[fact].at_most or "")
        if (spec.only_if or spec.within) and random.randrange(10):
            del facts[fact]
        elif isinstance(value, int | Fraction) and isinstance(most, int | Fraction):
            facts[fact] = min(value, most)
    members = tuple(priced(member, name, random) for member in one.members)
    return one._replace(facts=facts, items=tuple(map(quoted, one.items)), members=members)


if __name__ == "__main__":
    sys.exit(main())

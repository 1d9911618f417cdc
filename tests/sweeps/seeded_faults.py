"""Run every seeded fault of every shipped ruleset and say which are not noticed: `python tests/sweeps/seeded_faults.py [YEAR…]`."""

import sys
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent.parent)]

import seeded

from hojo_cli.rules import library


def main(years: list[str]) -> None:
    """A line for each fault that is not noticed, then the counts."""
    for year in years or list(library.years()):
        before = seeded.weighty(seeded.findings((seeded.HERE / "rules" / f"{year}.yaml").read_bytes(), f"{year}.yaml"))
        made: Counter[tuple[str, bool]] = Counter()
        seen: Counter[tuple[str, bool]] = Counter()
        for fault in seeded.faults(year):
            key = fault.sort, fault.at_hand
            made[key] += 1
            if seeded.noticed(fault, year, before):
                seen[key] += 1
            else:
                changed = seeded.changed_line(fault)
                print(
                    f"{year}.yaml:{fault.line} {fault.sort} of {fault.figure}{'' if fault.at_hand else ' (no text at hand)'}: {changed}",
                    flush=True,
                )
        for at_hand in (True, False):
            words = "text at hand" if at_hand else "no text at hand"
            total = sum(made[key] for key in made if key[1] == at_hand)
            print(f"{year}, {words}: {sum(seen[key] for key in seen if key[1] == at_hand)} of {total} noticed")
            for sort, hand in sorted(made):
                if hand == at_hand:
                    print(f"    {sort}: {seen[sort, hand]} of {made[sort, hand]}")


if __name__ == "__main__":
    main(sys.argv[1:])

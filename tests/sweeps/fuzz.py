"""Fuzzed inputs through every command: `python tests/sweeps/fuzz.py [--trials 110000] [--seed 1] [--jobs 2]`.

Nothing may end in a bug, a traceback, a command that hangs, or text that is more than text to whoever reads it. Prints what was tried, how
much of it got past the first checks, and each fault with a call that shows it again: `--only SEED` leaves its files in `fuzz-SEED`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent.parent)]

import fuzzing

_AT_ONCE = 250


def _some(first: int, many: int, seed: str) -> fuzzing.Count:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        return fuzzing.run(first, many, Path(folder), seed)


def main() -> int:
    """1 where anything happened that may not."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--trials", type=int, default=2_000)
    read.add_argument("--seed", default="1")
    read.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    read.add_argument("--only", help="the seed of one trial, to see it again")
    said = read.parse_args()
    if said.only:
        return _again(said.only)
    total = fuzzing.Count()
    starts = range(0, said.trials, _AT_ONCE)
    with ProcessPoolExecutor(said.jobs) as pool:
        for count in pool.map(partial(_some, many=_AT_ONCE, seed=said.seed), starts):
            total.add(count)
            for fault in count.faults:
                print(f"{fault.seed}: {fault.what}\n    hojo {' '.join(fault.trial.arguments)}", flush=True)
            count.faults.clear()
    for kind, inputs in total.inputs.items():
        seconds, seed = total.slowest.get(kind, (0.0, ""))
        past, each = total.past[kind] * 100 // inputs, total.seconds.get(kind, 0) * 1000 / inputs
        print(
            f"{kind}: {inputs:,} inputs, {past} % past the first checks, {each:.1f} ms each, slowest {seconds:.2f} s ({seed})"
        )
    inputs, past = total.inputs.total(), total.past.total()
    print(f"{inputs:,} inputs, {past * 100 // inputs} % past the first checks, {len(total.faults)} faults")
    return 1 if total.faults else 0


def _again(seed: str) -> int:
    folder = Path(f"fuzz-{seed.replace('/', '-')}")
    folder.mkdir(exist_ok=True)
    made = fuzzing.trial(Random(seed), folder)
    print("hojo", *made.arguments)
    with fuzzing.prepared(Counter()):
        for fault in fuzzing.attempt(made, fuzzing.Count(), seed):
            print(fault)
    return 0


if __name__ == "__main__":
    sys.exit(main())

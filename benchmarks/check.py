"""`hojo check` on thousands of files beside check-jsonschema and yamllint on the same files; and its memory on ten times as many.

    python benchmarks/check.py --peers FOLDER [--files 4000] [--rounds 3] [--memory]

The peers get their own environment in FOLDER, made once, as pip installs them; `--clib FOLDER` measures check-jsonschema from an
environment with the C extension of ruamel.yaml too. Whole processes with default settings take turns. `elapsed` and `processor`
(user + system, all processes together) are medians; only ratios of one run mean anything. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from startup import APPLICANT, environment

from hojo_cli.applicants.applicant_schema import applicant_schema
from hojo_cli.rules import ruleset

FEW, MANY = 8_000, 80_000


class Cost(NamedTuple):
    """Seconds that passed, processor seconds of all processes, and the largest process in KiB."""

    elapsed: float
    processor: float
    memory: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=4_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path, metavar="FOLDER")
    parser.add_argument("--clib", type=Path, metavar="FOLDER")
    parser.add_argument("--memory", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        speed(Path(folder), asked)
        if asked.memory:
            memory(Path(folder))


def speed(folder: Path, asked: argparse.Namespace) -> None:
    """Every command in turns, the shortest first."""
    files = generate(folder / "speed", asked.files)
    schema = folder / "schema.json"
    schema.write_text(json.dumps(applicant_schema(ruleset.load("2026"))), encoding="utf-8")
    named = {"hojo check": [*HOJO, str(folder / "speed")]}
    named["hojo check --jobs 1"] = [*HOJO, "--jobs", "1", str(folder / "speed")]
    named |= peers(asked, schema, files)
    costs: dict[str, list[Cost]] = {name: [] for name in named}
    for _ in range(asked.rounds):
        for name, command in named.items():
            costs[name].append(measure(command))
    base = middle(costs["hojo check"])
    print(f"first line of a stream after {sorted(first_line(folder / 'speed') for _ in range(5))[2]:.2f} s")
    print(f"{asked.files} files, {asked.rounds} rounds, {os.cpu_count()} processors")
    for name, found in costs.items():
        cost = middle(found)
        print(
            f"{name:<28} {cost.elapsed:7.2f} s {cost.elapsed / base.elapsed:6.1f} ×"
            f"   processor {cost.processor:7.2f} s {cost.processor / base.processor:6.1f} ×   {cost.memory // 1024:5} MiB"
        )


def first_line(folder: Path) -> float:
    """Seconds until the first line of a stream is there."""
    started = time.perf_counter()
    with subprocess.Popen([*HOJO, "--format", "jsonl", str(folder)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        passed = time.perf_counter() - started
        process.stdout.read()
    return passed


HOJO = (sys.executable, "-m", "hojo_cli", "check")


def peers(asked: argparse.Namespace, schema: Path, files: list[str]) -> dict[str, list[str]]:
    found = {}
    for label, place in (("", asked.peers), (" (C extension)", asked.clib)):
        if place is not None:
            scripts = environment(place)
            if label:
                subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", "ruamel.yaml.clib"], check=True)
            found[f"check-jsonschema{label}"] = [str(scripts / "check-jsonschema"), "--schemafile", str(schema), *files]
    if asked.peers is not None:
        rules = "{extends: default, rules: {document-start: disable, line-length: disable}}"
        found["yamllint"] = [str(environment(asked.peers) / "yamllint"), "-d", rules, str(Path(files[0]).parent.parent)]
    return found


def generate(folder: Path, number: int) -> list[str]:
    """Applicants who differ in name and cost, 200 to a folder."""
    found = []
    for place in range(number):
        path = folder / f"{place // 200:04}" / f"{place:06}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = APPLICANT.replace("見本の商店", f"見本の商店{place}").replace("100万円", str(500_000 + place * 100))
        path.write_text(text, encoding="utf-8")
        found.append(str(path))
    return found


def measure(command: list[str]) -> Cost:
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    return Cost(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss)


def middle(costs: list[Cost]) -> Cost:
    return Cost(*(sorted(column)[len(costs) // 2] for column in zip(*costs, strict=True)))


def memory(folder: Path) -> None:
    """The peak of the largest process at 8,000 and at 80,000 files."""
    peaks = []
    for number in (FEW, MANY):
        generate(folder / "memory", number)
        for format in ("jsonl", "table"):
            cost = measure([*HOJO, "--format", format, str(folder / "memory")])
            peaks.append(cost.memory)
            print(f"{number:>6} files, {format:<6} {cost.memory // 1024:5} MiB  {cost.elapsed:6.2f} s")
    print(f"{MANY} over {FEW} files: jsonl {peaks[2] / peaks[0]:.2f} ×, table {peaks[3] / peaks[1]:.2f} ×")


if __name__ == "__main__":
    main()

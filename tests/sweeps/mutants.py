"""Mutation testing of the core: `python tests/sweeps/mutants.py [--sample 160] [--seed 1] [--jobs 2] [--quick] [WORD…]`.

Small changes of meaning are made in the core, one at a time, and the tests run: a mutant that none of them notices shows a hole. A sample is
drawn by a seed; words choose mutants whose description holds all of them. `equivalent_mutants.txt` lists those that change nothing, with the
reason. Prints every survivor, then the share of mutants killed that are not equivalent.

The tests that notice most are collected once, and run once to see which lines each of them reaches; each mutant is a function with other
code in a fork of that process, shown to the tests that reach its line, the nearest first. What lies in no function or is reached by none,
and (without `--quick`) what none of these tests notices, is shown to all tests in a process of its own.
"""

from __future__ import annotations

import argparse
import importlib.machinery
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import pytest
from coverage import Coverage, CoverageData
from small_changes import ROOT, Mutant, function_of, lines_of, mutants, mutated, paths

EQUIVALENT: Final = Path(__file__).parent / "equivalent_mutants.txt"
NEAREST: Final = {
    **dict.fromkeys(
        ("completions", "diagram", "group", "interval", "members", "missing", "open_frame", "three_valued"),
        ("left_out", "derive", "evaluator"),
    ),
    **dict.fromkeys(("moving", "pieces"), ("moving",)),
    "number": ("number",),
}
"""Tests that a change of a module is shown to before all others; of other modules: `evaluator`, `derive` and `left_out`."""
FIRST: Final = (
    "number",
    "amounts",
    "item_fields",
    "cases",
    "examples",
    "generality",
    "assumptions",
    "agreement",
    "facts_together",
    "prices",
    "unknown_fields",
    "unknowns",
    "advise",
    "moving",
    "derive",
    "evaluator",
    "left_out",
    "curve",
)
"""Tests that notice most; the others run if none of these does, but for `--quick`."""
APART: Final = (
    "surroundings",
    "batch_faults",
    "hostile",
    "whole_folder",
    "fuzz",
    "injection",
    "readme",
    "checks_page",
    "docs_ci",
    "schema",
    "complete",
    "command_line",
    "source_independence",
    "cli",
    "boundaries",
    "calculator_page",
    "convert_tables",
    "document",
    "excel",
    "finding",
    "four_questions",
    "html",
    "national_year",
    "no_float",
    "no_programme_words",
    "output_schemas",
    "prebuilt",
    "site",
    "sql",
    "sql_spark",
    "sql_variants",
    "tables",
    "tables_records",
    "walks",
)
"""Tests in other processes or of other things: no mutant of the core is theirs to kill."""
BOUNDS: Final = (5, 20, 20)
"""Seconds of processor time, of each round of tests four times what its slowest one takes: one that takes longer notices by that."""
UNCHANGED: Final = Mutant("hojo_cli.base.number", -1, 0, "", "", "")
UNSOUND: Final = "some test fails without any change: nothing can be told from that"
ROOM: Final = 4 << 30
"""Bytes: a change that gathers without end is ended too."""

# --- running -------------------------------------------------------------------------------------------------------------------


def rounds(module: str) -> Iterator[list[str]]:
    """Test files, those that notice most first."""
    there = {path.stem.removeprefix("test_"): str(path) for path in (ROOT / "tests").glob("test_*.py")}
    nearest = NEAREST.get(module.rpartition(".")[2], ("evaluator", "derive", "left_out"))
    yield [there[name] for name in nearest]
    yield [there[name] for name in FIRST if name not in nearest]
    yield [path for name, path in sorted(there.items()) if name not in (*FIRST, *APART)]


class Reached(NamedTuple):
    """The tests that reach each line of each file, and the seconds of processor time that each takes."""

    lines: Mapping[str, Mapping[int, Collection[str]]]
    taken: Mapping[str, float]

    def tests(self, mutant: Mutant) -> set[str]:
        path, lines = lines_of(mutant)
        return {test for line in lines for test in self.lines.get(str(path), {}).get(line, ()) if test in self.taken}


class Forks:
    """Shows each mutant to tests that are collected once: in a fork of this process, in which one function has other code."""

    def __init__(self, tried: list[Mutant], jobs: int) -> None:
        self.tried = tried
        self.jobs = jobs
        self.noticed: dict[Mutant, bool] = {}
        self.sound = False
        self.running: dict[int, Mutant] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        start = time.monotonic()
        files = list(dict.fromkeys(item.path for item in session.items))
        with TemporaryDirectory() as folder:
            shares = [Path(folder, str(place)) for place in range(self.jobs)]
            running = [
                _fork(partial(_seen, [item for item in session.items if item.path in files[place :: self.jobs]], share))
                for place, share in enumerate(shares)
            ]
            ends = [os.waitpid(pid, 0)[1] for pid in running]
            self.sound = not any(ends)
            if not self.sound:
                return True
            reached = _read(shares)
        print(f"    {len(reached.taken):,} tests, {time.monotonic() - start:.0f} s", file=sys.__stdout__, flush=True)
        for number, mutant in enumerate(self.tried, 1):
            tests = reached.tests(mutant)
            if tests and function_of(mutant, sys.modules[mutant.module]) is not None:
                items = [item for item in session.items if item.nodeid in tests]
                self.running[_fork(partial(_shown, items, mutant, reached.taken))] = mutant
            while len(self.running) >= self.jobs or (self.running and number == len(self.tried)):
                pid, status = os.wait()
                end(pid)
                ended = self.running.pop(pid)
                self.noticed[ended] = status != 0
                if status == 0:
                    print(f"    not noticed at first: {ended}", file=sys.__stdout__, flush=True)
            if number % 20 == 0:
                print(f"    {number} tried, {time.monotonic() - start:.0f} s", file=sys.__stdout__, flush=True)
        return True


def _fork(run: Callable[[], bool]) -> int:
    """A process that ends with 0 where all is well."""
    if (pid := os.fork()) == 0:
        ended = 1
        with suppress(BaseException):  # whatever a change brings about, the process ends here
            os.setsid()
            resource.setrlimit(resource.RLIMIT_DATA, (ROOM, ROOM))
            ended = 0 if run() else 1
        os._exit(ended)
    return pid


def _passes(item: pytest.Item, after: pytest.Item | None = None) -> bool:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
    return not item.session.testsfailed


def _seen(items: Sequence[pytest.Item], folder: Path) -> bool:
    """In a fork: runs all tests as they are, and writes down the lines that each reaches, and the time of those that pass so."""
    forget()
    folder.mkdir()
    seen = Coverage(folder / "lines", include=list(map(str, paths())), config_file=False)
    taken = {}
    seen.start()
    for item, after in zip(items, [*items[1:], None], strict=True):
        item.get_closest_marker = lambda name, default=None: default  # type: ignore[method-assign]  # `no_cover` is seen too
        seen.switch_context(item.nodeid)
        start = time.process_time()
        if _passes(item, after):
            taken[item.nodeid] = time.process_time() - start
        else:
            print(f"    left out, it fails without any change: {item.nodeid}", file=sys.__stdout__, flush=True)
            item.session.testsfailed = 0
    seen.stop()
    seen.save()
    (folder / "taken").write_text(json.dumps(taken), encoding="utf-8")
    return True


def _read(folders: Iterable[Path]) -> Reached:
    lines: dict[str, dict[int, list[str]]] = {}
    taken: dict[str, float] = {}
    for folder in folders:
        taken |= json.loads((folder / "taken").read_text(encoding="utf-8"))
        seen = CoverageData(folder / "lines")
        seen.read()
        for path in seen.measured_files():
            for line, tests in seen.contexts_by_lineno(path).items():
                lines.setdefault(path, {}).setdefault(line, []).extend(tests)
    return Reached(lines, taken)


def _shown(items: Sequence[pytest.Item], mutant: Mutant, taken: Mapping[str, float]) -> bool:
    """In a fork: whether all these tests pass in spite of a change; one that takes four times its time does not."""
    found = function_of(mutant, sys.modules[mutant.module])
    assert found is not None
    function, code = found
    function.__code__ = code
    forget()
    nearest = next(rounds(mutant.module))
    ordered = sorted(items, key=lambda item: (str(item.path) not in nearest, taken[item.nodeid]))
    for item, after in zip(ordered, [*ordered[1:], None], strict=True):
        signal.setitimer(signal.ITIMER_VIRTUAL, 2 + 4 * taken[item.nodeid])
        if not _passes(item, after):
            return False
    return True


def forget() -> None:
    """Whatever was worked out before a change: the program and the tests remember nothing of it."""
    for module in [*sys.modules.values()]:
        if Path(getattr(module, "__file__", None) or "/").is_relative_to(ROOT):
            for held in [*vars(module).values()]:
                if hasattr(held, "cache_clear"):
                    held.cache_clear()


def arguments(files: list[str], without: list[str]) -> list[str]:
    quiet = ["-o", "addopts=", "-m", "not slow", "-x", "-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:xdist"]
    return [*quiet, *(f"--deselect={name}" for name in without), *files]


def repeats(item: pytest.Item) -> bool:
    """What repeats itself comes last."""
    return item.get_closest_marker("no_cover") is not None


def end(group: int) -> None:
    """Whatever a run has left behind."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


class Bounded:
    """Ends this process, by a signal that nobody handles, in a test that takes too long."""

    def __init__(self, bound: int) -> None:
        self.bound = bound

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=repeats)

    def pytest_runtest_logstart(self) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, self.bound)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            print(report.nodeid, flush=True)


def run_one(mutant: Mutant, shown: int, without: list[str]) -> int:
    """In a process of its own, before anything of hojo is loaded: so many rounds of tests; 0 where none of them notices."""
    code = mutated(mutant)
    original = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader: importlib.machinery.SourceFileLoader, name: str) -> object:
        return code if name == mutant.module else original(loader, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[assignment]  # how the changed module is imported
    resource.setrlimit(resource.RLIMIT_DATA, (ROOM, ROOM))
    for files, bound in islice(zip(rounds(mutant.module), BOUNDS, strict=True), shown):
        if ended := pytest.main(arguments(files, without), plugins=[Bounded(bound)]):
            return int(ended)
    return 0


def killed(mutant: Mutant, shown: int, without: list[str]) -> bool:
    """Whether a test of so many rounds notices, in a process of its own, or the run ends no more."""
    one = [mutant.module, str(mutant.place), str(mutant.way), str(shown)]
    command = [sys.executable, __file__, "--one", *one, *without]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as run:
        ended = run.wait()
        end(run.pid)
    return ended != 0


def equivalent() -> dict[str, str]:
    """Mutants that change nothing, each with the reason on the line below it."""
    lines = [line for line in EQUIVALENT.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return dict(zip(lines[::2], (line.strip() for line in lines[1::2]), strict=True))


def main() -> int:
    """1 where fewer than 98 % of the mutants that are not equivalent are killed."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("words", nargs="*")
    read.add_argument("--sample", type=int, default=160)
    read.add_argument("--seed", default="1")
    read.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    read.add_argument("--list", action="store_true", help="only say which")
    read.add_argument("--quick", action="store_true", help="only the tests that notice most")
    read.add_argument("--without", nargs="*", default=[], help="tests to leave out")
    read.add_argument("--one", nargs="+", help=argparse.SUPPRESS)
    said = read.parse_args()
    sys.path[:0] = [str(ROOT)]
    if said.one:
        module, place, way, shown, *without = said.one
        return run_one(Mutant(module, int(place), int(way), "", "", ""), int(shown), without)
    every = [mutant for path in paths() for mutant in mutants(path)]
    chosen = [mutant for mutant in every if all(word in str(mutant) for word in said.words)]
    drawn = chosen if said.words else Random(said.seed).sample(chosen, min(said.sample, len(chosen)))
    known = equivalent()
    tried = [mutant for mutant in drawn if str(mutant) not in known]
    print(f"{len(every):,} mutants, {len(drawn)} drawn, {len(drawn) - len(tried)} of them equivalent", flush=True)
    if said.list:
        print(*tried, sep="\n")
        return 0
    forks = Forks(tried, said.jobs)
    first = [path for files in islice(rounds(""), 2) for path in files]
    pytest.main(arguments(first, said.without), plugins=[forks])
    if not forks.sound:
        print(UNSOUND)
        return 2
    shown = 2 if said.quick else 3
    left = [mutant for mutant in tried if mutant not in forks.noticed or not (said.quick or forks.noticed[mutant])]
    survivors = [mutant for mutant, noticed in forks.noticed.items() if said.quick and not noticed]
    with ThreadPoolExecutor(said.jobs) as pool:
        apart = [UNCHANGED, *left] if left else []
        dead = [*pool.map(lambda mutant: killed(mutant, shown, said.without), apart)]
    if any(dead[:1]):
        print(UNSOUND)
        return 2
    survivors += [mutant for mutant, noticed in zip(apart, dead, strict=True) if not noticed and mutant in left]
    for mutant in survivors:
        print(f"survived: {mutant}")
    share = (len(tried) - len(survivors)) * 1000 // max(len(tried), 1)
    print(f"killed {len(tried) - len(survivors)} of {len(tried)} that are not equivalent: {share // 10}.{share % 10} %")
    return 1 if share < 980 else 0


if __name__ == "__main__":
    sys.exit(main())

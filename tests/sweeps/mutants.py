"""Mutation testing of the core: `python tests/sweeps/mutants.py [--sample 160] [--seed 1] [--jobs 2] [--quick] [WORD…]`.

Small changes of meaning are made in the core, one at a time, and the tests run: a mutant that none of them notices shows a hole. A sample is
drawn by a seed; words choose mutants whose description holds all of them. `equivalent_mutants.txt` lists those that change nothing, with the
reason. Prints every survivor, then the share of mutants killed that are not equivalent.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.machinery
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import pytest

ROOT: Final = Path(__file__).parent.parent.parent
CORE: Final = ("base/number", "rules/nodes", "engine")
EQUIVALENT: Final = Path(__file__).parent / "equivalent_mutants.txt"
NEAREST: Final = {
    **dict.fromkeys(
        ("completions", "diagram", "group", "interval", "members", "missing", "three_valued"),
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
    "unknown_fields",
    "unknowns",
    "moving",
    "derive",
    "evaluator",
    "left_out",
    "curve",
)
"""Tests that notice most; the others run if none of these does."""
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
)
"""Tests in other processes or of other things: no mutant of the core is theirs to kill."""
BOUNDS: Final = (5, 20, 20)
"""Seconds of processor time, of each round of tests four times what its slowest one takes: one that takes longer notices by that."""
ROOM: Final = 4 << 30
"""Bytes: a change that gathers without end is ended too."""


class Mutant(NamedTuple):
    """A change of one node: the module, its function, and both expressions; `again` counts those that read the same there."""

    module: str
    place: int
    way: int
    function: str
    before: str
    after: str
    again: int = 0

    def __str__(self) -> str:
        again = f" ({self.again + 1})" if self.again else ""
        return f"{self.module} {self.function}: {self.before} → {self.after}{again}"


# --- changes -------------------------------------------------------------------------------------------------------------------

_COMPARED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_RECKONED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}


def ways(node: ast.AST) -> Iterator[ast.AST]:
    """Every change of a node, each as a node to stand in its place."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in _COMPARED:
            yield _with(node, ops=[_COMPARED[type(operator)]()])
        case ast.BinOp(op=operator) if type(operator) in _RECKONED:
            yield _with(node, op=_RECKONED[type(operator)]())
        case ast.BoolOp(op=operator, values=values):
            yield _with(node, op=ast.Or() if isinstance(operator, ast.And) else ast.And())
            for value in values:
                rest = [other for other in values if other is not value]
                yield rest[0] if len(rest) == 1 else _with(node, values=rest)
        case ast.UnaryOp(op=ast.Not(), operand=operand) | ast.UnaryOp(op=ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            yield _with(node, func=ast.Name(_CALLED[name], ast.Load()))
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if not isinstance(
            test, (ast.Compare, ast.UnaryOp)
        ):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=[_, *_]):
            yield _with(node, ifs=[])
        case ast.match_case(guard=ast.expr() as guard):
            yield _with(node, guard=ast.UnaryOp(ast.Not(), guard))
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield _with(node, value=ast.Constant(None))
        case (
            ast.Assign(value=ast.Call() | ast.Name() | ast.Attribute() | ast.BinOp() | ast.Subscript())
            | ast.AnnAssign(value=ast.expr())
        ):
            yield _with(node, value=ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()


def _with(node: ast.AST, **fields: object) -> ast.AST:
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _meaning(node: ast.AST, function: str = "") -> Iterator[tuple[ast.AST, str, ast.AST, str, int | None]]:
    """Every node that is run: itself, its function, and where it hangs. Types, assertions and docstrings are not tried."""
    for name, below in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params", "bases", "keywords") and not isinstance(
            node, ast.Call
        ):
            continue
        many = isinstance(below, list)
        for place, each in enumerate(below if many else [below]):
            if (
                not isinstance(each, ast.AST)
                or isinstance(each, (ast.Assert, ast.Import, ast.ImportFrom))
                or _types_only(each)
            ):
                continue
            inside = f"{function}.{each.name}" if isinstance(each, (ast.FunctionDef, ast.ClassDef)) else function
            yield each, inside.lstrip("."), node, name, place if many else None
            yield from _meaning(each, inside)


def _types_only(node: ast.AST) -> bool:
    match node:
        case ast.If(test=ast.Name("TYPE_CHECKING")):
            return True
        case ast.AnnAssign(annotation=ast.Name("TypeAlias")) | ast.Assign(value=ast.BinOp(op=ast.BitOr())):
            return True
        case ast.Call(func=ast.Name("cast" | "TypeVar")) | ast.Assign(value=ast.Call(func=ast.Name("TypeVar"))):
            return True
    return False


def paths() -> list[Path]:
    """The files of the core."""
    names = [ROOT / "hojo_cli" / name for name in CORE]
    return [
        path for name in names for path in (sorted(name.glob("*.py")) if name.is_dir() else [name.with_suffix(".py")])
    ]


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file."""
    seen: dict[tuple[str, str, str], int] = {}
    module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    for place, (node, function, *_) in enumerate(_meaning(ast.parse(path.read_text(encoding="utf-8")))):
        for way, changed in enumerate(ways(node)):
            before, after = _told(node), _told(changed)
            if before == after:
                continue
            again = seen[function, before, after] = seen.get((function, before, after), -1) + 1
            yield Mutant(module, place, way, function, before, after, again)


def _told(node: ast.AST) -> str:
    """The line of it that changes."""
    if isinstance(node, (ast.If, ast.While)):
        return f"if {ast.unparse(node.test)}"
    if isinstance(node, ast.comprehension):
        return ast.unparse(ast.GeneratorExp(ast.Name("_"), [node]))
    if isinstance(node, ast.match_case):
        return f"case {ast.unparse(node.pattern)}" + (
            f" if {ast.unparse(node.guard)}" if node.guard is not None else ""
        )
    return ast.unparse(node).partition("\n")[0]


def mutated(source: bytes, place: int, way: int) -> ast.Module:
    """The file with this one change."""
    tree = ast.parse(source)
    node, _, above, field, index = list(_meaning(tree))[place]
    changed = ast.copy_location(list(ways(node))[way], node)
    if index is None:
        setattr(above, field, changed)
    else:
        getattr(above, field)[index] = changed
    return ast.fix_missing_locations(tree)


# --- running -------------------------------------------------------------------------------------------------------------------


def tests(module: str) -> Iterator[list[str]]:
    """Test files, those that notice most first."""
    there = {path.stem.removeprefix("test_"): str(path) for path in (ROOT / "tests").glob("test_*.py")}
    nearest = NEAREST.get(module.rpartition(".")[2], ("evaluator", "derive", "left_out"))
    yield [there[name] for name in nearest]
    yield [there[name] for name in FIRST if name not in nearest]
    yield [path for name, path in sorted(there.items()) if name not in (*FIRST, *APART)]


def run_one(module: str, place: int, way: int, options: list[str]) -> int:
    """In a process of its own: the tests with this one change (a `place` below 0: with none); 0 where none of them notices."""
    import pytest  # with the changed module in its way

    sys.path.insert(0, str(ROOT))
    path = next(
        path
        for path in paths()
        if path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__") == module
    )
    tree = ast.parse(path.read_bytes()) if place < 0 else mutated(path.read_bytes(), place, way)
    code = compile(tree, str(path), "exec")
    original = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader: importlib.machinery.SourceFileLoader, name: str) -> object:
        return code if name == module else original(loader, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[assignment]  # how the changed module is imported
    quick, without = "quick" in options, [f"--deselect={name}" for name in options]
    resource.setrlimit(resource.RLIMIT_DATA, (ROOM, ROOM))
    for files, bound in zip(tests(module), BOUNDS[: 2 if quick else 3], strict=False):
        if ended := pytest.main(
            ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", "--tb=line", *without, *files],
            plugins=[_Bounded(bound)],
        ):
            return int(ended)
    return 0


class _Bounded:
    """Ends this process, by a signal that nobody handles, in a test that takes too long. What repeats itself comes last."""

    def __init__(self, bound: int) -> None:
        self.bound = bound

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: item.get_closest_marker("no_cover") is not None)

    def pytest_runtest_logstart(self) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, self.bound)


def killed(mutant: Mutant, options: list[str]) -> bool:
    """Whether some test notices, or the run ends no more. Processes that its tests left behind end with it."""
    command = [sys.executable, __file__, "--one", mutant.module, str(mutant.place), str(mutant.way), *options]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as run:
        ended = run.wait()
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
    return ended != 0


def equivalent() -> dict[str, str]:
    """Mutants that change nothing, each with the reason on the line below it."""
    lines = [line for line in EQUIVALENT.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return dict(zip(lines[::2], (line.strip() for line in lines[1::2]), strict=True))


def main() -> int:
    """1 where fewer than 98 % of the mutants that are not equivalent are killed."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("words", nargs="*")
    read.add_argument("--sample", type=int, default=160)
    read.add_argument("--seed", default="1")
    read.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    read.add_argument("--list", action="store_true", help="only say which")
    read.add_argument("--quick", action="store_true", help="only the tests that notice most")
    read.add_argument("--without", nargs="*", default=[], help="tests to leave out")
    read.add_argument("--one", nargs="+", help=argparse.SUPPRESS)
    said = read.parse_args()
    if said.one:
        module, place, way, *options = said.one
        return run_one(module, int(place), int(way), options)
    options = [*said.without, *(["quick"] if said.quick else [])]
    every = [mutant for path in paths() for mutant in mutants(path)]
    chosen = [mutant for mutant in every if all(word in str(mutant) for word in said.words)]
    drawn = chosen if said.words else Random(said.seed).sample(chosen, min(said.sample, len(chosen)))
    known = equivalent()
    tried = [mutant for mutant in drawn if mutant.before != mutant.after and str(mutant) not in known]
    print(f"{len(every):,} mutants, {len(drawn)} drawn, {len(drawn) - len(tried)} of them equivalent", flush=True)
    if said.list:
        print(*tried, sep="\n")
        return 0
    if killed(Mutant("hojo_cli.base.number", -1, 0, "", "", ""), options):
        print("some test fails without any change: nothing can be told from that")
        return 2
    survivors = 0
    with ThreadPoolExecutor(said.jobs) as pool:
        start = time.monotonic()
        for number, (mutant, dead) in enumerate(
            zip(tried, pool.map(partial(killed, options=options), tried), strict=True), 1
        ):
            survivors += not dead
            if not dead:
                print(f"survived: {mutant}", flush=True)
            if number % 20 == 0:
                print(f"    {number} tried, {time.monotonic() - start:.0f} s", flush=True)
    share = (len(tried) - survivors) * 1000 // max(len(tried), 1)
    print(f"killed {len(tried) - survivors} of {len(tried)} that are not equivalent: {share // 10}.{share % 10} %")
    return 1 if share < 980 else 0


if __name__ == "__main__":
    sys.exit(main())

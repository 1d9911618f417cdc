"""Small changes of meaning in the modules of the core: what `mutants` tries, one at a time."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).parent.parent.parent
CORE: Final = ("base/number", "rules/nodes", "rules/asked", "engine")


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
        case ast.Expr(value=ast.Call(func=ast.Name("assert_never"))):
            return
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
    module = named(path)
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


def named(path: Path) -> str:
    """The module of a file."""
    return path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")


def lines_of(mutant: Mutant) -> tuple[Path, set[int]]:
    """The file of a mutant, and the lines that whoever reaches it reaches."""
    path = next(path for path in paths() if named(path) == mutant.module)
    tree = ast.parse(path.read_bytes())
    node: Any = list(_meaning(tree))[mutant.place][0]
    match node:
        case ast.If(test=part) | ast.While(test=part) | ast.comprehension(iter=part) | ast.match_case(guard=part):
            node = part
    around = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.stmt) and each.lineno <= node.lineno <= (each.end_lineno or 0)
    ]
    return path, {max(each.lineno for each in around), *range(node.lineno, node.end_lineno + 1)}


def mutated(mutant: Mutant) -> CodeType:
    """The code of its module with this one change; without any where `place` is below 0."""
    path = next(path for path in paths() if named(path) == mutant.module)
    tree = ast.parse(path.read_bytes())
    if mutant.place >= 0:
        node, _, above, field, index = list(_meaning(tree))[mutant.place]
        changed = ast.copy_location(list(ways(node))[mutant.way], node)
        if index is None:
            setattr(above, field, changed)
        else:
            getattr(above, field)[index] = changed
    return compile(ast.fix_missing_locations(tree), str(path), "exec")


def function_of(mutant: Mutant, module: object) -> tuple[FunctionType, CodeType] | None:
    """The function (or method) of a loaded module that the change lies in, and its changed code; None where it lies in none."""
    held: Any = module  # modules, classes and what decorators make of functions lie on the way
    code = mutated(mutant)
    for name in mutant.function.split("."):
        held = vars(held).get(name)
        code = next((each for each in code.co_consts if isinstance(each, CodeType) and each.co_name == name), code)
        for attribute in ("fget", "func", "__wrapped__", "__func__"):
            held = getattr(held, attribute, held)
        if isinstance(held, FunctionType):
            return held, code
        if not isinstance(held, type):
            return None
    return None

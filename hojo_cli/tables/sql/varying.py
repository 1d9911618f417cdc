"""`--vary PATH=VALUE,VALUE…` read: which figures of a ruleset vary, and what each may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Finding, HojoError, Location, Severity, Text
from hojo_cli.base.number import NumberProblem, read as read_number
from hojo_cli.base.sanitize import shorten
from hojo_cli.base.suggest import candidates, suggestion
from hojo_cli.document import Mapping as MappingNode, Node, Scalar, Sequence as List
from hojo_cli.messages import finding
from hojo_cli.rules import library, nodes, ruleset as rulesets
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Choose, Number, Tiered
from hojo_cli.rules.walk import nodes_within, numbers
from hojo_cli.tables.sql.variants import Variants, Varied

MOST: Final = 10_000
"""The most variants of one query."""
_GROUPED: Final = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])")
"""`1,500,000` yen is one number, which nobody writes for three."""
_PLACES: Final[Mapping[type, frozenset[str]]] = {
    nodes.Apportion: frozenset({"of"}),
    nodes.Band: frozenset({"below", "cap", "floor"}),
    nodes.Branch: frozenset({"use"}),
    nodes.Capped: frozenset({"cap", "of"}),
    nodes.Compare: frozenset({"number"}),
    nodes.Least: frozenset({"parts"}),
    nodes.Line: frozenset({"amount"}),
    nodes.Rated: frozenset({"of", "rate"}),
    nodes.Rounded: frozenset({"of"}),
    nodes.Scaled: frozenset({"number"}),
    nodes.Subtotal: frozenset({"cap"}),
    nodes.Sum: frozenset({"parts"}),
    nodes.Tier: frozenset({"rate", "up_to"}),
}
"""The nodes, and what of them, whose figures a query reads as columns."""


def read(rules: str, used: Ruleset, texts: Sequence[str]) -> Variants:
    """The variants that the options ask of the ruleset `rules`; `HojoError` with all that is wrong with them."""
    figures = {number.path: number for number in numbers(used)}
    paths = {path.removesuffix(".use"): path for path in figures} | {path: path for path in figures}
    fixed, findings, values = dict(_fixed(used)), list[Finding](), dict[str, dict[Exact, str]]()
    for text in texts:
        where = _at(text)
        name, equals, listed = (part.strip() for part in text.partition("="))
        if not equals or (name in paths and figures[paths[name]].kind == "yen" and _GROUPED.search(listed)):
            findings.append(finding("HJ063", where, text=text))
        elif name not in paths:
            near = suggestion(*candidates(name, [path.removesuffix(".use") for path in figures]))
            findings.append(finding("HJ061", where, path=name, near=near if near.ja else _FORMS))
        elif paths[name] in fixed:
            findings.append(finding("HJ062", where, path=name, why=fixed[paths[name]]))
        else:
            figure = figures[paths[name]]
            may_be = values.setdefault(figure.path, {})
            for value in map(str.strip, re.split("[,，、]", listed)):
                try:
                    may_be.setdefault(read_number(value, figure.kind), value)
                except NumberProblem as problem:
                    findings.append(finding(problem.code, where, **problem.words))
    if not findings:
        findings += _refused(rules, used, figures, values)
    variants = Variants(tuple(Varied(path, figures[path].kind, tuple(held)) for path, held in values.items()))
    if not findings and variants.size > MOST:
        findings.append(finding("HJ064", _at(texts[0]), count=variants.size, most=MOST))
    if findings:
        raise HojoError(*findings)
    return variants


def _at(text: str) -> Location:
    """The place of what an option says: no line of a file."""
    return Location(f"--vary {shorten(text)}", 0, 0)


def _refused(
    rules: str, used: Ruleset, figures: Mapping[str, Number], values: Mapping[str, Mapping[Exact, str]]
) -> Iterator[Finding]:
    """What the ruleset would not load with: every two figures at their smallest and largest, the others at their first value.

    What a ruleset asks of a figure is to lie between others: so nothing else can be wrong with any combination.
    """
    data, file = library.content(rules)
    root = rulesets.tree(data, file)
    first = {path: next(iter(may_be)) for path, may_be in values.items()}
    ends = {path: sorted({min(may_be), max(may_be)}) for path, may_be in values.items()}
    pairs = combinations(values, 2) if len(values) > 1 else [(path, path) for path in values]
    rows = dict.fromkeys(
        tuple({**first, one: left, other: right}.items())
        for one, other in pairs
        for left, right in product(ends[one], ends[other])
        if one != other or left == right
    )
    for row in rows:
        edits = {(figures[path].where.line, figures[path].where.column): values[path][value] for path, value in row}
        edited = _with(root, edits)
        assert isinstance(edited, MappingNode)
        _, reading = rulesets.lower(edited, used.sha256, file)
        wrong = [found for found in dict.fromkeys(reading.findings) if found.severity is Severity.ERROR]
        if wrong:
            said = " ".join(f"{path.removesuffix('.use')}={values[path][value]}" for path, value in row)
            yield from (found._replace(where=_at(said)) for found in wrong)
            return


def _with(node: Node, edits: Mapping[tuple[int, int], str]) -> Node:
    """The tree with another text at some places."""
    match node:
        case Scalar():
            at = node.line, node.column
            return Scalar(edits[at], node.plain, *at) if at in edits else node
        case MappingNode():
            entries = {key: _with(value, edits) for key, value in node.entries.items()}
            return MappingNode(entries, node.keys, node.line, node.column)
        case List():
            return List([_with(item, edits) for item in node.items], node.line, node.column)


def _fixed(used: Ruleset) -> Iterator[tuple[str, Text]]:
    """The figures that a query does not read as columns, and why."""
    for node in nodes_within(used):
        fields: tuple[str, ...] = getattr(node, "_fields", ())
        for field in fields:
            held = getattr(node, field)
            for figure in held if isinstance(held, tuple) and not hasattr(held, "_fields") else (held,):
                if not isinstance(figure, Number):
                    continue
                kind = type(node)
                column = figure.kind == "yen" if kind is nodes.CategoryLimit else field in _PLACES.get(kind, ())
                if not column:
                    yield figure.path, _WHY.get(kind, _OF_READING)
        if isinstance(node, Tiered) and node.on_subsidy:
            for tier in node.tiers:
                uses = [branch.use for branch in tier.rate.branches] if isinstance(tier.rate, Choose) else [tier.rate]
                yield from ((use.path, _TIER_RATE) for use in uses if isinstance(use, Number))


_UNIT: Final = Text("端数処理の単位", "the unit of rounding")
_WHY: Final[Mapping[type, Text]] = {
    nodes.CategoryLimit: Text("明細を合計する前の月数の限度", "a limit of months, before items are added up"),
    nodes.Share: Text("ほかの行に対する割合", "a share of other lines"),
    nodes.Rounded: _UNIT,
    nodes.Rounding: _UNIT,
}
_OF_READING: Final = Text("申請者の読み取りに使う数字", "it is part of how applicants are read")
_TIER_RATE: Final = Text("補助額で区切った段階の率", "the rate of a tier of subsidy")
_FORMS: Final = Text(
    "場所は `hojo diff` が示す形です。例: `frames.枠.bands.区分.cap`",
    "Places are written as `hojo diff` shows them, as in `frames.FRAME.bands.BAND.cap`.",
)

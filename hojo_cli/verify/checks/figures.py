"""A figure must be readable from the fragment it cites, and on the side of the bound that the fragment prints.

A figure that differs from its fragment is accepted, and listed, where the label of the assumption beside it reads the printed one anew
(`+3%は年5%`), or names it while the fragment prints no figure at all.
A fragment without 以上, 以下, 超 or 未満 is accepted and listed too, because a mistaken bound would go unnoticed there.

Bad:
    rounding: {source: {printed: ２円未満は切り捨て}}
Bad:
    frames: {aid: {bands: [{id: all, label: {ja: 額, en: amount}, floor: {use: 60万円, source: {id: guide, at: 第１条, printed: 5万円～60万円未満}}}]}}
Good:
    rounding: {source: {printed: １円未満は切り捨て}}
Good:
    frames: {aid: {bands: [{id: all, label: {ja: 額, en: amount}, floor: {use: 5万円, source: {id: guide, at: 第１条, printed: 5万円～60万円未満}}}]}}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Finding
from hojo_cli.base.texts import figure as with_unit
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Number, Op, Share
from hojo_cli.verify.examined import Examined
from hojo_cli.verify.sources.printed import Figure, figures, squeezed, value_of
from hojo_cli.verify.sources.wording import NAMES, Bound, bounds

CODE: Final = "HJ500"


def find(examined: Examined) -> Iterator[Finding]:
    """Each figure against its fragments and its assumption."""
    sides, assumptions = bounds(examined.nodes), examined.ruleset.assumptions
    for number in examined.numbers:
        assume = number.provenance.assume or ""
        label = assumptions[assume].label.ja if assume in assumptions else ""
        yield from against_printed(number, label, sides.get(number.where))
    for node in examined.nodes:
        if isinstance(node, Share):
            for value, times in Counter(rate.value for rate in node.rates).items():  # more often than in its fragment
                rate = next(rate for rate in node.rates if rate.value == value)
                counts = [sum(printed.value == value for printed in figures(text)) for text in rate.provenance.printed]
                if 0 < max(counts, default=times) < times:
                    yield _unprinted(rate)


def against_printed(number: Number, label: str, bound: Bound | None) -> Iterator[Finding]:
    """A figure against its fragments, else against the label of its assumption."""
    printed = [figure for fragment in number.provenance.printed for figure in figures(fragment)]
    alike = [figure for figure in printed if figure.kind is number.kind]
    same = [figure for figure in alike if figure.value == number.value]
    named = [figure for figure in figures(label) if figure.kind is number.kind]
    anew = read_anew(label, alike)
    if same and not anew:
        yield from _side(number, same, bound)
    elif number.value in (anew or ([] if alike else [figure.value for figure in named])):
        shows_a_side = [figure for figure in alike if figure.op is not None] or [
            figure for figure in named if figure.op is not None and figure.value == number.value
        ]
        yield from _side(number, shows_a_side, bound)
        yield finding("HJ503", number.where, figure=with_unit(*value_of(number)), assume=number.provenance.assume)
    elif number.provenance.printed:
        yield _unprinted(number)
    else:
        assume = number.provenance.assume or "…"
        yield finding("HJ502", number.where, figure=with_unit(*value_of(number)), assume=assume)


def read_anew(label: str, printed: list[Figure]) -> list[Exact]:
    """What the assumption reads the printed figures as: `+3%は年5%` reads a printed 3% as 5%, and as nothing else."""
    values: list[Exact] = []
    for before, after in pairwise(re.split("[はを]", squeezed(label))):
        if re.search("[0-9%円月人]$", before) and re.match("[^0-9]{0,2}[0-9]", after):
            last, first = figures(before)[-1:], figures(after)[:1]
            if last and first and (last[0].value, first[0].kind) in map(value_of, printed):
                values.append(first[0].value)
    return values


def _side(number: Number, printed: list[Figure], bound: Bound | None) -> Iterator[Finding]:
    """Whether one of the printed figures stands on the side on which this one is used; `bound` is None where it bounds nothing."""
    ops = {figure.op for figure in printed}
    if not printed or bound is None or not ops.isdisjoint(bound.sides):
        return
    words = {"figure": with_unit(*value_of(number)), "printed": _fragments(number), "used": NAMES[bound.sides[0]]}
    if None not in ops:
        yield finding("HJ501", number.where, shown=NAMES[next(op for op in Op if op in ops)], **words)
    elif bound.stated:
        yield finding("HJ508", number.where, **words)


def _unprinted(number: Number) -> Finding:
    return finding(CODE, number.where, figure=with_unit(*value_of(number)), printed=_fragments(number))


def _fragments(number: Number) -> str:
    return "／".join(number.provenance.printed)

"""A figure must be readable from the fragment it cites, and on the side of the bound that the fragment prints.

A figure that differs from its fragment is accepted only where the assumption beside it names the figure; it is listed then.
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

from collections import Counter
from collections.abc import Iterator
from typing import Final

from hojo_cli import walk
from hojo_cli.catalogue import finding
from hojo_cli.checks import Complaint, Examined
from hojo_cli.finding import Finding, Location, Text
from hojo_cli.formula import Band, Capped, CategoryLimit, Compare, Not, Number, Op, Ruleset, Share, Subtotal, Tier
from hojo_cli.number import Kind, show
from hojo_cli.printed import Figure, figures

CODE: Final = "HJ500"

_NAMES: Final = {
    Op.MIN: Text("「以上」", "以上 (at least)"),
    Op.MAX: Text("「以下」", "以下 (at most)"),
    Op.ABOVE: Text("「超」", "超 (more than)"),
    Op.BELOW: Text("「未満」", "未満 (less than)"),
}
_OPPOSITE: Final = {Op.MIN: Op.BELOW, Op.MAX: Op.ABOVE, Op.ABOVE: Op.MAX, Op.BELOW: Op.MIN}


def find(examined: Examined) -> Iterator[Complaint]:
    """Each figure against its fragments and its assumption."""
    bounds = _bounds(examined.ruleset)
    for number in examined.numbers:
        yield from map(Complaint, _read(number, examined.ruleset, bounds.get(number.where, ())))
    for node in walk.nodes(examined.ruleset):
        if isinstance(node, Share):
            yield from map(Complaint, _repeated(node))


def _read(number: Number, ruleset: Ruleset, bound: tuple[Op, ...]) -> Iterator[Finding]:
    printed = [figure for fragment in number.provenance.printed for figure in figures(fragment)]
    same = [figure for figure in printed if (figure.value, figure.kind) == (number.value, number.kind)]
    if same:
        yield from _side(number, same, bound)
    elif _assumed(number, ruleset):
        yield finding("HJ503", number.where, figure=_shown(number), assume=number.provenance.assume)
    elif number.provenance.printed:
        yield finding(CODE, number.where, figure=_shown(number), printed=_fragments(number))
    else:
        yield finding("HJ502", number.where, figure=_shown(number), assume=number.provenance.assume or "…")


def _side(number: Number, same: list[Figure], bound: tuple[Op, ...]) -> Iterator[Finding]:
    """Whether one of the printed figures stands on the side on which this one is used; `bound` is empty where it bounds nothing."""
    shown = {figure.op for figure in same}
    if not bound or not shown.isdisjoint(bound):
        return
    words = {"figure": _shown(number), "printed": _fragments(number), "used": _NAMES[bound[0]]}
    if None in shown:
        yield finding("HJ508", number.where, **words)
    else:
        yield finding("HJ501", number.where, shown=_NAMES[next(op for op in Op if op in shown)], **words)


def _assumed(number: Number, ruleset: Ruleset) -> bool:
    """Whether the assumption beside the figure names it, in its words or in what it cites."""
    assumption = ruleset.assumptions.get(number.provenance.assume or "")
    if assumption is None:
        return False
    texts = (assumption.label.ja, assumption.why.ja, *(text.ja for text in assumption.conflict), *assumption.provenance.printed)
    return any((figure.value, figure.kind) == (number.value, number.kind) for text in texts for figure in figures(text))


def _repeated(share: Share) -> Iterator[Finding]:
    """A rate that stands more often in one product than in its fragment."""
    for value, times in Counter(rate.value for rate in share.rates).items():
        rate = next(rate for rate in share.rates if rate.value == value)
        fragments = rate.provenance.printed
        printed = max((sum(figure.value == value for figure in figures(fragment)) for fragment in fragments), default=times)
        if 0 < printed < times:
            yield finding(CODE, rate.where, figure=_shown(rate), printed=_fragments(rate))


def _bounds(ruleset: Ruleset) -> dict[Location, tuple[Op, ...]]:
    """On which side each figure bounds what it bounds; under a `not` also the opposite."""
    found: dict[Location, tuple[Op, ...]] = {}
    for node in walk.nodes(ruleset):
        for number, op in _bounded(node):
            found[number.where] = (op,)
    for node in walk.nodes(ruleset):
        if isinstance(node, Not):
            for here in walk.conditions(node.part):
                if isinstance(here, Compare) and here.op is not Op.EQ:
                    found[here.number.where] = (here.op, _OPPOSITE[here.op])
    return found


def _bounded(node: object) -> Iterator[tuple[Number, Op]]:
    match node:
        case Compare():
            if node.op is not Op.EQ:
                yield node.number, node.op
        case Band():
            yield from ((number, op) for number, op in ((node.floor, Op.MIN), (node.below, Op.BELOW)) if number is not None)
            yield from _caps(node.cap)
        case Capped() | Subtotal():
            yield from _caps(node.cap)
        case Tier():
            yield from _caps(node.up_to)
        case CategoryLimit():
            yield node.limit, Op.MAX


def _caps(amount: object) -> Iterator[tuple[Number, Op]]:
    for node in walk.nodes(amount):
        if isinstance(node, Number) and node.kind is Kind.YEN:
            yield node, Op.MAX


def _shown(number: Number) -> Text:
    return Text(show(number.value, number.kind), show(number.value, number.kind, "en"))


def _fragments(number: Number) -> str:
    return "／".join(number.provenance.printed)

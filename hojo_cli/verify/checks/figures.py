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

from hojo_cli.base.finding import Finding, Text
from hojo_cli.base.number import Kind, exact, show
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Exact, Number, Op, Ruleset, Share
from hojo_cli.verify.checks import Complaint, Examined
from hojo_cli.verify.sources.bounds import NAMES, Bound, bounds
from hojo_cli.verify.sources.printed import Figure, figures, squeezed

CODE: Final = "HJ500"


def find(examined: Examined) -> Iterator[Complaint]:
    """Each figure against its fragments and its assumption."""
    sides = bounds(examined.nodes)
    for number in examined.numbers:
        yield from map(Complaint, _read(number, examined.ruleset, sides.get(number.where)))
    for node in examined.nodes:
        if isinstance(node, Share):
            yield from map(Complaint, _repeated(node))


def _read(number: Number, ruleset: Ruleset, bound: Bound | None) -> Iterator[Finding]:
    printed = [figure for fragment in number.provenance.printed for figure in figures(fragment)]
    same = [figure for figure in printed if (figure.value, figure.kind) == (number.value, number.kind)]
    anew = _anew(number, printed, ruleset)
    if same and not anew:
        yield from _side(number, same, bound)
    elif number.value in (anew or _named(number, printed, ruleset)):
        yield from _side(number, _sided(number, printed, ruleset), bound)
        yield finding("HJ503", number.where, figure=_shown(number), assume=number.provenance.assume)
    elif number.provenance.printed:
        yield finding(CODE, number.where, figure=_shown(number), printed=_fragments(number))
    else:
        yield finding("HJ502", number.where, figure=_shown(number), assume=number.provenance.assume or "…")


def _side(number: Number, same: list[Figure], bound: Bound | None) -> Iterator[Finding]:
    """Whether one of the printed figures stands on the side on which this one is used; `bound` is None where it bounds nothing."""
    shown = {figure.op for figure in same}
    if not same or bound is None or not shown.isdisjoint(bound.sides):
        return
    words = {"figure": _shown(number), "printed": _fragments(number), "used": NAMES[bound.sides[0]]}
    if None not in shown:
        yield finding("HJ501", number.where, shown=NAMES[next(op for op in Op if op in shown)], **words)
    elif bound.stated:
        yield finding("HJ508", number.where, **words)


def _sided(number: Number, printed: list[Figure], ruleset: Ruleset) -> list[Figure]:
    """Figures that show the side of a bound which is assumed: printed ones of its kind, else the label's own."""
    shown = [figure for figure in printed if figure.kind is number.kind and figure.op is not None]
    named = [
        figure
        for figure in figures(_label(number, ruleset))
        if figure.kind is number.kind and figure.value == number.value
    ]
    return shown or [figure for figure in named if figure.op is not None]


def _named(number: Number, printed: list[Figure], ruleset: Ruleset) -> list[Exact]:
    """The figures of this kind that the label of the assumption names, where the fragment prints none."""
    if any(figure.kind is number.kind for figure in printed):
        return []
    return [figure.value for figure in figures(_label(number, ruleset)) if figure.kind is number.kind]


def _anew(number: Number, printed: list[Figure], ruleset: Ruleset) -> list[Exact]:
    """What the assumption reads the printed figures as: `+3%は年5%` reads a printed 3% as 5%, and as nothing else."""
    shown = {figure.value for figure in printed if figure.kind is number.kind}
    found = []
    for before, after in pairwise(re.split("[はを]", squeezed(_label(number, ruleset)))):
        if re.search("[0-9%円月人]$", before) and re.match("[^0-9]{0,2}[0-9]", after):
            last, first = figures(before)[-1:], figures(after)[:1]
            found += [read.value for one in last for read in first if one.value in shown and read.kind is number.kind]
    return found


def _label(number: Number, ruleset: Ruleset) -> str:
    assumption = ruleset.assumptions.get(number.provenance.assume or "")
    return "" if assumption is None else assumption.label.ja


def _repeated(share: Share) -> Iterator[Finding]:
    """A rate that stands more often in one product than in its fragment."""
    for value, times in Counter(rate.value for rate in share.rates).items():
        rate = next(rate for rate in share.rates if rate.value == value)
        fragments = rate.provenance.printed
        printed = max(
            (sum(figure.value == value for figure in figures(fragment)) for fragment in fragments), default=times
        )
        if 0 < printed < times:
            yield finding(CODE, rate.where, figure=_shown(rate), printed=_fragments(rate))


def _shown(number: Number) -> Text:
    """The figure with its unit; what is counted differs from figure to figure, so a count has none."""
    if number.kind is Kind.COUNT:
        return Text(exact(number.value), exact(number.value))
    return Text(show(number.value, number.kind), show(number.value, number.kind, "en"))


def _fragments(number: Number) -> str:
    return "／".join(number.provenance.printed)

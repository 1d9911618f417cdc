"""What a node of a derivation is called, and a figure that was used: how it is said, where it stands, what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, assert_never

from hojo_cli.base.citation import Citation
from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.number import Kind
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.texts import EMPTY, UNKNOWN, figure, joined, say
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.derivation import Derivation, exact
from hojo_cli.engine.judgement import BandYield, Judgement
from hojo_cli.explanation.applicant import item_label, member_label
from hojo_cli.results.estimated import Explained
from hojo_cli.rules import nodes
from hojo_cli.rules.nodes import NOWHERE, CategoryLimit, Provenance, Rounded, Share, Subtotal, Tier
from hojo_cli.rules.words import Words

ROUNDED: Final = {
    "down": Text("{0}未満切捨て", "rounded down to {0}"),
    "up": Text("{0}未満切上げ", "rounded up to {0}"),
    "half_up": Text("{0}未満四捨五入", "rounded to {0}"),
}

_PARTS: Final = (nodes.Frame, nodes.Line, nodes.Subtotal, nodes.Row, nodes.Branch, nodes.Tier, nodes.CategoryLimit)
"""What is derived beside conditions, quantities and amounts: parts of a ruleset, and an applicant's items and members."""
_DERIVED: Final = (nodes.Amount, *_PARTS, Applicant, Item)


def label(derivation: Derivation, words: Words) -> Text:
    """What a node of a derivation is called."""
    node = derivation.node
    if isinstance(node, nodes.Table):
        return Text("表の行", "row of the table")
    if isinstance(node, nodes.Condition):
        return words.condition(node)
    if isinstance(node, nodes.Quantity):
        return words.quantity(node)
    assert isinstance(node, _DERIVED)
    match node:
        case nodes.Frame() | nodes.Line() | nodes.Subtotal() | nodes.Row():
            return node.label
        case nodes.Branch(when):
            return Text("ほかに当たらない場合", "otherwise") if when is None else words.condition(when)
        case nodes.Tier():
            return tier(node)
        case nodes.CategoryLimit(category):
            return say(Text("{0}の上限", "limit for {0}"), words.ruleset.categories[category])
        case Applicant():
            return member_label(node)
        case Item():
            return item_label(node, words)
        case nodes.Number():
            return Text("数字", "figure")
        case nodes.Costs():
            return Text("経費", "costs")
        case nodes.Apportion(_, part, whole):
            known = len(derivation.parts) == 3 and derivation.value is not None
            numbers = [f" {part.value}" for part in derivation.parts[1:]] if known else ["", ""]
            template = Text("按分：{0}{1} ÷ {2}{3}", "share: {0}{1} / {2}{3}")
            return say(template, words.fact(part), numbers[0], words.fact(whole), numbers[1])
        case nodes.Rated():
            return Text("経費 × 補助率", "cost × rate")
        case nodes.Tiered():
            return Text("段階の補助率", "rate by tiers")
        case nodes.Capped():
            return Text("上限との小さいほう", "at most the cap")
        case nodes.Rounded():
            return rounding(node)
        case nodes.Scaled(number, by):
            count = derivation.rate
            times = words.quantity(by)
            if count is not None:
                times = joined([times, words.count(count, words.kind(by), by)], " ", " ")
            return say(untranslated("{0} × {1}"), figure(number.value, number.kind), times)
        case nodes.Share():
            return share_as_reckoned(derivation, node, words)
        case nodes.Sum():
            return Text("合計", "sum")
        case nodes.Least():
            return Text("最小のもの", "the least of")
        case nodes.PerMember():
            return Text("構成員ごとの合計", "sum over members")
        case nodes.Choose():
            return Text("条件による選択", "choice by condition")
    assert_never(node)


def tier(node: Tier, below: Tier | None = None) -> Text:
    """50万円までの部分; above another tier, 50万円超～350万円の部分."""
    if node.up_to is None:
        return Text("これを超える部分", "the part above")
    top = figure(node.up_to.value, node.up_to.kind)
    if below is None or below.up_to is None:
        return say(Text("{0}までの部分", "the part up to {0}"), top)
    floor = figure(below.up_to.value, below.up_to.kind)
    return say(Text("{0}超～{1}の部分", "the part from {0} to {1}"), floor, top)


def rounding(node: Rounded) -> Text:
    """1円未満切捨て."""
    return say(ROUNDED[node.mode], figure(node.unit.value, node.unit.kind))


def at_most(node: CategoryLimit, words: Words) -> Text:
    """役務：2,000,000円まで."""
    limit = figure(node.limit.value)
    return say(Text("{0}：{1}まで", "{0}: at most {1}"), words.ruleset.categories[node.category], limit)


def share(lines: Iterable[Text], node: Share) -> Text:
    """A part of what other lines yield, as the ruleset words it."""
    of_itself = Text("{0}とこの行を合わせた補助額 × {1}", "subsidy of {0} and of this line itself × {1}")
    template = of_itself if node.itself else Text("{0}の{2} × {1}", "{2} of {0} × {1}")
    return say(template, joined(lines, "と", " and "), _rates(node), _basis(node))


def share_as_reckoned(derivation: Derivation, node: Share, words: Words) -> Text:
    """The same as it is reckoned: of a whole that includes the line itself, r ÷ (1 − r) of the rest."""
    lines = joined((label(part, words) for part in _lines(derivation)), "と", " and ")
    base = EMPTY if derivation.cost is None else say(untranslated(" {0}"), figure(derivation.cost))
    rates = _rates(node)
    if node.itself:
        rest = say(untranslated("({0})"), rates) if len(node.rates) > 1 else rates
        rates = say(Text("{0} ÷ (1 − {1})", "{0} / (1 - {1})"), rates, rest)
    return say(Text("{0}の{1}{2} × {3}", "{1} of {0}{2} × {3}"), lines, _basis(node), base, rates)


def _basis(node: Share) -> Text:
    return Text("経費", "cost") if node.costs else Text("補助額", "subsidy")


def _rates(node: Share) -> Text:
    return joined((figure(rate.value, Kind.RATE) for rate in node.rates), " × ", " × ")


def _lines(derivation: Derivation) -> Iterator[Derivation]:
    """The lines a share is taken of; of a subtotal, those under its cap."""
    for part in derivation.parts:
        if isinstance(part.node, Subtotal):
            yield from _lines(part._replace(parts=part.parts[:-1]))
        else:
            yield part


def provenances(derivation: Derivation) -> Iterator[Provenance]:
    """Where the figures stand that a node carries itself, beside those that are derived below it."""
    node = derivation.node
    if isinstance(node, tuple):  # a record
        below = {id(part.node) for part in derivation.parts}
        for field in node:
            for own in field if type(field) is tuple else (field,):
                if isinstance(own, nodes.Number) and id(own) not in below:
                    yield own.provenance
                elif isinstance(own, Provenance):
                    yield own


# --- figures that were used -----------------------------------------------------------------------------------------------

HOLDS: Final = Text("満たす", "holds")
FAILS: Final = Text("満たさない", "does not hold")

_PART: Final[Mapping[type, Text]] = {
    nodes.Sum: Text("うち {0}", "of which {0}"),
    nodes.Least: Text("比べた額 {0}", "compared: {0}"),
}


class UsedFigure(NamedTuple):
    """A limit or a rate as it was used: in words, where it stands, and the parts of a sum or of a least amount."""

    text: Text
    citation: Citation | None
    parts: tuple[Explained, ...] = ()


def used_figure(derivation: Derivation, words: Words) -> UsedFigure:
    """1,500,000円（500,000円 × 構成員の数 3）; the figure alone where it is written as such."""
    used = _through_choices(derivation)
    text, how = value_of(derivation, words), reckoning(used, words)
    if how is not None:
        text = say(Text("{0}（{1}）", "{0} ({1})"), text, how)
    template = _PART.get(type(used.node))
    parts = () if template is None else tuple(part_of_figure(part, template, words) for part in used.parts)
    return UsedFigure(text, cited(derivation, words), parts)


def upper_limit(band: BandYield, unit: Exact, words: Words) -> UsedFigure:
    """The upper limit of a band."""
    if band.cap is not None:
        return used_figure(band.cap, words)
    below = band.band.below
    assert below is not None
    text = say(Text("{0}（{1}未満）", "{0} (less than {1})"), figure(below.value - unit), figure(below.value))
    return UsedFigure(text, words.citation(below.provenance))


def lowest_floor(judgement: Judgement) -> nodes.Number:
    """The lower limit that was not reached, of the bands that are open to the applicant."""
    floors = [band.band.floor for band in judgement.bands if band.band.floor is not None and band.holds is not False]
    return min(floors, key=lambda number: number.value)


def cited(derivation: Derivation, words: Words) -> Citation | None:
    """Where the figure stands that was used in the end: of the branch taken, of the least part, of the largest part of a sum."""
    used = _through_choices(derivation)
    while isinstance(used.node, nodes.Least | nodes.Sum):
        known = [part for part in used.parts if part.value is not None]
        used = _through_choices((min if isinstance(used.node, nodes.Least) else max)(known, key=exact))
    return own_citation(used, words)


def own_citation(derivation: Derivation, words: Words) -> Citation | None:
    """Where the first figure stands that a node carries itself."""
    return words.citation(next(provenances(derivation), NOWHERE))


def value_of(derivation: Derivation, words: Words) -> Text:
    """A number with its unit, or the value of a condition or a choice."""
    value = derivation.value
    match value:
        case None:
            return UNKNOWN
        case bool():
            return HOLDS if value else FAILS
        case str():
            return untranslated(value)
        case frozenset():
            return joined((untranslated(name) for name in sorted(value)), "・", "・")
    return figure(value, _kind(derivation, words))


def _kind(derivation: Derivation, words: Words) -> Kind:
    """The unit of a derivation's number."""
    node = derivation.node
    match node:
        case nodes.Number():
            return node.kind
        case nodes.Scaled():
            return node.number.kind
        case nodes.CategoryLimit():
            return node.limit.kind
        case nodes.Choose() | nodes.Branch() | nodes.Least() | nodes.Sum():
            return _kind(derivation.parts[0], words) if derivation.parts else Kind.YEN
    return words.kind(node) if isinstance(node, nodes.Quantity) else Kind.YEN


def _through_choices(derivation: Derivation) -> Derivation:
    """The branch that was taken."""
    while isinstance(derivation.node, nodes.Choose | nodes.Branch) and derivation.parts:
        derivation = derivation.parts[0]
    return derivation


def reckoning(derivation: Derivation, words: Words) -> Text | None:
    """How a figure was reckoned, where it does not stand in the ruleset as it is."""
    node = derivation.node
    assert isinstance(node, nodes.Amount | nodes.Branch)
    match node:
        case nodes.Scaled() | nodes.Share():
            return label(derivation, words)
        case nodes.Sum():
            return joined((value_of(part, words) for part in derivation.parts), " ＋ ", " + ")
        case nodes.Least():
            compared = joined((value_of(part, words) for part in derivation.parts), "、", ", ")
            return say(Text("{0}のうち最も小さいもの", "the least of {0}"), compared)
        case nodes.Number() | nodes.Choose() | nodes.Branch() | nodes.Costs() | nodes.Apportion() | nodes.Rated():
            return None
        case nodes.Tiered() | nodes.Capped() | nodes.Rounded() | nodes.PerMember():
            return None
    assert_never(node)


def part_of_figure(derivation: Derivation, template: Text, words: Words) -> Explained:
    """One part of a sum or of a least amount, with the case it stands for."""
    if derivation.value is None:
        return Explained(say(template, UNKNOWN), UNKNOWN, None, ())
    text, citation, parts = used_figure(derivation, words)
    if isinstance(derivation.node, nodes.Choose) and len(derivation.parts) == 1:
        text = say(Text("{0}（{1}）", "{0} ({1})"), text, label(derivation.parts[0], words))
    return Explained(say(template, text), value_of(derivation, words), citation, parts)
